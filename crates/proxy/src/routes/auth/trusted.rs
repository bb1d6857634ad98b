//! `POST /auth/trusted`: a session for whom a reverse proxy names. The console asks for it, with everything that makes the
//! request its own, so that no other page can begin one.

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Response};
use roomkey_schema::session::Way;

use crate::app::App;
use crate::auth::admit::admit;
use crate::auth::cookie;
use crate::auth::federated::{self, Unknown, Vouched};
use crate::auth::session::{Begin, SignedIn};
use crate::auth::whence::Whence;
use crate::http::fault::{Fault, Kind};
use crate::http::request_id::RequestId;

/// The layer below has looked at the headers; without them nobody is named. When the person proved who it is, is not known:
/// the proxy does not say.
pub async fn sign_in(
    State(app): State<App>,
    id: RequestId,
    whence: Whence,
    before: Result<SignedIn, Fault>,
    vouched: Option<Extension<Vouched>>,
) -> Result<Response, Fault> {
    let Some(Extension(vouched)) = vouched else {
        return Err(Fault::new(Kind::SessionRequired).detail(&app.words.details.trusted_nobody));
    };
    let known = federated::account(&app, &vouched, &id).await.map_err(|unknown| match unknown {
        Unknown::NoRole => Fault::new(Kind::Forbidden).detail(&app.words.details.sign_in_no_role),
        Unknown::Store(error) => Fault::new(Kind::Busy).cause(&error),
    })?;
    let begin = Begin { name: known.name, way: Way::Header, proven_ms: 0, whence, provider_session: None };
    let session_id = admit(&app, begin, known.role, before.ok().map(|before| before.id_hash), &id).await?;
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, cookie::set(&session_id))]).into_response())
}
