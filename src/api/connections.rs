//! How it stands with the vendors, and testing one now.

use roomkey_schema::connection::Connection;
use roomkey_schema::read::Read;
use serde_json::json;

use super::{Abort, Failure, call};
use crate::paths;

/// Every connection.
pub(crate) async fn list(abort: &Abort) -> Result<Vec<Connection>, Failure> {
    let answer = call("GET", paths::CONNECTIONS_CALL, None, None, abort).await?;
    Vec::read(answer.body).ok_or_else(|| Failure::nonsense(200, None))
}

/// Tests one; answers how it stands then.
pub(crate) async fn test(vendor: &str, abort: &Abort) -> Result<Connection, Failure> {
    let answer = call("POST", &paths::test_call(vendor), Some(super::json(&json!({}))), None, abort).await?;
    Connection::read(answer.body).ok_or_else(|| Failure::nonsense(200, None))
}
