//! Sends a call through the vendor's adapter (which waits for the rate budget) and makes the answer to a read. Must not
//! let a secret through.

use axum::Json;
use axum::http::HeaderValue;
use axum::http::header::ETAG;
use axum::response::{IntoResponse, Response};
use roomkey_schema::{Operation, Role};
use serde_json::Value;

use super::asked::Held;
use super::{etag, faults};
use crate::app::App;
use crate::http::fault::{Fault, Kind};
use crate::vendors::{Answer, Call, Vendor, VendorFault};
use crate::words::fill;

/// Header with the vendor's tracking id.
const TRACKING_ID: &str = "x-vendor-tracking-id";

/// The vendor's adapter and name.
#[derive(Clone, Copy)]
pub(crate) struct At<'a> {
    pub(crate) name: &'a str,
    pub(crate) adapter: &'a dyn Vendor,
}

/// The adapter of the operation's vendor.
pub(crate) fn vendor<'a>(app: &'a App, operation: &'a Operation) -> Result<At<'a>, Fault> {
    let name = operation.vendor.as_str();
    if let Some(adapter) = app.vendors.get(name) {
        return Ok(At { name, adapter: &**adapter });
    }
    let sentence = fill(&app.words.details.not_configured, &[("vendor", app.words.vendor_name(name))]);
    Err(Fault::new(Kind::VendorUnreachable).detail(sentence).with(|parts| parts.vendor = Some(name.to_owned())))
}

/// Calls, and turns the vendor's fault into ours.
pub(crate) async fn send(app: &App, at: At<'_>, call: &Call) -> Result<Answer, Fault> {
    send_raw(at, call).await.map_err(|fault| faults::of(app, at.name, &fault))
}

/// Calls.
pub(crate) async fn send_raw(at: At<'_>, call: &Call) -> Result<Answer, VendorFault> {
    let begun = std::time::Instant::now();
    let result = at.adapter.call(call).await;
    let labels =
        [("vendor", at.name.to_owned()), ("class", call.rate.as_str().to_owned()), ("ok", result.is_ok().to_string())];
    metrics::histogram!("roomkey_vendor_call_seconds", &labels).record(begun.elapsed());
    result
}

/// What a read answered, redacted and with its entity tag.
pub(crate) fn held(operation: &Operation, answer: Answer) -> Held {
    let value = answer.body.unwrap_or(Value::Null);
    let mut redacted = value.clone();
    operation.redact(&mut redacted);
    Held { etag: etag::of(&redacted), value, redacted }
}

/// The answer to a read, as that role may see it. The entity tag is that of the whole: it says that nothing has changed.
pub(crate) fn read_answer(operation: &Operation, role: Role, answer: Answer) -> Response {
    let tracking_id = answer.tracking_id.clone();
    let mut held = held(operation, answer);
    operation.trim(role, &mut held.redacted);
    let mut response = Json(held.redacted).into_response();
    if let Ok(tag) = HeaderValue::from_str(&held.etag) {
        response.headers_mut().insert(ETAG, tag);
    }
    with_tracking_id(response, tracking_id.as_deref())
}

/// With the vendor's tracking id, when it can be a header.
pub(crate) fn with_tracking_id(mut response: Response, tracking_id: Option<&str>) -> Response {
    if let Some(value) = tracking_id.and_then(|id| HeaderValue::from_str(id).ok()) {
        response.headers_mut().insert(TRACKING_ID, value);
    }
    response
}
