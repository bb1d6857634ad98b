//! The command `roomkey` as people type it.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::client;

fn roomkey() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_roomkey"));
    command.env_clear().stdin(Stdio::null());
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A running demo; ends with the test.
struct Demo {
    child: Child,
    out: BufReader<ChildStdout>,
    console: String,
    sandbox: String,
    /// `name password` as printed.
    accounts: Vec<(String, String)>,
}

impl Demo {
    fn start(arguments: &[&str]) -> Self {
        let mut child = roomkey()
            .args(["demo", "--port", "0", "--people", "30"])
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = || {
            let mut line = String::new();
            out.read_line(&mut line).unwrap();
            let (name, rest) = line.trim_end().split_once(' ').unwrap();
            (name.to_owned(), rest.trim_start().to_owned())
        };
        let (first, console) = line();
        let (second, sandbox) = line();
        assert_eq!((first.as_str(), second.as_str()), ("console", "sandbox"));
        let accounts = vec![line(), line(), line()];
        Self { child, out, console, sandbox, accounts }
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.console)
    }

    /// Asks it to end as the system does.
    fn stop(mut self) -> (bool, String) {
        let success = self.terminate();
        let mut rest = String::new();
        while self.out.read_line(&mut rest).unwrap() > 0 {}
        (success, rest)
    }
}

impl Demo {
    fn terminate(&mut self) -> bool {
        let told = Command::new("kill").arg(self.child.id().to_string()).status();
        told.is_ok_and(|told| told.success()) && self.child.wait().is_ok_and(|ended| ended.success())
    }
}

/// It ends with the test, and takes its temporary directory with it.
impl Drop for Demo {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            self.terminate();
        }
    }
}

/// A configuration with that Webex for the sandbox of a demo, and nothing else.
fn vendor_config(folder: &Path, webex: &str) -> std::path::PathBuf {
    let path = folder.join("webex.toml");
    std::fs::write(&path, format!("listen = \"127.0.0.1:0\"\ndata = \"data\"\n{webex}")).unwrap();
    path
}

/// A configuration for the sandbox of a demo.
fn config(folder: &Path, sandbox: &str, secret: &str) -> std::path::PathBuf {
    let path = folder.join("roomkey.toml");
    let text = format!(
        "listen = \"127.0.0.1:0\"\ndata = \"data\"\n[vendors.zoom]\nbase_url = \"{sandbox}zoom/v2\"\ntoken_url = \
         \"{sandbox}zoom/oauth/token\"\naccount_id = \"demo-account\"\nclient_id = \"demo-client\"\nclient_secret = \
         \"{secret}\"\n"
    );
    std::fs::write(&path, text).unwrap();
    path
}

async fn sign_in(demo: &Demo, name: &str, password: &str) -> reqwest::Response {
    client()
        .post(demo.url("auth/login"))
        .header("origin", demo.console.trim_end_matches('/'))
        .header("x-requested-with", "roomkey")
        .json(&json!({"username": name, "password": password}))
        .send()
        .await
        .unwrap()
}

#[tokio::test]
async fn demo_prints_its_addresses_signs_people_in_and_ends_when_asked() {
    let demo = Demo::start(&[]);
    let names: Vec<&str> = demo.accounts.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["admin", "helpdesk", "auditor"]);
    assert_ne!(demo.accounts[0].1, demo.accounts[1].1, "each has a password of its own");
    let (name, password) = &demo.accounts[0];
    let answer = sign_in(&demo, name, password).await;
    assert_eq!(answer.status(), 204);
    let cookie = answer.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let groups = client().get(demo.url("api/zoom/groups")).header("cookie", cookie).send().await.unwrap();
    let groups: Value = groups.json().await.unwrap();
    assert!(!groups["groups"].as_array().unwrap().is_empty());
    assert_eq!(demo.stop(), (true, String::new()));
}

#[tokio::test]
async fn demo_keeps_a_named_directory_and_its_record_is_whole() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let data = data.to_str().unwrap();
    let demo = Demo::start(&["--data", data, "--password", "one for all"]);
    assert_eq!(sign_in(&demo, "auditor", "one for all").await.status(), 204);
    assert!(demo.stop().0);
    let verify = || roomkey().args(["audit", "verify", "--data", data]).output().unwrap();
    let first = verify();
    assert!(first.status.success(), "{}", text(&first.stderr));
    assert_eq!(text(&first.stdout), "The record is whole: 1 rows.\n");
    let kept = format!("{data}/audit.checkpoint");
    let kept = roomkey().args(["audit", "verify", "--data", data, "--checkpoint", &kept]).output().unwrap();
    assert_eq!(text(&kept.stdout), "The record is whole: 1 rows.\nIt holds what 2 checkpoints saw.\n");
    let key = roomkey().args(["audit", "key", "--data", data]).output().unwrap();
    assert!(text(&key.stdout).trim().len() == 64 && key.status.success(), "{}", text(&key.stderr));
    let demo = Demo::start(&["--data", data, "--fresh"]);
    assert!(demo.stop().0);
    assert_eq!(text(&verify().stdout), "The record is whole: 0 rows.\n");
}

#[test]
fn demo_does_not_empty_a_directory_that_is_not_its_own() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("thesis.txt"), "years of work").unwrap();
    let path = folder.path().to_str().unwrap();
    let output = roomkey().args(["demo", "--port", "0", "--fresh", "--data", path]).output().unwrap();
    assert!(!output.status.success());
    assert!(text(&output.stderr).contains("does not look like a data directory"), "{}", text(&output.stderr));
    assert!(folder.path().join("thesis.txt").exists());
}

#[test]
fn check_says_whether_the_credentials_work() {
    let demo = Demo::start(&[]);
    let folder = TempDir::new().unwrap();
    let check = |secret: &str| -> Output {
        let file = config(folder.path(), &demo.sandbox, secret);
        roomkey().arg("check").arg("--config").arg(file).output().unwrap()
    };
    let good = check("demo-secret");
    assert!(text(&good.stdout).contains("Zoom: the credentials work."), "{}", text(&good.stderr));
    let bad = check("canary-secret");
    assert!(!bad.status.success());
    assert!(text(&bad.stderr).contains("the credentials are not accepted"), "{}", text(&bad.stderr));
    assert!(!text(&bad.stderr).contains("canary"));
}

#[test]
fn check_says_whether_webex_can_be_read_and_who_cannot_write() {
    let demo = Demo::start(&["--webex", "xml", "--set-user-per-day", "3"]);
    let folder = TempDir::new().unwrap();
    let check = |webex: &str| -> Output {
        let file = vendor_config(folder.path(), webex);
        roomkey().arg("check").arg("--config").arg(file).output().unwrap()
    };
    let base = format!("[vendors.webex.rest]\nbase_url = \"{}webex/v1\"\n", demo.sandbox);
    let good = check(&format!("{base}access_token = \"demo-webex-token\"\n"));
    assert!(good.status.success(), "{}", text(&good.stderr));
    assert!(text(&good.stdout).contains("Webex: the credentials work."));
    let bad = check(&format!("{base}access_token = \"canary-token\"\n"));
    assert!(text(&bad.stderr).contains("Webex: the credentials are not accepted"), "{}", text(&bad.stderr));
    assert!(!bad.status.success() && !text(&bad.stderr).contains("canary"));

    let site =
        format!("[vendors.webex.xml]\nurl = \"{}webex-xml/WBXService/XMLService\"\nsite = \"demo\"\n", demo.sandbox);
    let administrator = |id: &str, password: &str| {
        format!("[[vendors.webex.xml.administrators]]\nweb_ex_id = \"{id}\"\npassword = \"{password}\"\n")
    };
    let first = administrator("admin1@example.com", "demo-password");
    assert!(check(&format!("{site}{first}")).status.success());
    let reader = administrator("admin6@example.com", "demo-password");
    let stranger = administrator("admin2@example.com", "canary-password");
    let some = check(&format!("{site}{stranger}{first}{reader}"));
    let (said, ended) = (text(&some.stdout), text(&some.stderr));
    assert!(said.contains("admin6@example.com is no site administrator"), "{said}");
    assert!(said.contains("admin2@example.com: the credentials are not accepted"), "{said}");
    assert!(ended.contains("2 administrators cannot make changes") && !said.contains("canary"), "{ended}");
}

#[test]
fn check_says_whether_connect_can_be_read_and_by_an_administrator() {
    let demo = Demo::start(&[]);
    let folder = TempDir::new().unwrap();
    let check = |login: &str, password: &str| -> Output {
        let table = format!(
            "[vendors.connect]\nurl = \"{}connect/api/xml\"\nlogin = \"{login}\"\npassword = \"{password}\"\n",
            demo.sandbox
        );
        let file = vendor_config(folder.path(), &table);
        roomkey().arg("check").arg("--config").arg(file).output().unwrap()
    };
    let good = check("admin@example.com", "demo-password");
    assert!(good.status.success(), "{}", text(&good.stderr));
    assert!(text(&good.stdout).contains("Adobe Connect: the credentials work."));
    let host = check("host@example.com", "demo-password");
    assert!(text(&host.stdout).contains("host@example.com is no administrator"), "{}", text(&host.stdout));
    assert!(!host.status.success() && text(&host.stderr).contains("the login is no administrator's"));
    let bad = check("admin@example.com", "canary-password");
    assert!(text(&bad.stderr).contains("Adobe Connect: the credentials are not accepted"), "{}", text(&bad.stderr));
    assert!(!bad.status.success() && !text(&bad.stderr).contains("canary"));
}

#[test]
fn check_says_how_far_the_key_of_veeting_reaches() {
    let demo = Demo::start(&[]);
    let folder = TempDir::new().unwrap();
    let check = |key: &str, level: &str| -> (bool, String) {
        let base = format!("base_url = \"{}veeting/api/v6\"\n", demo.sandbox);
        let veeting = format!("[vendors.veeting]\n{base}api_key = \"{key}\"\nlevel = \"{level}\"\n");
        let file = vendor_config(folder.path(), &veeting);
        let output = roomkey().arg("check").arg("--config").arg(file).output().unwrap();
        (output.status.success(), format!("{}{}", text(&output.stdout), text(&output.stderr)))
    };
    for (key, level, works, said) in [
        ("demo-instance-key", "instance", true, "Veeting: the key works."),
        ("demo-account-key", "account", true, "Veeting: the key works."),
        ("demo-account-key", "instance", false, "2 of 12 operations cannot be used"),
        ("demo-instance-key", "account", true, "the key reaches further than level says"),
        ("canary-key", "instance", false, "the key is not accepted"),
    ] {
        let (is_good, output) = check(key, level);
        assert!(is_good == works && output.contains(said) && !output.contains("canary"), "{key}, {level}: {output}");
    }
}

#[test]
fn user_add_takes_the_password_from_standard_input_or_makes_one_up() {
    let folder = TempDir::new().unwrap();
    let file = config(folder.path(), "http://127.0.0.1:9/", "secret");
    let add = |name: &str, role: &str, typed: &str| -> Output {
        // A file and no pipe: who is refused for the arguments ends without reading it.
        let input = folder.path().join("typed");
        std::fs::write(&input, typed).unwrap();
        roomkey()
            .args(["user", "add", "--role", role, name, "--config"])
            .arg(&file)
            .stdin(File::open(input).unwrap())
            .output()
            .unwrap()
    };
    let typed = add("anna", "admin", "a long password\n");
    assert_eq!(text(&typed.stdout), "anna can sign in as admin.\n", "{}", text(&typed.stderr));
    let made_up = add("ben", "helpdesk", "");
    assert!(text(&made_up.stdout).contains("The password is "), "{}", text(&made_up.stderr));
    assert!(text(&add("anna", "admin", "short\n").stderr).contains("too short"));
    assert!(text(&add("an na", "admin", "a long password\n").stderr).contains("cannot be used"));
    assert!(text(&add("anna", "boss", "a long password\n").stderr).contains("a role is admin, helpdesk or auditor"));
}

#[test]
fn serve_refuses_an_unknown_key_by_its_name() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("roomkey.toml");
    std::fs::write(&path, "data = \"d\"\nlissten = \"127.0.0.1:1\"\n").unwrap();
    let output = roomkey().arg("serve").arg("--config").arg(&path).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("lissten"), "{}", text(&output.stderr));
}

#[test]
fn serve_takes_secrets_from_the_environment_as_text() {
    let demo = Demo::start(&[]);
    let folder = TempDir::new().unwrap();
    let file = config(folder.path(), &demo.sandbox, "wrong");
    let check = |secret: &str| {
        let mut command = roomkey();
        command.env("ROOMKEY_VENDORS__ZOOM__CLIENT_SECRET", secret).env("ROOMKEY_LOG__LEVEL", "debug");
        command.arg("check").arg("--config").arg(&file).output().unwrap()
    };
    assert!(text(&check("demo-secret").stdout).contains("Zoom: the credentials work."));
    assert!(text(&check("0123").stderr).contains("the credentials are not accepted"), "a number stays text");
}
