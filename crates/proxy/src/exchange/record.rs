//! Writes what is about to be done, how it ended and what was denied into the record. Redacts before it writes.

use roomkey_schema::{Operation, PathParams};
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
use crate::store::jobs::{Begun, Reserve};

/// What all entries of one request have in common.
pub(crate) struct Record<'a> {
    app: &'a App,
    base: Entry,
}

impl<'a> Record<'a> {
    /// For a request of that person for that operation.
    pub(crate) fn new(app: &'a App, id: &RequestId, caller: &SignedIn, found: &Found<'_>) -> Self {
        let base = Entry::new(EntryKind::Denied, app.recorder.now(), &caller.name, Some(caller.role), id.as_str());
        Self::of(app, base, found.operation, &found.params)
    }

    /// For entries that begin like `base`.
    pub(crate) fn of(app: &'a App, mut base: Entry, operation: &Operation, params: &PathParams) -> Self {
        base.vendor = Some(operation.vendor.clone());
        base.operation = Some(operation.id.clone());
        base.objects = params.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        Self { app, base }
    }

    /// For entries that undo that one.
    pub(crate) fn undoing(mut self, seq: u64) -> Self {
        self.base.undoes = Some(seq);
        self
    }

    /// Notes that the role does not allow it. The denial stands even when it cannot be noted.
    pub(crate) async fn denied(&self) {
        if let Err(error) = self.app.recorder.append(&self.base).await {
            tracing::error!(%error, request_id = self.base.request_id, "a denial could not be recorded");
        }
    }

    /// Notes what is about to be done, and counts it against the lane that it goes by; answers its number. Without it
    /// nothing may be sent. None when the lane has no change left.
    pub(crate) async fn intent(
        &self,
        asked: &Asked<'_>,
        before: Option<&Held>,
        reserve: Option<Reserve<'_>>,
    ) -> Result<Option<u64>, Fault> {
        let unavailable = |error: &dyn std::fmt::Display| Fault::new(Kind::RecordUnavailable).cause(error);
        let entry = self.intent_entry(asked, before);
        let Some(reserve) = reserve else {
            return self.app.recorder.append(&entry).await.map(Some).map_err(|error| unavailable(&error));
        };
        let content = serde_json::to_string(&entry).map_err(|error| unavailable(&error))?;
        let begun = self.app.store.jobs().append_reserving(reserve, &content, self.app.recorder.chain()).await;
        self.app.recorder.noticed();
        match begun.map_err(|error| unavailable(&error))? {
            Begun::Intent(seq) => Ok(Some(seq)),
            Begun::NoneLeft | Begun::Lost => Ok(None),
        }
    }

    /// What is about to be done.
    pub(crate) fn intent_entry(&self, asked: &Asked<'_>, before: Option<&Held>) -> Entry {
        Entry { changes: changes(asked, before), ..self.entry(EntryKind::Intent, asked) }
    }

    /// Notes how it ended; answers its number, or the intent's when the end could not be noted: then the intent without
    /// an outcome tells whoever reads the record that the end is not known.
    pub(crate) async fn outcome(&self, asked: &Asked<'_>, intent: u64, outcome: &Outcome) -> u64 {
        let entry = self.outcome_entry(asked, intent, outcome);
        match self.app.recorder.append(&entry).await {
            Ok(seq) => seq,
            Err(error) => {
                tracing::error!(%error, request_id = entry.request_id, intent, "an outcome could not be recorded");
                intent
            }
        }
    }

    /// How it ended.
    pub(crate) fn outcome_entry(&self, asked: &Asked<'_>, intent: u64, outcome: &Outcome) -> Entry {
        let mut entry = self.entry(EntryKind::Outcome, asked);
        entry.intent = Some(intent);
        entry.result = Some(outcome.result);
        entry.tracking_id.clone_from(&outcome.tracking_id);
        entry.not_applied.clone_from(&outcome.not_applied);
        if let Err(fault) = &outcome.answer {
            entry.problem = Some(fault.parts().kind.as_str().to_owned());
            entry.vendor_code.clone_from(&fault.parts().vendor_code);
        }
        entry
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
    let Some(body) = asked.intended().or(asked.files.as_ref()) else { return Vec::new() };
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
