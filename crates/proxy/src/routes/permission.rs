//! What a role may do that is no operation of a vendor: default deny, and every denial is on record. Who may call an
//! operation is the table's business (`exchange::target`).

use roomkey_schema::Role;

use crate::app::App;
use crate::audit::Entry;
use crate::audit::entry::Kind as EntryKind;
use crate::auth::session::SignedIn;
use crate::http::fault::{Fault, Kind};
use crate::http::request_id::RequestId;
use crate::words::fill;

/// Lets those roles through to `what`, as the record calls it.
pub(super) async fn permit(
    app: &App,
    id: &RequestId,
    caller: &SignedIn,
    roles: &[Role],
    what: &str,
) -> Result<(), Fault> {
    if roles.contains(&caller.role) { Ok(()) } else { Err(denied(app, id, caller, what).await) }
}

/// Puts it on record and says that the role does not allow it. The denial stands even when it cannot be recorded.
pub(super) async fn denied(app: &App, id: &RequestId, caller: &SignedIn, what: &str) -> Fault {
    let mut entry = Entry::new(EntryKind::Denied, app.recorder.now(), &caller.name, Some(caller.role), id.as_str());
    entry.operation = Some(what.to_owned());
    if let Err(error) = app.recorder.append(&entry).await {
        tracing::error!(%error, request_id = entry.request_id, "a denial could not be recorded");
    }
    Fault::new(Kind::Forbidden).detail(fill(&app.words.details.forbidden, &[("role", caller.role.as_str())]))
}
