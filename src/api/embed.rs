//! Signing in for a frame of another page: which pages may have one, the code that the sign-in window gets, and the session
//! that the frame gets for it. Never waits for a new session: these calls are how one comes to be.

use serde_json::{Value, json};

use super::{Abort, Failure, once};
use crate::paths;

/// Origins of the pages that may have the console in a frame.
pub(crate) async fn origins() -> Result<Vec<String>, Failure> {
    let answer = once("GET", paths::EMBED_CALL, None, None, &Abort::never()).await?;
    let origins = answer.body.get("origins").and_then(Value::as_array).cloned().unwrap_or_default();
    Ok(origins.iter().filter_map(Value::as_str).map(str::to_owned).collect())
}

/// A code for the session of this window, for the frame that made the challenge.
pub(crate) async fn code(challenge: &str) -> Result<String, Failure> {
    let body = json!({ "challenge": challenge }).to_string();
    let answer = once("POST", paths::EMBED_CODE_CALL, Some(body.into()), None, &Abort::never()).await?;
    let code = answer.body.get("code").and_then(Value::as_str).map(str::to_owned);
    code.ok_or_else(|| Failure::nonsense(200, None))
}

/// Exchanges a code for a session of this frame; the cookie is the browser's business.
pub(crate) async fn session(code: &str, verifier: &str) -> Result<(), Failure> {
    let body = json!({ "code": code, "verifier": verifier }).to_string();
    once("POST", paths::EMBED_SESSION_CALL, Some(body.into()), None, &Abort::never()).await.map(drop)
}
