//! The one place that turns a fault into an answer: RFC 9457 JSON with our words, the request id and when to retry.
//! Must not decide what went wrong.

use axum::extract::{Request, State};
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use roomkey_schema::wire::Problem;

use super::fault::{Fault, Kind};
use super::observe::Route;
use super::request_id::RequestId;
use crate::app::App;
use crate::clock::rfc3339;

/// Seconds after which a busy server may be asked again.
const BUSY_RETRY_S: i64 = 2;

/// Answers with the fault that came up from below, if one did.
pub async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    let id = RequestId::of(&request);
    let mut response = next.run(request).await;
    if let Some(fault) = response.extensions_mut().remove::<Fault>() {
        let mut problem = answer(&app, &fault, &id);
        if let Some(route) = response.extensions_mut().remove::<Route>() {
            problem.extensions_mut().insert(route);
        }
        return problem;
    }
    if response.status() == StatusCode::METHOD_NOT_ALLOWED {
        let allow = response.headers().get(ALLOW).and_then(|value| value.to_str().ok()).map(str::to_owned);
        return answer(&app, &Fault::new(Kind::MethodNotAllowed).with(|parts| parts.allow = allow), &id);
    }
    response
}

/// The problem in its JSON form.
pub fn problem(app: &App, fault: &Fault, request_id: &RequestId) -> Problem {
    let parts = fault.parts();
    let (current, etag) = parts.current.clone().unzip();
    Problem {
        type_uri: "about:blank".to_owned(),
        title: app.words.title(parts.kind).to_owned(),
        status: parts.status.as_u16(),
        detail: parts.detail.clone().unwrap_or_else(|| app.words.detail(parts.kind).to_owned()),
        kind: parts.kind.as_str().to_owned(),
        vendor: parts.vendor.clone(),
        vendor_code: parts.vendor_code.clone(),
        fields: parts.fields.clone(),
        request_id: request_id.as_str().to_owned(),
        tracking_id: parts.tracking_id.clone(),
        retry_at: parts.retry_at_ms.map(rfc3339),
        current,
        etag,
    }
}

fn answer(app: &App, fault: &Fault, id: &RequestId) -> Response {
    let parts = fault.parts();
    if let Some(cause) = &parts.cause {
        if parts.status.is_server_error() {
            tracing::error!(request_id = id.as_str(), kind = parts.kind.as_str(), cause, "request failed");
        } else {
            tracing::info!(request_id = id.as_str(), kind = parts.kind.as_str(), cause, "request refused");
        }
    }
    let body = serde_json::to_vec(&problem(app, fault, id)).unwrap_or_default();
    let mut response = Response::new(body.into());
    *response.status_mut() = parts.status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let retry_s = match (parts.retry_at_ms, parts.kind) {
        (Some(at_ms), _) => Some((at_ms - app.clock.now_ms() + 999).div_euclid(1000).max(1)),
        (None, Kind::Busy) => Some(BUSY_RETRY_S),
        (None, _) => None,
    };
    if let Some(retry_s) = retry_s {
        headers.insert(RETRY_AFTER, HeaderValue::from(retry_s));
    }
    if let Some(allow) = parts.allow.as_deref().and_then(|allow| HeaderValue::from_str(allow).ok()) {
        headers.insert(ALLOW, allow);
    }
    response
}
