//! A site: the proxy's real router, driven in process, in front of the real sandbox on a port. Both clocks stand still
//! until they are moved. Must not reach around the proxy to make a test pass.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use roomkey_proxy::App;
use roomkey_proxy::app::StartFault;
use roomkey_proxy::audit::verify::{Known, Verdict, verify};
use roomkey_proxy::audit::{Entry, key};
use roomkey_proxy::clock::{Clock, ManualClock};
use roomkey_proxy::config::{self, Config, VeetingLevel};
use roomkey_proxy::random::SystemRandom;
use roomkey_proxy::store::Account;
use roomkey_sandbox::Options;
use roomkey_schema::{Role, Scope};
use secrecy::SecretString;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::{Mutex, OnceCell};
use tokio::task::JoinHandle;
use tower::ServiceExt;

use crate::answer::Answer;
use crate::ask::Ask;
use crate::vendor::Vendor;

/// 2026-03-01T10:00:00Z.
pub const START_MS: i64 = 1_772_359_200_000;
/// The one that the sandbox knows.
pub const CLIENT_SECRET: &str = "demo-secret";
/// Veeting's keys that the sandbox knows.
pub const INSTANCE_KEY: &str = "demo-instance-key";
/// That of the first account.
pub const ACCOUNT_KEY: &str = "demo-account-key";
/// Of every account; the accounts are named as their roles.
pub const PASSWORD: &str = "a-password-nobody-logs";
/// Lets a machine read the metrics.
pub const METRICS_TOKEN: &str = "a-token-for-metrics";
/// The group that the main job is about: no waiting room, nothing locked.
pub const STORY_GROUP: &str = "Clinical staff";

/// What a site is started with.
#[derive(Clone, Debug)]
pub struct Setup {
    /// How many people the vendor's organisation has.
    pub people: usize,
    /// Whether the vendor limits calls.
    pub limits: bool,
    /// Further documents, for the proxy and the vendor alike: file name and text.
    pub documents: Vec<(String, String)>,
    /// What the vendor has instead of these.
    pub vendor_documents: Option<Vec<(String, String)>>,
    /// How long the proxy waits for the vendor.
    pub timeout_ms: u64,
    /// The proxy's credential.
    pub client_secret: String,
    /// Whether anybody listens where the vendor should be.
    pub vendor_is_up: bool,
    /// How Webex is spoken to.
    pub webex: WebexFace,
    /// Who the proxy is at Adobe Connect.
    pub connect_login: String,
    /// How far Veeting's key reaches.
    pub veeting: VeetingLevel,
    /// Whether the people index is read in the background; otherwise nothing asks a vendor but the test.
    pub reads_people: bool,
    /// How many calls of the medium class Zoom may be asked in a second, where that is limited.
    pub medium_per_second: Option<u32>,
}

/// How Webex is spoken to.
#[derive(Clone, Copy, Debug)]
pub enum WebexFace {
    /// Over REST.
    Rest,
    /// Over XML, with so many changes a day for each administrator; 0 sets no limit.
    Xml(u32),
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            people: 60,
            limits: false,
            documents: Vec::new(),
            vendor_documents: None,
            timeout_ms: 60_000,
            client_secret: CLIENT_SECRET.to_owned(),
            vendor_is_up: true,
            webex: WebexFace::Rest,
            connect_login: "admin@example.com".to_owned(),
            veeting: VeetingLevel::Instance,
            reads_people: false,
            medium_per_second: None,
        }
    }
}

/// The proxy and its vendor.
pub struct Site {
    /// The sandbox.
    pub vendor: Vendor,
    app: App,
    router: Router,
    clock: Arc<ManualClock>,
    cookies: Mutex<BTreeMap<Role, String>>,
    folder: TempDir,
    config: Config,
    background: Vec<JoinHandle<()>>,
    reads_people: bool,
}

impl Drop for Site {
    fn drop(&mut self) {
        self.app.jobs.stop.cancel();
        self.app.people.stop.cancel();
        self.background.iter().for_each(JoinHandle::abort);
    }
}

impl Site {
    /// A site with everything as usual.
    pub async fn new() -> Self {
        Self::with(Setup::default()).await
    }

    /// A site.
    pub async fn with(setup: Setup) -> Self {
        Self::start(setup).await.expect("a site")
    }

    /// A site, or why the proxy does not start.
    pub async fn start(setup: Setup) -> Result<Self, StartFault> {
        let folder = tempfile::tempdir().expect("a folder");
        let documents = setup.vendor_documents.clone().unwrap_or_else(|| setup.documents.clone());
        let options = Options { people: setup.people, limits: setup.limits, documents, ..Options::default() };
        let now_ms = u64::try_from(START_MS).expect("after 1970");
        let vendor = if setup.vendor_is_up { Vendor::up(options, now_ms).await } else { Vendor::down(options, now_ms) };
        let clock = Arc::new(ManualClock::at(START_MS));
        let config = configuration(folder.path(), &setup, &vendor);
        let app = App::new(config.clone(), clock.clone(), Arc::new(SystemRandom)).await?;
        for role in Role::ALL {
            let (name, scope, password_hash) = (role.as_str().to_owned(), Scope::default(), password_hash(&app).await);
            let account = Account { name, role, scope, password_hash };
            app.store.put_account(&account).await.expect("an account");
        }
        let router = app.router();
        let background = background(&app, setup.reads_people);
        let (cookies, reads_people) = (Mutex::default(), setup.reads_people);
        Ok(Self { vendor, app, router, clock, cookies, folder, config, background, reads_people })
    }

    /// Ends the proxy and starts it anew over the same data.
    pub async fn restart(&mut self) {
        self.app.jobs.stop.cancel();
        self.app.people.stop.cancel();
        for work in self.background.drain(..) {
            work.await.expect("an end");
        }
        self.app.store.close().await;
        self.app = App::new(self.config.clone(), self.clock.clone(), Arc::new(SystemRandom)).await.expect("a start");
        self.router = self.app.router();
        self.background = background(&self.app, self.reads_people);
    }

    /// Begins to read the people index, and goes on with it after a restart.
    pub fn begin_to_read_people(&mut self) {
        self.reads_people = true;
        self.background.push(tokio::spawn(roomkey_proxy::people::keep(self.app.clone())));
    }

    /// Sends a request, signed in first when it is somebody's.
    pub async fn call(&self, ask: Ask) -> Answer {
        let cookie = match ask.role {
            Some(role) => Some(self.cookie(role).await),
            None => None,
        };
        let request = ask.request(cookie.as_deref());
        Answer::of(self.router.clone().oneshot(request).await.expect("an infallible service")).await
    }

    /// Reads as that role.
    pub async fn get(&self, role: Role, path: &str) -> Answer {
        self.call(Ask::get(path).by(role)).await
    }

    /// Writes as that role.
    pub async fn patch(&self, role: Role, path: &str, body: &Value) -> Answer {
        self.call(Ask::patch(path, body).by(role)).await
    }

    /// The session cookie of that role; signs in when there is none.
    pub async fn cookie(&self, role: Role) -> String {
        let mut cookies = self.cookies.lock().await;
        if let Some(cookie) = cookies.get(&role) {
            return cookie.clone();
        }
        let credentials = json!({"username": role.as_str(), "password": PASSWORD});
        let request = Ask::new("POST", "/auth/login").json(&credentials).request(None);
        let answer = Answer::of(self.router.clone().oneshot(request).await.expect("an infallible service")).await;
        assert_eq!(answer.status, 204, "{}", answer.text);
        let cookie = answer.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
        cookies.insert(role, cookie.clone());
        cookie
    }

    /// Everybody has to sign in again.
    pub async fn forget_cookies(&self) {
        self.cookies.lock().await.clear();
    }

    /// Gives the account of one role another role, as `roomkey user add` does.
    pub async fn set_role(&self, of: Role, now: Role) {
        let (name, password_hash) = (of.as_str().to_owned(), password_hash(&self.app).await);
        let account = Account { name, role: now, scope: Scope::default(), password_hash };
        self.app.store.put_account(&account).await.expect("an account");
    }

    /// Lets the account of one role reach only a part of the organisation; it signs in anew.
    pub async fn set_scope(&self, role: Role, scope: Scope) {
        let (name, password_hash) = (role.as_str().to_owned(), password_hash(&self.app).await);
        let account = Account { name, role, scope, password_hash };
        self.app.store.put_account(&account).await.expect("an account");
        self.cookies.lock().await.remove(&role);
    }

    /// Id of the vendor's group of that name.
    pub async fn group_id(&self, name: &str) -> String {
        let groups = self.get(Role::Admin, "/api/zoom/groups").await.ok();
        let group = groups["groups"].as_array().expect("groups").iter().find(|group| group["name"] == name).cloned();
        group.expect("a group of this name")["id"].as_str().expect("an id").to_owned()
    }

    /// Where the proxy serves the group that the main job is about.
    pub async fn story(&self) -> String {
        format!("/api/zoom/groups/{}", self.group_id(STORY_GROUP).await)
    }

    /// What time it is, for both.
    pub fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }

    /// Moves both clocks. Half an hour ends the sessions.
    pub async fn advance_ms(&self, by_ms: u64) {
        self.clock.advance_ms(i64::try_from(by_ms).expect("not for ever"));
        self.vendor.advance_ms(by_ms).await;
    }

    /// The proxy's record: number and content of each row.
    pub async fn record(&self) -> Vec<(u64, Entry)> {
        let rows = self.app.store.rows_after(0, 10_000).await.expect("rows");
        rows.into_iter().map(|row| (row.seq, serde_json::from_str(&row.content).expect("an entry"))).collect()
    }

    /// Whether no row of the record was changed since it was written.
    pub async fn record_is_whole(&self) -> bool {
        let chain = key::open(&self.data()).expect("the record's key");
        let verdict = verify(&*self.app.store, &chain, &Known::default(), &|_| {}).await.expect("rows");
        matches!(verdict, Verdict::Whole(rows) if rows > 0)
    }

    /// Waits until the proxy has ended everything that it began. No calls afterwards.
    pub async fn settle(&self) {
        self.app.jobs.stop.cancel();
        self.app.tasks.close();
        self.app.tasks.wait().await;
    }

    /// Files of the proxy's data directory that hold these bytes anywhere.
    pub fn files_with(&self, needle: &str) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(self.data()).expect("the data directory");
        let paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
        assert!(paths.iter().any(|path| path.ends_with(key::DATABASE_FILE)), "{paths:?}");
        let holds = |path: &PathBuf| {
            let bytes = std::fs::read(path).expect("a file");
            bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
        };
        paths.into_iter().filter(holds).collect()
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }
}

fn background(app: &App, reads_people: bool) -> Vec<JoinHandle<()>> {
    let mut background = vec![tokio::spawn(roomkey_proxy::jobs::supervise(app.clone()))];
    if reads_people {
        background.push(tokio::spawn(roomkey_proxy::people::keep(app.clone())));
    }
    background
}

fn configuration(folder: &Path, setup: &Setup, vendor: &Vendor) -> Config {
    let mut config = Config::in_directory(folder.join("data"));
    let schemas = folder.join("schemas");
    std::fs::create_dir(&schemas).expect("a folder");
    for (name, text) in &setup.documents {
        std::fs::write(schemas.join(name), text).expect("a document");
    }
    config.schemas = Some(schemas);
    config.metrics.token = Some(SecretString::from(METRICS_TOKEN));
    config.vendors.zoom = Some(config::Zoom {
        base_url: vendor.url("/zoom/v2"),
        token_url: vendor.url("/zoom/oauth/token"),
        account_id: "demo-account".to_owned(),
        client_id: "demo-client".to_owned(),
        client_secret: Some(SecretString::from(setup.client_secret.as_str())),
        client_secret_file: None,
        timeout_ms: setup.timeout_ms,
        budget: match setup.medium_per_second {
            Some(medium_per_second) => config::Budget { medium_per_second, ..config::Budget::unlimited() },
            None => config::Budget::unlimited(),
        },
    });
    config.vendors.webex = Some(webex(setup, vendor));
    config.vendors.connect = Some(config::Connect {
        url: vendor.url("/connect/api/xml"),
        login: setup.connect_login.clone(),
        password: Some(SecretString::from("demo-password")),
        password_file: None,
        timeout_ms: setup.timeout_ms,
        calls_per_minute: u32::MAX,
    });
    config.vendors.veeting = Some(config::Veeting {
        base_url: vendor.url("/veeting/api/v6"),
        level: setup.veeting,
        api_key: Some(SecretString::from(match setup.veeting {
            VeetingLevel::Instance => INSTANCE_KEY,
            VeetingLevel::Account => ACCOUNT_KEY,
        })),
        api_key_file: None,
        timeout_ms: setup.timeout_ms,
        calls_per_minute: u32::MAX,
    });
    config
}

fn webex(setup: &Setup, vendor: &Vendor) -> config::Webex {
    let rest = || config::WebexRest {
        base_url: vendor.url("/webex/v1"),
        access_token: Some(SecretString::from("demo-webex-token")),
        access_token_file: None,
        client_id: None,
        client_secret: None,
        client_secret_file: None,
        refresh_token: None,
        refresh_token_file: None,
        timeout_ms: setup.timeout_ms,
        calls_per_minute: u32::MAX,
    };
    let administrator = |number: u8| config::WebexAdministrator {
        web_ex_id: format!("admin{number}@example.com"),
        password: Some(SecretString::from("demo-password")),
        password_file: None,
    };
    let xml = |set_user_per_day| config::WebexXml {
        url: vendor.url("/webex-xml/WBXService/XMLService"),
        site: "demo".to_owned(),
        site_url: Some("demo.webex.example".to_owned()),
        set_user_per_day,
        timeout_ms: setup.timeout_ms,
        calls_per_minute: u32::MAX,
        administrators: (1..=5).map(administrator).collect(),
    };
    let (rest, xml) = match setup.webex {
        WebexFace::Rest => (Some(rest()), None),
        WebexFace::Xml(per_day) => (None, Some(xml(per_day))),
    };
    config::Webex {
        pin_digits: 4,
        pin_digits_by_site: BTreeMap::from([("demo-eu.webex.example".to_owned(), 6)]),
        rest,
        xml,
    }
}

/// Computed once for all sites of the process: it is meant to be slow.
async fn password_hash(app: &App) -> String {
    static HASH: OnceCell<String> = OnceCell::const_new();
    let hash = async || app.passwords.hash(SecretString::from(PASSWORD)).await.expect("a hash");
    HASH.get_or_init(hash).await.clone()
}
