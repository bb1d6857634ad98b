//! What the caller may reach, and the forms for it. Must not ask a vendor: pages were written out at start.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use roomkey_schema::wire::Index;

use crate::app::App;
use crate::auth::session::SignedIn;
use crate::http::fault::{Fault, Kind};
use crate::http::language;

/// `GET /api/schema?lang=`.
pub async fn index(State(app): State<App>, caller: SignedIn) -> Result<Json<Index>, Fault> {
    let mut index = app.edition().await.index(caller.role).cloned().ok_or_else(|| Fault::new(Kind::NotFound))?;
    // All else is written at start; what goes wrong at a vendor is known only later.
    index.notices = app.connections.notices(&app, caller.role);
    Ok(Json(index))
}

/// `GET /api/schema/{form}?v={hash}`: never changes under its own hash, which is another one in each language.
pub async fn form(
    State(app): State<App>,
    caller: SignedIn,
    Path(form): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let page = app.pages.form(&app, caller.role, &form, query.get("v"), language::reader()).await;
    let page = page.ok_or_else(|| Fault::new(Kind::NotFound))?;
    let caching =
        if query.get("v") == Some(&page.hash) { "private, max-age=31536000, immutable" } else { "private, no-cache" };
    let mut response = page.json.answer(&headers);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(caching));
    Ok(response)
}
