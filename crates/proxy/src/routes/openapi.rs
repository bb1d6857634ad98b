//! `GET /api/openapi.json`: the API as the caller may use it.

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;

use crate::app::App;
use crate::auth::session::SignedIn;
use crate::http::fault::{Fault, Kind};

/// The description for the caller's role.
pub async fn document(State(app): State<App>, caller: SignedIn, headers: HeaderMap) -> Result<Response, Fault> {
    let document = app.pages.openapi(caller.role).ok_or_else(|| Fault::new(Kind::NotFound))?;
    let mut response = document.answer(&headers);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(response)
}
