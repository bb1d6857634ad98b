//! Finds out who asks. Below `/api` nobody without a living session gets further; elsewhere the person is only noted.

use axum::extract::{FromRequestParts, Request, State};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use roomkey_schema::session::Way;

use super::fault::{Fault, Kind};
use crate::app::App;
use crate::auth::federated::Vouched;
use crate::auth::session::SignedIn;
use crate::auth::{cookie, embed, trusted};
use crate::store::StoreFault;

/// A request with this header set to `1` was made by the page itself, not by the person: it keeps no session alive.
pub const BACKGROUND: &str = "x-roomkey-background";

/// Looks the session up.
pub async fn layer(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_api = path == "/api" || path.starts_with("/api/");
    if !is_api && !path.starts_with("/auth/") {
        return next.run(request).await;
    }
    let background = request.headers().get(BACKGROUND).is_some_and(|value| value == "1");
    let signed_in = match find(&app, request.headers(), background).await {
        Ok(signed_in) => signed_in.filter(|signed_in| stands(&app, signed_in, &request)),
        Err(error) => return Fault::new(Kind::Busy).cause(&error).into_response(),
    };
    match signed_in {
        Some(signed_in) => {
            request.extensions_mut().insert(signed_in);
        }
        None if is_api => return Fault::new(Kind::SessionRequired).into_response(),
        None => {}
    }
    next.run(request).await
}

/// Whom a reverse proxy names is there only as long as it does.
fn stands(app: &App, signed_in: &SignedIn, request: &Request) -> bool {
    signed_in.way != Way::Header || trusted::stands(app, signed_in, request.extensions().get::<Vouched>())
}

/// In a frame of another page: the frame's own session, else that of our own pages, which a browser sends there only when
/// both are of one site.
async fn find(app: &App, headers: &HeaderMap, background: bool) -> Result<Option<SignedIn>, StoreFault> {
    if let Some(signed_in) = embed::find(app, headers, background).await? {
        return Ok(Some(signed_in));
    }
    match cookie::read(headers) {
        Some(id) => app.sessions.find(&id, background).await,
        None => Ok(None),
    }
}

/// Handlers that take this are for people with a session.
impl<S: Sync> FromRequestParts<S> for SignedIn {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Fault> {
        parts.extensions.get().cloned().ok_or_else(|| Fault::new(Kind::SessionRequired))
    }
}
