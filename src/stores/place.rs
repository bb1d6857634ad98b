//! Where the person is: the address bar as a store. Links are plain links; clicks on ours are taken over here. Must not
//! know what is shown at a place. In a frame of another page every address has something before it, which only this file
//! sees.

use leptos::ev;
use leptos::prelude::*;
use roomkey_schema::Language;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlAnchorElement, MouseEvent};

use super::preferences;
use crate::api::framed;
use crate::paths::{self, Place};

/// The address bar.
#[derive(Clone, Copy)]
pub(crate) struct PlaceStore {
    place: Memo<Place>,
    /// Path and query: what to come back to.
    url: RwSignal<String>,
    query: Memo<String>,
    hash: RwSignal<String>,
    /// Whether the person has gone from one place to another.
    has_moved: StoredValue<bool>,
    /// Says whether leaving this place would lose something.
    guard: StoredValue<Option<Signal<bool>>>,
    /// What the person wants, while being asked whether to leave.
    leaving: RwSignal<Option<Wish>>,
}

/// What loses the place where somebody is.
#[derive(Clone)]
enum Wish {
    /// To go to another place.
    Place(String),
    /// To have the page in another language.
    Language(Language),
}

impl PlaceStore {
    pub(super) fn new() -> Self {
        let url = RwSignal::new(String::new());
        let place = Self {
            place: Memo::new(move |_| Place::read(paths::path_of(&url.read()))),
            url,
            query: Memo::new(move |_| url.read().split_once('?').map_or("", |(_, query)| query).to_owned()),
            hash: RwSignal::new(String::new()),
            has_moved: StoredValue::new(false),
            guard: StoredValue::new(None),
            leaving: RwSignal::new(None),
        };
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
        self.place.get()
    }

    /// Path and query, to come back to.
    pub(crate) fn url(self) -> String {
        self.url.get()
    }

    /// Path, query and fragment as they are now, to come back to this very row. Does not follow changes.
    pub(crate) fn address(self) -> String {
        let hash = self.hash.get_untracked();
        let hash = if hash.is_empty() { hash } else { format!("#{hash}") };
        format!("{}{hash}", self.url.get_untracked())
    }

    /// The decoded value of that name in the query.
    pub(crate) fn query(self, name: &str) -> Option<String> {
        paths::query_value(&self.query.read(), name)
    }

    /// The whole query, without its `?`.
    pub(crate) fn raw_query(self) -> String {
        self.query.get()
    }

    /// The fragment, without its `#`.
    pub(crate) fn hash(self) -> String {
        self.hash.get()
    }

    /// Whether the person has moved since the page was loaded. Does not follow changes.
    pub(crate) fn has_moved(self) -> bool {
        self.has_moved.get_value()
    }

    /// Goes to another place, unless leaving this one would lose something: then the person is asked first.
    pub(crate) fn go(self, url: &str) {
        if self.is_held() && self.leads_away(url) {
            self.leaving.set(Some(Wish::Place(url.to_owned())));
        } else {
            self.push(url);
        }
    }

    /// Loads the page anew in another language, unless that would lose something: then the person is asked first.
    pub(crate) fn speak(self, language: Language) {
        if self.is_held() {
            self.leaving.set(Some(Wish::Language(language)));
        } else {
            load_in(language);
        }
    }

    /// Puts another place in this one's stead, so that going back does not lead here.
    pub(crate) fn redirect(self, url: &str) {
        write(url, true);
        self.read();
    }

    /// Changes the query of this place without a new step in the history.
    pub(crate) fn set_query(self, pairs: &[(&str, &str)]) {
        let url = self.url.get_untracked();
        self.redirect(&paths::with_query(paths::path_of(&url), pairs));
    }

    /// Asks before this place is left while the signal says so. Ends with the component that calls it.
    pub(crate) fn hold_while(self, unsaved: Signal<bool>) {
        self.guard.set_value(Some(unsaved));
        on_cleanup(move || self.guard.set_value(None));
    }

    /// Whether the person is being asked whether to leave.
    pub(crate) fn is_leaving(self) -> bool {
        self.leaving.read().is_some()
    }

    /// The answer: stay.
    pub(crate) fn stay(self) {
        self.leaving.set(None);
    }

    /// The answer: leave, and lose what was not applied.
    pub(crate) fn leave(self) {
        self.guard.set_value(None);
        match self.leaving.get_untracked() {
            Some(Wish::Place(url)) => {
                self.leaving.set(None);
                self.push(&url);
            }
            Some(Wish::Language(language)) => load_in(language),
            None => {}
        }
    }

    /// Whether leaving this place would lose something. Does not follow changes.
    pub(crate) fn is_held(self) -> bool {
        self.guard.get_value().is_some_and(|unsaved| unsaved.get_untracked())
    }

    fn leads_away(self, url: &str) -> bool {
        let path = url.split(['?', '#']).next().unwrap_or_default();
        Place::read(path) != self.place.get_untracked()
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
        let path = path_here();
        let search = location.search().unwrap_or_default();
        let hash = location.hash().unwrap_or_default();
        let first = self.url.read_untracked().is_empty();
        if !first && self.leads_away(&path) {
            self.has_moved.set_value(true);
        }
        let hash = hash.trim_start_matches('#');
        if *self.hash.read_untracked() != hash {
            self.hash.set(hash.to_owned());
        }
        self.url.set(format!("{path}{search}"));
    }

    /// The browser has already changed the address: put it back before asking.
    fn went_back(self) {
        let wanted = address();
        if self.is_held() && self.leads_away(&wanted) {
            let here = self.url.get_untracked();
            write(&here, false);
            self.leaving.set(Some(Wish::Place(wanted)));
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
        let path = inner(link.pathname());
        if same_origin && ours && paths::is_ours(&path) {
            event.prevent_default();
            self.go(&format!("{path}{}{}", link.search(), link.hash()));
        }
    }
}

fn load_in(language: Language) {
    preferences::choose_language(language);
    drop(window().location().reload());
}

fn write(url: &str, replace: bool) {
    let url = framed::address(url);
    if let Ok(history) = window().history() {
        drop(if replace {
            history.replace_state_with_url(&JsValue::NULL, "", Some(&url))
        } else {
            history.push_state_with_url(&JsValue::NULL, "", Some(&url))
        });
    }
}

fn closest_link(element: Element) -> Option<HtmlAnchorElement> {
    element.closest("a[href]").ok().flatten()?.dyn_into().ok()
}

fn address() -> String {
    let location = window().location();
    let part = |part: Result<String, JsValue>| part.unwrap_or_default();
    format!("{}{}{}", path_here(), part(location.search()), part(location.hash()))
}

fn path_here() -> String {
    inner(window().location().pathname().unwrap_or_default())
}

fn inner(path: String) -> String {
    if framed::is() { paths::unframed(&path).to_owned() } else { path }
}
