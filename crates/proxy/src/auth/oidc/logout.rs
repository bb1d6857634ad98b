//! Ending sessions with the provider: its notice that one is over (Back-Channel Logout 1.0 §2.4 to §2.6), and where it ends
//! its own (RP-Initiated Logout 1.0). Every doubt about a notice is a no.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use openidconnect::core::{CoreJsonWebKey, CoreJwsSigningAlgorithm};
use openidconnect::{JsonWebKey as _, JsonWebKeyAlgorithm, JsonWebKeyId, LogoutRequest, PostLogoutRedirectUrl};
use serde::Deserialize;
use serde_json::Value;

use super::metadata::Metadata;
use super::token::{AHEAD_S, ALGORITHMS};
use super::{Provider, Refused};
use crate::clock::UnixMs;

/// Where people arrive who have signed out at the provider.
const AFTERWARDS: &str = "/sign-in";
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
/// How old a notice may be, and how long its id is remembered.
const OLDEST_S: i64 = 300;
pub(crate) const REMEMBERED_MS: i64 = 900_000;
const LONGEST: usize = 255;

/// A notice that holds.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Notice {
    /// Counts once.
    pub id: String,
    /// Who signed out.
    pub subject: Option<String>,
    /// Which of the provider's sessions is over.
    pub session: Option<String>,
}

#[derive(Deserialize)]
struct Head {
    alg: CoreJwsSigningAlgorithm,
    kid: JsonWebKeyId,
    #[serde(default)]
    typ: Option<String>,
    #[serde(default)]
    crit: Option<Value>,
}

/// Why a notice does not hold.
enum No {
    /// None of the provider's keys has that name.
    UnknownKey,
    Because(&'static str),
}

impl Provider {
    /// What a notice says, if it holds.
    pub async fn notice(&self, token: &str, now_ms: UnixMs) -> Result<Notice, String> {
        let metadata = self.metadata().await.map_err(|Refused { cause, .. }| cause)?;
        let checked = match self.check_notice(&metadata, token, now_ms) {
            Err(No::UnknownKey) => match self.with_new_keys().await {
                Some(metadata) => self.check_notice(&metadata, token, now_ms),
                None => Err(No::UnknownKey),
            },
            checked => checked,
        };
        checked.map_err(|no| match no {
            No::UnknownKey => "it is signed with a key that the provider does not have".to_owned(),
            No::Because(reason) => reason.to_owned(),
        })
    }

    /// Where the provider ends its own session; none when it has no such place, or does not answer.
    pub async fn end_session(&self) -> Option<String> {
        let metadata = self.metadata().await.ok()?;
        let address = metadata.additional_metadata().end_session_endpoint.clone()?;
        let afterwards = PostLogoutRedirectUrl::new(format!("{}{AFTERWARDS}", self.origin())).ok()?;
        let request = LogoutRequest::from(address);
        let request = request.set_client_id(self.client_id()).set_post_logout_redirect_uri(afterwards);
        Some(request.http_get_url().into())
    }

    fn check_notice(&self, metadata: &Metadata, token: &str, now_ms: UnixMs) -> Result<Notice, No> {
        let because = |reason| move || No::Because(reason);
        let (signed, signature) = token.rsplit_once('.').ok_or_else(because("it is no signed token"))?;
        let (head, payload) = signed.split_once('.').ok_or_else(because("it is no signed token"))?;
        let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| No::Because("it cannot be decoded"));
        let read = |part: &str| {
            roomkey_schema::json::strict(&decode(part)?).map_err(|_| No::Because("it is no JSON without duplicates"))
        };
        let head: Head = serde_json::from_value(read(head)?).map_err(|_| No::Because("its head cannot be read"))?;
        let fits = head.typ.as_deref().is_none_or(|typ| {
            let typ = typ.to_ascii_lowercase();
            matches!(typ.trim_start_matches("application/"), "logout+jwt" | "jwt")
        });
        if head.crit.is_some() || !fits || !ALGORITHMS.contains(&head.alg) {
            return Err(No::Because("its head is not of a kind that is taken"));
        }
        let key = metadata.jwks().keys().iter().find(|key| key.key_id() == Some(&head.kid)).ok_or(No::UnknownKey)?;
        if !may_sign(key, &head.alg) {
            return Err(No::Because("its key is not for such signatures"));
        }
        key.verify_signature(&head.alg, signed.as_bytes(), &decode(signature)?)
            .map_err(|_| No::Because("its signature does not hold"))?;
        self.read_notice(&read(payload)?, now_ms / 1_000).map_err(No::Because)
    }

    /// What the signed part must say.
    fn read_notice(&self, payload: &Value, now_s: i64) -> Result<Notice, &'static str> {
        let text = |name: &str| payload.get(name).and_then(Value::as_str).filter(|text| text.len() <= LONGEST);
        if text("iss") != Some(&self.config.issuer) {
            return Err("another issuer signed it");
        }
        let is_ours = |audience: &Value| audience.as_str() == Some(&self.config.client_id);
        let for_us = match payload.get("aud") {
            Some(Value::Array(all)) => all.len() == 1 && all.iter().all(is_ours),
            Some(one) => is_ours(one),
            None => false,
        };
        if !for_us {
            return Err("it is for somebody else");
        }
        let issued_s = payload.get("iat").and_then(Value::as_i64).ok_or("it does not say when it was issued")?;
        if !(-AHEAD_S..=OLDEST_S).contains(&(now_s - issued_s)) {
            return Err("it is too old, or of the future");
        }
        let expires_s = payload.get("exp").map(Value::as_i64);
        if expires_s.is_some_and(|at_s| at_s.is_none_or(|at_s| at_s <= now_s)) {
            return Err("it has expired");
        }
        if !payload.pointer("/events").and_then(|events| events.get(EVENT)).is_some_and(Value::is_object) {
            return Err("it is no notice of a sign-out");
        }
        if payload.get("nonce").is_some() {
            return Err("it has a nonce, as ID tokens have");
        }
        let (subject, session) = (text("sub").map(str::to_owned), text("sid").map(str::to_owned));
        if subject.is_none() && session.is_none() {
            return Err("it names neither a person nor a session");
        }
        let id = text("jti").filter(|id| !id.is_empty()).ok_or("it has no id")?;
        Ok(Notice { id: id.to_owned(), subject, session })
    }
}

fn may_sign(key: &CoreJsonWebKey, algorithm: &CoreJwsSigningAlgorithm) -> bool {
    let for_this = match key.signing_alg() {
        JsonWebKeyAlgorithm::Unspecified => true,
        JsonWebKeyAlgorithm::Unsupported => false,
        JsonWebKeyAlgorithm::Algorithm(own) => own == algorithm,
    };
    for_this && key.key_use().is_none_or(|used| *used == openidconnect::core::CoreJsonWebKeyUse::Signature)
}
