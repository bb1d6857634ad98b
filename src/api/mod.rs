//! The only place that speaks HTTP. One function sends everything; the files beside it say what to send and what comes
//! back. Must know no store and no page.

pub(crate) mod abort;
pub(crate) mod connections;
pub(crate) mod error;
pub(crate) mod jobs;
pub(crate) mod operations;
pub(crate) mod record;
pub(crate) mod renewal;
pub(crate) mod reveal;
pub(crate) mod schema;
pub(crate) mod session;
mod spawn;
mod wait;
pub(crate) mod words;

use std::pin::Pin;

use gloo_net::http::{Request, RequestBuilder, Response};
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Blob};

pub(crate) use self::abort::Abort;
pub(crate) use self::error::Failure;
pub(crate) use self::spawn::spawn;
pub(crate) use self::wait::sleep;

/// Longer than the proxy waits for a vendor, so that its answer is the one a person reads.
const TIMEOUT_MS: u32 = 35_000;

/// A header of one request, besides those that every request has.
pub(crate) type Header<'a> = Option<(&'static str, &'a str)>;

/// What a call that went well brought back.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Answer {
    /// The body; null when there is none.
    pub(crate) body: Value,
    /// The entity tag of the body, quotes included.
    pub(crate) etag: Option<String>,
}

/// Sends one request and waits for its answer. When the session has ended, or the password was given too long ago, waits
/// for the person to sign in again and sends it once more: what was refused for that did nothing, so nothing can happen
/// twice.
pub(crate) async fn call(
    method: &str,
    path: &str,
    body: Option<JsValue>,
    header: Header<'_>,
    abort: &Abort,
) -> Result<Answer, Failure> {
    loop {
        match once(method, path, body.clone(), header, abort).await {
            Err(failure) if failure.needs_sign_in() && renewal::wait(&failure).await => {
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

/// A body as it is sent.
pub(crate) fn json(body: &Value) -> JsValue {
    body.to_string().into()
}

/// Sends one request, whatever becomes of the session.
fn once<'a>(
    method: &'a str,
    path: &'a str,
    body: Option<JsValue>,
    header: Header<'a>,
    abort: &'a Abort,
) -> Sending<'a> {
    Box::pin(attempt(method, path, body, header, abort))
}

async fn attempt(
    method: &str,
    path: &str,
    body: Option<JsValue>,
    header: Header<'_>,
    abort: &Abort,
) -> Result<Answer, Failure> {
    let signal = abort.signal(TIMEOUT_MS);
    let outcome = exchange(method, path, body, header, &signal).await;
    outcome.map_err(|failure| named(failure, &signal, abort))
}

/// Why no whole answer came, when the answer itself does not say.
fn named(failure: Option<Failure>, signal: &AbortSignal, abort: &Abort) -> Failure {
    match failure {
        Some(failure) => failure,
        None if abort.is_aborted() => Failure::aborted(),
        None if signal.aborted() => Failure::timeout(),
        None => Failure::network(),
    }
}

/// Sends one request whose answer is a file. What is wrong with it is said as everywhere.
pub(crate) async fn file(path: &str, body: JsValue) -> Result<Blob, Failure> {
    let abort = Abort::never();
    loop {
        let signal = abort.signal(TIMEOUT_MS);
        match fetch_file(path, body.clone(), &signal).await.map_err(|failure| named(failure, &signal, &abort)) {
            Err(failure) if failure.needs_sign_in() && renewal::wait(&failure).await => {}
            outcome => return outcome,
        }
    }
}

async fn fetch_file(path: &str, body: JsValue, signal: &AbortSignal) -> Result<Blob, Option<Failure>> {
    let answer = ask("POST", path, Some(body), None, signal).await?;
    if !answer.ok() {
        let text = answer.text().await.map_err(|_| None)?;
        read(&answer, &text).map_err(Some)?;
    }
    let answer: web_sys::Response = answer.into();
    let blob = JsFuture::from(answer.blob().map_err(|_| None)?).await.map_err(|_| None)?;
    blob.dyn_into().map_err(|_| None)
}

/// `Err(None)` when no whole answer came.
async fn exchange(
    method: &str,
    path: &str,
    body: Option<JsValue>,
    header: Header<'_>,
    signal: &AbortSignal,
) -> Result<Answer, Option<Failure>> {
    let answer = ask(method, path, body, header, signal).await?;
    let text = answer.text().await.map_err(|_| None)?;
    read(&answer, &text).map_err(Some)
}

async fn ask(
    method: &str,
    path: &str,
    body: Option<JsValue>,
    header: Header<'_>,
    signal: &AbortSignal,
) -> Result<Response, Option<Failure>> {
    let mut request = builder(method, path).abort_signal(Some(signal));
    request = request.header("X-Requested-With", "roomkey").header("Accept", "application/json");
    if let Some((name, value)) = header {
        request = request.header(name, value);
    }
    let request = match body {
        // A form says itself what it is, with the boundary between its parts.
        Some(body) if body.is_object() => request.body(body),
        Some(body) => request.header("Content-Type", "application/json").body(body),
        None => request.build(),
    };
    request.map_err(|_| None)?.send().await.map_err(|_| None)
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
