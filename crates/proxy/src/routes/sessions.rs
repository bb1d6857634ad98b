//! `/api/sessions`: one's own, and for an administrator everybody's; ending one, or all of one's own. What is ended is gone
//! from the store, so that the next request of it finds none.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Response};
use roomkey_schema::Role;
use roomkey_schema::session::Session;

use crate::app::App;
use crate::audit::Entry;
use crate::audit::entry::Kind as EntryKind;
use crate::auth::cookie;
use crate::auth::session::SignedIn;
use crate::clock::rfc3339;
use crate::http::fault::{Fault, Kind};
use crate::http::request_id::RequestId;
use crate::store::StoreFault;

/// `GET /api/sessions`: the latest first.
pub async fn list(State(app): State<App>, caller: SignedIn) -> Result<Json<Vec<Session>>, Fault> {
    let sessions = app.sessions.list(reach(&caller)).await.map_err(unavailable)?;
    let shown = sessions.into_iter().map(|(session, role)| Session {
        current: session.id_hash == caller.id_hash,
        id: session.public_id,
        name: session.name,
        role,
        way: session.way,
        address: session.address,
        browser: session.browser,
        began_at: rfc3339(session.created_ms),
        active_at: rfc3339(session.active_ms),
    });
    Ok(Json(shown.collect()))
}

/// `DELETE /api/sessions/{id}`: one that is not there, or somebody else's for who is no administrator, does not exist.
pub async fn end(
    State(app): State<App>,
    id: RequestId,
    caller: SignedIn,
    Path(session): Path<String>,
) -> Result<StatusCode, Fault> {
    let people = app.store.identities();
    let whose = people.end_session(&session, reach(&caller)).await.map_err(unavailable)?;
    let whose = whose.ok_or_else(|| Fault::new(Kind::NotFound))?;
    record(&app, &id, &caller, &whose, Some(session)).await;
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE /api/sessions`: signs the caller out everywhere, here too.
pub async fn end_all(State(app): State<App>, id: RequestId, caller: SignedIn) -> Result<Response, Fault> {
    app.store.identities().end_sessions_of(&caller.name).await.map_err(unavailable)?;
    record(&app, &id, &caller, &caller.name, None).await;
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, cookie::clear())]).into_response())
}

/// Whose sessions somebody may see and end; none for everybody's.
fn reach(caller: &SignedIn) -> Option<&str> {
    (caller.role != Role::Admin).then_some(caller.name.as_str())
}

/// It has ended all the same when this cannot be written down.
async fn record(app: &App, id: &RequestId, caller: &SignedIn, whose: &str, session: Option<String>) {
    let mut entry =
        Entry::new(EntryKind::SessionEnded, app.recorder.now(), &caller.name, Some(caller.role), id.as_str());
    entry.objects.insert("account".to_owned(), whose.to_owned());
    entry.objects.extend(session.map(|session| ("session".to_owned(), session)));
    if let Err(error) = app.recorder.append(&entry).await {
        tracing::error!(%error, request_id = entry.request_id, "the end of a session could not be recorded");
    }
}

fn unavailable(error: StoreFault) -> Fault {
    Fault::new(Kind::Busy).cause(&error)
}
