//! Adobe Connect: a bench with a session, a reader of its answers, and the tests of every action.
//! Must not hold assertions about single actions.

mod account;
mod lists;
mod meetings;
mod passcodes;
mod people;
mod sessions;
mod sign_in;
mod trios;
mod trouble;
mod xml;

use axum::body::Body;
use axum::http::Request;
use roomkey_sandbox::Options;
use serde_json::{Value, json};

use crate::bench::{Answer, Bench, options};
use xml::Node;

pub(crate) const ADDRESS: &str = "/connect/api/xml";
pub(crate) const ADMIN: &str = "admin@example.com";
pub(crate) const HOST: &str = "host@example.com";
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";
pub(crate) const MEETINGS: &str = "action=report-bulk-objects&filter-type=meeting";
pub(crate) const PASSCODES: &str = "action=acl-field-list&field-id=meeting-passcode";

pub(crate) struct Connect {
    pub(crate) bench: Bench,
    /// The Cookie header that is sent.
    pub(crate) cookie: String,
}

impl Connect {
    /// An administrator's session.
    pub(crate) async fn new() -> Self {
        Self::with(options()).await
    }

    pub(crate) async fn with(options: Options) -> Self {
        let mut connect = Self { bench: Bench::with(options).await, cookie: String::new() };
        connect.sign_in(ADMIN).await;
        connect
    }

    /// The session of a host who is no administrator.
    pub(crate) async fn of_host() -> Self {
        let mut connect = Self::new().await;
        connect.sign_in(HOST).await;
        connect
    }

    pub(crate) async fn sign_in(&mut self, login: &str) {
        self.cookie.clear();
        let answer = self.post(&format!("action=login&login={login}&password=demo-password")).await;
        ok(&answer);
        let cookie = answer.header("set-cookie").expect("a cookie");
        cookie.split(';').next().expect("a pair").clone_into(&mut self.cookie);
    }

    pub(crate) fn request(&self, method: &str, query: &str, form: Option<&str>) -> Request<Body> {
        let address = if query.is_empty() { ADDRESS.to_owned() } else { format!("{ADDRESS}?{query}") };
        let mut request = Request::builder().method(method).uri(address).header("host", "connect.test:4000");
        if !self.cookie.is_empty() {
            request = request.header("cookie", &self.cookie);
        }
        match form {
            None => request.body(Body::empty()),
            Some(form) => request.header("content-type", FORM).body(Body::from(form.to_owned())),
        }
        .expect("a request")
    }

    pub(crate) async fn get(&self, query: &str) -> Answer {
        self.bench.raw(self.request("GET", query, None)).await
    }

    pub(crate) async fn post(&self, form: &str) -> Answer {
        self.bench.raw(self.request("POST", "", Some(form))).await
    }

    /// What is answered to a query, which has to be `ok`.
    pub(crate) async fn read(&self, query: &str) -> Node {
        ok(&self.get(query).await)
    }

    /// The ids of the rows that a query answers, of elements with this name.
    pub(crate) async fn ids(&self, query: &str, name: &str) -> Vec<String> {
        let (answer, id) = (self.read(query).await, if name == "acl" { "acl-id" } else { "sco-id" });
        answer.all(name).iter().map(|row| row.attribute(id).to_owned()).collect()
    }

    /// The folder that a shortcut leads to.
    pub(crate) async fn shortcut(&self, kind: &str) -> String {
        let shortcuts = self.read("action=sco-shortcuts").await;
        let found = shortcuts.all("sco").into_iter().find(|sco| sco.attribute("type") == kind);
        found.expect("a shortcut").attribute("sco-id").to_owned()
    }

    /// The passcode of a meeting, as an administrator reads it.
    pub(crate) async fn passcode(&self, id: &str) -> Option<String> {
        let answer = self.read(&format!("action=acl-field-info&filter-field-id=meeting-passcode&acl-id={id}")).await;
        answer.all("field").first().map(|field| field.text("value").to_owned())
    }

    pub(crate) async fn set_passcode(&self, id: &str, value: &str) -> Answer {
        self.post(&format!("action=acl-field-update&acl-id={id}&field-id=meeting-passcode&value={value}")).await
    }

    pub(crate) async fn mutate(&self, path: &str, change: Value) -> Answer {
        let body = json!({"vendor": "connect", "path": path, "patch": change});
        self.bench.control("POST", "mutate", body).await
    }
}

/// The results of an answer that has to be `ok`.
#[track_caller]
pub(crate) fn ok(answer: &Answer) -> Node {
    let results = results(answer);
    assert_eq!(results.children[0].attribute("code"), "ok", "{}", answer.text);
    results
}

/// Asserts another status than `ok`, which HTTP calls a success; without a subcode, `subcode` is empty.
#[track_caller]
pub(crate) fn fails(answer: &Answer, code: &str, subcode: &str) {
    let results = results(answer);
    let status = &results.children[0];
    assert_eq!((status.attribute("code"), status.attribute("subcode")), (code, subcode), "{}", answer.text);
    assert_eq!((results.children.len(), status.children.len()), (1, 0), "{}", answer.text);
    assert_eq!(answer.header("set-cookie"), None);
}

/// Asserts that a parameter was found to be wrong.
#[track_caller]
pub(crate) fn invalid(answer: &Answer, field: &str, kind: &str, subcode: &str) {
    let results = results(answer);
    let status = &results.children[0];
    assert_eq!((status.attribute("code"), results.children.len()), ("invalid", 1), "{}", answer.text);
    let told = &status.children[0];
    let found = (told.name.as_str(), told.attribute("field"), told.attribute("type"), told.attribute("subcode"));
    assert_eq!(found, ("invalid", field, kind, subcode), "{}", answer.text);
}

#[track_caller]
fn results(answer: &Answer) -> Node {
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.text);
    assert_eq!(answer.header("content-type"), Some("text/xml;charset=utf-8"));
    assert!(answer.text.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?><results><status "), "{}", answer.text);
    Node::read(&answer.text)
}
