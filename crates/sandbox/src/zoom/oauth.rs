//! Server-to-server OAuth: `POST /zoom/oauth/token`, and whether a bearer token still holds.
//! Must not hold real credentials: the three of the demo are the only ones there are.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use axum::http::header::AUTHORIZATION;
use axum::http::{Method, StatusCode};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::errors::ZoomError;
use crate::clock::Timestamp;
use crate::dice::Dice;
use crate::message::{Asked, Reply};

const ACCOUNT: &str = "demo-account";
const CLIENT: &str = "demo-client";
const SECRET: &str = "demo-secret";
const LIFETIME_SECONDS: u64 = 3600;
/// A new token ends the oldest one: only so many hold at a time.
const HELD: usize = 4;

/// Why no token is given.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error("The client ID or the client secret is missing.")]
    NoClient,
    #[error("The client ID or the client secret is wrong.")]
    WrongClient,
    #[error("This grant type is not supported.")]
    WrongGrant,
    #[error("There is no such account.")]
    WrongAccount,
    #[error("The token endpoint is for POST.")]
    WrongMethod,
}

impl Refusal {
    fn reply(&self) -> Reply {
        let (status, code, error) = match self {
            Self::NoClient => (StatusCode::BAD_REQUEST, 4706, "invalid_request"),
            Self::WrongClient => (StatusCode::UNAUTHORIZED, 4702, "invalid_client"),
            Self::WrongGrant => (StatusCode::BAD_REQUEST, 4705, "unsupported_grant_type"),
            Self::WrongAccount => (StatusCode::BAD_REQUEST, 4704, "invalid_request"),
            Self::WrongMethod => (StatusCode::METHOD_NOT_ALLOWED, 4700, "invalid_request"),
        };
        Reply::json(status, &json!({"code": code, "reason": self.to_string(), "error": error}))
    }
}

struct Token {
    text: String,
    ends: Timestamp,
}

#[derive(Default)]
struct Issued {
    count: u64,
    tokens: VecDeque<Token>,
}

pub(super) struct Tokens {
    seed: u64,
    scope: String,
    issued: Mutex<Issued>,
}

impl Tokens {
    /// `scope` is what every token may do, separated by spaces.
    pub(super) fn new(seed: u64, scope: String) -> Self {
        Self { seed, scope, issued: Mutex::default() }
    }

    /// Answers the token endpoint. Parameters may stand in the query or in a form body.
    pub(super) fn issue(&self, asked: &Asked, now: Timestamp) -> Reply {
        self.grant(asked, now).unwrap_or_else(|refusal| refusal.reply())
    }

    fn grant(&self, asked: &Asked, now: Timestamp) -> Result<Reply, Refusal> {
        if asked.method != Method::POST {
            return Err(Refusal::WrongMethod);
        }
        let (client, secret) = basic(asked).ok_or(Refusal::NoClient)?;
        if client != CLIENT || secret != SECRET {
            return Err(Refusal::WrongClient);
        }
        let parameter = |name: &str| {
            let pairs = form_urlencoded::parse(asked.query.as_bytes()).chain(form_urlencoded::parse(&asked.body));
            pairs.into_iter().find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
        };
        if parameter("grant_type").as_deref() != Some("account_credentials") {
            return Err(Refusal::WrongGrant);
        }
        if parameter("account_id").as_deref() != Some(ACCOUNT) {
            return Err(Refusal::WrongAccount);
        }
        let mut issued = self.issued.lock().unwrap_or_else(PoisonError::into_inner);
        issued.count += 1;
        let mut dice = Dice::of(self.seed, "token", issued.count);
        let text = format!("{}.{}", dice.id(), dice.id());
        if issued.tokens.len() == HELD {
            issued.tokens.pop_front();
        }
        issued.tokens.push_back(Token { text: text.clone(), ends: now.plus_ms(LIFETIME_SECONDS * 1000) });
        Ok(Reply::json(
            StatusCode::OK,
            &json!({
                "access_token": text,
                "token_type": "bearer",
                "expires_in": LIFETIME_SECONDS,
                "scope": self.scope,
            }),
        ))
    }

    /// Whether the request carries a token that still holds.
    pub(super) fn check(&self, asked: &Asked, now: Timestamp) -> Result<(), ZoomError> {
        let header = asked.header(&AUTHORIZATION).unwrap_or_default();
        let text = match header.split_once(' ') {
            Some((scheme, text)) if scheme.eq_ignore_ascii_case("bearer") => text.trim(),
            _ => return Err(ZoomError::TokenMissing),
        };
        let issued = self.issued.lock().unwrap_or_else(PoisonError::into_inner);
        match issued.tokens.iter().find(|token| token.text == text) {
            None => Err(ZoomError::TokenInvalid),
            Some(token) if token.ends <= now => Err(ZoomError::TokenExpired),
            Some(_) => Ok(()),
        }
    }

    /// Ends every token that was given out.
    pub(super) fn expire(&self) {
        let mut issued = self.issued.lock().unwrap_or_else(PoisonError::into_inner);
        issued.tokens.iter_mut().for_each(|token| token.ends = Timestamp::from_millis(0));
    }
}

/// Client id and secret from the Authorization header.
fn basic(asked: &Asked) -> Option<(String, String)> {
    let (scheme, coded) = asked.header(&AUTHORIZATION)?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(coded.trim()).ok()?).ok()?;
    let (client, secret) = text.split_once(':')?;
    Some((client.to_owned(), secret.to_owned()))
}
