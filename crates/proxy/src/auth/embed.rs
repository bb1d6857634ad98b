//! Sessions inside a frame of another site's page, where the browser does not send the cookie of our own pages. The
//! sign-in window, which is a page of ours and no frame, asks for a code and hands it to the frame that opened it; the
//! frame exchanges it for a session of its own (docs/decisions/018-embedding.md). Must not take a code for anything else,
//! nor believe such a session outside a frame.

use axum::http::HeaderMap;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::cookie;
use super::session::{self, SignedIn};
use crate::app::App;
use crate::audit::Entry;
use crate::audit::chain::Hash;
use crate::audit::entry::Kind as EntryKind;
use crate::http::fault::{Fault, Kind};
use crate::http::request_id::RequestId;
use crate::random::bytes;
use crate::store::StoreFault;
use crate::store::embeds::EmbedCode;

/// Set to `1` by the console inside a frame. Other sites' pages cannot set it: without an allow-origin from us, and there
/// is none ever, a browser does not send a request with it for them.
pub const FRAMED: &str = "x-roomkey-embed";
/// How long a code counts: the window hands it over at once.
const LIFE_MS: i64 = 60_000;
/// Length of codes and of what the frame keeps to itself: 32 bytes in Base64.
const LENGTH: usize = 43;

/// Whether the console in a frame asks, as far as can be told: our header, and the browser's own words where it says them.
pub fn is_framed(headers: &HeaderMap) -> bool {
    let all_are = |name: &str, value: &str| headers.get_all(name).iter().all(|said| said == value);
    headers.contains_key(FRAMED)
        && all_are(FRAMED, "1")
        && all_are("sec-fetch-site", "same-origin")
        && all_are("sec-fetch-dest", "empty")
}

/// Who the session of a frame belongs to, if the request comes from a frame and brings one that lives.
pub async fn find(app: &App, headers: &HeaderMap, background: bool) -> Result<Option<SignedIn>, StoreFault> {
    match cookie::read_embed(headers) {
        Some(id) if is_open(app) && is_framed(headers) => {
            app.sessions.find_by_hash(hash(Meaning::Session, &id), background).await
        }
        _ => Ok(None),
    }
}

/// A code for the caller's session, which only who knows what `challenge` is the hash of can use.
pub async fn code(app: &App, caller: &SignedIn, challenge: &str) -> Result<SecretString, Fault> {
    let shape = || Fault::new(Kind::BadRequest).detail(&app.words.details.embed_shape);
    let challenge: Hash =
        URL_SAFE_NO_PAD.decode(challenge).ok().and_then(|bytes| bytes.try_into().ok()).ok_or_else(shape)?;
    let code = token(app)?;
    let now_ms = app.clock.now_ms();
    let kept = EmbedCode {
        code_hash: hash(Meaning::Code, &code),
        session_hash: caller.id_hash,
        challenge,
        until_ms: now_ms + LIFE_MS,
    };
    app.store.embeds().insert_code(&kept, now_ms).await.map_err(|error| Fault::new(Kind::Busy).cause(&error))?;
    Ok(code)
}

/// The id of a new session, for a code and what its challenge is the hash of. A code is used up by trying it.
pub async fn redeem(
    app: &App,
    code: &SecretString,
    verifier: &SecretString,
    id: &RequestId,
) -> Result<SecretString, Fault> {
    let busy = |error: StoreFault| Fault::new(Kind::Busy).cause(&error);
    let refused = || Fault::new(Kind::SignInFailed).detail(&app.words.details.embed_code);
    if code.expose_secret().len() != LENGTH || verifier.expose_secret().len() != LENGTH {
        return Err(Fault::new(Kind::BadRequest).detail(&app.words.details.embed_shape));
    }
    let kept = app.store.embeds().take_code(&hash(Meaning::Code, code)).await.map_err(busy)?.ok_or_else(refused)?;
    let now_ms = app.clock.now_ms();
    let proof: Hash = Sha256::digest(verifier.expose_secret().as_bytes()).into();
    if now_ms > kept.until_ms || !bool::from(proof.ct_eq(&kept.challenge)) {
        return Err(refused());
    }
    let parent = app.sessions.find_by_hash(kept.session_hash, false).await.map_err(busy)?.ok_or_else(refused)?;
    let session_id = token(app)?;
    // Nobody gets a session that is not recorded.
    let (kind, role) = (EntryKind::EmbedSignedIn, Some(parent.role));
    let entry = Entry::new(kind, app.recorder.now(), &parent.name, role, id.as_str());
    app.recorder.append(&entry).await.map_err(|error| Fault::new(Kind::RecordUnavailable).cause(&error))?;
    let id_hash = hash(Meaning::Session, &session_id);
    let public_id = session::public_id(&*app.random).map_err(|error| Fault::new(Kind::Busy).cause(&error))?;
    let begun = app.store.embeds().insert_from(&id_hash, &public_id, &parent.id_hash, now_ms).await.map_err(busy)?;
    if begun { Ok(session_id) } else { Err(refused()) }
}

/// Ends the frame's session that a request brings, if it brings one.
pub async fn end_before(app: &App, headers: &HeaderMap) -> Result<(), StoreFault> {
    match cookie::read_embed(headers) {
        Some(id) => app.sessions.end(&hash(Meaning::Session, &id)).await,
        None => Ok(()),
    }
}

/// Whether anybody may show the console in a frame.
pub fn is_open(app: &App) -> bool {
    !app.config.embed.origins.is_empty()
}

/// What a hash stands for. An id that came out of a frame means nothing in our own cookie, nor the other way round.
#[derive(Clone, Copy)]
enum Meaning {
    Code,
    Session,
}

fn hash(meaning: Meaning, secret: &SecretString) -> Hash {
    let prefix: &[u8] = match meaning {
        Meaning::Code => b"embed code ",
        Meaning::Session => b"embed session ",
    };
    Sha256::new().chain_update(prefix).chain_update(secret.expose_secret()).finalize().into()
}

fn token(app: &App) -> Result<SecretString, Fault> {
    let bytes = bytes::<32>(&*app.random).map_err(|error| Fault::new(Kind::Busy).cause(&error))?;
    Ok(SecretString::from(URL_SAFE_NO_PAD.encode(bytes)))
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    #[test]
    fn only_our_own_page_in_a_frame_is_framed() {
        let is_framed = |pairs: &[(&'static str, &'static str)]| {
            let pair = |(name, value): &(&'static str, &'static str)| {
                (HeaderName::from_static(name), HeaderValue::from_static(value))
            };
            super::is_framed(&pairs.iter().map(pair).collect())
        };
        let ours = (FRAMED, "1");
        assert!(is_framed(&[ours]));
        assert!(is_framed(&[ours, ("sec-fetch-site", "same-origin"), ("sec-fetch-dest", "empty")]));
        assert!(!is_framed(&[]));
        assert!(!is_framed(&[(FRAMED, "yes")]));
        for site in ["cross-site", "same-site", "none"] {
            assert!(!is_framed(&[ours, ("sec-fetch-site", site)]), "{site}");
        }
        for dest in ["iframe", "document", "image", "script"] {
            assert!(!is_framed(&[ours, ("sec-fetch-dest", dest)]), "{dest}");
        }
    }

    #[test]
    fn a_session_of_a_frame_and_one_of_our_own_pages_never_meet() {
        let id = SecretString::from("id");
        let own: Hash = Sha256::digest(b"id").into();
        assert_ne!(hash(Meaning::Session, &id), own);
        assert_ne!(hash(Meaning::Session, &id), hash(Meaning::Code, &id));
    }
}
