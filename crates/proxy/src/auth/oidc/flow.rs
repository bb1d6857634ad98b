//! What is remembered of somebody who was sent to the provider: sealed in a cookie of the browser that was sent, so that
//! nothing is kept here for people who never come back, and only that browser can come back. Must not look at tokens.

use axum::http::HeaderMap;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

use crate::app::App;
use crate::auth::cookie;
use crate::clock::UnixMs;
use crate::random::bytes;

/// How long one may take at the provider.
pub const KEPT_MS: i64 = 600_000;
/// Each flow has its own cookie, so that two windows do not get into each other's way.
const PREFIX: &str = "__Host-roomkey-oidc-";
const NAMED_BY: usize = 12;
const PLACE: &str = "oidc";
/// Lax: the provider sends the browser back from another site, and a Strict cookie would stay behind. It opens nothing by
/// itself; the session's own cookie stays Strict.
const ATTRIBUTES: &str = "Path=/; Secure; HttpOnly; SameSite=Lax";
/// Length of 32 bytes in base64url.
const STATE_LENGTH: usize = 43;

/// One journey to the provider and back.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Flow {
    /// Comes back with the browser.
    pub state: String,
    /// Comes back in the ID token.
    pub nonce: String,
    /// Proves to the provider that who redeems the code is who asked for it.
    pub verifier: String,
    /// Where the person goes on to.
    pub to: String,
    /// Whether the person has to prove anew who it is.
    pub prove: bool,
    /// When it began.
    pub begun_ms: UnixMs,
    /// Hash of the session that the browser had, in base64url; the cookie of that one does not come back from there.
    pub before: Option<String>,
}

impl Flow {
    /// A new one; none when the machine has no random bytes.
    pub fn begin(app: &App, to: &str, prove: bool, before: Option<[u8; 32]>) -> Option<Self> {
        let secret = || bytes::<32>(&*app.random).ok().map(|bytes| URL_SAFE_NO_PAD.encode(bytes));
        Some(Self {
            state: secret()?,
            nonce: secret()?,
            verifier: secret()?,
            to: to.to_owned(),
            prove,
            begun_ms: app.clock.now_ms(),
            before: before.map(|hash| URL_SAFE_NO_PAD.encode(hash)),
        })
    }

    /// `Set-Cookie` that keeps it.
    pub fn keep(&self, app: &App) -> Option<String> {
        let plain = serde_json::to_vec(self).ok()?;
        let sealed = app.seal.close(PLACE, &plain, &*app.random).ok()?;
        let (name, value) = (name(&self.state)?, URL_SAFE_NO_PAD.encode(sealed));
        Some(format!("{name}={value}; Max-Age={}; {ATTRIBUTES}", KEPT_MS / 1_000))
    }

    /// The journey of that state, if this browser began it, and not too long ago.
    pub fn find(app: &App, headers: &HeaderMap, state: &str) -> Option<Self> {
        let sealed = cookie::value(headers, &name(state)?)?;
        let plain = app.seal.open(PLACE, &URL_SAFE_NO_PAD.decode(sealed).ok()?).ok()?;
        let flow: Self = serde_json::from_slice(&plain).ok()?;
        let fits: bool = flow.state.as_bytes().ct_eq(state.as_bytes()).into();
        let age_ms = app.clock.now_ms() - flow.begun_ms;
        (fits && (0..=KEPT_MS).contains(&age_ms)).then_some(flow)
    }

    /// The session that the browser had.
    pub fn before(&self) -> Option<[u8; 32]> {
        URL_SAFE_NO_PAD.decode(self.before.as_deref()?).ok()?.try_into().ok()
    }
}

/// `Set-Cookie` that forgets the journey of that state.
pub fn forget(state: &str) -> Option<String> {
    Some(format!("{}=; Max-Age=0; {ATTRIBUTES}", name(state)?))
}

/// Name of the cookie; none for what is no state of ours.
fn name(state: &str) -> Option<String> {
    let is_ours = state.len() == STATE_LENGTH
        && state.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    is_ours.then(|| format!("{PREFIX}{}", &state[..NAMED_BY]))
}
