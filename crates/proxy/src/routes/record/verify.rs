//! `/api/audit/verify`: looking through the whole record, and how far that is. Must not wait for its end.

use axum::Json;
use axum::extract::State;
use roomkey_schema::record::Verification;

use super::super::permission::permit;
use super::READERS;
use crate::app::App;
use crate::audit::verification;
use crate::auth::session::SignedIn;
use crate::http::fault::Fault;
use crate::http::request_id::RequestId;

/// What the record calls it.
const PART: &str = "record.verify";

/// `GET`: how far it is, or how it ended.
pub(super) async fn look(State(app): State<App>, id: RequestId, caller: SignedIn) -> Result<Json<Verification>, Fault> {
    permit(&app, &id, &caller, &READERS, PART).await?;
    Ok(Json(verification::shown(&app)))
}

/// `POST`: begins, unless somebody has.
pub(super) async fn begin(
    State(app): State<App>,
    id: RequestId,
    caller: SignedIn,
) -> Result<Json<Verification>, Fault> {
    permit(&app, &id, &caller, &READERS, PART).await?;
    verification::begin(&app);
    Ok(Json(verification::shown(&app)))
}
