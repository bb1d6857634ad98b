//! The record, read. Must not hold any of it.

use roomkey_schema::read::Read;
use roomkey_schema::record::Page;

use super::{Abort, Failure, call};
use crate::paths;

/// The last entries about objects, each `VENDOR:ID`; so many at most.
pub(crate) async fn about(objects: &[String], most: usize, abort: &Abort) -> Result<Page, Failure> {
    let answer = call("GET", &paths::record_call(objects, most), None, None, abort).await?;
    Page::read(answer.body).ok_or_else(|| Failure::nonsense(200, None))
}
