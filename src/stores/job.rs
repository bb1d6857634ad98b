//! One bulk job and its rows, asked for again and again while something happens. Must not say anything to anybody.

use leptos::prelude::*;
use roomkey_schema::job::{Job, JobRow, JobState, RowState};
use web_sys::Blob;

use super::Load;
use crate::api::jobs::{self, By};
use crate::api::{self, Abort, Failure};

/// Saves a file of a format.
pub(crate) type Save = fn(&Blob, &'static str);

/// How long to wait before asking again: as long as something changes, and at most.
const SOON_MS: i32 = 1_000;
const LATE_MS: i32 = 5_000;
/// How many rows come at once, and at most when they are read again.
const SIZE: usize = 100;
const MOST: usize = 1_000;

/// One job.
#[derive(Clone, Copy)]
pub(crate) struct JobStore {
    job: RwSignal<Job>,
    load: RwSignal<Load>,
    rows: RwSignal<Vec<JobRow>>,
    /// What to ask for behind the last row; none at the end.
    next: RwSignal<Option<u64>>,
    listing: RwSignal<Load>,
    acting: RwSignal<Load>,
    job_id: StoredValue<String>,
    /// Which rows are wanted: those of a state, or all.
    wanted: StoredValue<String>,
    wait_ms: StoredValue<i32>,
    abort: StoredValue<Abort>,
    /// Ends the reading of rows, which the next one takes over from.
    rows_abort: StoredValue<Abort>,
}

impl JobStore {
    /// The job of that id; not asked for yet. Asking ends with the owner.
    pub(crate) fn new(job_id: String) -> Self {
        let rows_abort = StoredValue::new(Abort::never());
        on_cleanup(move || {
            rows_abort.try_with_value(Abort::now);
        });
        Self {
            job: RwSignal::new(Job::default()),
            load: RwSignal::new(Load::Idle),
            rows: RwSignal::new(Vec::new()),
            next: RwSignal::new(None),
            listing: RwSignal::new(Load::Idle),
            acting: RwSignal::new(Load::Idle),
            job_id: StoredValue::new(job_id),
            wanted: StoredValue::new(String::new()),
            wait_ms: StoredValue::new(SOON_MS),
            abort: StoredValue::new(Abort::on_cleanup()),
            rows_abort,
        }
    }

    /// The job; followed. Its id is empty until it is here.
    pub(crate) fn get(self) -> Job {
        self.job.get()
    }

    /// The job, without following it.
    pub(crate) fn now(self) -> Job {
        self.job.get_untracked()
    }

    /// How far loading has come. What was here before stays when asking again fails.
    pub(crate) fn load_state(self) -> Load {
        self.load.get()
    }

    /// The rows that are here; followed.
    pub(crate) fn rows(self) -> Vec<JobRow> {
        self.rows.get()
    }

    /// Whether there are more rows.
    pub(crate) fn has_more(self) -> bool {
        self.next.get().is_some()
    }

    /// How far loading rows has come.
    pub(crate) fn listing(self) -> Load {
        self.listing.get()
    }

    /// How far has come what the person wants done.
    pub(crate) fn acting(self) -> Load {
        self.acting.get()
    }

    /// Forgets how it went.
    pub(crate) fn calm(self) {
        self.acting.set(Load::Idle);
    }

    /// Asks for the job, and again while something happens and the page can be seen.
    pub(crate) fn follow(self) {
        self.load.set(Load::Loading);
        let abort = self.abort.get_value();
        api::spawn(async move {
            self.ask(By::Person, &abort).await;
            while !abort.is_aborted() {
                let wait_ms = self.wait_ms.get_value();
                api::sleep(wait_ms).await;
                if abort.is_aborted() {
                    return;
                }
                self.wait_ms.set_value((wait_ms + wait_ms / 2).min(LATE_MS));
                if !document().hidden() && self.job.with_untracked(is_moving) {
                    self.ask(By::Page, &abort).await;
                }
            }
        });
    }

    /// Asks once more because the person says so.
    pub(crate) fn again(self) {
        let abort = self.abort.get_value();
        api::spawn(async move { self.ask(By::Person, &abort).await });
    }

    async fn ask(self, by: By, abort: &Abort) {
        let outcome = jobs::one(&self.job_id.get_value(), by, abort).await;
        if abort.is_aborted() {
            return;
        }
        let load = Load::of(&outcome);
        if let Ok(job) = outcome
            && self.take(job)
            && by == By::Page
            && !self.is_settled()
        {
            self.refresh().await;
        }
        if !abort.is_aborted() && self.load.with_untracked(|known| *known != load) {
            self.load.set(load);
        }
    }

    /// Takes a newer state of the job over, and says whether it is another.
    fn take(self, job: Job) -> bool {
        let before = self.now();
        if before == job {
            return false;
        }
        let moved = (before.state, before.counts) != (job.state, job.counts);
        if moved {
            self.wait_ms.set_value(SOON_MS);
        }
        self.job.set(job);
        moved
    }

    /// Whether none of the rows that are here will change by itself.
    fn is_settled(self) -> bool {
        let more = self.next.get_untracked().is_some();
        let all = self.wanted.with_value(String::is_empty);
        let ended = |row: &JobRow| !matches!(row.state, RowState::Pending | RowState::Intent | RowState::Unknown);
        all && more && self.rows.with_untracked(|rows| rows.iter().all(ended))
    }

    /// Reads the first rows of a state, or of all. Those before stay until they are here.
    pub(crate) fn show(self, state: String) {
        self.wanted.set_value(state);
        self.read_rows(0, None);
    }

    /// Reads the rows behind those that are here.
    pub(crate) fn more(self) {
        let next = self.next.get_untracked();
        if next.is_some() {
            self.read_rows(self.rows.with_untracked(Vec::len), next);
        }
    }

    fn read_rows(self, keep: usize, after: Option<u64>) {
        let abort = self.begin_rows();
        self.listing.set(Load::Loading);
        api::spawn(async move {
            let outcome = self.page(after, SIZE, By::Person, &abort).await;
            if abort.is_aborted() {
                return;
            }
            let load = Load::of(&outcome);
            if let Ok((rows, next)) = outcome {
                self.rows.update(|known| {
                    known.truncate(keep);
                    known.extend(rows);
                });
                self.next.set(next);
            }
            self.listing.set(load);
        });
    }

    /// Reads as many rows again as are here. What goes wrong is no matter: the next time comes soon.
    async fn refresh(self) {
        if self.listing.with_untracked(|listing| *listing == Load::Loading) {
            return;
        }
        let abort = self.begin_rows();
        let here = self.rows.with_untracked(Vec::len);
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let size = (here - all.len()).clamp(SIZE, MOST);
            let Ok((rows, next)) = self.page(after, size, By::Page, &abort).await else { return };
            if abort.is_aborted() {
                return;
            }
            all.extend(rows);
            after = next;
            if next.is_none() || all.len() >= here {
                break;
            }
        }
        self.rows.set(all);
        self.next.set(after);
    }

    fn begin_rows(self) -> Abort {
        self.rows_abort.with_value(Abort::now);
        let abort = Abort::never();
        self.rows_abort.set_value(abort.clone());
        abort
    }

    async fn page(
        self,
        after: Option<u64>,
        size: usize,
        by: By,
        abort: &Abort,
    ) -> Result<(Vec<JobRow>, Option<u64>), Failure> {
        let (job_id, wanted) = (self.job_id.get_value(), self.wanted.get_value());
        let page = jobs::rows(&job_id, &wanted, (after, size), by, abort).await?;
        Ok((page.rows, page.next))
    }

    /// Starts, pauses, cancels or repeats it. `done` hears of it when it went well.
    pub(crate) fn act(self, deed: &'static str, done: Callback<()>) {
        self.acting.set(Load::Loading);
        let (job_id, abort) = (self.job_id.get_value(), self.abort.get_value());
        api::spawn(async move {
            let outcome = jobs::act(&job_id, deed).await;
            if abort.is_aborted() {
                return;
            }
            let load = Load::of(&outcome);
            if let Ok(job) = outcome {
                self.take(job);
                self.wait_ms.set_value(SOON_MS);
            }
            self.ended(load, &abort, done);
            self.refresh().await;
        });
    }

    /// Deletes it.
    pub(crate) fn delete(self, done: Callback<()>) {
        self.acting.set(Load::Loading);
        let (job_id, abort) = (self.job_id.get_value(), self.abort.get_value());
        api::spawn(async move {
            let load = Load::of(&jobs::delete(&job_id).await);
            self.ended(load, &abort, done);
        });
    }

    /// Hands its new values to `save`, once.
    pub(crate) fn hand_over(self, reason: String, format: &'static str, save: Save, done: Callback<()>) {
        self.acting.set(Load::Loading);
        let (job_id, abort) = (self.job_id.get_value(), self.abort.get_value());
        api::spawn(async move {
            let outcome = jobs::hand_over(&job_id, &reason, format).await;
            let load = Load::of(&outcome);
            if let Ok(file) = outcome {
                // Even when the person has left meanwhile: there is no second time.
                save(&file, format);
            }
            self.ended(load, &abort, done);
            if !abort.is_aborted() {
                self.ask(By::Person, &abort).await;
            }
        });
    }

    fn ended(self, load: Load, abort: &Abort, done: Callback<()>) {
        if abort.is_aborted() {
            return;
        }
        let well = load == Load::Ready;
        self.acting.set(load);
        if well {
            done.run(());
        }
    }
}

/// Whether a job changes without anybody here doing anything.
fn is_moving(job: &Job) -> bool {
    matches!(job.state, JobState::Checking | JobState::Running | JobState::Paused)
        || job.counts.intent + job.counts.unknown > 0
}

#[cfg(test)]
mod tests {
    use roomkey_schema::job::Counts;

    use super::*;

    #[test]
    fn job_is_asked_for_again_while_something_happens_to_it() {
        let job = |state, unknown| Job { state, counts: Counts { unknown, ..Counts::default() }, ..Job::default() };
        for state in [JobState::Checking, JobState::Running, JobState::Paused] {
            assert!(is_moving(&job(state, 0)), "{state:?}");
        }
        for state in [JobState::Ready, JobState::Unchecked, JobState::Finished, JobState::Cancelled] {
            assert!(!is_moving(&job(state, 0)), "{state:?}");
        }
        assert!(is_moving(&job(JobState::Cancelled, 1)));
    }
}
