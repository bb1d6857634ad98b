//! The only place that speaks HTTP. One function sends everything; the files beside it say what to send and what comes
//! back. Must know no store and no page.

pub(crate) mod abort;
pub(crate) mod error;
pub(crate) mod operations;
pub(crate) mod renewal;
pub(crate) mod schema;
pub(crate) mod session;
mod spawn;
pub(crate) mod words;

use std::pin::Pin;

use gloo_net::http::{Request, RequestBuilder, Response};
use serde_json::Value;
use wasm_bindgen::JsValue;
use web_sys::AbortSignal;

pub(crate) use self::abort::Abort;
pub(crate) use self::error::Failure;
pub(crate) use self::spawn::spawn;

/// Longer than the proxy waits for a vendor, so that its answer is the one a person reads.
const TIMEOUT_MS: u32 = 35_000;

/// What a call that went well brought back.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Answer {
    /// The body; null when there is none.
    pub(crate) body: Value,
    /// The entity tag of the body, quotes included.
    pub(crate) etag: Option<String>,
}

/// Sends one request and waits for its answer. When the session has ended, waits for the person to sign in again and
/// sends it once more: a request without a session was never looked at, so nothing can happen twice.
pub(crate) async fn call(
    method: &str,
    path: &str,
    body: Option<Value>,
    if_match: Option<&str>,
    abort: &Abort,
) -> Result<Answer, Failure> {
    let body = body.map(|body| body.to_string());
    loop {
        let body = body.as_deref().map(JsValue::from_str);
        match once(method, path, body, if_match, abort).await {
            Err(failure) if failure.session_required() && renewal::wait().await => {
                if abort.is_aborted() {
                    return Err(Failure::aborted());
                }
            }
            outcome => return outcome,
        }
    }
}

/// An answer that is on its way. One type for all of them, so that what waits for one is written once.
pub(crate) type Sending<'a> = Pin<Box<dyn Future<Output = Result<Answer, Failure>> + 'a>>;

/// Sends one request, whatever becomes of the session.
fn once<'a>(
    method: &'a str,
    path: &'a str,
    body: Option<JsValue>,
    if_match: Option<&'a str>,
    abort: &'a Abort,
) -> Sending<'a> {
    Box::pin(attempt(method, path, body, if_match, abort))
}

async fn attempt(
    method: &str,
    path: &str,
    body: Option<JsValue>,
    if_match: Option<&str>,
    abort: &Abort,
) -> Result<Answer, Failure> {
    let signal = abort.signal(TIMEOUT_MS);
    let outcome = exchange(method, path, body, if_match, &signal).await;
    outcome.map_err(|failure| match failure {
        Some(failure) => failure,
        None if abort.is_aborted() => Failure::aborted(),
        None if signal.aborted() => Failure::timeout(),
        None => Failure::network(),
    })
}

/// `Err(None)` when no whole answer came.
async fn exchange(
    method: &str,
    path: &str,
    body: Option<JsValue>,
    if_match: Option<&str>,
    signal: &AbortSignal,
) -> Result<Answer, Option<Failure>> {
    let mut request = builder(method, path).abort_signal(Some(signal));
    request = request.header("X-Requested-With", "roomkey").header("Accept", "application/json");
    if let Some(etag) = if_match {
        request = request.header("If-Match", etag);
    }
    let request = match body {
        // A form says itself what it is, with the boundary between its parts.
        Some(body) if body.is_object() => request.body(body),
        Some(body) => request.header("Content-Type", "application/json").body(body),
        None => request.build(),
    };
    let answer = request.map_err(|_| None)?.send().await.map_err(|_| None)?;
    let text = answer.text().await.map_err(|_| None)?;
    read(&answer, &text).map_err(Some)
}

/// Numbers stay what they are: the text is read here and never by JavaScript.
fn read(answer: &Response, text: &str) -> Result<Answer, Failure> {
    let headers = answer.headers();
    if !answer.ok() {
        return Err(Failure::from_answer(
            answer.status(),
            text,
            headers.get("x-request-id"),
            headers.get("x-vendor-tracking-id"),
        ));
    }
    let body = if text.is_empty() { Ok(Value::Null) } else { serde_json::from_str(text) };
    match body {
        Ok(body) => Ok(Answer { body, etag: headers.get("etag") }),
        Err(_) => Err(Failure::nonsense(answer.status(), headers.get("x-request-id"))),
    }
}

fn builder(method: &str, path: &str) -> RequestBuilder {
    match method {
        "POST" => Request::post(path),
        "PUT" => Request::put(path),
        "PATCH" => Request::patch(path),
        "DELETE" => Request::delete(path),
        _ => Request::get(path),
    }
}
