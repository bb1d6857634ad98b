//! `GET /metrics` in Prometheus's text form, for this machine or for who knows the token. Holds no ids of people.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use secrecy::ExposeSecret;
use subtle::ConstantTimeEq;

use crate::app::App;
use crate::http::fault::{Fault, Kind};
use crate::http::peer::Peer;
use crate::telemetry::meters;

/// Everything that was measured.
pub async fn scrape(State(app): State<App>, peer: Peer, headers: HeaderMap) -> Result<Response, Fault> {
    // Behind a reverse proxy on this machine everybody comes from this machine.
    let is_near = peer.is_loopback() && !app.config.behind_proxy;
    if !is_near && !has_token(&app, &headers) {
        return Err(Fault::new(Kind::Forbidden).detail(&app.words.details.metrics_closed));
    }
    let text = meters::handle().map(metrics_exporter_prometheus::PrometheusHandle::render).unwrap_or_default();
    Ok(([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response())
}

fn has_token(app: &App, headers: &HeaderMap) -> bool {
    let Some(token) = &app.config.metrics.token else { return false };
    headers
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "))
        .is_some_and(|given| given.as_bytes().ct_eq(token.expose_secret().as_bytes()).into())
}
