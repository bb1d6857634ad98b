//! Zoom's REST API v2 with server-to-server OAuth.

pub mod errors;
mod token;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use reqwest::{Client, Url};
use roomkey_schema::{Method, RateClass};

use self::errors::Reading;
use self::token::ServerToServer;
use super::client::{self, Raw};
use super::token::{Token, Tokens};
use super::{AdapterFault, Answer, Call, Trouble, Vendor, VendorFault};
use crate::clock::{Clock, UnixMs};
use crate::config;
use crate::rate::budget::Budget;
use crate::rate::pace::Left;

/// Tries of one call: the second with a fresh token, when Zoom said that the first one's had ended.
const TRIES: u8 = 2;

/// One Zoom account.
pub struct Zoom {
    client: Client,
    base: Url,
    tokens: Tokens,
    budget: Budget,
    granted: config::Budget,
    clock: Arc<dyn Clock>,
}

impl Zoom {
    /// An adapter for the configured account. Makes no call yet.
    pub fn new(config: &config::Zoom, clock: Arc<dyn Clock>) -> Result<Self, AdapterFault> {
        let address = |text: &str| Url::parse(text).map_err(|_| AdapterFault::Address(text.to_owned()));
        let client = client::build(Duration::from_millis(config.timeout_ms))?;
        let secret = config::read_secret(
            "vendors.zoom.client_secret",
            config.client_secret.as_ref(),
            config.client_secret_file.as_deref(),
        )?;
        let app = ServerToServer::new(client.clone(), address(&config.token_url)?, config, secret, clock.clone());
        let tokens = Tokens::new("zoom", app, clock.clone());
        let budget = Budget::new(&config.budget, clock.clone());
        let granted = config.budget.clone();
        Ok(Self { client, base: address(&config.base_url)?, tokens, budget, granted, clock })
    }

    async fn send(&self, call: &Call, token: &Token) -> Result<Raw, Trouble> {
        let url = client::url(&self.base, &call.segments, &call.query).ok_or(Trouble::WrongAddress)?;
        let bearer = token.bearer().ok_or(Trouble::Credentials(None))?;
        let mut request = self
            .client
            .request(client::method(call.method), url)
            .header(ACCEPT, "application/json")
            .header(AUTHORIZATION, bearer);
        if let Some(body) = &call.body {
            request = request.json(body);
        }
        if let Some(upload) = &call.upload {
            request = request.header(CONTENT_TYPE, upload.content_type.clone()).body(upload.bytes.clone());
        }
        client::send(request).await
    }
}

#[async_trait]
impl Vendor for Zoom {
    async fn call(&self, call: &Call) -> Result<Answer, VendorFault> {
        let mut ended = VendorFault::new(Trouble::Credentials(None));
        for _ in 0..TRIES {
            let token = self.tokens.get().await?;
            self.budget.turn(call.rate).await.map_err(|spent| VendorFault::new(Trouble::Budget(spent)))?;
            let raw = self.send(call, &token).await.map_err(VendorFault::new)?;
            let tracking_id = raw.header(errors::TRACKING_ID).map(str::to_owned);
            match errors::read(&raw, self.clock.now_ms()) {
                Reading::Answer(body) => return Ok(Answer { body, tracking_id }),
                Reading::TokenEnded => {
                    ended.tracking_id = tracking_id;
                    self.tokens.forget(&token).await;
                }
                Reading::Trouble(trouble, code) => {
                    if let Trouble::RateLimited(until_ms) = trouble {
                        self.budget.pause(call.rate, until_ms);
                    }
                    return Err(VendorFault { trouble, code, tracking_id });
                }
            }
        }
        Err(ended)
    }

    async fn scopes(&self) -> Result<Vec<String>, VendorFault> {
        Ok(self.tokens.get().await?.scopes.clone())
    }

    fn tells_scopes(&self) -> bool {
        true
    }

    /// Asks for one person. That the app may not read people is no fault of the connection: the scopes say so.
    async fn answers(&self) -> Result<(), VendorFault> {
        let call = Call {
            method: Method::Get,
            segments: vec!["users".to_owned()],
            query: vec![("page_size".to_owned(), "1".to_owned())],
            body: None,
            upload: None,
            rate: RateClass::Medium,
            lane: None,
        };
        match self.call(&call).await {
            Err(fault) if !matches!(fault.trouble, Trouble::Refused { .. }) => Err(fault),
            _ => Ok(()),
        }
    }

    fn left(&self) -> Vec<Left> {
        self.budget.left()
    }

    fn token_held(&self) -> Option<(UnixMs, UnixMs)> {
        self.tokens.held()
    }

    fn per_minute(&self, rate: RateClass) -> u32 {
        let per_second = match rate {
            RateClass::Light => self.granted.light_per_second,
            RateClass::Medium => self.granted.medium_per_second,
            RateClass::Heavy => self.granted.heavy_per_second,
        };
        per_second.saturating_mul(60)
    }
}
