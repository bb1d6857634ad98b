//! The desk: one field that finds people and meetings of all vendors as one types, the keys that lead on from there, and how
//! fresh what is found is. What is looked for stands in the address.

mod field;
mod fresh;
mod hits;

use leptos::prelude::*;
use roomkey_schema::people::{Hit, Kind};
use roomkey_schema::place::Place;

pub(super) use self::hits::detail;

use super::{Heading, Trouble};
use crate::paths::{self, FIND};
use crate::stores::{IndexStore, Load, PeopleStore, PlaceStore, store};
use crate::ui::erase::{effect, live_if};
use crate::ui::view;
use crate::words::t;

/// What is done with who is found, as soon as that is one person.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Hurry {
    #[default]
    Nothing,
    Open,
    Reset,
}

/// What the parts of the desk share.
#[derive(Clone, Copy)]
struct Desk {
    people: PeopleStore,
    place: PlaceStore,
    /// What is looked for.
    typed: Memo<String>,
    /// Those that are offered: found ones, or the last ones while nothing is looked for.
    hits: Memo<Vec<Hit>>,
    /// Key of the one that the arrows have gone to; else empty.
    chosen: RwSignal<String>,
    /// The one that Enter opens: the chosen one, else the first of those that were found for just this.
    next: Memo<Option<Hit>>,
    /// What was pressed before the answer was here.
    hurry: RwSignal<Hurry>,
    /// Whether this person may give new PINs at all.
    may_reset: bool,
}

impl Desk {
    fn new() -> Self {
        let (people, place) = (store::<PeopleStore>(), store::<PlaceStore>());
        let typed = Memo::new(move |_| place.query(FIND).unwrap_or_default().trim().to_owned());
        let failed = move || matches!(people.load_state(), Load::Failed(_));
        let hits = Memo::new(move |_| match () {
            () if typed.read().is_empty() => people.recent(),
            // What was found for something else is no answer.
            () if failed() => Vec::new(),
            () => people.hits(),
        });
        let chosen = RwSignal::new(String::new());
        let next = Memo::new(move |_| {
            let hits = hits.read();
            let own = hits.iter().find(|hit| hit.key == *chosen.read());
            let first = || hits.first().filter(|_| !typed.read().is_empty() && people.is_answered(&typed.read()));
            own.or_else(first).cloned()
        });
        let cards = |place: &Place| place.card.as_ref().is_some_and(|card| !card.resets.is_empty());
        let may_reset = store::<IndexStore>().now().places.iter().any(cards);
        Self { people, place, typed, hits, chosen, next, hurry: RwSignal::new(Hurry::Nothing), may_reset }
    }

    /// Follows what is typed.
    fn type_in(self, text: &str) {
        self.chosen.set(String::new());
        self.hurry.set(Hurry::Nothing);
        self.place.set_query(&[(FIND, text)]);
        self.people.type_in(&self.typed.get_untracked());
    }

    /// Goes on to the next hit, or back; over the end to the other one.
    fn step(self, back: bool) {
        let hits = self.hits.read_untracked();
        let at = hits.iter().position(|hit| hit.key == *self.chosen.read_untracked());
        let last = hits.len().saturating_sub(1);
        let at = match (at, back) {
            (None, false) => 0,
            (None, true) => last,
            (Some(at), false) => {
                if at < last {
                    at + 1
                } else {
                    0
                }
            }
            (Some(at), true) => at.checked_sub(1).unwrap_or(last),
        };
        if let Some(hit) = hits.get(at) {
            self.chosen.set(hit.key.clone());
        }
    }

    /// Opens the one that Enter is for, or gives it a new PIN at once. When the answer is not here yet, this is done as it comes,
    /// if it leaves no doubt.
    fn go(self, hurry: Hurry) {
        let Some(hit) = self.next.get_untracked() else {
            return self.hurry.set(if self.typed.read_untracked().is_empty() { Hurry::Nothing } else { hurry });
        };
        if hurry == Hurry::Reset {
            if !self.may_reset {
                return;
            }
            self.people.want_reset(&hit.key);
        }
        self.place.go(&paths::person(&hit.key));
    }

    /// Whether the answer leaves no doubt: one hit alone, or the one whose whole address was typed.
    fn is_sure(self) -> bool {
        let (hits, typed) = (self.hits.read(), self.typed.read());
        match hits.as_slice() {
            [_] => true,
            [first, ..] => !first.ambiguous && first.kind == Kind::Person && first.detail.eq_ignore_ascii_case(&typed),
            [] => false,
        }
    }
}

/// The page.
pub(super) fn page() -> AnyView {
    let desk = Desk::new();
    let people = desk.people;
    let again = Callback::new(move |()| people.look(&desk.typed.get_untracked()));
    again.run(());
    on_cleanup(move || people.rest());
    effect(move || {
        let (is_sure, hurry) = (desk.is_sure(), desk.hurry.get());
        if hurry != Hurry::Nothing && people.is_answered(&desk.typed.read()) {
            desk.hurry.set(Hurry::Nothing);
            if is_sure {
                untrack(|| desk.go(hurry));
            }
        }
    });
    let trouble = live_if(move || match people.load_state() {
        Load::Failed(failure) => Some(view! { <Trouble failure retry=again /> }.into_any()),
        _ => None,
    });
    view! {
        <div class="desk">
            <Heading text=t("desk.title") takes_focus=false />
            {field::view(desk)}
            {trouble}
            {hits::view(desk)}
            {hits::hint(desk)}
            {fresh::view(people)}
        </div>
    }
    .into_any()
}
