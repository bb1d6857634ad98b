//! What the record is asked for: entries, each an intent together with its outcome, newest first. Must not change the
//! record.

use async_trait::async_trait;

use super::{AuditRow, StoreFault};

/// What is looked for. What is not said does not matter.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Search {
    /// Account, in either case.
    pub actor: Option<String>,
    /// Any of these: vendor and id.
    pub objects: Vec<(String, String)>,
    /// Vendor's id.
    pub vendor: Option<String>,
    /// Operation's id.
    pub operation: Option<String>,
    /// Kind, as entries spell it.
    pub kind: Option<String>,
    /// Result, as entries spell it, or [`OPEN`].
    pub result: Option<String>,
    /// Not before this moment, as entries spell it.
    pub from: Option<String>,
    /// Before this moment, as entries spell it.
    pub until: Option<String>,
    /// Somewhere in account or objects, in lower case.
    pub text: Option<String>,
    /// Whether the text may stand in the reason, too.
    pub in_reasons: bool,
    /// Older than the entry of that number.
    pub before: Option<u64>,
}

/// The result of what was begun and has no outcome.
pub const OPEN: &str = "open";

/// An entry's rows.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct StoredEntry {
    /// Its first row.
    pub began: AuditRow,
    /// The row of its outcome.
    pub ended: Option<AuditRow>,
    /// The entry that undid it.
    pub undone: Option<u64>,
}

/// Finds entries.
#[async_trait]
pub trait EntryStore: Send + Sync {
    /// Up to `limit` entries, newest first.
    async fn entries(&self, search: &Search, limit: u32) -> Result<Vec<StoredEntry>, StoreFault>;
    /// The entry whose first row, or whose outcome, has that number.
    async fn entry(&self, seq: u64) -> Result<Option<StoredEntry>, StoreFault>;
    /// The first of these rows of which the index tells something else than the record, if there is one.
    async fn misled(&self, first: u64, last: u64) -> Result<Option<u64>, StoreFault>;
}
