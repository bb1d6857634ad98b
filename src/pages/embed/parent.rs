//! What frame and page around it tell each other. Nothing is said before that page has said something itself, from an
//! origin of the server's list; from then on to that origin and from that window only (README, "Embedding"). Must not tell
//! anything of what a page shows but where it is.

use js_sys::{Array, Object, Reflect};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::{MessageEvent, Url, Window};

use super::{height, look};
use crate::api::{self, framed};
use crate::paths;
use crate::stores::{Load, PlaceStore, Session, store};
use crate::ui::erase::effect;

/// What every message of ours has, with its name.
const KEY: &str = "roomkey";

/// The page around the frame.
#[derive(Clone, Copy)]
struct Parent {
    /// Its origin, once it has spoken.
    origin: RwSignal<Option<String>>,
    /// The origins that may.
    listed: StoredValue<Vec<String>>,
    height: RwSignal<u32>,
}

/// Talks to the page around the frame, if there is one, for as long as the page lives.
pub(super) fn talk() {
    let Some(around) = around() else { return };
    let parent = Parent { origin: RwSignal::new(None), listed: StoredValue::new(Vec::new()), height: RwSignal::new(0) };
    let place = store::<PlaceStore>();
    window_event_listener(ev::message, move |event| parent.heard(&event, place));
    height::follow(move |height| parent.height.set(height));
    effect(move || {
        let height = f64::from(parent.height.get());
        if height > 0.0 {
            parent.tell("height", &[("height", height.into())]);
        }
    });
    parent.tell_of_places(place);
    parent.tell_of_sign_in();
    api::written::on_written(move || parent.tell("changed", &[("place", here(&untrack(|| place.url())))]));
    api::spawn(async move {
        if let Ok(origins) = api::embed::origins().await {
            let greeted = match hint() {
                // Who is around by the browser's own word and not on the list cannot be meant.
                Some(origin) => origins.iter().filter(|listed| **listed == origin).cloned().collect(),
                None => origins.clone(),
            };
            parent.listed.set_value(origins);
            for origin in greeted {
                drop(around.post_message(&message("hello", &[]), &origin));
            }
        }
    });
}

impl Parent {
    /// Says something, once it is known to whom.
    fn tell(self, name: &str, with: &[(&str, JsValue)]) {
        if let (Some(around), Some(origin)) = (around(), self.origin.get()) {
            drop(around.post_message(&message(name, with), &origin));
        }
    }

    fn tell_of_places(self, place: PlaceStore) {
        let session = store::<Session>();
        let last = StoredValue::new(None::<String>);
        effect(move || {
            let (known, ready) = (self.origin.get().is_some(), session.load_state() == Load::Ready);
            let now = paths::path_of(&place.url()).to_owned();
            if !known || !ready || last.with_value(|last| last.as_ref() == Some(&now)) {
                return;
            }
            let name = if last.with_value(Option::is_none) { "ready" } else { "navigate" };
            last.set_value(Some(now.clone()));
            self.tell(name, &[("place", here(&now))]);
        });
    }

    fn tell_of_sign_in(self) {
        let session = store::<Session>();
        let last = StoredValue::new(false);
        effect(move || {
            let ready = session.load_state() == Load::Ready;
            let needed = ready && (!session.is_signed_in() || session.ended());
            if self.origin.get().is_some() && ready && last.get_value() != needed {
                last.set_value(needed);
                self.tell("sign-in", &[("needed", needed.into())]);
            }
        });
    }

    fn heard(self, event: &MessageEvent, place: PlaceStore) {
        let is_parent = around().zip(event.source()).is_some_and(|(around, source)| JsValue::from(around) == *source);
        let origin = event.origin();
        let is_listed = self.listed.with_value(|listed| listed.contains(&origin));
        let is_other = self.origin.with_untracked(|known| known.as_ref().is_some_and(|known| *known != origin));
        if !is_parent || !is_listed || is_other {
            return;
        }
        let data = event.data();
        match text(&data, KEY).as_deref() {
            Some("look") => {
                self.origin.set(Some(origin));
                self.take_look(&data);
                take_language(&text(&data, "lang").unwrap_or_default(), place);
            }
            Some("go") => {
                let url = text(&data, "place").map(|url| paths::unframed(&paths::framed(&url)).to_owned());
                if let Some(url) = url.filter(|url| paths::may_lead_to(url)) {
                    place.go(&url);
                }
            }
            _ => {}
        }
    }

    fn take_look(self, data: &JsValue) {
        look::theme(&text(data, "theme").unwrap_or_default());
        let tokens = Reflect::get(data, &"tokens".into()).unwrap_or_default();
        let value = |name: &str| if tokens.is_object() { text(&tokens, name) } else { None };
        let refused: Array = look::NAMES
            .into_iter()
            .filter(|name| !look::set(name, value(name).as_deref()))
            .map(JsValue::from)
            .collect();
        if refused.length() > 0 {
            untrack(|| self.tell("refused", &[("tokens", refused.into())]));
        }
    }
}

/// Words come with the page: another language loads it again, unless something would be lost by it.
fn take_language(language: &str, place: PlaceStore) {
    let is_new = !language.is_empty() && framed::language().as_deref() != Some(language);
    if is_new && !place.is_held() {
        framed::keep_language(language);
        if framed::language().as_deref() == Some(language) {
            drop(window().location().reload());
        }
    }
}

/// The window around this one.
fn around() -> Option<Window> {
    let here = window();
    here.parent().ok().flatten().filter(|parent| *parent != here)
}

/// Who is around, where the browser says it: the list decides whether it is believed.
fn hint() -> Option<String> {
    let ancestors = Reflect::get(&window().location(), &"ancestorOrigins".into()).ok();
    let nearest = ancestors.filter(JsValue::is_object).and_then(|list| Reflect::get_u32(&list, 0).ok()?.as_string());
    nearest.or_else(|| Url::new(&document().referrer()).ok().map(|url| url.origin()))
}

/// Where one is, without what is looked for there: that may be a name.
fn here(url: &str) -> JsValue {
    paths::path_of(url).into()
}

fn text(data: &JsValue, name: &str) -> Option<String> {
    Reflect::get(data, &name.into()).ok()?.as_string()
}

fn message(name: &str, with: &[(&str, JsValue)]) -> JsValue {
    let message = Object::new();
    drop(Reflect::set(&message, &KEY.into(), &name.into()));
    for (key, value) in with {
        drop(Reflect::set(&message, &(*key).into(), value));
    }
    message.into()
}
