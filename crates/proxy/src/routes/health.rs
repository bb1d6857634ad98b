//! Liveness and readiness, for whatever watches the process. Must not call a vendor: that one is down is no reason to
//! restart us.

use axum::extract::State;
use tokio::sync::Mutex;

use crate::app::App;
use crate::clock::UnixMs;
use crate::http::fault::{Fault, Kind};

/// How long an answer about the store holds: anybody may ask, and asking writes to the disk.
const HOLDS_MS: i64 = 1_000;

/// Whether the store could be written, and when that was found out.
#[derive(Debug, Default)]
pub struct Readiness(Mutex<Option<(UnixMs, Result<(), String>)>>);

/// `GET /healthz`: the process answers.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the store can be written.
pub async fn ready(State(app): State<App>) -> Result<&'static str, Fault> {
    let now_ms = app.clock.now_ms();
    let mut seen = app.readiness.0.lock().await;
    let result = match &*seen {
        Some((at_ms, result)) if (0..HOLDS_MS).contains(&(now_ms - at_ms)) => result.clone(),
        _ => {
            let result = app.store.writable().await.map_err(|error| error.to_string());
            *seen = Some((now_ms, result.clone()));
            result
        }
    };
    result.map(|()| "ok\n").map_err(|error| Fault::new(Kind::RecordUnavailable).cause(&error))
}
