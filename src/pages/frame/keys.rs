//! Shortcuts: single keys that work wherever nothing is being typed. They can be turned off, since speech input and
//! unsteady hands press them by accident.

use std::time::Duration;

use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;
use roomkey_schema::place::Place;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use super::super::place::in_navigation;
use super::super::{bulk, connections, record};
use crate::paths;
use crate::stores::{IndexStore, PlaceStore, preferences, store};
use crate::ui::dialog::Dialog;
use crate::ui::erase::on;
use crate::ui::view;
use crate::words::{t, tf};

/// The id of the button that opens the navigation on narrow screens.
pub(crate) const MENU_BUTTON: &str = "menu-button";

/// The key behind `g` for the desk.
const DESK: &str = "d";
/// The key behind `g` for bulk jobs.
const BULK: &str = "b";
/// The key behind `g` for the connections.
const CONNECTIONS: &str = "n";
/// The key behind `g` for the record.
const RECORD: &str = "r";

/// How long the second key of a pair may take.
const PAIR: Duration = Duration::from_millis(1500);

/// Listens until the frame goes away.
pub(crate) fn listen(nav_open: RwSignal<bool>, help_open: RwSignal<bool>) {
    let (place, index) = (store::<PlaceStore>(), store::<IndexStore>());
    let going = StoredValue::new(false);
    let (may_see_bulk, may_see_connections) = (bulk::may_see(), connections::may_see());
    let may_see_record = record::may_see();
    let pressed = move |event: KeyboardEvent| {
        if is_taken(&event) {
            return;
        }
        let key = event.key();
        if key == "Escape" && nav_open.get_untracked() {
            nav_open.set(false);
            focus(document().get_element_by_id(MENU_BUTTON));
            return;
        }
        if is_typing(&event) || !preferences::keys() {
            return;
        }
        let pair = going.get_value();
        going.set_value(false);
        match key.as_str() {
            "/" => {
                event.prevent_default();
                // What has no search of its own leads to where everybody is found.
                match document().query_selector("[data-search]").ok().flatten() {
                    Some(field) => focus(Some(field)),
                    None => place.go(&paths::start()),
                }
            }
            "?" => help_open.set(true),
            key if pair && let Some(wanted) = with_key(index, key) => place.go(&wanted.path),
            DESK if pair => {
                // The field there has the focus at once, and this is no letter for it.
                event.prevent_default();
                place.go(&paths::start());
            }
            BULK if pair && may_see_bulk => place.go(&paths::jobs()),
            CONNECTIONS if pair && may_see_connections => place.go(&paths::connections()),
            RECORD if pair && may_see_record => place.go(&paths::record(&[])),
            "g" => {
                going.set_value(true);
                set_timeout(
                    move || {
                        going.try_set_value(false);
                    },
                    PAIR,
                );
            }
            _ => {}
        }
    };
    let listener = window_event_listener(ev::keydown, pressed);
    on_cleanup(move || listener.remove());
}

/// Whether a key that was pressed is a shortcut: nothing is being typed, no dialog is open, and single keys are wanted.
pub(crate) fn is_shortcut(event: &KeyboardEvent) -> bool {
    !is_taken(event) && !is_typing(event) && preferences::keys()
}

/// What the shortcuts are, and the switch that turns them off.
#[component]
pub(crate) fn KeysHelp(
    /// Whether it is shown.
    open: RwSignal<bool>,
) -> AnyView {
    let index = store::<IndexStore>();
    let row = |keys: &[&str], what: String| {
        let keys = keys.iter().map(|key| view! { <kbd>{(*key).to_owned()}</kbd> }.into_any()).collect::<Vec<_>>();
        view! {
            <div>
                <dt>{keys}</dt>
                <dd>{what}</dd>
            </div>
        }
        .into_any()
    };
    let (may_see_bulk, may_see_connections) = (bulk::may_see(), connections::may_see());
    let may_see_record = record::may_see();
    let body = move || {
        let bulk = may_see_bulk.then(|| row(&["g", BULK], tf("keys.go", &[("place", t("jobs.title"))])));
        let connections =
            may_see_connections.then(|| row(&["g", CONNECTIONS], tf("keys.go", &[("place", t("connections.title"))])));
        let record = may_see_record.then(|| row(&["g", RECORD], tf("keys.go", &[("place", t("record.title"))])));
        let places = in_navigation(&index.get());
        let places = places.iter().filter(|place| !place.key.is_empty());
        let places = places.map(|place| row(&["g", &place.key], tf("keys.go", &[("place", &place.title)])));
        let places = places.collect::<Vec<_>>();
        view! {
            <div class="dialog-body">
                <dl class="keys">
                    {row(&["/"], t("keys.search").to_owned())}
                    {row(&["g", DESK], tf("keys.go", &[("place", t("desk.nav"))]))} {bulk} {places} {record}
                    {connections} {row(&["r"], t("keys.reset").to_owned())} {row(&["?"], t("keys.help").to_owned())}
                    {row(&["Esc"], t("keys.close").to_owned())}
                </dl>
                <label class="choice" for="keys-on">
                    <input
                        id="keys-on"
                        class="switch"
                        type="checkbox"
                        role="switch"
                        checked=preferences::keys()
                        on:change=on(move |event| preferences::choose_keys(event_target_checked(&event)))
                    />
                    {t("keys.on")}
                </label>
            </div>
        }
        .into_any()
    };
    view! {
        <Dialog open title=t("keys.title") on_close=Callback::new(move |()| open.set(false))>
            {body()}
        </Dialog>
    }
    .into_any()
}

fn focus(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        drop(element.focus());
        if let Ok(input) = element.dyn_into::<HtmlInputElement>() {
            input.select();
        }
    }
}

/// The place behind `g` and this key.
fn with_key(index: IndexStore, key: &str) -> Option<Place> {
    in_navigation(&index.now()).into_iter().find(|place| place.key == key)
}

fn is_taken(event: &KeyboardEvent) -> bool {
    event.default_prevented() || event.ctrl_key() || event.meta_key() || event.alt_key() || dialog_is_open()
}

fn dialog_is_open() -> bool {
    document().query_selector("dialog[open]").ok().flatten().is_some()
}

fn is_typing(event: &KeyboardEvent) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .and_then(|element| {
            element.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]").ok()
        })
        .flatten()
        .is_some()
}
