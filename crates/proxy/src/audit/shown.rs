//! Entries of the record as they travel to the console. What the reader must not know is left out here.

use roomkey_schema::Role;
use roomkey_schema::record::{Change, Entry as Shown};
use serde_json::{Value, json};

use super::Entry;

use crate::app::App;
use crate::auth::session::SignedIn;
use crate::http::fault::Kind as ProblemKind;
use crate::store::entries::StoredEntry;

/// What that reader is shown of an entry.
pub fn entry(app: &App, reader: &SignedIn, stored: &StoredEntry) -> Shown {
    let Ok(began) = serde_json::from_str::<Entry>(&stored.content) else { return unreadable(stored) };
    let ended: Option<Entry> = stored.outcome.as_deref().and_then(|content| serde_json::from_str(content).ok());
    let end = ended.as_ref().unwrap_or(&began);
    let not_applied = &end.not_applied;
    let changes = began.changes.iter().map(|change| Change {
        pointer: change.pointer.clone(),
        label: String::new(),
        old: change.old.clone(),
        new: change.new.clone(),
        not_applied: not_applied.contains(&change.pointer),
    });
    Shown {
        seq: stored.seq,
        at: began.at.clone(),
        kind: name_of(began.kind),
        actor: began.actor.clone(),
        role: began.role,
        vendor: began.vendor.clone(),
        operation: began.operation.clone(),
        title: String::new(),
        objects: began.objects.iter().map(|(name, id)| (name.clone(), id.clone())).collect(),
        names: [].into_iter().collect(),
        changes: changes.collect(),
        result: end.result.map(name_of),
        problem: end.problem.as_deref().map(|problem| sentence(app, end, problem)),
        vendor_code: end.vendor_code.clone(),
        tracking_id: end.tracking_id.clone(),
        request_id: began.request_id.clone(),
        reason: began.reason.clone().filter(|_| may_know_why(reader, &began)),
        job: began.job.clone(),
        undo: false,
    }
}

/// Of a row that another release wrote differently: when, what about and who.
fn unreadable(stored: &StoredEntry) -> Shown {
    let content: Value = serde_json::from_str(&stored.content).unwrap_or_default();
    let text = |name: &str| content.get(name).cloned().unwrap_or_default();
    let shown = json!({"seq": stored.seq, "at": text("at"), "kind": text("kind"), "actor": text("actor")});
    serde_json::from_value(shown).unwrap_or_default()
}

/// Why somebody wanted to see a secret is not the help desk's business, unless it was its own.
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
