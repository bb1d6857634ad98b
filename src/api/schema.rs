//! What the signed-in person may reach: the index, and forms by their content's hash. Shapes come from
//! `roomkey_schema`; nothing is read into them here.

use roomkey_schema::Form;
use roomkey_schema::read::Read;
use roomkey_schema::wire::{FormEntry, Index};

use super::{Abort, Failure, call};
use crate::paths;

/// Forms and operations that the caller may use.
pub(crate) async fn index(abort: &Abort) -> Result<Index, Failure> {
    let answer = call("GET", paths::SCHEMA_CALL, None, None, abort).await?;
    Index::read(answer.body).ok_or_else(|| Failure::nonsense(200, None))
}

/// One form of the index. The browser keeps it for as long as the hash stays.
pub(crate) async fn form(entry: &FormEntry, abort: &Abort) -> Result<Form, Failure> {
    let path = paths::with_query(&format!("{}/{}", paths::SCHEMA_CALL, entry.id), &[("v", &entry.hash)]);
    let answer = call("GET", &path, None, None, abort).await?;
    Form::read(answer.body).ok_or_else(|| Failure::nonsense(200, None))
}
