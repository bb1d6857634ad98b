//! Where the person is: the address bar as a store. Links are plain links; clicks on ours are taken over here. Must not
//! know what is shown at a place.

use leptos::ev;
use leptos::prelude::*;
use reactive_stores::Store;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlAnchorElement, MouseEvent};

use crate::paths::{self, Place};

#[derive(Default, Store)]
struct State {
    place: Place,
    /// Path and query: what to come back to.
    url: String,
    query: String,
    hash: String,
    /// How often the person has gone to another place.
    moves: u32,
    /// Says whether leaving this place would lose something.
    guard: Option<Signal<bool>>,
    /// Where the person wants to go, while being asked whether to leave.
    leaving: Option<String>,
}

/// The address bar.
#[derive(Clone, Copy)]
pub(crate) struct PlaceStore {
    state: Store<State>,
}

impl PlaceStore {
    pub(super) fn new() -> Self {
        let place = Self { state: Store::new(State::default()) };
        place.read();
        window_event_listener(ev::popstate, move |_| place.went_back());
        window_event_listener(ev::click, move |event| place.clicked(&event));
        window_event_listener(ev::beforeunload, move |event| {
            if place.is_held() {
                event.prevent_default();
            }
        });
        place
    }

    /// The place.
    pub(crate) fn get(self) -> Place {
        self.state.place().get()
    }

    /// Path and query, to come back to.
    pub(crate) fn url(self) -> String {
        self.state.url().get()
    }

    /// Path, query and fragment as they are now, to come back to this very row. Does not follow changes.
    pub(crate) fn address(self) -> String {
        let hash = self.state.hash().get_untracked();
        let hash = if hash.is_empty() { hash } else { format!("#{hash}") };
        format!("{}{hash}", self.state.url().get_untracked())
    }

    /// The decoded value of that name in the query.
    pub(crate) fn query(self, name: &str) -> Option<String> {
        paths::query_value(&self.state.query().read(), name)
    }

    /// The whole query, without its `?`.
    pub(crate) fn raw_query(self) -> String {
        self.state.query().get()
    }

    /// The fragment, without its `#`.
    pub(crate) fn hash(self) -> String {
        self.state.hash().get()
    }

    /// Whether the person has moved since the page was loaded. Does not follow changes.
    pub(crate) fn has_moved(self) -> bool {
        self.state.moves().get_untracked() > 0
    }

    /// Goes to another place, unless leaving this one would lose something: then the person is asked first.
    pub(crate) fn go(self, url: &str) {
        if self.is_held() && self.leads_away(url) {
            self.state.leaving().set(Some(url.to_owned()));
        } else {
            self.push(url);
        }
    }

    /// Puts another place in this one's stead, so that going back does not lead here.
    pub(crate) fn redirect(self, url: &str) {
        write(url, true);
        self.read();
    }

    /// Changes the query of this place without a new step in the history.
    pub(crate) fn set_query(self, pairs: &[(&str, &str)]) {
        let path = window().location().pathname().unwrap_or_default();
        self.redirect(&paths::with_query(&path, pairs));
    }

    /// Asks before this place is left while the signal says so. Ends with the component that calls it.
    pub(crate) fn hold_while(self, unsaved: Signal<bool>) {
        self.state.guard().set(Some(unsaved));
        on_cleanup(move || self.state.guard().set(None));
    }

    /// Where the person wants to go, while being asked.
    pub(crate) fn leaving(self) -> Option<String> {
        self.state.leaving().get()
    }

    /// The answer: stay.
    pub(crate) fn stay(self) {
        self.state.leaving().set(None);
    }

    /// The answer: leave, and lose what was not applied.
    pub(crate) fn leave(self) {
        self.state.guard().set(None);
        if let Some(url) = self.state.leaving().get_untracked() {
            self.state.leaving().set(None);
            self.push(&url);
        }
    }

    fn is_held(self) -> bool {
        self.state.guard().get_untracked().is_some_and(|unsaved| unsaved.get_untracked())
    }

    fn leads_away(self, url: &str) -> bool {
        let path = url.split(['?', '#']).next().unwrap_or_default();
        Place::read(path) != self.state.place().get_untracked()
    }

    fn push(self, url: &str) {
        let away = self.leads_away(url);
        write(url, false);
        self.read();
        if away {
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    }

    /// Takes over what the address bar says. Tells only those who depend on what has changed.
    fn read(self) {
        let location = window().location();
        let path = location.pathname().unwrap_or_default();
        let search = location.search().unwrap_or_default();
        let hash = location.hash().unwrap_or_default();
        let next = Place::read(&path);
        let moved = *self.state.place().read_untracked() != next;
        let first = self.state.url().read_untracked().is_empty();
        self.state.url().set(format!("{path}{search}"));
        if *self.state.query().read_untracked() != search.trim_start_matches('?') {
            self.state.query().set(search.trim_start_matches('?').to_owned());
        }
        if *self.state.hash().read_untracked() != hash.trim_start_matches('#') {
            self.state.hash().set(hash.trim_start_matches('#').to_owned());
        }
        if moved {
            if !first {
                self.state.moves().update(|moves| *moves += 1);
            }
            self.state.place().set(next);
        }
    }

    /// The browser has already changed the address: put it back before asking.
    fn went_back(self) {
        let wanted = address();
        if self.is_held() && self.leads_away(&wanted) {
            let here = self.state.url().get_untracked();
            write(&here, false);
            self.state.leaving().set(Some(wanted));
        } else {
            self.read();
        }
    }

    fn clicked(self, event: &MouseEvent) {
        let modified = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
        if modified || event.button() != 0 || event.default_prevented() {
            return;
        }
        let Some(link) = event.target().and_then(|target| target.dyn_into::<Element>().ok()).and_then(closest_link)
        else {
            return;
        };
        let same_origin = window().location().origin().is_ok_and(|origin| origin == link.origin());
        let fragment_only = link.get_attribute("href").is_some_and(|href| href.starts_with('#'));
        let ours = link.target().is_empty() && !link.has_attribute("download") && !fragment_only;
        if same_origin && ours && Place::read(&link.pathname()) != Place::Unknown {
            event.prevent_default();
            self.go(&format!("{}{}{}", link.pathname(), link.search(), link.hash()));
        }
    }
}

fn write(url: &str, replace: bool) {
    if let Ok(history) = window().history() {
        drop(if replace {
            history.replace_state_with_url(&JsValue::NULL, "", Some(url))
        } else {
            history.push_state_with_url(&JsValue::NULL, "", Some(url))
        });
    }
}

fn closest_link(element: Element) -> Option<HtmlAnchorElement> {
    element.closest("a[href]").ok().flatten()?.dyn_into().ok()
}

fn address() -> String {
    let location = window().location();
    let part = |part: Result<String, JsValue>| part.unwrap_or_default();
    format!("{}{}{}", part(location.pathname()), part(location.search()), part(location.hash()))
}
