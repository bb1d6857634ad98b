//! What an operator may set: the shape of `roomkey.toml`, with its defaults. Reading files is `load`'s work, refusing
//! unsafe combinations is `rules`'s.

mod connect;
mod load;
mod people;
mod record;
mod rules;
mod veeting;
mod webex;

pub use connect::Connect;
pub use load::{ConfigFault, from_file, read_secret};
pub use people::People;
pub use record::{NoSyslog, Record, SyslogAddress};
pub use rules::refuse_unsafe;
pub use veeting::{Veeting, VeetingLevel};
pub use webex::{Webex, WebexAdministrator, WebexApi, WebexRest, WebexXml};

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use ipnet::IpNet;
use secrecy::SecretString;
use serde::Deserialize;

/// Everything that can be set. A key that is not listed here is refused by name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Address to listen on.
    #[serde(default = "Config::default_listen")]
    pub listen: SocketAddr,
    /// Directory of the database, the record's key and its checkpoint.
    pub data: PathBuf,
    /// Directory with further `*.openapi.json` documents.
    #[serde(default)]
    pub schemas: Option<PathBuf>,
    /// Origin under which browsers reach this server, such as `https://roomkey.example.com`. Without it, the scheme of
    /// the listener and the request's `Host`.
    #[serde(default)]
    pub public_origin: Option<String>,
    /// Whether a reverse proxy that ends TLS stands in front.
    #[serde(default)]
    pub behind_proxy: bool,
    /// Address ranges from which that reverse proxy connects; connections from elsewhere are closed.
    #[serde(default)]
    pub proxy_peers: Vec<IpNet>,
    /// Certificate and key, to serve HTTPS.
    #[serde(default)]
    pub tls: Option<Tls>,
    /// What is logged, and how.
    #[serde(default)]
    pub log: Log,
    /// Who may read `/metrics` besides this machine.
    #[serde(default)]
    pub metrics: Metrics,
    /// Sizes and times.
    #[serde(default)]
    pub limits: Limits,
    /// How long a sign-in lasts.
    #[serde(default)]
    pub session: Session,
    /// How failed sign-ins are slowed down.
    #[serde(default)]
    pub sign_in: SignIn,
    /// How often the people index is read anew.
    #[serde(default)]
    pub people: People,
    /// Where checkpoints of the record go.
    #[serde(default)]
    pub record: Record,
    /// The vendors' accounts.
    #[serde(default)]
    pub vendors: Vendors,
}

impl Config {
    /// Defaults for everything, with data in `data`.
    pub fn in_directory(data: impl Into<PathBuf>) -> Self {
        Self {
            listen: Self::default_listen(),
            data: data.into(),
            schemas: None,
            public_origin: None,
            behind_proxy: false,
            proxy_peers: Vec::new(),
            tls: None,
            log: Log::default(),
            metrics: Metrics::default(),
            limits: Limits::default(),
            session: Session::default(),
            sign_in: SignIn::default(),
            people: People::default(),
            record: Record::default(),
            vendors: Vendors::default(),
        }
    }

    fn default_listen() -> SocketAddr {
        SocketAddr::from((Ipv4Addr::LOCALHOST, 8080))
    }
}

/// PEM files.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tls {
    /// Certificate chain, leaf first.
    pub certificate_file: PathBuf,
    /// Private key.
    pub key_file: PathBuf,
}

/// Format of the log.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// A line of text an event.
    #[default]
    Text,
    /// A JSON object an event.
    Json,
}

/// `[log]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Log {
    /// Text or JSON.
    pub format: LogFormat,
    /// `error`, `warn`, `info`, `debug` or `trace`.
    pub level: String,
}

impl Default for Log {
    fn default() -> Self {
        Self { format: LogFormat::Text, level: "info".to_owned() }
    }
}

/// `[metrics]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Metrics {
    /// Bearer token with which another machine may read `/metrics`.
    pub token: Option<SecretString>,
    /// File that holds that token.
    pub token_file: Option<PathBuf>,
}

/// `[limits]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Time for a request's head to arrive; also how long an idle connection is kept.
    pub head_timeout_ms: u64,
    /// Largest head.
    pub head_bytes: usize,
    /// Largest body.
    pub body_bytes: usize,
    /// Longest body with files in it.
    pub upload_bytes: usize,
    /// Time for a request's body to arrive.
    pub body_timeout_ms: u64,
    /// Time for a whole request. Must leave room for three calls to a vendor.
    pub request_timeout_ms: u64,
    /// How long the other end may take none of an answer.
    pub stalled_write_ms: u64,
    /// Connections at once; more wait to be accepted.
    pub connections: usize,
    /// Time for requests in flight when the server is asked to stop.
    pub shutdown_ms: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head_timeout_ms: 10_000,
            head_bytes: 32 * 1024,
            body_bytes: 1024 * 1024,
            upload_bytes: 16 * 1024 * 1024,
            body_timeout_ms: 30_000,
            request_timeout_ms: 120_000,
            stalled_write_ms: 30_000,
            connections: 4_096,
            shutdown_ms: 15_000,
        }
    }
}

/// `[session]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Session {
    /// A session ends after this time without a request of the person.
    pub idle_minutes: u32,
    /// A session ends this long after signing in, whatever happens.
    pub absolute_hours: u32,
    /// A secret is shown this long after the password was given; then it has to be given again.
    pub proof_seconds: u32,
}

impl Session {
    /// The longest time that `proof_seconds` may be.
    pub const LONGEST_PROOF_SECONDS: u32 = 300;
}

impl Default for Session {
    fn default() -> Self {
        Self { idle_minutes: 30, absolute_hours: 12, proof_seconds: Self::LONGEST_PROOF_SECONDS }
    }
}

/// `[sign_in]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SignIn {
    /// Failures of one name within the window after which it must wait.
    pub failures_per_name: u32,
    /// Failures from one address within the window after which it must wait.
    pub failures_per_address: u32,
    /// The window.
    pub window_minutes: u32,
}

impl Default for SignIn {
    fn default() -> Self {
        Self { failures_per_name: 5, failures_per_address: 40, window_minutes: 15 }
    }
}

/// `[vendors]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Vendors {
    /// The Zoom account, when there is one.
    pub zoom: Option<Zoom>,
    /// The Webex organisation or site, when there is one.
    pub webex: Option<Webex>,
    /// The Adobe Connect account, when there is one.
    pub connect: Option<Connect>,
    /// The Veeting platform or account, when there is one.
    pub veeting: Option<Veeting>,
}

/// `[vendors.zoom]`: a server-to-server OAuth app.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Zoom {
    /// Base of the API.
    #[serde(default = "Zoom::default_base_url")]
    pub base_url: String,
    /// Where tokens are asked for.
    #[serde(default = "Zoom::default_token_url")]
    pub token_url: String,
    /// Account.
    pub account_id: String,
    /// App.
    pub client_id: String,
    /// The app's secret.
    #[serde(default)]
    pub client_secret: Option<SecretString>,
    /// File that holds the app's secret.
    #[serde(default)]
    pub client_secret_file: Option<PathBuf>,
    /// Time for one call.
    #[serde(default = "Zoom::default_timeout_ms")]
    pub timeout_ms: u64,
    /// How fast the account may be called.
    #[serde(default)]
    pub budget: Budget,
}

impl Zoom {
    fn default_base_url() -> String {
        "https://api.zoom.us/v2".to_owned()
    }

    fn default_token_url() -> String {
        "https://zoom.us/oauth/token".to_owned()
    }

    const fn default_timeout_ms() -> u64 {
        30_000
    }
}

/// `[vendors.zoom.budget]`: calls that this server makes at most. The defaults are what an account of Zoom's Pro plan
/// is granted (Zoom's "Rate limits" page); other apps of the account share the same grant.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Budget {
    /// Calls a second of the light class.
    pub light_per_second: u32,
    /// Calls a second of the medium class.
    pub medium_per_second: u32,
    /// Calls a second of the heavy class.
    pub heavy_per_second: u32,
    /// Calls of the heavy class in a day, UTC.
    pub heavy_per_day: u32,
    /// How long a call may wait for its turn before the caller is told to come back.
    pub queue_ms: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            light_per_second: 30,
            medium_per_second: 20,
            heavy_per_second: 10,
            heavy_per_day: 30_000,
            queue_ms: 10_000,
        }
    }
}

impl Budget {
    /// A budget that never makes a call wait.
    pub const fn unlimited() -> Self {
        Self {
            light_per_second: u32::MAX,
            medium_per_second: u32::MAX,
            heavy_per_second: u32::MAX,
            heavy_per_day: u32::MAX,
            queue_ms: 10_000,
        }
    }
}
