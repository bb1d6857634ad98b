//! Webex's REST API: people, their sites and their Personal Meeting Rooms. Rooms pass through as they are; a page of people
//! gets the form that both of Webex's adapters answer with. Must not follow an address that Webex names.

mod errors;
mod people;
mod token;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use reqwest::header::{ACCEPT, AUTHORIZATION, LINK};
use reqwest::{Client, Url};
use roomkey_schema::{Method, RateClass};
use serde_json::Value;

use self::errors::Reading;
use self::token::Credentials;
use super::client::{self, Raw};
use super::token::{Token, Tokens};
use super::{AdapterFault, Answer, Call, Trouble, Vendor, VendorFault, paging};
use crate::clock::{Clock, UnixMs};
use crate::config;
use crate::rate::pace::{Grant, Left, Pace};

/// Tries of one call: the second with a fresh token, when Webex said that the first one's had ended.
const TRIES: u8 = 2;
/// What Webex says of a token that has ended.
const UNAUTHORIZED: &str = "401";

/// One Webex organisation.
pub struct Webex {
    client: Client,
    base: Url,
    tokens: Tokens,
    pace: Pace,
    calls_per_minute: u32,
    clock: Arc<dyn Clock>,
}

impl Webex {
    /// An adapter for the configured organisation. Makes no call yet.
    pub fn new(config: &config::WebexRest, clock: Arc<dyn Clock>) -> Result<Self, AdapterFault> {
        let base = Url::parse(&config.base_url).map_err(|_| AdapterFault::Address(config.base_url.clone()))?;
        let client = client::build(Duration::from_millis(config.timeout_ms))?;
        let token_url = client::url(&base, &["access_token".to_owned()], &[]);
        let token_url = token_url.ok_or_else(|| AdapterFault::Address(config.base_url.clone()))?;
        let credentials = Credentials::new(config, client.clone(), token_url, clock.clone())?;
        let tokens = Tokens::new("webex", credentials, clock.clone());
        let calls_per_minute = config.calls_per_minute;
        let pace = Pace::new("webex", Grant::per_minute(calls_per_minute), clock.clone());
        Ok(Self { client, base, tokens, pace, calls_per_minute, clock })
    }

    async fn send(&self, call: &Call, token: &Token) -> Result<Raw, Trouble> {
        let url = client::url(&self.base, &call.segments, &call.query).ok_or(Trouble::WrongAddress)?;
        let bearer = token.bearer().ok_or(Trouble::Credentials(None))?;
        let request = self.client.request(client::method(call.method), url);
        let request = request.header(ACCEPT, "application/json").header(AUTHORIZATION, bearer);
        client::send(match &call.body {
            Some(body) => request.json(body),
            None => request,
        })
        .await
    }

    /// One call; its answer, and where Webex says that the next page is.
    async fn exchange(&self, call: &Call) -> Result<(Answer, Vec<String>), VendorFault> {
        let mut ended = VendorFault::new(Trouble::Credentials(None)).coded(UNAUTHORIZED);
        for _ in 0..TRIES {
            let token = self.tokens.get().await?;
            self.pace.turn().await.map_err(|spent| VendorFault::new(Trouble::Budget(spent)))?;
            let raw = self.send(call, &token).await.map_err(VendorFault::new)?;
            let tracking_id = errors::tracking_id(&raw);
            match errors::read(&raw, self.clock.now_ms(), pin(call)) {
                Reading::Answer(body) => return Ok((Answer { body, tracking_id }, links(&raw))),
                Reading::TokenEnded => {
                    ended.tracking_id = tracking_id;
                    self.tokens.forget(&token).await;
                }
                Reading::Trouble(trouble, code) => {
                    // A locked room (423) stands in nobody else's way.
                    if let (429, Trouble::RateLimited(until_ms)) = (raw.status, &trouble) {
                        self.pace.pause(*until_ms);
                    }
                    return Err(VendorFault { trouble, code, tracking_id });
                }
            }
        }
        Err(ended)
    }

    async fn people(&self, call: &Call) -> Result<Answer, VendorFault> {
        let query = people::query(&call.query).ok_or_else(|| VendorFault::new(paging::unknown_page()))?;
        let (answer, links) = self.exchange(&Call { query, ..call.clone() }).await?;
        match answer.body.as_ref().and_then(|body| people::page(body, &links)) {
            Some(page) => Ok(Answer { body: Some(page), ..answer }),
            None => Err(VendorFault { tracking_id: answer.tracking_id, ..VendorFault::new(Trouble::NotJson) }),
        }
    }
}

#[async_trait]
impl Vendor for Webex {
    async fn call(&self, call: &Call) -> Result<Answer, VendorFault> {
        if call.method.is_read() && call.segments == ["people"] {
            return self.people(call).await;
        }
        Ok(self.exchange(call).await?.0)
    }

    /// Webex does not say what a token may do: reading the list of people and of sites shows the two rights that all
    /// else needs too.
    async fn scopes(&self) -> Result<Vec<String>, VendorFault> {
        let read = |path: &[&str], query: &[(&str, &str)]| Call {
            method: Method::Get,
            segments: path.iter().map(|&segment| segment.to_owned()).collect(),
            query: query.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect(),
            body: None,
            upload: None,
            rate: RateClass::Light,
            lane: None,
        };
        self.call(&read(&["people"], &[("max", "1")])).await?;
        self.call(&read(&["meetingPreferences", "sites"], &[])).await?;
        Ok(self.tokens.get().await?.scopes.clone())
    }

    fn left(&self) -> Vec<Left> {
        self.pace.left()
    }

    fn token_held(&self) -> Option<(UnixMs, UnixMs)> {
        self.tokens.held()
    }

    fn per_minute(&self, _: RateClass) -> u32 {
        self.calls_per_minute
    }
}

/// The PIN that a call sets: a refusal that quotes it must not carry it on.
fn pin(call: &Call) -> Option<&str> {
    call.body.as_ref()?.get("hostPin").and_then(Value::as_str)
}

fn links(raw: &Raw) -> Vec<String> {
    raw.headers.get_all(LINK).iter().filter_map(|link| link.to_str().ok()).map(str::to_owned).collect()
}
