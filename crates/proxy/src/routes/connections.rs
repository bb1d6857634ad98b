//! `/api/connections`: how it stands with each vendor, and testing it now. Administrators and auditors look, administrators
//! test. Looking asks no vendor.

use axum::Json;
use axum::extract::{Path, State};
use roomkey_schema::Role;
use roomkey_schema::connection::Connection;

use super::permission::permit;
use crate::app::App;
use crate::auth::session::SignedIn;
use crate::connections;
use crate::http::fault::{Fault, Kind};
use crate::http::request_id::RequestId;
use crate::store::StoreFault;

/// What the record calls it.
const PART: &str = "connections";

/// `GET /api/connections`.
pub async fn list(State(app): State<App>, id: RequestId, caller: SignedIn) -> Result<Json<Vec<Connection>>, Fault> {
    permit(&app, &id, &caller, &[Role::Admin, Role::Auditor], PART).await?;
    Ok(Json(connections::all(&app, &id).await.map_err(unavailable)?))
}

/// `POST /api/connections/{vendor}/test`: answers when it has been tested.
pub async fn test(
    State(app): State<App>,
    id: RequestId,
    caller: SignedIn,
    Path(vendor): Path<String>,
) -> Result<Json<Connection>, Fault> {
    permit(&app, &id, &caller, &[Role::Admin], PART).await?;
    connections::test(&app, &vendor).await;
    let connection = connections::one(&app, &vendor, &id).await.map_err(unavailable)?;
    connection.map(Json).ok_or_else(|| Fault::new(Kind::NotFound))
}

fn unavailable(error: StoreFault) -> Fault {
    Fault::new(Kind::Busy).cause(&error)
}
