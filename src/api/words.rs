//! Fetches the words that a person reads. Must not need them itself.

use serde_json::Value;

use super::{Abort, Failure, once};
use crate::paths;

/// The words by key.
pub(crate) async fn load() -> Result<Value, Failure> {
    once("GET", paths::WORDS, None, None, &Abort::never()).await.map(|answer| answer.body)
}
