//! Where people are signed in, and ending that.

use roomkey_schema::read::Read;
use roomkey_schema::session::Session;

use super::{Abort, Failure, call};
use crate::paths;

/// One's own sessions; for an administrator everybody's.
pub(crate) async fn list(abort: &Abort) -> Result<Vec<Session>, Failure> {
    let answer = call("GET", paths::SESSIONS_CALL, None, None, abort).await?;
    Vec::read(answer.body).ok_or_else(|| Failure::nonsense(200, None))
}

/// Ends one; all of one's own without an id.
pub(crate) async fn end(session_id: Option<&str>) -> Result<(), Failure> {
    let path = session_id.map_or_else(|| paths::SESSIONS_CALL.to_owned(), paths::session_call);
    call("DELETE", &path, None, None, &Abort::never()).await.map(drop)
}
