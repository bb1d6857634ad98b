//! Fetches the words that a person reads. Must not need them itself.

use serde_json::Value;

use super::{Abort, Failure, once};
use crate::{paths, words};

/// The words of the page's language by key.
pub(crate) async fn load() -> Result<Value, Failure> {
    once("GET", &paths::words_call(words::language()), None, None, &Abort::never()).await.map(|answer| answer.body)
}
