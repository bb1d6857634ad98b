//! Signing in with a name and a password, signing out, who is signed in, and how one can sign in. Must not decide who may do
//! what. `oidc` and `trusted` are the other ways in.

pub mod oidc;
pub mod trusted;

use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use roomkey_schema::session::{SignedOut, Way, Ways};
use roomkey_schema::wire::Me;
use secrecy::SecretString;
use serde::Deserialize;

use crate::app::App;
use crate::audit::Entry;
use crate::audit::entry::Kind as EntryKind;
use crate::auth::admit::admit;
use crate::auth::cookie;
use crate::auth::federated::Vouched;
use crate::auth::login::{self, Typed};
use crate::auth::session::{Begin, SignedIn};
use crate::auth::whence::Whence;
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
    whence: Whence,
    before: Result<SignedIn, Fault>,
    body: Body,
) -> Result<Response, Fault> {
    if !app.config.sign_in.local {
        return Err(Fault::new(Kind::Forbidden).detail(&app.words.details.sign_in_not_local));
    }
    let shape = || Fault::new(Kind::BadRequest).detail(&app.words.details.sign_in_shape);
    let value = body::json(&app, body).await?.ok_or_else(shape)?;
    let typed: Credentials = serde_json::from_value(value).map_err(|_| shape())?;
    let address = if app.config.behind_proxy { None } else { peer.ip() };
    let typed = Typed { name: typed.username, password: typed.password, address };
    let account = login::check(&app, typed, &id).await?;
    let (name, proven_ms) = (account.name, app.clock.now_ms());
    let begin = Begin { name, way: Way::Password, proven_ms, whence, provider_session: None };
    let session_id = admit(&app, begin, account.role, before.ok().map(|before| before.id_hash), &id).await?;
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, cookie::set(&session_id))]).into_response())
}

/// `POST /auth/logout`: ends the session, if there is one. Says where the provider ends its own, when that is how it began.
pub async fn logout(State(app): State<App>, id: RequestId, before: Result<SignedIn, Fault>) -> Result<Response, Fault> {
    let mut to = None;
    if let Ok(before) = before {
        app.sessions.end(&before.id_hash).await.map_err(|error| Fault::new(Kind::Busy).cause(&error))?;
        let entry = Entry::new(EntryKind::SignedOut, app.recorder.now(), &before.name, Some(before.role), id.as_str());
        if let Err(error) = app.recorder.append(&entry).await {
            tracing::error!(%error, "signing out could not be recorded");
        }
        if let Some(provider) = app.provider.as_ref().filter(|_| before.way == Way::Provider) {
            to = provider.end_session().await;
        }
    }
    let cookie = [(SET_COOKIE, cookie::clear())];
    Ok(match to {
        Some(_) => (cookie, Json(SignedOut { to })).into_response(),
        None => (StatusCode::NO_CONTENT, cookie).into_response(),
    })
}

/// `GET /auth/me`. With `?quiet`, nobody signed in is no error: 204. The console asks that way at its start, so that a
/// first visit leaves no failed request in the browser's console.
pub async fn me(RawQuery(query): RawQuery, signed_in: Result<SignedIn, Fault>) -> Result<Response, Fault> {
    match signed_in {
        Ok(SignedIn { name, role, scope, way, .. }) => Ok(Json(Me { name, role, scope, way }).into_response()),
        Err(fault) if fault.parts().kind == Kind::SessionRequired && query.as_deref() == Some("quiet") => {
            Ok(StatusCode::NO_CONTENT.into_response())
        }
        Err(fault) => Err(fault),
    }
}

/// `GET /auth/ways`: how one can sign in here, and whom a reverse proxy names.
pub async fn ways(State(app): State<App>, vouched: Option<Extension<Vouched>>) -> Json<Ways> {
    Json(Ways {
        local: app.config.sign_in.local,
        provider: app.provider.as_ref().map(|provider| provider.name().to_owned()),
        header: vouched.map(|Extension(vouched)| vouched.subject),
    })
}
