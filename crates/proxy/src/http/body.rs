//! Reads a request's body, up to the limit, as strict JSON. Must not hold more than the limit in memory.

use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde_json::Value;

use super::fault::{Fault, Kind};
use crate::app::App;
use crate::words::fill;

/// The whole body of at most so many bytes.
pub async fn read(app: &App, body: Body, most: usize) -> Result<Bytes, Fault> {
    let limits = &app.config.limits;
    let interrupted = || Fault::new(Kind::BadRequest).detail(&app.words.details.body_interrupted);
    let whole = Limited::new(body, most).collect();
    match tokio::time::timeout(Duration::from_millis(limits.body_timeout_ms), whole).await {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(Fault::new(Kind::TooLarge)),
        Ok(Err(error)) => Err(interrupted().cause(&error)),
        Err(_) => Err(interrupted()),
    }
}

/// The body as JSON without duplicate keys or endless nesting; `None` when it is empty.
pub async fn json(app: &App, body: Body) -> Result<Option<Value>, Fault> {
    let bytes = read(app, body, app.config.limits.body_bytes).await?;
    if bytes.is_empty() {
        return Ok(None);
    }
    roomkey_schema::json::strict(&bytes).map(Some).map_err(|error| {
        let reason = error.to_string();
        Fault::new(Kind::BadRequest).detail(fill(&app.words.details.body_not_json, &[("reason", &reason)]))
    })
}
