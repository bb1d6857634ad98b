//! No request takes for ever. What a request started at a vendor goes on to its end in a task of its own; only the
//! waiting ends here.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::header::CONTENT_LENGTH;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::csrf::{MULTIPART, has_type};
use super::fault::{Fault, Kind};
use crate::app::App;

/// Gives up after the configured time, and does not begin with a body that says itself that it is too large.
pub async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    let limits = &app.config.limits;
    let declared = request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    let most = if has_type(request.headers(), MULTIPART) { limits.upload_bytes } else { limits.body_bytes };
    if declared.is_some_and(|length| usize::try_from(length).map_or(true, |length| length > most)) {
        return Fault::new(Kind::TooLarge).into_response();
    }
    match tokio::time::timeout(Duration::from_millis(limits.request_timeout_ms), next.run(request)).await {
        Ok(response) => response,
        Err(_) => Fault::new(Kind::Busy).detail(&app.words.details.took_too_long).into_response(),
    }
}
