//! `/_sandbox/*`: the ledger, the outbox, the faults, the clock, reset and changes behind the client's back.
//! Must not be counted as a vendor's request, nor answer in a vendor's name.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::Sandbox;
use crate::faults::Rule;
use crate::vendor::Mutation;

pub(crate) fn router() -> Router<Arc<Sandbox>> {
    Router::new()
        .route("/_sandbox/", get(about))
        .route("/_sandbox/ledger", get(ledger))
        .route("/_sandbox/outbox", get(outbox))
        .route("/_sandbox/faults", get(faults).put(put_faults))
        .route("/_sandbox/reset", post(reset))
        .route("/_sandbox/mutate", post(mutate))
        .route("/_sandbox/clock", post(clock))
}

async fn about(State(sandbox): State<Arc<Sandbox>>) -> Response {
    let vendors: Vec<Value> =
        sandbox.vendors.iter().map(|one| json!({"name": one.name(), "base": one.base()})).collect();
    axum::Json(json!({"vendors": vendors, "time": sandbox.clock.now().to_string()})).into_response()
}

#[derive(Deserialize)]
struct Since {
    #[serde(default)]
    since: u64,
}

async fn ledger(State(sandbox): State<Arc<Sandbox>>, Query(from): Query<Since>) -> Response {
    ([(CONTENT_TYPE, "application/x-ndjson")], sandbox.ledger.after(from.since)).into_response()
}

/// What the vendors would have sent by mail; nothing leaves the sandbox.
async fn outbox(State(sandbox): State<Arc<Sandbox>>) -> Response {
    axum::Json(sandbox.vendors.iter().flat_map(|vendor| vendor.outbox()).collect::<Vec<_>>()).into_response()
}

async fn faults(State(sandbox): State<Arc<Sandbox>>) -> Response {
    axum::Json(sandbox.faults.list()).into_response()
}

async fn put_faults(State(sandbox): State<Arc<Sandbox>>, body: Bytes) -> Response {
    match serde_json::from_slice::<Vec<Rule>>(&body) {
        Ok(rules) => {
            sandbox.faults.replace(rules);
            raise_walls(&sandbox);
            StatusCode::NO_CONTENT.into_response()
        }
        Err(problem) => refused(format!("A list of fault rules is wanted: {problem}.")),
    }
}

fn raise_walls(sandbox: &Sandbox) {
    sandbox.vendors.iter().for_each(|vendor| vendor.wall(sandbox.faults.wall(vendor.name())));
}

async fn reset(State(sandbox): State<Arc<Sandbox>>) -> StatusCode {
    // Faults first: what hangs must not wake up in the fresh state.
    sandbox.faults.replace(Vec::new());
    raise_walls(&sandbox);
    sandbox.clock.reset();
    sandbox.vendors.iter().for_each(|vendor| vendor.reset());
    sandbox.ledger.reset();
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    vendor: String,
    path: String,
    #[serde(default)]
    option: Option<String>,
    patch: Value,
}

async fn mutate(State(sandbox): State<Arc<Sandbox>>, body: Bytes) -> Response {
    let change: Change = match serde_json::from_slice(&body) {
        Ok(change) => change,
        Err(problem) => return refused(format!("A change is wanted: {problem}.")),
    };
    let Some(vendor) = sandbox.vendors.iter().find(|vendor| vendor.name() == change.vendor) else {
        return refused(format!("There is no vendor {:?} here.", change.vendor));
    };
    let now = sandbox.clock.now();
    let mutation = Mutation { path: &change.path, option: change.option.as_deref(), patch: &change.patch, now };
    match vendor.mutate(&mutation) {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(sentence) => refused(sentence),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    advance_ms: u64,
}

async fn clock(State(sandbox): State<Arc<Sandbox>>, body: Bytes) -> Response {
    match serde_json::from_slice::<Advance>(&body) {
        Ok(advance) => {
            sandbox.clock.advance_ms(advance.advance_ms);
            StatusCode::NO_CONTENT.into_response()
        }
        Err(problem) => refused(format!("{{\"advance_ms\": N}} is wanted: {problem}.")),
    }
}

fn refused(sentence: String) -> Response {
    (StatusCode::BAD_REQUEST, axum::Json(json!({"error": sentence}))).into_response()
}
