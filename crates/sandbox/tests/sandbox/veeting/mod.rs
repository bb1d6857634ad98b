//! Veeting: a bench with the demo's keys, and the tests of keys, accounts, meetings, series and rooms.
//! Must not hold assertions about single operations.

mod accounts;
mod conformance;
mod keys;
mod listing;
mod meetings;
mod refusals;
mod room;
mod series;
mod trouble;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use roomkey_sandbox::Options;
use serde_json::{Value, json};

use crate::bench::{Answer, Bench, options};

pub(crate) const INSTANCE: &str = "demo-instance-key";
pub(crate) const ACCOUNT: &str = "demo-account-key";
/// What the bench's clock says.
pub(crate) const NOW: &str = "2026-03-01T10:00:00.000Z";
pub(crate) const NOT_ALLOWED: (i32, &str) = (-3, "This is not allowed.");
const HOUR_MS: u64 = 3_600_000;

pub(crate) struct Veeting {
    pub(crate) bench: Bench,
    /// What goes out with each request: the key, and on behalf of whom.
    headers: Vec<(&'static str, String)>,
}

impl Veeting {
    /// With the account key.
    pub(crate) async fn new() -> Self {
        Self::with(options()).await
    }

    pub(crate) async fn with(options: Options) -> Self {
        Self { bench: Bench::with(options).await, headers: vec![("x-api-key", ACCOUNT.to_owned())] }
    }

    pub(crate) fn key(&mut self, key: &str) {
        self.headers = vec![("x-api-key", key.to_owned())];
    }

    /// With the instance key, on behalf of somebody.
    pub(crate) fn behalf(&mut self, header: &'static str, who: &str) {
        self.key(INSTANCE);
        self.headers.push((header, who.to_owned()));
    }

    pub(crate) fn also(&mut self, header: &'static str, value: &str) {
        self.headers.push((header, value.to_owned()));
    }

    pub(crate) fn request(&self, method: &str, path: &str, body: Option<&Value>) -> Request<Body> {
        let mut request = Request::builder().method(method).uri(format!("/veeting/api/v6{path}"));
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        match body {
            None => request.body(Body::empty()),
            Some(body) => request.header("content-type", "application/json").body(Body::from(body.to_string())),
        }
        .expect("a request")
    }

    pub(crate) async fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Answer {
        self.bench.raw(self.request(method, path, body)).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, None).await
    }

    /// The data of an answer, which has to be a success.
    pub(crate) async fn done(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        let answer = self.send(method, path, body).await;
        let envelope = answer.json();
        assert_eq!((answer.status, &envelope["responseCode"]), (StatusCode::OK, &json!(0)), "{}", answer.text);
        assert_eq!(envelope.as_object().map(serde_json::Map::len), Some(2), "{}", answer.text);
        envelope["data"].clone()
    }

    pub(crate) async fn read(&self, path: &str) -> Value {
        self.done("GET", path, None).await
    }

    pub(crate) async fn list(&self, path: &str) -> Vec<Value> {
        self.read(path).await.as_array().expect("a list").clone()
    }

    pub(crate) async fn schedule(&self, body: &Value) -> Value {
        self.done("POST", "/meeting", Some(body)).await
    }

    pub(crate) async fn change(&self, id: &str, whole_series: bool, body: &Value) -> Value {
        self.done("PUT", &format!("/meeting/{id}/{whole_series}"), Some(&with(body, "id", json!(id)))).await
    }

    pub(crate) async fn close(&self, id: &str) -> Value {
        self.done("POST", "/meeting/close", Some(&json!({"meetingId": id}))).await
    }

    /// Somebody of another account than the account key's: what is known of them.
    pub(crate) async fn stranger(&mut self) -> Value {
        let before = std::mem::replace(&mut self.headers, vec![("x-api-key", INSTANCE.to_owned())]);
        let accounts = self.list("/account").await;
        let organizers = self.list(&format!("/account/admin/{}", id(&accounts[1]))).await;
        self.headers = before;
        organizers[0].clone()
    }

    /// The meeting of the key's account with people in its room.
    pub(crate) async fn open_meeting(&self) -> Value {
        let mut active = self.list("/meeting").await;
        active.retain(|meeting| meeting["isActive"] == true);
        assert_eq!(active.len(), 1);
        active.remove(0)
    }

    pub(crate) async fn mutate(&self, path: &str, change: Value) -> Answer {
        let body = json!({"vendor": "veeting", "path": path, "patch": change});
        self.bench.control("POST", "mutate", body).await
    }

    pub(crate) async fn mutated(&self, path: &str, change: Value) {
        let answer = self.mutate(path, change).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text);
    }

    pub(crate) async fn hours_pass(&self, hours: u64) {
        self.bench.advance(hours * HOUR_MS).await;
    }
}

/// Asserts a refusal in the vendor's envelope.
#[track_caller]
pub(crate) fn is_refused(answer: &Answer, (code, message): (i32, &str)) {
    let status = if code == -99 { StatusCode::NOT_FOUND } else { StatusCode::OK };
    assert_eq!(answer.status, status, "{}", answer.text);
    assert_eq!(answer.json(), json!({"responseCode": code, "data": null, "message": message}));
    assert_eq!(answer.header("content-type"), Some("application/json;charset=UTF-8"));
}

/// Asserts that a body was refused for just these reasons.
#[track_caller]
pub(crate) fn is_misfit(answer: &Answer, sentences: &str) {
    is_refused(answer, (-4, &format!("The data is not valid: {sentences}")));
}

/// The least that a meeting is scheduled with.
pub(crate) fn meeting(start: &str, end: &str, minutes: u64) -> Value {
    json!({
        "topic": "Ward rounds",
        "startTime": start,
        "endTime": end,
        "duration": minutes,
        "type": "standard",
        "isRecurring": false,
        "isRecorded": false,
        "isDialin": false,
        "invitedParticipants": [],
        "recurring": {},
        "meetingPermissionId": null,
    })
}

/// An hour of tomorrow.
pub(crate) fn tomorrow() -> Value {
    meeting("2026-03-02T09:00:00.000Z", "2026-03-02T10:00:00.000Z", 60)
}

pub(crate) fn with(body: &Value, name: &str, value: Value) -> Value {
    let mut changed = body.clone();
    changed[name] = value;
    changed
}

pub(crate) fn without(body: &Value, name: &str) -> Value {
    let mut changed = body.clone();
    changed.as_object_mut().expect("fields").remove(name);
    changed
}

pub(crate) fn id(value: &Value) -> &str {
    value["id"].as_str().expect("an id")
}
