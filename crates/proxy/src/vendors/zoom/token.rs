//! Zoom's access token (server-to-server OAuth): one for everybody, renewed a little before its end, with one renewal in
//! flight however many calls wait. A second token may end the first, so nobody fetches one on the side.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use reqwest::header::ACCEPT;
use reqwest::{Client, Url};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use tokio::sync::Mutex;

use crate::clock::{Clock, UnixMs};
use crate::config;
use crate::vendors::client::{self, Raw};
use crate::vendors::{Trouble, VendorFault, retry_after};

/// A token is renewed this long before its end, or after nine tenths of a short life.
const EARLY_MS: i64 = 120_000;

/// A token and what it grants.
#[derive(Debug)]
pub struct Token {
    /// The bearer token.
    pub value: SecretString,
    /// Scopes that came with it.
    pub scopes: Vec<String>,
    renew_at_ms: UnixMs,
    number: u64,
}

/// The one token of an account.
pub struct Tokens {
    client: Client,
    url: Url,
    account_id: String,
    client_id: String,
    secret: SecretString,
    clock: Arc<dyn Clock>,
    /// How many renewals have ended, well or not.
    ended: AtomicU64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    token: Option<Arc<Token>>,
    /// How the last renewal failed, and its number.
    failed: Option<(u64, VendorFault)>,
}

#[derive(Deserialize)]
struct Granted {
    access_token: SecretString,
    expires_in: i64,
    #[serde(default)]
    scope: String,
}

#[derive(Default, Deserialize)]
struct Refused {
    reason: Option<String>,
}

impl Tokens {
    /// A cache without a token; the first call fetches one.
    pub fn new(client: Client, url: Url, config: &config::Zoom, secret: SecretString, clock: Arc<dyn Clock>) -> Self {
        Self {
            client,
            url,
            account_id: config.account_id.clone(),
            client_id: config.client_id.clone(),
            secret,
            clock,
            ended: AtomicU64::new(0),
            state: Mutex::default(),
        }
    }

    /// The token; renews it when it is about to end. Whoever waited for a renewal that failed gets the same fault
    /// instead of trying again one after the other.
    pub async fn get(&self) -> Result<Arc<Token>, VendorFault> {
        let seen = self.ended.load(Ordering::Acquire);
        let mut state = self.state.lock().await;
        if let Some(token) = &state.token
            && self.clock.now_ms() < token.renew_at_ms
        {
            return Ok(token.clone());
        }
        if let Some((number, fault)) = &state.failed
            && *number > seen
        {
            return Err(fault.clone());
        }
        let number = self.ended.load(Ordering::Acquire) + 1;
        let fetched = self.fetch(number).await;
        self.ended.store(number, Ordering::Release);
        metrics::counter!("roomkey_token_renewals_total", "vendor" => "zoom", "ok" => fetched.is_ok().to_string())
            .increment(1);
        match fetched {
            Ok(token) => {
                let token = Arc::new(token);
                *state = State { token: Some(token.clone()), failed: None };
                Ok(token)
            }
            Err(trouble) => {
                let fault = VendorFault::new(trouble);
                *state = State { token: None, failed: Some((number, fault.clone())) };
                Err(fault)
            }
        }
    }

    /// Zoom said that this token has ended; the next call fetches another, unless somebody has done so already.
    pub async fn forget(&self, ended: &Token) {
        let mut state = self.state.lock().await;
        if state.token.as_ref().is_some_and(|token| token.number == ended.number) {
            state.token = None;
        }
    }

    async fn fetch(&self, number: u64) -> Result<Token, Trouble> {
        let form = [("grant_type", "account_credentials"), ("account_id", self.account_id.as_str())];
        let request = self
            .client
            .post(self.url.clone())
            .header(ACCEPT, "application/json")
            .basic_auth(&self.client_id, Some(self.secret.expose_secret()))
            .form(&form);
        // Nothing was asked of the API yet: whatever goes wrong here leaves no outcome open.
        let raw = client::send(request).await.map_err(|_| Trouble::Unreachable)?;
        let now_ms = self.clock.now_ms();
        let granted = granted(&raw, now_ms)?;
        let life_ms = granted.expires_in.clamp(1, 86_400) * 1_000;
        Ok(Token {
            value: granted.access_token,
            scopes: granted.scope.split_whitespace().map(str::to_owned).collect(),
            renew_at_ms: now_ms + (life_ms - EARLY_MS).max(life_ms / 10 * 9),
            number,
        })
    }
}

fn granted(raw: &Raw, now_ms: UnixMs) -> Result<Granted, Trouble> {
    let body = raw.body.as_deref().map_err(|_| Trouble::Unreachable);
    match raw.status {
        200 => serde_json::from_slice(body?).map_err(|_| Trouble::Credentials(None)),
        429 => Err(Trouble::RateLimited(retry_after::parse(raw.header("retry-after"), now_ms))),
        400..=499 => {
            let refused: Refused = serde_json::from_slice(body?).unwrap_or_default();
            Err(Trouble::Credentials(refused.reason))
        }
        _ => Err(Trouble::Unreachable),
    }
}
