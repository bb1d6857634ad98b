//! The field of the desk: a combobox over the list of hits. Letters always belong to it; only arrows, Enter, Escape and Alt
//! with R do something with what was found.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use web_sys::HtmlInputElement;

use super::{Desk, Hurry, hits};
use crate::paths::FIND;
use crate::ui::element::by_id;
use crate::ui::erase::{effect, live, on};
use crate::ui::icon::{Icon, icon};
use crate::ui::view;
use crate::words::t;

const ID: &str = "desk-find";

/// The field. It has the focus when one arrives, and what stands in it gives way to the next name.
pub(super) fn view(desk: Desk) -> AnyView {
    effect(|| {
        if let Some(field) = by_id::<HtmlInputElement>(ID) {
            drop(field.focus());
            field.select();
        }
    });
    let expanded = live(move || Some((!desk.hits.read().is_empty()).to_string()));
    let active = live(move || {
        let key = desk.chosen.get();
        desk.hits.read().iter().any(|hit| hit.key == key).then(|| hits::option_id(&key))
    });
    view! {
        <div class="find big">
            {icon(Icon::Find)}
            <input
                type="search"
                id=ID
                data-search=""
                role="combobox"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                enterkeyhint="go"
                aria-label=t("desk.find")
                placeholder=t("desk.find")
                aria-autocomplete="list"
                aria-expanded=expanded
                aria-controls=hits::ID
                aria-activedescendant=active
                aria-describedby=hits::HINT
                prop:value=live(move || desk.place.query(FIND).unwrap_or_default())
                on:input=on(move |event| desk.type_in(&event_target_value(&event)))
                on:keydown=on(move |event| pressed(desk, &event))
            /> <kbd aria-hidden="true">"/"</kbd>
        </div>
    }
    .into_any()
}

fn pressed(desk: Desk, event: &KeyboardEvent) {
    // Keys that put a character together belong to whatever does that.
    if event.is_composing() {
        return;
    }
    let is_alone = !(event.alt_key() || event.ctrl_key() || event.meta_key());
    match event.key().as_str() {
        "ArrowDown" if is_alone => desk.step(false),
        "ArrowUp" if is_alone => desk.step(true),
        "Enter" if is_alone => desk.go(Hurry::Open),
        "Escape" => desk.type_in(""),
        // By its place: with Alt, some keyboards write another character.
        _ if event.code() == "KeyR" && event.alt_key() && !event.ctrl_key() && !event.meta_key() => {
            desk.go(Hurry::Reset);
        }
        _ => return,
    }
    event.prevent_default();
}
