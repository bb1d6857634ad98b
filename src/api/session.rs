//! Signing in and out, and who is signed in. Never waits for a new session: these calls are how one comes to be.

use roomkey_schema::read::Read;
use roomkey_schema::session::{SignedOut, Ways};
use roomkey_schema::wire::Me;
use serde_json::json;

use super::{Abort, Failure, once};
use crate::paths;

/// Who is signed in; none when nobody is.
pub(crate) async fn me() -> Result<Option<Me>, Failure> {
    match once("GET", paths::ME_CALL, None, None, &Abort::never()).await {
        Ok(answer) if answer.body.is_null() => Ok(None),
        Ok(answer) => Me::read(answer.body).map(Some).ok_or_else(|| Failure::nonsense(200, None)),
        Err(failure) if failure.session_required() => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// How one can sign in. When that cannot be told, with a name and a password: trying says the rest.
pub(crate) async fn ways() -> Ways {
    let answer = once("GET", paths::WAYS_CALL, None, None, &Abort::never()).await;
    let ways = answer.ok().and_then(|answer| Ways::read(answer.body));
    ways.unwrap_or(Ways { local: true, ..Ways::default() })
}

/// Signs in whom a reverse proxy names.
pub(crate) async fn sign_in_by_header() -> Result<(), Failure> {
    once("POST", paths::TRUSTED_CALL, None, None, &Abort::never()).await.map(drop)
}

/// Signs in; the cookie is the browser's business.
pub(crate) async fn sign_in(username: &str, password: &str) -> Result<(), Failure> {
    let body = json!({ "username": username, "password": password }).to_string();
    once("POST", paths::SIGN_IN_CALL, Some(body.into()), None, &Abort::never()).await.map(drop)
}

/// Signs out. Having no session any more is what was wanted. Answers where the provider ends its own, if it does.
pub(crate) async fn sign_out() -> Result<Option<String>, Failure> {
    match once("POST", paths::SIGN_OUT_CALL, None, None, &Abort::never()).await {
        Ok(answer) => Ok(SignedOut::read(answer.body).and_then(|out| out.to)),
        Err(failure) if failure.session_required() => Ok(None),
        Err(failure) => Err(failure),
    }
}
