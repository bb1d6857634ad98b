//! The search in the bar on top: leads to the desk with what was typed. On a telephone it is a button that goes there. Must
//! not look for anybody itself.

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;
use web_sys::HtmlInputElement;

use crate::paths::{self, Place};
use crate::stores::{PlaceStore, store};
use crate::ui::element::by_id;
use crate::ui::erase::{flag, on};
use crate::ui::icon::{Icon, icon};
use crate::ui::view;
use crate::words::t;

const ID: &str = "find-anybody";

/// The field, and the button in its stead. The desk has a field of its own.
pub(super) fn view() -> AnyView {
    let place = store::<PlaceStore>();
    let is_desk = Memo::new(move |_| place.get() == Place::Desk);
    let go = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(field) = by_id::<HtmlInputElement>(ID) else { return };
        let typed = field.value();
        field.set_value("");
        place.go(&paths::desk(typed.trim()));
    };
    let leave = move |event: KeyboardEvent| {
        if let Some(field) = by_id::<HtmlInputElement>(ID).filter(|_| event.key() == "Escape") {
            field.set_value("");
        }
    };
    view! {
        <form class="top-find" role="search" hidden=flag(move || is_desk.get()) on:submit=on(go)>
            <div class="find">
                {icon(Icon::Find)}
                <input
                    type="text"
                    id=ID
                    autocomplete="off"
                    spellcheck="false"
                    enterkeyhint="search"
                    aria-label=t("desk.find")
                    placeholder=t("desk.find_short")
                    on:keydown=on(leave)
                /> <kbd aria-hidden="true">"/"</kbd>
            </div>
            <a class="button icon" href=paths::start() aria-label=t("desk.find")>
                {icon(Icon::Find)}
            </a>
        </form>
    }
    .into_any()
}
