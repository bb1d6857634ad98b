//! Signing in inside a frame of another site's page, and whose pages may have such a frame. Must not decide when a code
//! counts: `auth::embed` does.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::app::App;
use crate::auth::session::SignedIn;
use crate::auth::{cookie, embed};
use crate::http::body;
use crate::http::fault::{Fault, Kind};
use crate::http::request_id::RequestId;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Challenge {
    challenge: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Code {
    code: SecretString,
    verifier: SecretString,
}

/// `GET /auth/embed`: the origins that may have the console in a frame, `{"origins": […]}`. They are no secret: the
/// policy of every document that may be framed names them.
pub async fn origins(State(app): State<App>) -> Json<Value> {
    Json(json!({"origins": app.config.embed.origins}))
}

/// `POST /auth/embed-code`: a code that takes the caller's session into the frame that made the challenge. Not for frames
/// themselves: who is in one is there by such a code.
pub async fn code(
    State(app): State<App>,
    headers: HeaderMap,
    caller: SignedIn,
    body: Body,
) -> Result<Json<Value>, Fault> {
    only_where_open(&app)?;
    if headers.contains_key(embed::FRAMED) {
        return Err(Fault::new(Kind::Forbidden));
    }
    let asked: Challenge = read(&app, body).await?;
    let code = embed::code(&app, &caller, &asked.challenge).await?;
    Ok(Json(json!({"code": code.expose_secret()})))
}

/// `POST /auth/embed-session`: a session for a code and what its challenge is the hash of. One that the frame had before
/// ends.
pub async fn session(State(app): State<App>, id: RequestId, headers: HeaderMap, body: Body) -> Result<Response, Fault> {
    only_where_open(&app)?;
    if !embed::is_framed(&headers) {
        return Err(Fault::new(Kind::Forbidden));
    }
    let brought: Code = read(&app, body).await?;
    let session_id = embed::redeem(&app, &brought.code, &brought.verifier, &id).await?;
    embed::end_before(&app, &headers).await.map_err(|error| Fault::new(Kind::Busy).cause(&error))?;
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, cookie::set_embed(&session_id))]).into_response())
}

/// Where nobody may have a frame, none of this is there.
fn only_where_open(app: &App) -> Result<(), Fault> {
    if embed::is_open(app) { Ok(()) } else { Err(Fault::new(Kind::NotFound)) }
}

async fn read<T: DeserializeOwned>(app: &App, body: Body) -> Result<T, Fault> {
    let shape = || Fault::new(Kind::BadRequest).detail(&app.words.details.embed_shape);
    let value = body::json(app, body).await?.ok_or_else(shape)?;
    serde_json::from_value(value).map_err(|_| shape())
}
