//! Veeting's web-meeting API, version 6: accounts, their organizers and meetings. Bodies pass through as they are; on
//! behalf of whom a call is made travels as a parameter of ours and goes out as Veeting's header. Must not know what a
//! meeting is.

mod answer;
mod behalf;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Url};
use roomkey_schema::{Method, RateClass};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::client::{self, Raw};
use super::{AdapterFault, Answer, Call, Trouble, Vendor, VendorFault};
use crate::clock::Clock;
use crate::config;
use crate::rate::pace::{Grant, Left, Pace};

const KEY: HeaderName = HeaderName::from_static("x-api-key");
const JSON: HeaderValue = HeaderValue::from_static("application/json");
/// What a key of either level may do, and what only that of the platform may, as data names it.
const OF_ACCOUNT: &str = "account";
const OF_INSTANCE: &str = "instance";

/// One Veeting platform, as far as the key reaches.
pub struct Veeting {
    client: Client,
    base: Url,
    key: SecretString,
    pace: Pace,
    calls_per_minute: u32,
    clock: Arc<dyn Clock>,
}

impl Veeting {
    /// An adapter for the configured platform. Makes no call yet.
    pub fn new(config: &config::Veeting, clock: Arc<dyn Clock>) -> Result<Self, AdapterFault> {
        let calls_per_minute = config.calls_per_minute;
        Ok(Self {
            client: client::build(Duration::from_millis(config.timeout_ms))?,
            base: Url::parse(&config.base_url).map_err(|_| AdapterFault::Address(config.base_url.clone()))?,
            key: config.read_api_key()?,
            pace: Pace::new("veeting", Grant::per_minute(calls_per_minute), clock.clone()),
            calls_per_minute,
            clock,
        })
    }

    /// Headers are made from nothing: nobody else's travel on.
    fn headers(&self, behalf: Option<(HeaderName, HeaderValue)>) -> Result<HeaderMap, Trouble> {
        let mut key = HeaderValue::from_str(self.key.expose_secret()).map_err(|_| Trouble::Credentials(None))?;
        key.set_sensitive(true);
        let mut headers = HeaderMap::from_iter([(ACCEPT, JSON), (CONTENT_TYPE, JSON), (KEY, key)]);
        headers.extend(behalf);
        Ok(headers)
    }

    async fn send(&self, call: &Call) -> Result<Raw, Trouble> {
        let (behalf, query) = behalf::split(&call.query)?;
        let url = client::url(&self.base, &call.segments, &query).ok_or(Trouble::WrongAddress)?;
        let request = self.client.request(client::method(call.method), url).headers(self.headers(behalf)?);
        client::send(match &call.body {
            Some(body) => request.body(body.to_string()),
            None => request,
        })
        .await
    }

    async fn exchange(&self, call: &Call) -> Result<Answer, VendorFault> {
        self.pace.turn().await.map_err(|spent| VendorFault::new(Trouble::Budget(spent)))?;
        let raw = self.send(call).await.map_err(VendorFault::new)?;
        answer::read(&raw, self.clock.now_ms(), self.key.expose_secret()).map_err(|fault| {
            if let Trouble::RateLimited(until_ms) = fault.trouble {
                self.pace.pause(until_ms);
            }
            fault
        })
    }

    /// One account. Veeting has no call for it: it is one of the list.
    async fn account(&self, call: &Call, id: &str) -> Result<Answer, VendorFault> {
        let all = self.exchange(&Call { segments: call.segments[..1].to_vec(), ..call.clone() }).await?;
        let all = all.body.as_ref().and_then(Value::as_array).ok_or(VendorFault::new(Trouble::NotJson))?;
        match all.iter().find(|account| account.get("id").and_then(Value::as_str) == Some(id)) {
            Some(account) => Ok(Answer { body: Some(account.clone()), tracking_id: None }),
            None => Err(VendorFault::new(Trouble::Refused { message: None, fields: Vec::new(), absent: true })),
        }
    }
}

#[async_trait]
impl Vendor for Veeting {
    async fn call(&self, call: &Call) -> Result<Answer, VendorFault> {
        match call.segments.as_slice() {
            [first, id] if call.method.is_read() && first == "account" => self.account(call, id).await,
            _ => self.exchange(call).await,
        }
    }

    /// How far the key reaches: an account's organizers are told to the platform's key only.
    async fn scopes(&self) -> Result<Vec<String>, VendorFault> {
        let read = |path: &[&str]| Call {
            method: Method::Get,
            segments: path.iter().map(|&segment| segment.to_owned()).collect(),
            query: Vec::new(),
            body: None,
            upload: None,
            rate: RateClass::Light,
            lane: None,
        };
        let accounts = self.call(&read(&["account"])).await?.body;
        let first = accounts.as_ref().and_then(|accounts| accounts.pointer("/0/id")?.as_str());
        let mut scopes = vec![OF_ACCOUNT.to_owned()];
        // A platform without any account tells neither way; only its own key can be there.
        let reaches = match first {
            None => true,
            Some(id) => match self.call(&read(&["account", "admin", id])).await {
                Ok(_) => true,
                Err(VendorFault { trouble: Trouble::Refused { .. }, .. }) => false,
                Err(fault) => return Err(fault),
            },
        };
        if reaches {
            scopes.push(OF_INSTANCE.to_owned());
        }
        Ok(scopes)
    }

    fn left(&self) -> Vec<Left> {
        self.pace.left()
    }

    fn per_minute(&self, _: RateClass) -> u32 {
        self.calls_per_minute
    }
}
