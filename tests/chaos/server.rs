//! `roomkey serve` in its own process: its configuration, its account, its starts and its ends.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Instant;

use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

use crate::Outcome;
use crate::child::Child;
use crate::options::{Options, Webex};

/// The account that runs the jobs.
pub(crate) const ACCOUNT: (&str, &str) = ("chaos", "correct-horse-battery-7");
/// Changes that an administrator of Webex XML may make in a day: Webex itself takes some 800.
pub(crate) const SET_USER_PER_DAY: u64 = 700;
/// How many administrators take turns.
pub(crate) const ADMINISTRATORS: u64 = 5;

pub(crate) struct Server {
    program: PathBuf,
    config: PathBuf,
    pub(crate) data: PathBuf,
    pub(crate) log: PathBuf,
    running: Option<Child>,
    /// Where it listens; another port after each start.
    pub(crate) origin: String,
    /// When it last ended.
    pub(crate) ended_at: Instant,
}

impl Server {
    /// Writes the configuration and makes the account. Starts nothing.
    pub(crate) async fn prepare(options: &Options, directory: &Path, sandbox: &str) -> Outcome<Self> {
        let config = directory.join("roomkey.toml");
        std::fs::write(&config, configuration(sandbox, options.webex))?;
        let server = Self {
            program: options.roomkey.clone(),
            config,
            data: directory.join("data"),
            log: directory.join("roomkey.log"),
            running: None,
            origin: String::new(),
            ended_at: Instant::now(),
        };
        let mut add = server.command(&["user", "add"]);
        let mut child = add.args([ACCOUNT.0, "--role", "admin"]).stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
        let mut input = child.stdin.take().ok_or("`roomkey user add` takes no input.")?;
        input.write_all(ACCOUNT.1.as_bytes()).await?;
        drop(input);
        if child.wait().await?.success() { Ok(server) } else { Err("`roomkey user add` failed.".into()) }
    }

    /// Starts it; with a place such as `after_intent:7` at which it ends itself.
    pub(crate) async fn start(&mut self, place: Option<&str>) -> Outcome<()> {
        let mut command = self.command(&["serve"]);
        if let Some(place) = place {
            command.env("ROOMKEY_CHAOS", place);
        }
        let (child, origin) = Child::start(command, &self.log).await?;
        (self.running, self.origin) = (Some(child), origin);
        Ok(())
    }

    /// Ends it as a power cut would.
    pub(crate) async fn kill(&mut self) -> Outcome<()> {
        if let Some(child) = self.running.take() {
            child.kill().await?;
            self.ended_at = Instant::now();
        }
        Ok(())
    }

    /// Whether it has ended itself; an error when it ended in another way than at a named place.
    pub(crate) fn has_ended(&mut self) -> Outcome<bool> {
        let Some(child) = &mut self.running else { return Ok(true) };
        let Some(status) = child.ended()? else { return Ok(false) };
        self.ended_at = Instant::now();
        self.running = None;
        if was_aborted(status) { Ok(true) } else { Err(format!("The server ended by itself: {status}.").into()) }
    }

    /// `roomkey audit verify`: whether the record is whole, and what it says.
    pub(crate) async fn verify(&self) -> Outcome<(bool, String)> {
        let output = self.command(&["audit", "verify"]).stdin(Stdio::null()).output().await?;
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).trim().to_owned();
        Ok((output.status.success(), said))
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        // The configuration is the file's alone.
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("ROOMKEY_")) {
            command.env_remove(name);
        }
        command.args(arguments).arg("--config").arg(&self.config).kill_on_drop(true);
        command
    }
}

#[cfg(unix)]
fn was_aborted(status: std::process::ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt as _;
    const SIGABRT: i32 = 6;
    status.signal() == Some(SIGABRT)
}

#[cfg(not(unix))]
fn was_aborted(status: std::process::ExitStatus) -> bool {
    !status.success()
}

/// As the demo is configured with, but for haste: what hangs is given up sooner.
fn configuration(sandbox: &str, webex: Webex) -> String {
    let head = format!(
        r#"listen = "127.0.0.1:0"
data = "data"
[log]
level = "debug"
[vendors.zoom]
base_url = "{sandbox}/zoom/v2"
token_url = "{sandbox}/zoom/oauth/token"
account_id = "demo-account"
client_id = "demo-client"
client_secret = "demo-secret"
timeout_ms = 3000
[vendors.webex]
pin_digits = 4
[vendors.webex.pin_digits_by_site]
"demo.webex.example" = 4
"demo-eu.webex.example" = 6
"#
    );
    let rest = format!(
        r#"[vendors.webex.rest]
base_url = "{sandbox}/webex/v1"
client_id = "demo-webex-client"
client_secret = "demo-webex-secret"
refresh_token = "demo-webex-refresh"
timeout_ms = 3000
calls_per_minute = 1000000
"#
    );
    let xml = format!(
        r#"[vendors.webex.xml]
url = "{sandbox}/webex-xml/WBXService/XMLService"
site = "demo"
site_url = "demo.webex.example"
set_user_per_day = {SET_USER_PER_DAY}
timeout_ms = 3000
calls_per_minute = 1000000
"#
    );
    let administrators = (1..=ADMINISTRATORS).map(|number| {
        format!(
            "[[vendors.webex.xml.administrators]]\nweb_ex_id = \"admin{number}@example.com\"\npassword = \"demo-password\"\n"
        )
    });
    match webex {
        Webex::Rest => head + &rest,
        Webex::Xml => head + &xml + &administrators.collect::<String>(),
    }
}
