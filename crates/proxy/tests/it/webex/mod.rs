//! Webex over REST: the adapter in front of the sandbox. Here is the bench of both of Webex's adapters; must not hold
//! assertions about single calls.

mod configuration;
mod pages;
mod rooms;
mod tokens;
mod trouble;

use std::net::SocketAddr;
use std::sync::Arc;

use roomkey_proxy::clock::ManualClock;
use roomkey_proxy::config::{WebexAdministrator, WebexRest, WebexXml as XmlConfig};
use roomkey_proxy::vendors::webex::Webex;
use roomkey_proxy::vendors::webex_xml::WebexXml;
use roomkey_proxy::vendors::{Answer, Call, Vendor, VendorFault};
use roomkey_schema::{Method, RateClass};
use serde_json::{Value, json};

use crate::support::{BEGIN_MS, client, sandbox};

pub(crate) const ADMIN: &str = "admin1@example.com";
pub(crate) const PEOPLE: &[&str] = &["people"];
pub(crate) const SITES: &[&str] = &["meetingPreferences", "sites"];
pub(crate) const ROOM: &[&str] = &["meetingPreferences", "personalMeetingRoom"];

/// An adapter in front of the sandbox.
pub(crate) struct Bench<V> {
    pub(crate) vendor: Arc<V>,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) sandbox: SocketAddr,
}

impl Bench<Webex> {
    pub(crate) async fn rest() -> Self {
        Self::rest_with(|_| {}).await
    }

    pub(crate) async fn rest_with(change: impl FnOnce(&mut WebexRest)) -> Self {
        let sandbox = sandbox().await;
        let mut config = app(&format!("http://{sandbox}/webex/v1"));
        change(&mut config);
        let clock = Arc::new(ManualClock::at(BEGIN_MS));
        Self { vendor: Arc::new(Webex::new(&config, clock.clone()).unwrap()), clock, sandbox }
    }
}

impl Bench<WebexXml> {
    pub(crate) async fn xml() -> Self {
        Self::xml_with(|_| {}).await
    }

    pub(crate) async fn xml_with(change: impl FnOnce(&mut XmlConfig)) -> Self {
        let sandbox = sandbox().await;
        let mut config = site(&format!("http://{sandbox}/webex-xml/WBXService/XMLService"), 2);
        change(&mut config);
        let clock = Arc::new(ManualClock::at(BEGIN_MS));
        Self { vendor: Arc::new(WebexXml::new(&config, clock.clone()).unwrap()), clock, sandbox }
    }
}

impl<V: Vendor> Bench<V> {
    pub(crate) async fn get(&self, path: &[&str], query: &[(&str, &str)]) -> Result<Answer, VendorFault> {
        self.vendor.call(&call(Method::Get, path, query, None)).await
    }

    /// The body of an answer that has one.
    #[track_caller]
    pub(crate) fn read(&self, path: &[&str], query: &[(&str, &str)]) -> impl Future<Output = Value> {
        let answer = self.get(path, query);
        async move { answer.await.unwrap().body.unwrap() }
    }

    pub(crate) async fn put(&self, query: &[(&str, &str)], body: Value) -> Result<Answer, VendorFault> {
        self.vendor.call(&call(Method::Put, ROOM, query, Some(body))).await
    }

    /// Addresses of people, with an account and without the sandbox's administrators.
    pub(crate) async fn emails(&self) -> Vec<String> {
        let people = self.read(PEOPLE, &[("max", "500")]).await;
        let emails =
            people["items"].as_array().unwrap().iter().map(|row| row["emails"][0].as_str().unwrap().to_owned());
        emails.filter(|email| !email.starts_with("admin")).collect()
    }

    pub(crate) async fn faults(&self, rules: Value) {
        self.tell("PUT", "faults", rules).await;
    }

    /// Changes something behind the adapter's back.
    pub(crate) async fn mutate(&self, vendor: &str, path: &str, change: Value) {
        self.tell("POST", "mutate", json!({"vendor": vendor, "path": path, "patch": change})).await;
    }

    pub(crate) async fn tell(&self, method: &str, path: &str, body: Value) {
        let url = format!("http://{}/_sandbox/{path}", self.sandbox);
        let answer = client().request(method.parse().unwrap(), url).json(&body).send().await.unwrap();
        assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
    }

    /// What the sandbox was asked.
    pub(crate) async fn ledger(&self) -> Vec<Value> {
        let url = format!("http://{}/_sandbox/ledger", self.sandbox);
        let text = client().get(url).send().await.unwrap().text().await.unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// An app that renews its token at that base.
pub(crate) fn app(base: &str) -> WebexRest {
    WebexRest {
        base_url: base.to_owned(),
        access_token: None,
        access_token_file: None,
        client_id: Some("demo-webex-client".to_owned()),
        client_secret: Some("demo-webex-secret".into()),
        client_secret_file: None,
        refresh_token: Some("demo-webex-refresh".into()),
        refresh_token_file: None,
        timeout_ms: 5_000,
        calls_per_minute: u32::MAX,
    }
}

/// The sandbox's site at that address, with so many administrators.
pub(crate) fn site(url: &str, administrators: u8) -> XmlConfig {
    let administrator = |number| WebexAdministrator {
        web_ex_id: format!("admin{number}@example.com"),
        password: Some("demo-password".into()),
        password_file: None,
    };
    XmlConfig {
        url: url.to_owned(),
        site: "demo".to_owned(),
        site_url: Some("demo.webex.example".to_owned()),
        set_user_per_day: 700,
        timeout_ms: 5_000,
        calls_per_minute: u32::MAX,
        administrators: (1..=administrators).map(administrator).collect(),
    }
}

pub(crate) fn call(method: Method, path: &[&str], query: &[(&str, &str)], body: Option<Value>) -> Call {
    Call {
        method,
        segments: path.iter().map(|&segment| segment.to_owned()).collect(),
        query: query.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect(),
        body,
        upload: None,
        rate: RateClass::Light,
        lane: None,
    }
}
