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
    Accepted,
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
            if matches!(outcome, Applying::Done { .. }) {
                self.can_undo.set(!undo.is_empty());
                self.undo.set_value(undo);
            }
            self.state.applying().set(outcome);
        });
    }

    async fn write_all(self, total: usize, undone: bool) -> Applying {
        let (writes, asked) = (self.with_model(Vec::new(), Model::writes), self.review().len());
        for (done, write) in writes.iter().enumerate() {
            self.state.applying().set(Applying::Running(done, total));
            match self.write(write).await {
                Ok(Ended::Accepted) => {}
                Ok(Ended::Conflict) => return Applying::Conflict,
                Err(failure) => {
                    self.blame(write.source, &failure);
                    return Applying::Failed(failure);
                }
            }
        }
        // A vendor may change settings of one document because of a change in another.
        let mut unread = None;
        for source in 0..self.with_form(|form| form.sources.len()) {
            if !writes.iter().any(|write| write.source == source)
                && let Err(failure) = self.read_again(source).await
            {
                unread = Some(failure);
            }
        }
        let count = |outcome| self.with_outcome(outcome).len();
        let ignored = count(Outcome::NotApplied);
        Applying::Done {
            applied: asked.saturating_sub(ignored),
            ignored,
            also: count(Outcome::AlsoChanged),
            undone,
            unread,
        }
    }

    /// Sends one write. When somebody changed other rows of the same document meanwhile, their changes are taken over
    /// and the write is sent once more.
    async fn write(self, write: &Write) -> Result<Ended, Failure> {
        let Some(source) = self.with_form(|form| form.sources.get(write.source).cloned()) else {
            return Err(Failure::no_operation());
        };
        let target = self.target(&source, true)?;
        let abort = self.abort.get_value();
        let mut again = true;
        loop {
            let etag = self.etags.with_value(|etags| etags.get(write.source).cloned().flatten());
            match send(&target, Some(write.body.clone()), etag.as_deref(), &abort).await {
                Ok(answer) => {
                    let written = Written::read(answer.body).ok_or_else(|| Failure::nonsense(200, None))?;
                    return self.accepted(write, written);
                }
                Err(failure) => {
                    let Some((current, etag)) = failure.current() else { return Err(failure) };
                    self.keep_etag(write.source, etag.map(str::to_owned));
                    let (source, current) = (write.source, current.clone());
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
        self.keep_etag(write.source, written.etag);
        self.update(|model| model.applied(write, written.value, &written.not_applied));
        match written.read_back_problem {
            Some(problem) => Err(Failure::from_problem(*problem)),
            None => Ok(Ended::Accepted),
        }
    }

    fn keep_etag(self, source: usize, etag: Option<String>) {
        self.etags.update_value(|etags| {
            if let Some(kept) = etags.get_mut(source) {
                *kept = etag;
            }
        });
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
