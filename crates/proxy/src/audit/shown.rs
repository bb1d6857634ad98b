//! Entries of the record as they travel to the console, in the words of the places where people do these things. What the
//! reader must not know is left out here.

use std::collections::BTreeMap;

use roomkey_schema::Role;
use roomkey_schema::record::{Change as ShownChange, Entry as Shown};
use serde_json::{Value, json};

use super::entry::Change;
use super::{Entry, undo};
use crate::app::App;
use crate::auth::session::SignedIn;
use crate::http::fault::Kind as ProblemKind;
use crate::store::entries::StoredEntry;

/// What that reader is shown of an entry.
pub fn entry(app: &App, reader: &SignedIn, stored: &StoredEntry) -> Shown {
    let Ok(began) = serde_json::from_str::<Entry>(&stored.began.content) else { return unreadable(stored) };
    let ended: Option<Entry> = stored.ended.as_ref().and_then(|row| serde_json::from_str(&row.content).ok());
    let undo = undo::plan(app, reader.role, &began, ended.as_ref()).is_ok() && stored.undone.is_none();
    let end = ended.as_ref().unwrap_or(&began);
    let title = began.operation.as_deref().map(|operation| app.catalog.title(operation).unwrap_or(operation));
    Shown {
        seq: stored.began.seq,
        at: began.at.clone(),
        ended: ended.as_ref().map(|ended| ended.at.clone()),
        kind: name_of(began.kind),
        actor: began.actor.clone(),
        role: began.role,
        vendor: began.vendor.clone(),
        operation: began.operation.clone(),
        title: title.unwrap_or_default().to_owned(),
        objects: objects(app, &began).into_iter().collect(),
        names: [].into_iter().collect(),
        changes: began.changes.iter().map(|change| shown_change(app, &began, change, &end.not_applied)).collect(),
        result: end.result.map(name_of),
        problem: end.problem.as_deref().map(|problem| sentence(app, end, problem)),
        vendor_code: end.vendor_code.clone(),
        tracking_id: end.tracking_id.clone(),
        request_id: began.request_id.clone(),
        reason: began.reason.clone().filter(|_| may_know_why(reader, &began)),
        secret: secret(app, &began),
        job: began.job.clone(),
        row: began.row,
        undoes: began.undoes,
        undone: stored.undone,
        undo,
    }
}

/// What a person calls a leaf of an entry, and what it was and became.
pub(super) fn shown_change(app: &App, began: &Entry, change: &Change, not_applied: &[String]) -> ShownChange {
    let id = began.operation.as_deref().unwrap_or_default();
    let option = began.query.get("option").map_or("", String::as_str);
    let spoken = app.catalog.leaf(id, option, &change.pointer);
    let operation = app.catalog.operation(id);
    let different = |value: &Value, name: Option<String>| name.filter(|name| value.as_str() != Some(name));
    ShownChange {
        pointer: change.pointer.clone(),
        old: change.old.clone(),
        new: change.new.clone(),
        old_name: change.old.as_ref().and_then(|old| different(old, spoken.name_of(old))),
        new_name: different(&change.new, spoken.name_of(&change.new)),
        lock: spoken.is_lock,
        secret: operation.is_some_and(|operation| app.catalog.touches_secret(operation, &change.pointer)),
        not_applied: not_applied.contains(&change.pointer),
        label: spoken.label,
    }
}

/// Of a row that another release wrote differently: when, what about and who.
fn unreadable(stored: &StoredEntry) -> Shown {
    let content: Value = serde_json::from_str(&stored.began.content).unwrap_or_default();
    let text = |name: &str| content.get(name).cloned().unwrap_or_default();
    let shown = json!({"seq": stored.began.seq, "at": text("at"), "kind": text("kind"), "actor": text("actor")});
    serde_json::from_value(shown).unwrap_or_default()
}

/// Parameters of the path, and those of the query that say whom it is about.
fn objects(app: &App, began: &Entry) -> BTreeMap<String, String> {
    let mut objects = began.objects.clone();
    let operation = began.operation.as_deref().and_then(|id| app.catalog.operation(id));
    for name in operation.iter().flat_map(|operation| &operation.subject) {
        if let Some(value) = began.query.get(name) {
            objects.insert(name.clone(), value.clone());
        }
    }
    objects
}

fn secret(app: &App, began: &Entry) -> Option<String> {
    let pointer = began.secret.as_deref()?;
    Some(app.catalog.secret(began.operation.as_deref().unwrap_or_default(), pointer))
}

/// Why others wanted to see a secret, or took new values away, is not the help desk's business.
fn may_know_why(reader: &SignedIn, began: &Entry) -> bool {
    reader.role != Role::Helpdesk || reader.name == began.actor
}

/// What went wrong, as a sentence: what the vendor's code means, or what can be said of any such problem.
fn sentence(app: &App, end: &Entry, problem: &str) -> String {
    let words = &app.words;
    let known = end.vendor.as_deref().zip(end.vendor_code.as_deref());
    if let Some(sentence) = known.and_then(|(vendor, code)| words.vendor_code(vendor, code)) {
        return sentence.to_owned();
    }
    if problem == super::unfinished::INTERRUPTED {
        return words.details.record_interrupted.clone();
    }
    let kind = ProblemKind::ALL.into_iter().find(|kind| kind.as_str() == problem);
    kind.map_or(problem, |kind| words.detail(kind)).to_owned()
}

/// As entries spell it.
fn name_of(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}
