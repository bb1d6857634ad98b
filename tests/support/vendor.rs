//! The sandbox on a port of this machine, with its ledger and its controls. Must not answer in the vendor's name.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use roomkey_sandbox::{FixedClock, Options, Timestamp, router_at};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpSocket};
use tokio::task::JoinHandle;
use tower::ServiceExt;

use crate::answer::Answer;

/// How long something that must happen may take on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// A line of the ledger.
#[derive(Clone, Debug, Deserialize)]
#[expect(missing_docs, reason = "the names are the ledger's own")]
pub struct Line {
    pub seq: u64,
    pub method: String,
    pub path: String,
    pub query: String,
    #[serde(default)]
    pub service: Option<String>,
    pub headers: Value,
    pub body: Value,
    pub status: Option<u16>,
    pub fault: Option<String>,
}

impl Line {
    /// Whether it asks for a token instead of the API.
    pub fn is_for_a_token(&self) -> bool {
        self.path == "/zoom/oauth/token" || self.service.as_deref() == Some("login")
    }
}

/// The sandbox.
#[derive(Debug)]
pub struct Vendor {
    router: Router,
    address: SocketAddr,
    server: Option<JoinHandle<()>>,
    /// A port that is taken and on which nobody listens.
    _closed: Option<TcpSocket>,
}

impl Vendor {
    pub(crate) async fn up(options: Options, now_ms: u64) -> Self {
        let router = router(options, now_ms);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let handle = router.clone();
        let server = tokio::spawn(async move { axum::serve(listener, handle).await.expect("a server") });
        Self { router, address, server: Some(server), _closed: None }
    }

    pub(crate) fn down(options: Options, now_ms: u64) -> Self {
        let closed = TcpSocket::new_v4().expect("a socket");
        closed.bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).expect("a port");
        let address = closed.local_addr().expect("an address");
        Self { router: router(options, now_ms), address, server: None, _closed: Some(closed) }
    }

    /// An address below the sandbox.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Every request to the vendor so far, in order.
    pub async fn ledger(&self) -> Vec<Line> {
        let answer = self.control("GET", "ledger", &Value::Null).await;
        answer.text.lines().map(|line| serde_json::from_str(line).expect("a line of the ledger")).collect()
    }

    /// Every request to the vendor's API so far, without those for tokens.
    pub async fn calls(&self) -> Vec<Line> {
        self.ledger().await.into_iter().filter(|line| !line.is_for_a_token()).collect()
    }

    /// Every request so far that would change something.
    pub async fn writes(&self) -> Vec<Line> {
        self.calls().await.into_iter().filter(|line| line.method != "GET").collect()
    }

    /// How many tokens were asked for.
    pub async fn token_requests(&self) -> usize {
        self.ledger().await.iter().filter(|line| line.is_for_a_token()).count()
    }

    /// Puts these fault rules in place of all there are; a hang ends with it.
    pub async fn faults(&self, rules: Value) {
        self.command("PUT", "faults", &rules).await;
    }

    /// Changes a settings document behind the proxy's back, as another administrator would.
    pub async fn mutate(&self, path: &str, option: Option<&str>, change: Value) {
        self.command("POST", "mutate", &json!({"vendor": "zoom", "path": path, "option": option, "patch": change}))
            .await;
    }

    /// Changes something of another vendor behind the proxy's back.
    pub async fn mutate_of(&self, vendor: &str, path: &str, change: Value) {
        self.command("POST", "mutate", &json!({"vendor": vendor, "path": path, "patch": change})).await;
    }

    /// Back to the start, with an empty ledger and without faults.
    pub async fn reset(&self) {
        self.command("POST", "reset", &Value::Null).await;
    }

    /// Lets others work until a line of the ledger is as wanted.
    pub async fn until(&self, wanted: impl Fn(&Line) -> bool) {
        let seen = async {
            while !self.ledger().await.iter().any(&wanted) {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(PATIENCE, seen).await.expect("the vendor is asked");
    }

    /// Lets others work until so many requests were made for a path.
    pub async fn until_count(&self, path: &str, count: usize) {
        let seen = async {
            while self.calls().await.iter().filter(|line| line.path == path).count() < count {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(PATIENCE, seen).await.expect("the vendor is asked");
    }

    pub(crate) async fn advance_ms(&self, by_ms: u64) {
        self.command("POST", "clock", &json!({"advance_ms": by_ms})).await;
    }

    async fn command(&self, method: &str, path: &str, body: &Value) {
        let answer = self.control(method, path, body).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT.as_u16(), "{}", answer.text);
    }

    async fn control(&self, method: &str, path: &str, body: &Value) -> Answer {
        let request = Request::builder().method(method).uri(format!("/_sandbox/{path}"));
        let request = request.body(Body::from(body.to_string())).expect("a request");
        Answer::of(self.router.clone().oneshot(request).await.expect("an infallible service")).await
    }
}

impl Drop for Vendor {
    fn drop(&mut self) {
        if let Some(server) = &self.server {
            server.abort();
        }
    }
}

fn router(options: Options, now_ms: u64) -> Router {
    router_at(options, Arc::new(FixedClock(Timestamp::from_millis(now_ms)))).expect("a sandbox")
}
