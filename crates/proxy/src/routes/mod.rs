//! Every route, and the path that each request takes to it. What is not listed here, or in the operation table behind
//! `/api/{vendor}`, does not exist.

pub mod assets;
pub mod auth;
pub mod connections;
pub mod embed;
pub mod health;
pub mod jobs;
pub mod meters;
pub mod openapi;
pub mod people;
mod permission;
pub mod record;
pub mod reveal;
pub mod schema;
pub mod sessions;
pub mod vendor;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{any, delete, get, post};
use tower::ServiceBuilder;

use crate::app::App;
use crate::auth::oidc::CALLBACK;
use crate::http::{
    csrf, headers, hygiene, language, limits, observe, problem, request_id, session_layer, trusted_layer,
};

/// The routes with their layers.
pub fn router(app: &App) -> Router {
    let routes = Router::new()
        .route("/auth/login", post(auth::login))
        .route("/auth/logout", post(auth::logout))
        .route("/auth/me", get(auth::me))
        .route("/auth/ways", get(auth::ways))
        .route("/auth/trusted", post(auth::trusted::sign_in))
        .route("/auth/oidc", get(auth::oidc::begin))
        .route(CALLBACK, get(auth::oidc::callback))
        .route(csrf::BACKCHANNEL_LOGOUT, post(auth::oidc::backchannel_logout))
        .route("/auth/embed", get(embed::origins))
        .route("/auth/embed-code", post(embed::code))
        .route("/auth/embed-session", post(embed::session))
        .route("/api/schema", get(schema::index))
        .route("/api/schema/{form}", get(schema::form))
        .route("/api/openapi.json", get(openapi::document))
        .route("/api/reveal", post(reveal::show))
        .route("/api/sessions", get(sessions::list).delete(sessions::end_all))
        .route("/api/sessions/{id}", delete(sessions::end))
        .route("/api/connections", get(connections::list))
        .route("/api/connections/{vendor}/test", post(connections::test))
        .route("/api/people", get(people::search))
        .route("/api/people/refresh", post(people::refresh))
        .route("/api/people/{key}", get(people::one))
        .merge(jobs::router())
        .merge(record::router())
        // The operation table decides: role, validation, record, pace, vendor, reading back, redaction. See `vendor`.
        .route("/api/{vendor}/{*path}", any(vendor::call))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(meters::scrape))
        .fallback(assets::serve)
        .with_state(app.clone());

    // From the outside in. What stands above sees the answers of all that stands below.
    routes.layer(
        ServiceBuilder::new()
            // An id before anything can be logged.
            .layer(from_fn_with_state(app.clone(), request_id::layer))
            .layer(from_fn(observe::layer))
            // Above all that can refuse, so that refusals carry the headers too.
            .layer(from_fn_with_state(app.clone(), headers::layer))
            // Above all that says something.
            .layer(from_fn_with_state(app.clone(), language::layer))
            // The one place that writes problems.
            .layer(from_fn_with_state(app.clone(), problem::layer))
            // Before anybody asks who is there.
            .layer(from_fn_with_state(app.clone(), hygiene::layer))
            .layer(from_fn_with_state(app.clone(), limits::layer))
            // Whom a reverse proxy names, if that is believed at all.
            .layer(from_fn_with_state(app.clone(), trusted_layer::layer))
            // Who is there; then whether the request is really theirs.
            .layer(from_fn_with_state(app.clone(), session_layer::layer))
            .layer(from_fn_with_state(app.clone(), csrf::layer)),
    )
}
