//! Whether a change can be undone from the record, and what would be written then. Pure; must not ask a vendor: whether
//! the vendor still holds what the entry had written is looked at when it is done.

use roomkey_schema::wire::FieldProblem;
use roomkey_schema::{Method, Operation, Role, covers, pick};
use serde_json::Value;

use super::Entry;
use super::entry::{Change, Kind, Result as Ended};
use super::shown::shown_change;
use super::text;
use crate::app::App;
use crate::http::fault::{Fault, Kind as ProblemKind};
use crate::words::fill;

/// A change that is to be taken back.
pub(crate) struct Plan<'a> {
    pub(crate) operation: &'a Operation,
    /// The old values, as one body.
    pub(crate) body: Value,
}

/// What undoes an entry; else a sentence that says why nothing does.
pub(crate) fn plan<'a>(app: &'a App, role: Role, began: &Entry, ended: Option<&Entry>) -> Result<Plan<'a>, &'a str> {
    let details = &app.words.details;
    let operation = began.operation.as_deref().and_then(|id| app.catalog.operation(id));
    let operation = operation.ok_or(details.undo_no_change.as_str())?;
    let changes = matches!(operation.method, Method::Patch | Method::Put) && operation.read_back.is_some();
    if began.kind != Kind::Intent || began.changes.is_empty() || !changes || operation.upload {
        return Err(&details.undo_no_change);
    }
    if ended.and_then(|ended| ended.result) != Some(Ended::Applied) {
        return Err(&details.undo_not_applied);
    }
    if began.changes.iter().any(|change| app.catalog.touches_secret(operation, &change.pointer)) {
        return Err(&details.undo_secret);
    }
    if role != Role::Admin || !operation.roles.contains(&role) {
        return Err(&details.undo_no_change);
    }
    let old = began.changes.iter().map(|change| Some((change.pointer.clone(), change.old.clone()?)));
    let body = old.collect::<Option<Vec<_>>>().and_then(pick);
    body.map(|body| Plan { operation, body }).ok_or(&details.undo_unknown)
}

/// Refuses to write over what somebody else has written since: names each value that is not the entry's any more.
pub(crate) fn compare(app: &App, began: &Entry, redacted: &Value, etag: &str) -> Result<(), Fault> {
    let mut fields = Vec::new();
    for change in &began.changes {
        let now = redacted.pointer(&change.pointer);
        if now.is_some_and(|now| covers(now, &change.new)) {
            continue;
        }
        let present = Change { new: now.cloned().unwrap_or_default(), ..change.clone() };
        let (written, present) = (shown_change(app, began, change, &[]), shown_change(app, began, &present, &[]));
        let values = [
            ("label", written.label.as_str()),
            ("written", &text::new(&app.words.record, &written)),
            ("now", &text::new(&app.words.record, &present)),
        ];
        let detail = fill(&app.words.details.undo_differs, &values);
        fields.push(FieldProblem { pointer: change.pointer.clone(), detail });
    }
    if fields.is_empty() {
        return Ok(());
    }
    let fault = Fault::new(ProblemKind::Conflict).detail(&app.words.details.undo_conflict).fields(fields);
    Err(fault.with(|parts| parts.current = Some((redacted.clone(), etag.to_owned()))))
}
