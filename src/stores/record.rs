//! Entries of the record, a page at a time, and undoing one. Must not know what an entry is called.

use leptos::prelude::*;
use roomkey_schema::record::Entry;

use super::Load;
use crate::api::{self, Abort, record};

/// What is asked for: names and values, as the record's address takes them.
pub(crate) type Asked = Vec<(String, String)>;

/// Entries that fit.
#[derive(Clone, Copy)]
pub(crate) struct RecordStore {
    entries: RwSignal<Vec<Entry>>,
    load: RwSignal<Load>,
    before: RwSignal<Option<u64>>,
    acting: RwSignal<Load>,
    asked: StoredValue<Asked>,
    /// The one entry that is shown instead of all.
    only: StoredValue<Option<String>>,
    abort: StoredValue<Abort>,
    gone: StoredValue<Abort>,
}

impl RecordStore {
    /// None yet. Requests end with the owner.
    pub(crate) fn new() -> Self {
        let store = Self {
            entries: RwSignal::new(Vec::new()),
            load: RwSignal::new(Load::Idle),
            before: RwSignal::new(None),
            acting: RwSignal::new(Load::Idle),
            asked: StoredValue::new(Vec::new()),
            only: StoredValue::new(None),
            abort: StoredValue::new(Abort::never()),
            gone: StoredValue::new(Abort::on_cleanup()),
        };
        on_cleanup(move || {
            store.abort.try_with_value(Abort::now);
        });
        store
    }

    /// Those that are here, newest first; followed.
    pub(crate) fn get(self) -> Vec<Entry> {
        self.entries.get()
    }

    /// How far loading has come.
    pub(crate) fn load_state(self) -> Load {
        self.load.get()
    }

    /// Whether there are older ones.
    pub(crate) fn has_more(self) -> bool {
        self.before.get().is_some()
    }

    /// How far undoing has come.
    pub(crate) fn acting(self) -> Load {
        self.acting.get()
    }

    /// Forgets how undoing went.
    pub(crate) fn calm(self) {
        self.acting.set(Load::Idle);
    }

    /// Shows what fits, from the newest. What is here stays until that has come.
    pub(crate) fn show(self, asked: Asked) {
        self.asked.set_value(asked);
        self.read(None);
    }

    /// Shows one entry.
    pub(crate) fn show_one(self, seq: String) {
        self.only.set_value(Some(seq));
        self.read(None);
    }

    /// Asks again for what is shown.
    pub(crate) fn again(self) {
        self.read(None);
    }

    /// Adds older ones.
    pub(crate) fn more(self) {
        let before = self.before.get_untracked();
        if before.is_some() {
            self.read(before);
        }
    }

    fn read(self, before: Option<u64>) {
        self.abort.with_value(Abort::now);
        let abort = Abort::never();
        self.abort.set_value(abort.clone());
        self.load.set(Load::Loading);
        let (asked, only) = (self.asked.get_value(), self.only.get_value());
        api::spawn(async move {
            let outcome = if let Some(seq) = only {
                record::one(&seq, &abort).await.map(|entry| (vec![entry], None))
            } else {
                let pairs: Vec<(&str, &str)> = asked.iter().map(|(name, value)| (&**name, &**value)).collect();
                record::page(&pairs, before, &abort).await.map(|page| (page.items, page.before))
            };
            if abort.is_aborted() {
                return;
            }
            let load = Load::of(&outcome);
            if let Ok((entries, next)) = outcome {
                self.entries.update(|known| {
                    if before.is_none() {
                        known.clear();
                    }
                    known.extend(entries);
                });
                self.before.set(next);
            } else if before.is_none() {
                self.entries.set(Vec::new());
                self.before.set(None);
            }
            self.load.set(load);
        });
    }

    /// Takes a change back. `done` hears of it when it went well.
    pub(crate) fn undo(self, seq: u64, done: Callback<()>) {
        self.acting.set(Load::Loading);
        let gone = self.gone.get_value();
        api::spawn(async move {
            let load = Load::of(&record::undo(seq).await);
            if gone.is_aborted() {
                return;
            }
            let well = load == Load::Ready;
            self.acting.set(load);
            // Whatever became of it is in the record.
            self.read(None);
            if well {
                done.run(());
            }
        });
    }
}
