//! The record: entries, undoing one, and whether it is whole. Shapes come from `roomkey_schema`; must not hold any of them.

use roomkey_schema::read::Read;
use roomkey_schema::record::{Entry, Page, Verification};
use serde_json::json;

use super::jobs::By;
use super::{Abort, Failure, call};
use crate::paths;

/// Entries that fit, newest first; those older than `before`.
pub(crate) async fn page(asked: &[(&str, &str)], before: Option<u64>, abort: &Abort) -> Result<Page, Failure> {
    let before = before.map(|before| before.to_string()).unwrap_or_default();
    let path = paths::with_query(&paths::with_query(paths::RECORD_CALL, asked), &[("before", &before)]);
    Page::read(call("GET", &path, None, None, abort).await?.body).ok_or_else(nonsense)
}

/// One entry.
pub(crate) async fn one(seq: &str, abort: &Abort) -> Result<Entry, Failure> {
    Entry::read(call("GET", &paths::entry_call(seq, ""), None, None, abort).await?.body).ok_or_else(nonsense)
}

/// Takes a change back.
pub(crate) async fn undo(seq: u64) -> Result<(), Failure> {
    let path = paths::entry_call(&seq.to_string(), "undo");
    call("POST", &path, Some(super::json(&json!({}))), None, &Abort::never()).await.map(drop)
}

/// How far looking through the record is.
pub(crate) async fn verification(by: By, abort: &Abort) -> Result<Verification, Failure> {
    let header = (by == By::Page).then_some(("x-roomkey-background", "1"));
    let answer = call("GET", &paths::verify_call(), None, header, abort).await?;
    Verification::read(answer.body).ok_or_else(nonsense)
}

/// Begins to look through it.
pub(crate) async fn verify(abort: &Abort) -> Result<Verification, Failure> {
    let answer = call("POST", &paths::verify_call(), Some(super::json(&json!({}))), None, abort).await?;
    Verification::read(answer.body).ok_or_else(nonsense)
}

fn nonsense() -> Failure {
    Failure::nonsense(200, None)
}
