//! `/api/connections`: how it stands with each vendor, and testing it now. Administrators and auditors look, administrators
//! test. Looking asks no vendor.

use axum::Json;
use axum::extract::{Path, State};
use roomkey_schema::Role;
use roomkey_schema::connection::Connection;

use crate::app::App;
use crate::audit::Entry;
use crate::audit::entry::Kind as EntryKind;
use crate::auth::session::SignedIn;
use crate::connections;
use crate::http::fault::{Fault, Kind};
use crate::http::request_id::RequestId;
use crate::store::StoreFault;
use crate::words::fill;

/// `GET /api/connections`.
pub async fn list(State(app): State<App>, id: RequestId, caller: SignedIn) -> Result<Json<Vec<Connection>>, Fault> {
    permit(&app, &id, &caller, &[Role::Admin, Role::Auditor]).await?;
    Ok(Json(connections::all(&app, &id).await.map_err(unavailable)?))
}

/// `POST /api/connections/{vendor}/test`: answers when it has been tested.
pub async fn test(
    State(app): State<App>,
    id: RequestId,
    caller: SignedIn,
    Path(vendor): Path<String>,
) -> Result<Json<Connection>, Fault> {
    permit(&app, &id, &caller, &[Role::Admin]).await?;
    connections::test(&app, &vendor).await;
    let connection = connections::one(&app, &vendor, &id).await.map_err(unavailable)?;
    connection.map(Json).ok_or_else(|| Fault::new(Kind::NotFound))
}

/// Default deny; denials are recorded.
async fn permit(app: &App, id: &RequestId, caller: &SignedIn, roles: &[Role]) -> Result<(), Fault> {
    if roles.contains(&caller.role) {
        return Ok(());
    }
    let mut entry = Entry::new(EntryKind::Denied, app.recorder.now(), &caller.name, Some(caller.role), id.as_str());
    entry.operation = Some("connections".to_owned());
    if let Err(error) = app.recorder.append(&entry).await {
        tracing::error!(%error, request_id = entry.request_id, "a denial could not be recorded");
    }
    Err(Fault::new(Kind::Forbidden).detail(fill(&app.words.details.forbidden, &[("role", caller.role.as_str())])))
}

fn unavailable(error: StoreFault) -> Fault {
    Fault::new(Kind::Busy).cause(&error)
}
