//! Writes what is about to be done, how it ended and what was denied into the record. Redacts before it writes.

use roomkey_schema::Operation;
use serde_json::Value;

use super::asked::{Asked, Held};
use super::settle::Outcome;
use super::target::Found;
use crate::app::App;
use crate::audit::Entry;
use crate::audit::entry::{Change, Kind as EntryKind};
use crate::auth::session::SignedIn;
use crate::http::fault::{Fault, Kind};
use crate::http::request_id::RequestId;

/// What all entries of one request have in common.
pub(super) struct Record<'a> {
    app: &'a App,
    base: Entry,
}

impl<'a> Record<'a> {
    /// For a request of that person for that operation.
    pub(super) fn new(app: &'a App, id: &RequestId, caller: &SignedIn, found: &Found<'_>) -> Self {
        let mut base = Entry::new(EntryKind::Denied, app.recorder.now(), &caller.name, Some(caller.role), id.as_str());
        base.vendor = Some(found.operation.vendor.clone());
        base.operation = Some(found.operation.id.clone());
        base.objects = found.params.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        Self { app, base }
    }

    /// Notes that the role does not allow it. The denial stands even when it cannot be noted.
    pub(super) async fn denied(&self) {
        if let Err(error) = self.app.recorder.append(&self.base).await {
            tracing::error!(%error, request_id = self.base.request_id, "a denial could not be recorded");
        }
    }

    /// Notes what is about to be done; answers its number. Without it nothing may be sent.
    pub(super) async fn intent(&self, asked: &Asked<'_>, before: Option<&Held>) -> Result<u64, Fault> {
        let mut entry = self.entry(EntryKind::Intent, asked);
        entry.changes = changes(asked, before);
        self.app.recorder.append(&entry).await.map_err(|error| Fault::new(Kind::RecordUnavailable).cause(&error))
    }

    /// Notes how it ended; answers its number, or the intent's when the end could not be noted: then the intent without
    /// an outcome tells whoever reads the record that the end is not known.
    pub(super) async fn outcome(&self, asked: &Asked<'_>, intent: u64, outcome: &Outcome) -> u64 {
        let mut entry = self.entry(EntryKind::Outcome, asked);
        entry.intent = Some(intent);
        entry.result = Some(outcome.result);
        entry.tracking_id.clone_from(&outcome.tracking_id);
        entry.not_applied.clone_from(&outcome.not_applied);
        if let Err(fault) = &outcome.answer {
            entry.problem = Some(fault.parts().kind.as_str().to_owned());
            entry.vendor_code.clone_from(&fault.parts().vendor_code);
        }
        match self.app.recorder.append(&entry).await {
            Ok(seq) => seq,
            Err(error) => {
                tracing::error!(%error, request_id = entry.request_id, intent, "an outcome could not be recorded");
                intent
            }
        }
    }

    fn entry(&self, kind: EntryKind, asked: &Asked<'_>) -> Entry {
        let mut entry = Entry { kind, at: self.app.recorder.now(), ..self.base.clone() };
        entry.query.clone_from(&asked.query);
        entry
    }
}

/// Old and new of each leaf that is sent; secrets only as set or not set. Of files, what they are called and how large
/// they are.
fn changes(asked: &Asked<'_>, before: Option<&Held>) -> Vec<Change> {
    let Some(body) = asked.body.as_ref().or(asked.files.as_ref()) else { return Vec::new() };
    let mut sent = body.clone();
    asked.operation.redact(&mut sent);
    if let Some(read) = asked.read_back {
        Operation::redact(read, &mut sent);
    }
    let mut changes = Vec::new();
    leaves(&sent, "", &mut |pointer, new| {
        let old = before.and_then(|held| held.redacted.pointer(pointer)).cloned();
        changes.push(Change { pointer: pointer.to_owned(), old, new: new.clone() });
    });
    changes
}

/// Lists are leaves: the vendors replace them whole.
fn leaves(value: &Value, pointer: &str, visit: &mut impl FnMut(&str, &Value)) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (key, member) in members {
                leaves(member, &roomkey_schema::json::child(pointer, key), visit);
            }
        }
        leaf => visit(pointer, leaf),
    }
}
