//! Writing: the smallest request for each source, one after the other, each on the condition that nobody else changed
//! it meanwhile. What is not accepted stays staged; nothing typed is lost.

use leptos::prelude::*;
use roomkey_schema::read::Read;
use roomkey_schema::wire::Written;

use super::{Applying, SettingsStore, StateStoreFields};
use crate::api::Failure;
use crate::api::operations::send;
use crate::form::change::Outcome;
use crate::form::model::{Model, Write};

/// How one write ended.
enum Ended {
    /// So many changes were accepted.
    Accepted(usize),
    /// Somebody else changed the same rows.
    Conflict,
}

impl SettingsStore {
    /// Applies all changes.
    pub(crate) fn apply(self) {
        let undo = self.with_model(Vec::new(), Model::reversed);
        self.start(undo, false);
    }

    /// Puts back what the last apply changed.
    pub(crate) fn undo(self) {
        let writes = self.undo.get_value();
        self.update(|model| {
            model.discard();
            model.stage(&writes);
        });
        self.start(Vec::new(), true);
    }

    fn start(self, undo: Vec<Write>, undoing: bool) {
        if matches!(self.state.applying().get_untracked(), Applying::Running(..)) {
            return;
        }
        self.update(Model::forget_outcomes);
        let total = self.request_count();
        self.state.applying().set(Applying::Running(0, total));
        crate::api::spawn(async move {
            let outcome = self.write_all(total, undoing).await;
            if let Applying::Done { applied, ignored, .. } = outcome {
                self.can_undo.set(!undo.is_empty() && applied + ignored > 0);
                self.undo.set_value(undo);
            }
            self.state.applying().set(outcome);
        });
    }

    async fn write_all(self, total: usize, undone: bool) -> Applying {
        let sources = self.with_model(Vec::new(), |model| model.writes().iter().map(|write| write.source).collect());
        let mut accepted = 0;
        for (done, source) in sources.iter().enumerate() {
            self.state.applying().set(Applying::Running(done, total));
            match self.write(*source).await {
                Ok(Ended::Accepted(count)) => accepted += count,
                Ok(Ended::Conflict) => return Applying::Conflict,
                Err(failure) => {
                    self.blame(*source, &failure);
                    return Applying::Failed(failure);
                }
            }
        }
        // A vendor may change settings of one document because of a change in another.
        let mut unread = None;
        for source in 0..self.with_form(|form| form.sources.len()) {
            if !sources.contains(&source)
                && let Err(failure) = self.read_again(source).await
            {
                unread = Some(failure);
            }
        }
        let count = |outcome| self.with_outcome(outcome).len();
        let ignored = count(Outcome::NotApplied);
        Applying::Done {
            applied: accepted.saturating_sub(ignored),
            ignored,
            also: count(Outcome::AlsoChanged),
            undone,
            unread,
        }
    }

    /// Sends one write. When somebody changed other rows of the same document meanwhile, their changes are taken over
    /// and what is left to write is sent once more.
    async fn write(self, source: usize) -> Result<Ended, Failure> {
        let Some(described) = self.with_form(|form| form.sources.get(source).cloned()) else {
            return Err(Failure::no_operation());
        };
        let target = self.target(&described, true)?;
        let abort = self.abort.get_value();
        let mut again = true;
        loop {
            let left = self.with_model(None, |model| model.writes().into_iter().find(|write| write.source == source));
            // Somebody else has set the same values meanwhile.
            let Some(write) = left else { return Ok(Ended::Accepted(0)) };
            let etag = self.etags.with_value(|etags| etags.get(source).cloned().flatten());
            match send(&target, Some(write.body.clone()), etag.as_deref(), &abort).await {
                Ok(answer) => {
                    let written = Written::read(answer.body).ok_or_else(|| Failure::nonsense(200, None))?;
                    return self.accepted(&write, written);
                }
                Err(failure) => {
                    let Some((current, etag)) = failure.current() else { return Err(failure) };
                    self.keep_etag(source, etag.map(str::to_owned));
                    let current = current.clone();
                    let mut conflict = false;
                    self.update(|model| conflict = model.take(source, current));
                    if conflict {
                        return Ok(Ended::Conflict);
                    }
                    if !failure.is_conflict() || !std::mem::take(&mut again) {
                        return Err(failure);
                    }
                }
            }
        }
    }

    fn accepted(self, write: &Write, written: Written) -> Result<Ended, Failure> {
        let count = self.with_model(0, |model| model.changes_in(write.source));
        self.keep_etag(write.source, written.etag);
        self.update(|model| model.applied(write, written.value, &written.not_applied));
        match written.read_back_problem {
            Some(problem) => Err(Failure::from_problem(*problem)),
            None => Ok(Ended::Accepted(count)),
        }
    }

    fn keep_etag(self, source: usize, etag: Option<String>) {
        self.etags.update_value(|etags| {
            if let Some(kept) = etags.get_mut(source) {
                *kept = etag;
            }
        });
    }

    /// Puts the sentences of a refused action at the rows they are about.
    pub(crate) fn blame_asked(self, failure: &Failure) {
        for source in 0..self.with_form(|form| form.sources.len()) {
            self.blame(source, failure);
        }
    }

    /// Puts the sentences of a refusal at the rows they are about.
    fn blame(self, source: usize, failure: &Failure) {
        self.update(|model| {
            for field in failure.fields() {
                let pointer = if field.pointer.starts_with('/') {
                    field.pointer.clone()
                } else {
                    format!("/{}", field.pointer.replace('.', "/"))
                };
                model.blame(source, &pointer, &field.detail);
            }
        });
    }
}
