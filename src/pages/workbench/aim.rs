//! Links to single rows: brings the row that the address names into view and puts the focus on it.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::Bench;
use crate::form::section::control_dom_id;
use crate::stores::{PlaceStore, store};
use crate::ui::erase::effect;

/// Goes to the row that the address names, now and whenever the address changes.
pub(super) fn follow_hash(bench: Bench) {
    let place = store::<PlaceStore>();
    effect(move || {
        let hash = place.hash();
        let row = bench.settings.find(&hash);
        if row.is_some_and(|row| bench.settings.row_now(row).hidden) {
            bench.query.set(String::new());
            bench.settings.filter("");
        }
        if row.is_some() {
            request_animation_frame(move || at(&hash));
        }
    });
}

/// Brings a row into view and puts the focus on its control.
pub(super) fn at(row_id: &str) {
    let page = document();
    if let Ok(Some(before)) = page.query_selector(".row.aimed") {
        drop(before.class_list().remove_1("aimed"));
    }
    let Some(row) = page.get_element_by_id(row_id) else { return };
    row.scroll_into_view();
    drop(row.class_list().add_1("aimed"));
    let control = page.get_element_by_id(&control_dom_id(row_id));
    let lock = || row.query_selector("button").ok().flatten();
    if let Some(control) = control.or_else(lock).and_then(|control| control.dyn_into::<HtmlElement>().ok()) {
        drop(control.focus());
    }
}
