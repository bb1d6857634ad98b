//! The index: forms and operations that the signed-in person may use. Must not decide what is shown for it.

use std::sync::Arc;

use leptos::prelude::*;
use reactive_stores::Store;
use roomkey_schema::wire::{FormEntry, Index};

use super::Load;
use crate::api::{self, Abort};

#[derive(Default, Store)]
struct State {
    index: Arc<Index>,
    load: Load,
}

/// The index of the signed-in person.
#[derive(Clone, Copy)]
pub(crate) struct IndexStore {
    state: Store<State>,
}

impl IndexStore {
    pub(super) fn new() -> Self {
        Self { state: Store::new(State::default()) }
    }

    /// How far loading has come.
    pub(crate) fn load_state(self) -> Load {
        self.state.load().get()
    }

    /// The index; empty until it is loaded.
    pub(crate) fn get(self) -> Arc<Index> {
        self.state.index().get()
    }

    /// The index as it is now, without following it.
    pub(crate) fn now(self) -> Arc<Index> {
        self.state.index().get_untracked()
    }

    /// The entry of a form, if the person may read it.
    pub(crate) fn form(self, form_id: &str) -> Option<FormEntry> {
        self.state.index().read().forms.iter().find(|entry| entry.id == form_id).cloned()
    }

    /// Asks for it.
    pub(crate) fn load(self) {
        self.state.load().set(Load::Loading);
        crate::api::spawn(async move {
            let outcome = api::schema::index(&Abort::never()).await;
            let load = Load::of(&outcome);
            if let Ok(index) = outcome {
                self.state.index().set(Arc::new(index));
            }
            self.state.load().set(load);
        });
    }
}
