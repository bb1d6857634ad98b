//! Entries as lines of text, for files that people open. Must not know how a file is written.

use roomkey_schema::record::{Change, Entry};
use serde_json::Value;

use crate::store::entries::OPEN;
use crate::words::{RecordWords, named};

/// The columns of [`cells`], by name.
pub(crate) const COLUMNS: [&str; 21] = [
    "number",
    "at",
    "ended",
    "actor",
    "role",
    "title",
    "objects",
    "changes",
    "result",
    "problem",
    "reason",
    "vendor",
    "operation",
    "kind",
    "code",
    "tracking_id",
    "request_id",
    "job",
    "row",
    "undoes",
    "undone",
];

/// An entry as a row of a table.
pub(crate) fn cells(words: &RecordWords, entry: &Entry) -> Vec<String> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let number = |value: Option<u64>| value.map(|value| value.to_string()).unwrap_or_default();
    let object = |(name, id): (&String, &String)| match entry.names.get(name) {
        Some(called) => format!("{called} ({name} {id})"),
        None => format!("{name} {id}"),
    };
    let changes = entry.changes.iter().map(|change| change_text(words, change)).chain(entry.secret.clone());
    let is_begun = matches!(entry.kind.as_str(), "intent" | "reveal");
    let result = entry.result.as_deref().or(is_begun.then_some(OPEN)).map(|result| named(&words.results, result));
    vec![
        entry.seq.to_string(),
        entry.at.clone(),
        text(&entry.ended),
        entry.actor.clone(),
        entry.role.map(|role| role.as_str().to_owned()).unwrap_or_default(),
        if entry.title.is_empty() { named(&words.kinds, &entry.kind).to_owned() } else { entry.title.clone() },
        entry.objects.iter().map(object).collect::<Vec<_>>().join("; "),
        changes.collect::<Vec<_>>().join("; "),
        result.unwrap_or_default().to_owned(),
        text(&entry.problem),
        text(&entry.reason),
        text(&entry.vendor),
        text(&entry.operation),
        named(&words.kinds, &entry.kind).to_owned(),
        text(&entry.vendor_code),
        text(&entry.tracking_id),
        entry.request_id.clone(),
        text(&entry.job),
        number(entry.row),
        number(entry.undoes),
        number(entry.undone),
    ]
}

/// A change as a person reads it.
fn change_text(words: &RecordWords, change: &Change) -> String {
    let new = new(words, change);
    match &change.old {
        Some(old) => format!("{}: {} → {new}", change.label, value(words, change, change.old_name.as_ref(), old)),
        None => format!("{}: {new}", change.label),
    }
}

/// The new value as a person reads it.
pub(crate) fn new(words: &RecordWords, change: &Change) -> String {
    value(words, change, change.new_name.as_ref(), &change.new)
}

fn value(words: &RecordWords, change: &Change, name: Option<&String>, value: &Value) -> String {
    let said = match (name, value) {
        (Some(name), _) => return name.clone(),
        (None, Value::Null) => "none",
        (None, Value::Bool(true)) if change.secret => "set",
        (None, Value::Bool(false)) if change.secret => "not_set",
        (None, Value::Bool(true)) if change.lock => "locked",
        (None, Value::Bool(false)) if change.lock => "unlocked",
        (None, Value::Bool(true)) => "on",
        (None, Value::Bool(false)) => "off",
        (None, value) => return roomkey_schema::form::value_text(value),
    };
    named(&words.values, said).to_owned()
}
