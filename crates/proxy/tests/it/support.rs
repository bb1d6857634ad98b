//! A stage for the tests: the program over a temporary directory, with a clock that stands still, and the sandbox on a
//! loopback port. Must not intercept the program's own requests.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use roomkey_proxy::App;
use roomkey_proxy::auth::accounts;
use roomkey_proxy::clock::{Clock, ManualClock};
use roomkey_proxy::config::{Budget, Config, Zoom};
use roomkey_proxy::random::{CountingRandom, Random};
use roomkey_proxy::store::Store;
use roomkey_schema::{Role, Scope};
use secrecy::SecretString;
use serde_json::Value;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tower::ServiceExt;

pub(crate) const PASSWORD: &str = "stage password";
pub(crate) const HOST: &str = "roomkey.test";
/// 2027-01-15T08:00:00Z
pub(crate) const BEGIN_MS: i64 = 1_800_000_000_000;

pub(crate) struct Stage {
    pub(crate) app: App,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) sandbox: SocketAddr,
    pub(crate) data: TempDir,
}

impl Stage {
    pub(crate) async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// With a changed configuration.
    pub(crate) async fn with(change: impl FnOnce(&mut Config)) -> Self {
        Self::over(change, |store| store).await
    }

    /// With a store around the real one.
    pub(crate) async fn over(
        change: impl FnOnce(&mut Config),
        wrap: impl FnOnce(Arc<dyn Store>) -> Arc<dyn Store>,
    ) -> Self {
        let data = TempDir::new().unwrap();
        let sandbox = sandbox().await;
        let mut config = config(data.path(), sandbox);
        change(&mut config);
        let clock = Arc::new(ManualClock::at(BEGIN_MS));
        let store: Arc<dyn Store> = Arc::new(roomkey_proxy::app::open_store(&config).await.unwrap());
        let app = App::over(config, clock.clone(), random(), wrap(store)).unwrap();
        Self { app, clock, sandbox, data }
    }

    /// Makes an account of that role, named after it.
    pub(crate) async fn account(&self, role: Role) {
        let password = SecretString::from(PASSWORD);
        accounts::put(&*self.app.store, &self.app.passwords, role.as_str(), role, Scope::default(), password)
            .await
            .unwrap();
    }

    /// A browser without a session.
    pub(crate) fn browser(&self) -> Browser {
        Browser { router: self.app.router(), cookie: None }
    }

    /// A browser in which a person of that role has signed in.
    pub(crate) async fn signed_in(&self, role: Role) -> Browser {
        self.account(role).await;
        let mut browser = self.browser();
        let answer = browser.sign_in(role.as_str(), PASSWORD).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text);
        browser
    }

    /// Contents of the record's rows, oldest first.
    pub(crate) async fn record(&self) -> Vec<Value> {
        let rows = self.app.store.rows_after(0, 10_000).await.unwrap();
        rows.iter().map(|row| serde_json::from_str(&row.content).unwrap()).collect()
    }

    /// Tells the sandbox what goes wrong.
    pub(crate) async fn faults(&self, rules: Value) {
        let answer = self.tell_sandbox("PUT", "faults", rules).await;
        assert_eq!(answer, StatusCode::NO_CONTENT);
    }

    pub(crate) async fn tell_sandbox(&self, method: &str, path: &str, body: Value) -> StatusCode {
        let url = format!("http://{}/_sandbox/{path}", self.sandbox);
        let method = method.parse().unwrap();
        client().request(method, url).json(&body).send().await.unwrap().status()
    }

    /// `METHOD path status` of what the sandbox was asked, without tokens.
    pub(crate) async fn ledger(&self) -> Vec<String> {
        let url = format!("http://{}/_sandbox/ledger", self.sandbox);
        let text = client().get(url).send().await.unwrap().text().await.unwrap();
        text.lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap())
            .filter(|line| line["path"].as_str().is_some_and(|path| !path.contains("oauth")))
            .map(|line| format!("{} {}", line["method"].as_str().unwrap(), line["path"].as_str().unwrap()))
            .collect()
    }

    /// Id of the first group.
    pub(crate) async fn group(&self, browser: &Browser) -> String {
        let answer = browser.get("/api/zoom/groups").await;
        answer.json()["groups"][0]["id"].as_str().unwrap().to_owned()
    }
}

pub(crate) fn random() -> Arc<dyn Random> {
    Arc::new(CountingRandom::default())
}

pub(crate) fn config(data: &Path, vendor: SocketAddr) -> Config {
    let mut config = Config::in_directory(data);
    config.vendors.zoom = Some(Zoom {
        base_url: format!("http://{vendor}/zoom/v2"),
        token_url: format!("http://{vendor}/zoom/oauth/token"),
        account_id: "demo-account".to_owned(),
        client_id: "demo-client".to_owned(),
        client_secret: Some(SecretString::from("demo-secret")),
        client_secret_file: None,
        timeout_ms: 5_000,
        budget: Budget::unlimited(),
    });
    config
}

/// The sandbox on a port of its own.
pub(crate) async fn sandbox() -> SocketAddr {
    let options = roomkey_sandbox::Options { people: 50, limits: false, ..roomkey_sandbox::Options::default() };
    listen(roomkey_sandbox::router(options).unwrap()).await
}

/// Serves a router on a loopback port until the test ends.
pub(crate) async fn listen(router: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

/// A client for talking to the sandbox's controls.
pub(crate) fn client() -> reqwest::Client {
    roomkey_proxy::vendors::client::build(std::time::Duration::from_secs(10)).unwrap()
}

/// What a page of the console would send.
pub(crate) struct Browser {
    pub(crate) router: Router,
    pub(crate) cookie: Option<String>,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    pub(crate) fn kind(&self) -> String {
        self.json()["kind"].as_str().unwrap_or_default().to_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }
}

impl Browser {
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(self.request("GET", path).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn write(&self, method: &str, path: &str, body: &Value) -> Answer {
        self.send(self.writing(method, path).body(Body::from(body.to_string())).unwrap()).await
    }

    /// A read as the page makes it.
    pub(crate) fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let request = Request::builder().method(method).uri(path).header("host", HOST);
        match &self.cookie {
            Some(cookie) => request.header("cookie", cookie),
            None => request,
        }
    }

    /// A write as the page makes it.
    pub(crate) fn writing(&self, method: &str, path: &str) -> axum::http::request::Builder {
        self.request(method, path)
            .header("origin", format!("http://{HOST}"))
            .header("sec-fetch-site", "same-origin")
            .header("x-requested-with", "roomkey")
            .header("content-type", "application/json")
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer { status: parts.status, headers: parts.headers, text: String::from_utf8(bytes.to_vec()).unwrap() }
    }

    pub(crate) async fn sign_in(&mut self, name: &str, password: &str) -> Answer {
        let answer =
            self.write("POST", "/auth/login", &serde_json::json!({"username": name, "password": password})).await;
        if let Some(cookie) = answer.header("set-cookie").split(';').next().filter(|cookie| !cookie.is_empty()) {
            self.cookie = Some(cookie.to_owned());
        }
        answer
    }
}

/// The stage's time as problems spell it.
pub(crate) fn in_ms(stage: &Stage, after_ms: i64) -> String {
    roomkey_proxy::clock::rfc3339(stage.clock.now_ms() + after_ms)
}

impl Stage {
    /// Signs in from a page of that origin.
    pub(crate) async fn signed_in_from(&self, origin: &str, role: Role) -> Browser {
        self.account(role).await;
        let mut browser = self.browser();
        let body = serde_json::json!({"username": role.as_str(), "password": PASSWORD});
        let request = browser
            .request("POST", "/auth/login")
            .header("origin", origin)
            .header("x-requested-with", "roomkey")
            .header("content-type", "application/json")
            .body(Body::from(body.to_string()))
            .unwrap();
        let answer = browser.send(request).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text);
        browser.cookie = answer.header("set-cookie").split(';').next().map(str::to_owned);
        browser
    }
}
