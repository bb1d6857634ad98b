//! Whether the record is whole: asked for, and asked again while it is being looked through. Must not begin by itself.

use leptos::prelude::*;
use roomkey_schema::record::{Verification, VerificationState};

use super::Load;
use crate::api::jobs::By;
use crate::api::{self, Abort, record};

/// How long to wait before asking again.
const WAIT_MS: i32 = 500;

/// The last look through the record, or the present one.
#[derive(Clone, Copy)]
pub(crate) struct VerificationStore {
    now: RwSignal<Verification>,
    load: RwSignal<Load>,
    abort: StoredValue<Abort>,
}

impl VerificationStore {
    /// Not known yet. Requests end with the owner.
    pub(crate) fn new() -> Self {
        Self {
            now: RwSignal::new(Verification::default()),
            load: RwSignal::new(Load::Idle),
            abort: StoredValue::new(Abort::on_cleanup()),
        }
    }

    /// How far it is; followed.
    pub(crate) fn get(self) -> Verification {
        self.now.get()
    }

    /// How asking went.
    pub(crate) fn load_state(self) -> Load {
        self.load.get()
    }

    /// Whether the record is being looked through.
    pub(crate) fn is_running(self) -> bool {
        self.now.read().state == VerificationState::Running || self.load.get() == Load::Loading
    }

    /// Asks how the last look ended, and follows the present one.
    pub(crate) fn look(self) {
        self.follow(false);
    }

    /// Begins to look through the record.
    pub(crate) fn begin(self) {
        self.load.set(Load::Loading);
        self.follow(true);
    }

    fn follow(self, begin: bool) {
        let abort = self.abort.get_value();
        api::spawn(async move {
            let mut outcome =
                if begin { record::verify(&abort).await } else { record::verification(By::Page, &abort).await };
            loop {
                if abort.is_aborted() {
                    return;
                }
                self.load.set(Load::of(&outcome));
                let Ok(now) = outcome else { return };
                let is_running = now.state == VerificationState::Running;
                self.now.set(now);
                if !is_running {
                    return;
                }
                api::sleep(WAIT_MS).await;
                outcome = record::verification(By::Page, &abort).await;
            }
        });
    }
}
