//! `roomkey demo`: the emulated vendors and the console in one process, over real HTTP on loopback. The only place where
//! an account gets a password that nobody chose; must not be used with real vendors.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::{Args, ValueEnum};
use roomkey_schema::Role;
use secrecy::SecretString;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::demo_vendors::{self, VeetingKey, WebexApi};
use super::{Ended, say, signals};
use crate::app::{self, App};
use crate::audit::key;
use crate::auth::accounts;
use crate::clock::SystemClock;
use crate::config::{Config, Limits, Log, Session};
use crate::connections;
use crate::http::accept::{self, Acceptance};
use crate::http::bare::Bare;
use crate::people;
use crate::random::{self, SystemRandom};
use crate::telemetry::{logs, meters};

/// How long the start waits for the tests of the connections.
const TESTS: Duration = Duration::from_secs(3);
/// How long it waits for the people index; what is left is read afterwards.
const READING: Duration = Duration::from_secs(5);

/// Whether the emulated vendors limit calls.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum LimitsOf {
    /// As the vendors do.
    Real,
    /// Not at all.
    Off,
}

/// Arguments of `roomkey demo`.
#[derive(Debug, Args)]
pub(super) struct Demo {
    /// Port of the console.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Port of the emulated vendors; any free one by default.
    #[arg(long, default_value_t = 0)]
    sandbox_port: u16,
    /// Address of emulated vendors that run already, on this machine; they outlive this demo.
    #[arg(long, value_name = "ADDRESS", conflicts_with = "sandbox_port")]
    sandbox_at: Option<SocketAddr>,
    /// Directory for accounts, sessions and the record; a temporary one by default.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// How many people the emulated organisation has.
    #[arg(long, value_name = "N")]
    people: Option<usize>,
    /// One password for all three accounts; random ones by default.
    #[arg(long)]
    password: Option<String>,
    /// Empty the directory first.
    #[arg(long, requires = "data")]
    fresh: bool,
    /// Directory with further *.openapi.json documents.
    #[arg(long, value_name = "DIR")]
    schemas: Option<PathBuf>,
    /// Whether the emulated vendors limit calls.
    #[arg(long, value_enum, default_value = "real")]
    limits: LimitsOf,
    /// Which of Webex's two APIs is used.
    #[arg(long, value_enum, default_value = "rest")]
    webex: WebexApi,
    /// Seconds after which the password is asked for again before a secret is shown.
    #[arg(long, value_name = "N", default_value_t = Session::LONGEST_PROOF_SECONDS)]
    proof_seconds: u32,
    /// Changes that one Webex administrator makes in 24 hours at most, with --webex xml; 0 sets no limit.
    #[arg(long, value_name = "N", default_value_t = 700)]
    set_user_per_day: u32,
    /// How far Veeting's key reaches.
    #[arg(long, value_enum, default_value = "instance")]
    veeting: VeetingKey,
}

pub(super) async fn run(demo: Demo) -> Result<(), Ended> {
    logs::install(&Log { level: "warn".to_owned(), ..Log::default() });
    let _ = meters::handle();
    let data = Data::open(&demo)?;
    let sandbox = match demo.sandbox_at {
        None => Some(listen(demo.sandbox_port).await?),
        Some(address) if address.ip().is_loopback() => None,
        Some(address) => {
            return Err(Ended::because(format!("{address} is not on this machine; a demo is for emulated vendors")));
        }
    };
    let own_address = sandbox.as_ref().map(TcpListener::local_addr).transpose()?;
    let Some(sandbox_address) = own_address.or(demo.sandbox_at) else { return Ok(()) };
    let config = config(&demo, data.path(), sandbox_address);

    let app = App::new(config, Arc::new(SystemClock), Arc::new(SystemRandom)).await?;
    let accounts = put_accounts(&app, demo.password.as_deref()).await?;
    let console = listen(demo.port).await?;
    let console_address = console.local_addr()?;

    let (stop_sandbox, sandbox_stops) = oneshot::channel::<()>();
    let sandbox = match sandbox {
        None => None,
        Some(listener) => {
            Some(tokio::spawn(accept::serve(listener, vendors(&demo)?, sandbox_acceptance(), async move {
                let _ = sandbox_stops.await;
            })))
        }
    };
    // So that nothing is asked of the emulated vendors in the background once somebody looks at what they were asked.
    let _ = tokio::time::timeout(TESTS, connections::test_all(&app)).await;
    let _ = tokio::time::timeout(READING, people::read_unread(&app)).await;
    let stop = signals::asked_to_stop();
    say(format_args!("console  http://{console_address}/"));
    say(format_args!("sandbox  http://{sandbox_address}/"));
    for (name, password) in accounts {
        say(format_args!("{name:<10} {password}"));
    }
    let served = app::serve(console, app, stop).await;
    // The vendors go last: the console may still be waiting for one of their answers.
    drop(stop_sandbox);
    if let Some(sandbox) = sandbox {
        let _ = sandbox.await;
    }
    data.close()?;
    Ok(served?)
}

/// The data directory, which may be gone at the end.
enum Data {
    Named(PathBuf),
    Temporary(TempDir),
}

impl Data {
    fn open(demo: &Demo) -> Result<Self, Ended> {
        let Some(path) = &demo.data else {
            let directory = tempfile::Builder::new().prefix("roomkey-demo-").tempdir();
            return directory
                .map(Self::Temporary)
                .map_err(|error| Ended::because(format!("a temporary directory cannot be made: {error}")));
        };
        if demo.fresh && path.exists() {
            empty(path)?;
        }
        Ok(Self::Named(path.clone()))
    }

    fn path(&self) -> &Path {
        match self {
            Self::Named(path) => path,
            Self::Temporary(directory) => directory.path(),
        }
    }

    fn close(self) -> Result<(), Ended> {
        match self {
            Self::Named(_) => Ok(()),
            Self::Temporary(directory) => Ok(directory.close()?),
        }
    }
}

/// Empties a directory that is ours, and no other.
fn empty(path: &Path) -> Result<(), Ended> {
    let names: Vec<_> = std::fs::read_dir(path)?.collect::<Result<_, _>>()?;
    let is_ours = names.is_empty() || names.iter().any(|entry| entry.file_name() == key::DATABASE_FILE);
    if !is_ours {
        return Err(Ended::because(format!(
            "{} does not look like a data directory of Roomkey, so it was not emptied; name another one with --data",
            path.display()
        )));
    }
    for entry in names {
        let is_directory = entry.file_type()?.is_dir();
        if is_directory { std::fs::remove_dir_all(entry.path())? } else { std::fs::remove_file(entry.path())? }
    }
    Ok(())
}

async fn listen(port: u16) -> Result<TcpListener, Ended> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(|error| {
        Ended::because(format!("cannot listen on 127.0.0.1:{port}: {error}; is another program there? Try --port"))
    })
}

fn config(demo: &Demo, data: &Path, sandbox: SocketAddr) -> Config {
    let mut config = Config::in_directory(data);
    config.schemas.clone_from(&demo.schemas);
    config.session.proof_seconds = demo.proof_seconds;
    let is_limited = demo.limits == LimitsOf::Real;
    config.vendors.zoom = Some(demo_vendors::zoom(sandbox, is_limited));
    config.vendors.webex = Some(demo_vendors::webex(sandbox, is_limited, demo.webex, demo.set_user_per_day));
    config.vendors.connect = Some(demo_vendors::connect(sandbox, is_limited));
    config.vendors.veeting = Some(demo_vendors::veeting(sandbox, is_limited, demo.veeting));
    config
}

fn vendors(demo: &Demo) -> Result<axum::Router, Ended> {
    let mut options =
        roomkey_sandbox::Options { limits: demo.limits == LimitsOf::Real, ..roomkey_sandbox::Options::default() };
    if let Some(people) = demo.people {
        options.people = people;
    }
    if let Some(folder) = &demo.schemas {
        options.documents = app::extra_documents(folder)?;
    }
    Ok(roomkey_sandbox::router(options)?)
}

/// The emulated vendors hang when they are told to: their connections are given all the time, but at the end none.
fn sandbox_acceptance() -> Acceptance {
    let limits = Limits { head_timeout_ms: 60_000, shutdown_ms: 500, ..Limits::default() };
    Acceptance { limits, tls: None, peers: Vec::new(), bare: Bare::none() }
}

async fn put_accounts(app: &App, password: Option<&str>) -> Result<Vec<(&'static str, String)>, Ended> {
    let mut accounts = Vec::new();
    for role in Role::ALL {
        let password = match password {
            Some(password) => password.to_owned(),
            None => random::password(&*app.random)?,
        };
        let secret = SecretString::from(password.as_str());
        accounts::put_unchecked(&*app.store, &app.passwords, role.as_str(), role, secret).await?;
        accounts.push((role.as_str(), password));
    }
    Ok(accounts)
}
