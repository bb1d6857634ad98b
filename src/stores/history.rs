//! What the record says about certain objects, last first. Must not change it.

use leptos::prelude::*;
use roomkey_schema::record::Entry;

use super::Load;
use crate::api::{self, Abort};

/// How many entries are shown.
const MOST: &str = "10";

/// The history of some objects.
#[derive(Clone, Copy)]
pub(crate) struct HistoryStore {
    entries: RwSignal<Vec<Entry>>,
    load: RwSignal<Load>,
    abort: StoredValue<Abort>,
}

impl HistoryStore {
    /// Nothing yet. Requests end with the owner.
    pub(crate) fn new() -> Self {
        let abort = StoredValue::new(Abort::never());
        on_cleanup(move || {
            abort.try_with_value(Abort::now);
        });
        Self { entries: RwSignal::new(Vec::new()), load: RwSignal::new(Load::Idle), abort }
    }

    /// How far reading has come.
    pub(crate) fn load_state(self) -> Load {
        self.load.get()
    }

    /// The last entries.
    pub(crate) fn entries(self) -> Vec<Entry> {
        self.entries.get()
    }

    /// Reads them; what was there stays meanwhile. Ends what was asked for before.
    pub(crate) fn load(self, objects: Vec<String>) {
        self.abort.with_value(Abort::now);
        let abort = Abort::never();
        self.abort.set_value(abort.clone());
        if self.load.get_untracked() != Load::Ready {
            self.load.set(Load::Loading);
        }
        api::spawn(async move {
            let mut asked: Vec<(&str, &str)> = objects.iter().map(|object| ("object", object.as_str())).collect();
            asked.push(("limit", MOST));
            let outcome = api::record::page(&asked, None, &abort).await;
            if abort.is_aborted() {
                return;
            }
            let load = Load::of(&outcome);
            if let Ok(page) = outcome {
                self.entries.set(page.items);
            }
            self.load.set(load);
        });
    }
}
