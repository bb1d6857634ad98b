//! Webex tokens: `POST /webex/v1/access_token`, and whether a bearer token still holds.
//! Must not hold real credentials: those of the demo are the only ones there are.

use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::http::header::AUTHORIZATION;
use axum::http::{Method, StatusCode};
use serde_json::{Map, Value, json};

use super::errors::WebexError;
use crate::clock::Timestamp;
use crate::dice::Dice;
use crate::message::{Asked, Reply};

const CLIENT: &str = "demo-webex-client";
const SECRET: &str = "demo-webex-secret";
const REFRESH: &str = "demo-webex-refresh";
const CODE: &str = "demo-webex-code";
/// As a person copies it from the developer's page: it holds from the start.
const PERSONAL: &str = "demo-webex-token";
const FORM: &str = "application/x-www-form-urlencoded";
/// Fourteen days and ninety days, less a second, as the real ones.
const LIFETIME_SECONDS: u64 = 1_209_599;
const REFRESH_SECONDS: u64 = 7_775_999;
/// What of a form the ledger must not know.
const SECRETS: [&str; 3] = ["client_secret", "code", "refresh_token"];

#[derive(Default)]
struct Issued {
    count: u64,
    tokens: Vec<(String, Timestamp)>,
    personal_ended: bool,
}

pub(crate) struct Tokens {
    seed: u64,
    issued: Mutex<Issued>,
}

impl Tokens {
    pub(super) fn new(seed: u64) -> Self {
        Self { seed, issued: Mutex::default() }
    }

    fn issued(&self) -> MutexGuard<'_, Issued> {
        self.issued.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers the token endpoint. The refresh token stays the same and lives on, as the vendor has it.
    pub(super) fn issue(&self, asked: &Asked, now: Timestamp) -> Result<Reply, WebexError> {
        if asked.method != Method::POST {
            return Err(WebexError::WrongMethod("POST".to_owned()));
        }
        if !asked.media_type().eq_ignore_ascii_case(FORM) {
            return Err(WebexError::MediaType(FORM));
        }
        let field = |name: &str| {
            form_urlencoded::parse(&asked.body).find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
        };
        let (wanted, name) = match field("grant_type").as_deref() {
            Some("refresh_token") => (REFRESH, "refresh_token"),
            Some("authorization_code") => (CODE, "code"),
            _ => return Err(WebexError::WrongGrant),
        };
        if field("client_id").as_deref() != Some(CLIENT) || field("client_secret").as_deref() != Some(SECRET) {
            return Err(WebexError::WrongClient);
        }
        if field(name).as_deref() != Some(wanted) {
            return Err(WebexError::WrongGrantToken);
        }
        let mut issued = self.issued();
        issued.count += 1;
        let mut dice = Dice::of(self.seed, "webex token", issued.count);
        let text = format!("{}{}", dice.id(), dice.id());
        issued.tokens.retain(|(_, ends)| *ends > now);
        issued.tokens.push((text.clone(), now.plus_ms(LIFETIME_SECONDS * 1000)));
        Ok(Reply::json(
            StatusCode::OK,
            &json!({
                "access_token": text,
                "expires_in": LIFETIME_SECONDS,
                "refresh_token": REFRESH,
                "refresh_token_expires_in": REFRESH_SECONDS,
                "token_type": "Bearer",
            }),
        ))
    }

    /// Whether the request carries a token that still holds.
    pub(super) fn check(&self, asked: &Asked, now: Timestamp) -> Result<(), WebexError> {
        let header = asked.header(&AUTHORIZATION).unwrap_or_default();
        match header.split_once(' ') {
            Some((scheme, text)) if scheme.eq_ignore_ascii_case("bearer") && self.holds(text.trim(), now) => Ok(()),
            _ => Err(WebexError::Token),
        }
    }

    pub(crate) fn holds(&self, text: &str, now: Timestamp) -> bool {
        let issued = self.issued();
        if text == PERSONAL {
            return !issued.personal_ended;
        }
        issued.tokens.iter().any(|(token, ends)| token == text && *ends > now)
    }

    pub(super) fn expire(&self) {
        let mut issued = self.issued();
        issued.tokens.clear();
        issued.personal_ended = true;
    }

    pub(super) fn revive(&self) {
        self.issued().personal_ended = false;
    }
}

/// The form of the token endpoint without its secrets.
pub(super) fn told(asked: &Asked) -> Value {
    let mut fields = Map::new();
    for (name, value) in form_urlencoded::parse(&asked.body) {
        let value = if SECRETS.contains(&name.as_ref()) { "***".to_owned() } else { value.into_owned() };
        fields.insert(name.into_owned(), Value::String(value));
    }
    Value::Object(fields)
}
