//! Letting somebody in, however it was found out who it is: record first, then the session. Nobody gets a session that is
//! not recorded.

use secrecy::SecretString;

use super::session::Begin;
use crate::app::App;
use crate::audit::Entry;
use crate::audit::chain::Hash;
use crate::audit::entry::Kind as EntryKind;
use crate::http::fault::{Fault, Kind};
use crate::http::request_id::RequestId;
use roomkey_schema::Role;

/// A new session's id. The one that the browser had before ends.
pub async fn admit(
    app: &App,
    begin: Begin,
    role: Role,
    before: Option<Hash>,
    id: &RequestId,
) -> Result<SecretString, Fault> {
    let busy = |error: &dyn std::fmt::Display| Fault::new(Kind::Busy).cause(error);
    let entry = Entry::new(EntryKind::SignedIn, app.recorder.now(), &begin.name, Some(role), id.as_str());
    app.recorder.append(&entry).await.map_err(|error| Fault::new(Kind::RecordUnavailable).cause(&error))?;
    let session = app.sessions.begin(begin).await.map_err(|error| busy(&error))?;
    if let Some(before) = before {
        app.sessions.end(&before).await.map_err(|error| busy(&error))?;
    }
    Ok(session)
}
