//! Which section one is looking at: the one that crosses the upper part of the window.

use leptos::prelude::*;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

use super::sections;
use crate::ui::erase::effect;

/// Below the top bar and the section's own heading, above the middle.
const ZONE: &str = "-64px 0px -75% 0px";

/// The index of the section that one is looking at; follows scrolling until the component goes away.
pub(super) fn current(ids: Vec<String>) -> RwSignal<usize> {
    let current = RwSignal::new(0);
    effect(move || {
        let known = ids.clone();
        let seen = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
            let inside = entries.iter().filter_map(|entry| entry.dyn_into::<IntersectionObserverEntry>().ok());
            for entry in inside.filter(IntersectionObserverEntry::is_intersecting) {
                let id = entry.target().id();
                if let Some(at) = known.iter().position(|known| sections::dom_id(known) == id) {
                    current.set(at);
                }
            }
        });
        let options = IntersectionObserverInit::new();
        options.set_root_margin(ZONE);
        let Ok(observer) = IntersectionObserver::new_with_options(seen.as_ref().unchecked_ref(), &options) else {
            return;
        };
        for id in &ids {
            if let Some(section) = document().get_element_by_id(&sections::dom_id(id)) {
                observer.observe(&section);
            }
        }
        // The browser keeps calling back for as long as the page shows the sections.
        let seen: JsValue = seen.into_js_value();
        on_cleanup({
            let kept = send_wrapper::SendWrapper::new((observer, seen));
            move || kept.0.disconnect()
        });
    });
    current
}
