//! One person, or one meeting, with what every vendor has of it. Must not hold what the vendors say now: each card has a
//! store of its own.

use leptos::prelude::*;
use roomkey_schema::people::Person;

use super::Load;
use crate::api::{self, Abort};

/// The person who is open.
#[derive(Clone, Copy)]
pub(crate) struct PersonStore {
    person: RwSignal<Person>,
    load: RwSignal<Load>,
    abort: StoredValue<Abort>,
}

impl PersonStore {
    /// Nobody yet. Requests end with the owner.
    pub(crate) fn new() -> Self {
        Self {
            person: RwSignal::new(Person::default()),
            load: RwSignal::new(Load::Idle),
            abort: StoredValue::new(Abort::on_cleanup()),
        }
    }

    /// How far reading has come.
    pub(crate) fn load_state(self) -> Load {
        self.load.get()
    }

    /// Who it is; empty until that is read.
    pub(crate) fn get(self) -> Person {
        self.person.get()
    }

    /// Reads it.
    pub(crate) fn load(self, key: String) {
        self.load.set(Load::Loading);
        let abort = self.abort.get_value();
        api::spawn(async move {
            let outcome = api::people::one(&key, &abort).await;
            if abort.is_aborted() {
                return;
            }
            let load = Load::of(&outcome);
            if let Ok(person) = outcome {
                self.person.set(person);
            }
            self.load.set(load);
        });
    }
}
