//! Signing in, signing out, and who is signed in. Must not decide who may do what.

use axum::Json;
use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Response};
use roomkey_schema::wire::Me;
use secrecy::SecretString;
use serde::Deserialize;

use crate::app::App;
use crate::audit::Entry;
use crate::audit::entry::Kind as EntryKind;
use crate::auth::cookie;
use crate::auth::login::{self, Typed};
use crate::auth::session::SignedIn;
use crate::http::body;
use crate::http::fault::{Fault, Kind};
use crate::http::peer::Peer;
use crate::http::request_id::RequestId;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Credentials {
    username: String,
    password: SecretString,
}

/// `POST /auth/login`: a session for a name and its password. A session that the browser had before ends.
pub async fn login(
    State(app): State<App>,
    id: RequestId,
    peer: Peer,
    before: Result<SignedIn, Fault>,
    body: Body,
) -> Result<Response, Fault> {
    let shape = || Fault::new(Kind::BadRequest).detail(&app.words.details.sign_in_shape);
    let value = body::json(&app, body).await?.ok_or_else(shape)?;
    let typed: Credentials = serde_json::from_value(value).map_err(|_| shape())?;
    let address = if app.config.behind_proxy { None } else { peer.ip() };
    let typed = Typed { name: typed.username, password: typed.password, address };
    let session_id = login::sign_in(&app, typed, &id).await?;
    if let Ok(before) = before {
        app.sessions.end(&before.id_hash).await.map_err(|error| Fault::new(Kind::Busy).cause(&error))?;
    }
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, cookie::set(&session_id))]).into_response())
}

/// `POST /auth/logout`: ends the session, if there is one.
pub async fn logout(State(app): State<App>, id: RequestId, before: Result<SignedIn, Fault>) -> Result<Response, Fault> {
    if let Ok(before) = before {
        app.sessions.end(&before.id_hash).await.map_err(|error| Fault::new(Kind::Busy).cause(&error))?;
        let entry = Entry::new(EntryKind::SignedOut, app.recorder.now(), &before.name, Some(before.role), id.as_str());
        if let Err(error) = app.recorder.append(&entry).await {
            tracing::error!(%error, "signing out could not be recorded");
        }
    }
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, cookie::clear())]).into_response())
}

/// `GET /auth/me`. With `?quiet`, nobody signed in is no error: 204. The console asks that way at its start, so that a
/// first visit leaves no failed request in the browser's console.
pub async fn me(RawQuery(query): RawQuery, signed_in: Result<SignedIn, Fault>) -> Result<Response, Fault> {
    match signed_in {
        Ok(SignedIn { name, role, scope, .. }) => Ok(Json(Me { name, role, scope }).into_response()),
        Err(fault) if fault.parts().kind == Kind::SessionRequired && query.as_deref() == Some("quiet") => {
            Ok(StatusCode::NO_CONTENT.into_response())
        }
        Err(fault) => Err(fault),
    }
}
