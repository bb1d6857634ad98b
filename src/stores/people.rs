//! Looking for people: what was found for what was typed, how fresh that is, and who was opened since signing in. Lives as
//! long as the page, so that going back finds everything as it was. Must not put anything into the browser's storage.

use leptos::prelude::*;
use reactive_stores::Store;
use roomkey_schema::people::{Found, Hit, Source};

use super::Load;
use crate::api::jobs::By;
use crate::api::{self, Abort};

/// How many are shown. Who has more of one name types more of it.
const MOST: usize = 12;
/// How many are remembered.
const RECENT: usize = 8;
/// How long is waited for the next letter.
const PAUSE_MS: i32 = 80;
/// How often is looked again while a vendor is still being read.
const READING_MS: i32 = 2_000;

#[derive(Default, Store)]
struct State {
    found: Found,
    /// What `found` is the answer to.
    answered: String,
    load: Load,
    /// Last first.
    recent: Vec<Hit>,
}

/// People of all vendors.
#[derive(Clone, Copy)]
pub(crate) struct PeopleStore {
    state: Store<State>,
    /// Key of the person who is opened to be given a new PIN at once; else empty.
    reset: StoredValue<String>,
    abort: StoredValue<Abort>,
}

impl PeopleStore {
    pub(super) fn new() -> Self {
        Self {
            state: Store::new(State::default()),
            reset: StoredValue::new(String::new()),
            abort: StoredValue::new(Abort::never()),
        }
    }

    /// How far asking has come.
    pub(crate) fn load_state(self) -> Load {
        self.state.load().get()
    }

    /// Whether what was found is for what is typed now.
    pub(crate) fn is_answered(self, typed: &str) -> bool {
        *self.state.answered().read() == typed && self.state.load().get() == Load::Ready
    }

    /// What was found last, best first.
    pub(crate) fn hits(self) -> Vec<Hit> {
        self.state.found().read().items.clone()
    }

    /// Whether there are more than these.
    pub(crate) fn has_more(self) -> bool {
        self.state.found().read().more
    }

    /// How fresh the index is, for each vendor.
    pub(crate) fn sources(self) -> Vec<Source> {
        self.state.found().read().sources.clone()
    }

    /// Who was opened since signing in, last first.
    pub(crate) fn recent(self) -> Vec<Hit> {
        self.state.recent().get()
    }

    /// Somebody is looked for, letter by letter. Each letter ends what was asked for the one before, so that an old answer
    /// never takes the place of a newer one. Nothing typed asks only how fresh the index is.
    pub(crate) fn type_in(self, typed: &str) {
        self.ask(typed, PAUSE_MS);
    }

    /// The same without waiting for another letter.
    pub(crate) fn look(self, typed: &str) {
        self.ask(typed, 0);
    }

    fn ask(self, typed: &str, pause_ms: i32) {
        self.rest();
        let abort = Abort::never();
        self.abort.set_value(abort.clone());
        self.state.load().set(Load::Loading);
        let typed = typed.to_owned();
        let most = if typed.is_empty() { 1 } else { MOST };
        api::spawn(async move {
            if pause_ms > 0 {
                api::sleep(pause_ms).await;
            }
            let mut by = By::Person;
            while !abort.is_aborted() {
                let outcome = api::people::find(&typed, most, by, &abort).await;
                if abort.is_aborted() {
                    return;
                }
                let load = Load::of(&outcome);
                let Ok(found) = outcome else {
                    // What the page asks by itself may fail: what was found before is still right.
                    if by == By::Person {
                        self.state.load().set(load);
                    }
                    return;
                };
                let is_reading = found.sources.iter().any(|source| source.reading);
                self.state.found().set(found);
                self.state.answered().set(typed.clone());
                self.state.load().set(load);
                if !is_reading {
                    return;
                }
                by = By::Page;
                api::sleep(READING_MS).await;
            }
        });
    }

    /// Nobody waits for an answer any more.
    pub(crate) fn rest(self) {
        self.abort.with_value(Abort::now);
    }

    /// Somebody was opened.
    pub(crate) fn opened(self, hit: &Hit) {
        self.state.recent().update(|recent| {
            recent.retain(|known| known.key != hit.key);
            recent.insert(0, hit.clone());
            recent.truncate(RECENT);
        });
    }

    /// Somebody is about to be opened to be given a new PIN.
    pub(crate) fn want_reset(self, key: &str) {
        self.reset.set_value(key.to_owned());
    }

    /// Whether this one was opened to be given a new PIN. Says so once.
    pub(crate) fn take_reset(self, key: &str) -> bool {
        let wanted = self.reset.get_value();
        self.reset.set_value(String::new());
        wanted == key
    }
}
