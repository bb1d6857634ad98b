//! Asks for one secret. Must not keep it.

use serde_json::Value;

use super::{Abort, Failure, call, json};
use crate::paths;

/// The secret that the body names, with a reason.
pub(crate) async fn show(wanted: Value) -> Result<String, Failure> {
    let answer = call("POST", paths::REVEAL_CALL, Some(json(&wanted)), None, &Abort::never()).await?;
    let value = answer.body.get("value").and_then(Value::as_str);
    value.map(str::to_owned).ok_or_else(|| Failure::nonsense(200, None))
}
