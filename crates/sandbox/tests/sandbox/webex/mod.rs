//! Webex REST: a bench with the demo's token, and the tests of people, rooms, tokens and limits.
//! Must not hold assertions about single operations.

mod limits;
mod people;
mod rooms;
mod tokens;
mod trouble;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use roomkey_sandbox::Options;
use serde_json::{Value, json};

use crate::bench::{Answer, Bench, options};

pub(crate) const ROOM: &str = "/meetingPreferences/personalMeetingRoom";
pub(crate) const SITES: &str = "/meetingPreferences/sites";
pub(crate) const SECOND_SITE: &str = "demo-eu.webex.example";
pub(crate) const ME: &str = "admin1@example.com";

pub(crate) struct Webex {
    pub(crate) bench: Bench,
    pub(crate) token: String,
}

impl Webex {
    pub(crate) async fn new() -> Self {
        Self::with(options()).await
    }

    pub(crate) async fn with(options: Options) -> Self {
        Self { bench: Bench::with(options).await, token: "demo-webex-token".to_owned() }
    }

    pub(crate) fn request(&self, method: &str, path: &str, body: Option<&Value>) -> Request<Body> {
        let request = Request::builder()
            .method(method)
            .uri(format!("/webex/v1{path}"))
            .header("host", "127.0.0.1:4000")
            .header("authorization", format!("Bearer {}", self.token));
        match body {
            None => request.body(Body::empty()),
            Some(body) => request.header("content-type", "application/json").body(Body::from(body.to_string())),
        }
        .expect("a request")
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.bench.raw(self.request("GET", path, None)).await
    }

    pub(crate) async fn put(&self, path: &str, body: &Value) -> Answer {
        self.bench.raw(self.request("PUT", path, Some(body))).await
    }

    /// What a GET answers, which has to be a 200.
    pub(crate) async fn read(&self, path: &str) -> Value {
        let answer = self.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        answer.json()
    }

    /// The token endpoint with a form.
    pub(crate) async fn ask_token(&self, form: &'static str) -> Answer {
        let request = Request::post("/webex/v1/access_token").header("content-type", FORM).body(Body::from(form));
        self.bench.raw(request.expect("a request")).await
    }

    /// Everybody in the directory, by their address.
    pub(crate) async fn emails(&self) -> Vec<String> {
        let list = self.read("/people?max=1000").await;
        let email = |person: &Value| person["emails"][0].as_str().expect("an address").to_owned();
        list["items"].as_array().expect("people").iter().map(email).collect()
    }

    pub(crate) async fn mutate(&self, path: &str, option: Option<&str>, change: Value) -> Answer {
        let body = json!({"vendor": "webex", "path": path, "option": option, "patch": change});
        self.bench.control("POST", "mutate", body).await
    }
}

pub(crate) const FORM: &str = "application/x-www-form-urlencoded";

pub(crate) fn room_of(email: &str) -> String {
    format!("{ROOM}?userEmail={email}")
}

/// Asserts a refusal in the vendor's form, with the same tracking id in header and body.
#[track_caller]
pub(crate) fn is_refused(answer: &Answer, status: u16, message: &str) {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.text);
    let body = answer.json();
    assert_eq!(body["message"], message);
    assert_eq!(body["trackingId"].as_str(), answer.header("trackingid"));
    assert!(body["trackingId"].as_str().is_some_and(|id| id.starts_with("ROUTER_")));
    assert!(body["errors"].as_array().is_some_and(|errors| errors.iter().all(|one| one["description"].is_string())));
}

/// Asserts that a body was refused for just these reasons.
#[track_caller]
pub(crate) fn is_misfit(answer: &Answer, descriptions: &[&str]) {
    is_refused(answer, 400, "The body does not fit.");
    let told: Vec<Value> = descriptions.iter().map(|one| json!({"description": one})).collect();
    assert_eq!(answer.json()["errors"], json!(told));
}
