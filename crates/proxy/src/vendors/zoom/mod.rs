//! Zoom's REST API v2 with server-to-server OAuth.

pub mod errors;
pub mod token;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use reqwest::{Client, Url};
use roomkey_schema::Method;
use secrecy::ExposeSecret;

use self::errors::Reading;
use self::token::{Token, Tokens};
use super::client::{self, Raw};
use super::{Answer, Call, Trouble, Vendor, VendorFault};
use crate::clock::Clock;
use crate::config;
use crate::rate::budget::Budget;

/// Tries of one call: the second with a fresh token, when Zoom said that the first one's had ended.
const TRIES: u8 = 2;

/// One Zoom account.
pub struct Zoom {
    client: Client,
    base: Url,
    tokens: Tokens,
    budget: Budget,
    clock: Arc<dyn Clock>,
}

/// Why the adapter cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum ZoomFault {
    /// A configured address is none.
    #[error("the Zoom address {0:?} is not a URL")]
    Address(String),
    /// The HTTP client cannot be made.
    #[error("the HTTP client cannot be made: {0}")]
    Client(#[from] reqwest::Error),
    /// No secret.
    #[error(transparent)]
    Config(#[from] config::ConfigFault),
}

impl Zoom {
    /// An adapter for the configured account. Makes no call yet.
    pub fn new(config: &config::Zoom, clock: Arc<dyn Clock>) -> Result<Self, ZoomFault> {
        let address = |text: &str| Url::parse(text).map_err(|_| ZoomFault::Address(text.to_owned()));
        let client = client::build(Duration::from_millis(config.timeout_ms))?;
        let secret = config::read_secret(
            "vendors.zoom.client_secret",
            config.client_secret.as_ref(),
            config.client_secret_file.as_deref(),
        )?;
        let tokens = Tokens::new(client.clone(), address(&config.token_url)?, config, secret, clock.clone());
        let budget = Budget::new(&config.budget, clock.clone());
        Ok(Self { client, base: address(&config.base_url)?, tokens, budget, clock })
    }

    async fn send(&self, call: &Call, token: &Token) -> Result<Raw, Trouble> {
        let url = client::url(&self.base, &call.segments, &call.query).ok_or(Trouble::WrongAddress)?;
        let method = match call.method {
            Method::Get => http::Method::GET,
            Method::Post => http::Method::POST,
            Method::Put => http::Method::PUT,
            Method::Patch => http::Method::PATCH,
            Method::Delete => http::Method::DELETE,
        };
        let mut bearer = http::HeaderValue::from_str(&format!("Bearer {}", token.value.expose_secret()))
            .map_err(|_| Trouble::Credentials(None))?;
        bearer.set_sensitive(true);
        let mut request =
            self.client.request(method, url).header(ACCEPT, "application/json").header(AUTHORIZATION, bearer);
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
}
