//! Where people are signed in: read once, and ended when a person says so. Must not ask again by itself.

use leptos::prelude::*;
use roomkey_schema::session::Session;

use super::Load;
use super::session::leave_page;
use crate::api::{self, Abort};
use crate::paths;

/// The sessions that one may see.
#[derive(Clone, Copy)]
pub(crate) struct SessionsStore {
    all: RwSignal<Vec<Session>>,
    load: RwSignal<Load>,
    /// Whether one is being ended.
    busy: RwSignal<bool>,
    abort: StoredValue<Abort>,
}

impl SessionsStore {
    /// None yet. Requests end with the owner.
    pub(crate) fn new() -> Self {
        Self {
            all: RwSignal::new(Vec::new()),
            load: RwSignal::new(Load::Idle),
            busy: RwSignal::new(false),
            abort: StoredValue::new(Abort::on_cleanup()),
        }
    }

    /// How far loading has come; failed, too, when one could not be ended.
    pub(crate) fn load_state(self) -> Load {
        self.load.get()
    }

    /// All of them, the latest first; followed.
    pub(crate) fn get(self) -> Vec<Session> {
        self.all.get()
    }

    /// Reads them.
    pub(crate) fn load(self) {
        self.load.set(Load::Loading);
        let abort = self.abort.get_value();
        api::spawn(async move {
            let outcome = api::sessions::list(&abort).await;
            if abort.is_aborted() {
                return;
            }
            self.load.set(Load::of(&outcome));
            if let Ok(all) = outcome {
                self.all.set(all);
            }
        });
    }

    /// Ends one, or all of one's own without an id. Ending the one that this page has leaves the page.
    pub(crate) fn end(self, session_id: Option<String>) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        let is_known = |session: &Session| session.current && session_id.as_deref().is_none_or(|id| id == session.id);
        let is_own = self.all.read_untracked().iter().any(is_known);
        let abort = self.abort.get_value();
        api::spawn(async move {
            let outcome = api::sessions::end(session_id.as_deref()).await;
            if outcome.is_ok() && is_own {
                return leave_page(&paths::signed_out());
            }
            if abort.is_aborted() {
                return;
            }
            self.busy.set(false);
            self.load.set(Load::of(&outcome));
            if outcome.is_ok() {
                self.all.update(|all| all.retain(|session| Some(&session.id) != session_id.as_ref()));
            }
        });
    }
}
