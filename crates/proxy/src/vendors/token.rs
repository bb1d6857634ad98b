//! A token or session ticket: one for everybody, renewed a little before its end, with one renewal in flight however many
//! calls wait. A second token may end the first, so nobody fetches one on the side. Must not know how a vendor grants it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Mutex;

use super::{Trouble, VendorFault};
use crate::clock::{Clock, UnixMs};

/// A token is renewed this long before its end, or after nine tenths of a short life.
const EARLY_MS: i64 = 120_000;
/// What a vendor says of a longer life is not believed.
const LONGEST_SECONDS: i64 = 30 * 86_400;

/// What a vendor grants.
pub struct Grant {
    /// The token.
    pub value: SecretString,
    /// Scopes that came with it.
    pub scopes: Vec<String>,
    /// How long it lives.
    pub seconds: i64,
}

/// Asks a vendor for a token.
#[async_trait]
pub trait Grantor: Send + Sync {
    /// Asks once. Whatever goes wrong must leave no outcome open: nothing was asked of the API yet.
    async fn grant(&self) -> Result<Grant, VendorFault>;
}

/// A token and what it grants.
#[derive(Debug)]
pub struct Token {
    /// The token itself.
    pub value: SecretString,
    /// Scopes that came with it.
    pub scopes: Vec<String>,
    granted_at_ms: UnixMs,
    renew_at_ms: UnixMs,
    number: u64,
}

/// The one token of an account.
pub struct Tokens {
    vendor: &'static str,
    grantor: Box<dyn Grantor>,
    clock: Arc<dyn Clock>,
    /// For how long credentials that were refused are not offered again.
    rest_ms: i64,
    /// How many renewals have ended, well or not.
    ended: AtomicU64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    token: Option<Arc<Token>>,
    failed: Option<Failure>,
}

/// How the last renewal went wrong.
struct Failure {
    number: u64,
    rests_until: UnixMs,
    fault: VendorFault,
}

impl Token {
    /// As a header's value, which logs leave out.
    pub fn bearer(&self) -> Option<HeaderValue> {
        let mut bearer = HeaderValue::from_str(&format!("Bearer {}", self.value.expose_secret())).ok()?;
        bearer.set_sensitive(true);
        Some(bearer)
    }
}

impl Tokens {
    /// A cache without a token; the first call fetches one.
    pub fn new(vendor: &'static str, grantor: impl Grantor + 'static, clock: Arc<dyn Clock>) -> Self {
        Self {
            vendor,
            grantor: Box::new(grantor),
            clock,
            rest_ms: 0,
            ended: AtomicU64::new(0),
            state: Mutex::default(),
        }
    }

    /// Offers credentials that were refused again only after that time: some vendors lock an account that tries often.
    #[must_use]
    pub const fn resting(mut self, rest_ms: i64) -> Self {
        self.rest_ms = rest_ms;
        self
    }

    /// The token; renews it when it is about to end. Whoever waited for a renewal that failed gets the same fault
    /// instead of trying again one after the other.
    pub async fn get(&self) -> Result<Arc<Token>, VendorFault> {
        let seen = self.ended.load(Ordering::Acquire);
        let mut state = self.state.lock().await;
        let now_ms = self.clock.now_ms();
        if let Some(token) = &state.token
            && now_ms < token.renew_at_ms
        {
            return Ok(token.clone());
        }
        if let Some(failure) = &state.failed
            && (failure.number > seen || now_ms < failure.rests_until)
        {
            return Err(failure.fault.clone());
        }
        let number = self.ended.load(Ordering::Acquire) + 1;
        let granted = self.grantor.grant().await;
        self.ended.store(number, Ordering::Release);
        metrics::counter!("roomkey_token_renewals_total", "vendor" => self.vendor, "ok" => granted.is_ok().to_string())
            .increment(1);
        let now_ms = self.clock.now_ms();
        match granted {
            Ok(grant) => {
                let token = Arc::new(grant.into_token(now_ms, number));
                *state = State { token: Some(token.clone()), failed: None };
                Ok(token)
            }
            Err(fault) => {
                let refused = matches!(fault.trouble, Trouble::Credentials(_));
                let rests_until = if refused { now_ms + self.rest_ms } else { now_ms };
                *state = State { token: None, failed: Some(Failure { number, rests_until, fault: fault.clone() }) };
                Err(fault)
            }
        }
    }

    /// When the token that is held was granted, and when it will be renewed. None while it is being renewed.
    pub fn held(&self) -> Option<(UnixMs, UnixMs)> {
        let state = self.state.try_lock().ok()?;
        state.token.as_ref().map(|token| (token.granted_at_ms, token.renew_at_ms))
    }

    /// The vendor said that this token has ended; the next call fetches another, unless somebody has done so already.
    pub async fn forget(&self, ended: &Token) {
        let mut state = self.state.lock().await;
        if state.token.as_ref().is_some_and(|token| token.number == ended.number) {
            state.token = None;
        }
    }
}

impl Grant {
    fn into_token(self, now_ms: UnixMs, number: u64) -> Token {
        let life_ms = self.seconds.clamp(1, LONGEST_SECONDS) * 1_000;
        let renew_at_ms = now_ms + (life_ms - EARLY_MS).max(life_ms / 10 * 9);
        Token { value: self.value, scopes: self.scopes, granted_at_ms: now_ms, renew_at_ms, number }
    }
}
