//! All bulk jobs, asked for again while one of them is at work. Must not hold their rows.

use leptos::prelude::*;
use roomkey_schema::job::{Job, JobState};

use super::Load;
use crate::api::jobs::{self, By};
use crate::api::{self, Abort};

/// How long to wait before asking again.
const WAIT_MS: i32 = 5_000;

/// All jobs.
#[derive(Clone, Copy)]
pub(crate) struct JobsStore {
    jobs: RwSignal<Vec<Job>>,
    load: RwSignal<Load>,
}

impl JobsStore {
    /// None yet.
    pub(crate) fn new() -> Self {
        Self { jobs: RwSignal::new(Vec::new()), load: RwSignal::new(Load::Idle) }
    }

    /// The jobs, newest first; followed.
    pub(crate) fn get(self) -> Vec<Job> {
        self.jobs.get()
    }

    /// How far loading has come.
    pub(crate) fn load_state(self) -> Load {
        self.load.get()
    }

    /// Asks for them, and again while one is at work and the page can be seen.
    pub(crate) fn follow(self, abort: Abort) {
        self.load.set(Load::Loading);
        api::spawn(async move {
            let mut by = By::Person;
            loop {
                let outcome = jobs::list(by, &abort).await;
                if abort.is_aborted() {
                    return;
                }
                let load = Load::of(&outcome);
                // What is here stays when asking again fails.
                if by == By::Person || load == Load::Ready {
                    self.load.set(load);
                }
                if let Ok(jobs) = outcome {
                    self.jobs.set(jobs);
                }
                let at_work = |job: &Job| matches!(job.state, JobState::Checking | JobState::Running);
                loop {
                    api::sleep(WAIT_MS).await;
                    if abort.is_aborted() {
                        return;
                    }
                    if !document().hidden() && self.jobs.with_untracked(|jobs| jobs.iter().any(at_work)) {
                        break;
                    }
                }
                by = By::Page;
            }
        });
    }
}
