//! The PIN, key or passcode that somebody resets: which one and whose it is, what is being sent, and for half a minute what
//! it is now. Values are in memory only; must not put one into the address, a title or the browser's storage.

use std::sync::Arc;

use leptos::prelude::*;
use roomkey_schema::card::Reset;
use roomkey_schema::path::PathParams;
use serde_json::Value;

use super::Load;
use super::shown::Shown;
use crate::api::Failure;

/// What is reset, and whose.
#[derive(Clone)]
pub(crate) struct Wanted {
    pub(crate) reset: Arc<Reset>,
    /// Of the address of the place that the card belongs to.
    pub(crate) params: PathParams,
    /// What it is done to: the object, or the row.
    pub(crate) subject: Value,
    /// Whose it is, by name.
    pub(crate) name: String,
    /// What it belongs to, such as "Webex personal room".
    pub(crate) about: String,
    /// It was done: whoever shows how things stand reads them again.
    pub(crate) done: Callback<()>,
}

/// How it went.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Done {
    /// Ours, as the record has it.
    pub(crate) request_id: String,
    /// Whether the vendor shows the new value when it is asked: some never show it.
    pub(crate) is_verified: bool,
}

/// What is wanted, and what came of it. There is one dialog for it.
#[derive(Clone, Copy)]
pub(crate) struct ResetStore {
    wanted: RwSignal<Option<Wanted>>,
    /// Counts what was wanted, so that an answer that comes late knows whether anybody waits for it.
    round: StoredValue<u32>,
    /// The value that was sent last and is not known to work: trying again sends the same one.
    pending: StoredValue<String>,
    load: RwSignal<Load>,
    done: RwSignal<Done>,
    /// The new value.
    pub(crate) shown: Shown,
}

impl ResetStore {
    pub(super) fn new() -> Self {
        Self {
            wanted: RwSignal::new(None),
            round: StoredValue::new(0),
            pending: StoredValue::new(String::new()),
            load: RwSignal::new(Load::Idle),
            done: RwSignal::new(Done::default()),
            shown: Shown::new(),
        }
    }

    /// Somebody wants to reset it; opens the dialog.
    pub(crate) fn ask(self, wanted: Wanted) {
        self.close();
        self.load.set(Load::Idle);
        self.wanted.set(Some(wanted));
    }

    /// What is wanted; none when nothing is.
    pub(crate) fn wanted(self) -> Option<Wanted> {
        self.wanted.get()
    }

    /// How far it has come.
    pub(crate) fn load_state(self) -> Load {
        self.load.get()
    }

    /// How it went, once it did.
    pub(crate) fn done(self) -> Done {
        self.done.get()
    }

    /// The value that is sent when somebody tries again; empty when nothing was sent.
    pub(crate) fn pending(self) -> String {
        self.pending.get_value()
    }

    /// This value is being sent; answers the round that it belongs to. None when one is under way.
    pub(crate) fn begin(self, value: &str) -> Option<u32> {
        if self.load.get_untracked() == Load::Loading {
            return None;
        }
        self.pending.set_value(value.to_owned());
        self.load.set(Load::Loading);
        Some(self.round.get_value())
    }

    /// What came of it. Hands the outcome back when nobody waits for it any more.
    pub(crate) fn ended(self, round: u32, outcome: Result<Done, Failure>) -> Result<(), Result<Done, Failure>> {
        if self.round.get_value() != round {
            return Err(outcome);
        }
        self.load.set(Load::of(&outcome));
        if let Ok(done) = outcome {
            self.done.set(done);
            self.shown.show(self.pending.get_value());
            self.pending.set_value(String::new());
        }
        Ok(())
    }

    /// Time passes.
    pub(crate) fn tick(self) {
        if self.shown.tick() {
            self.close();
        }
    }

    /// Forgets it.
    pub(crate) fn close(self) {
        self.round.update_value(|round| *round += 1);
        self.shown.forget();
        self.pending.set_value(String::new());
        self.wanted.set(None);
    }
}
