//! What can be done on a card: resetting what it has, by button or by the page's key, and going where there is more. Must not
//! reset anything: the one dialog for that does.

use leptos::prelude::*;
use roomkey_schema::card::Reset;
use serde_json::Value;

use super::Own;
use crate::paths;
use crate::stores::Load;
use crate::stores::list::rows::text_at;
use crate::ui::element::focus;
use crate::ui::erase::{live, on};
use crate::ui::view;
use crate::words::{t, tf};

/// The id of the first button of the card that the key is for, where there are several things.
const FIRST: &str = "first-reset";

/// The foot of the card.
pub(super) fn view(own: &Own, state: Memo<Load>) -> AnyView {
    let buttons = live({
        let own = own.clone();
        move || {
            if state.get() != Load::Ready {
                return ().into_any();
            }
            let subject = own.store.subject();
            let buttons = own.card.resets.iter().filter(|reset| can(reset, &subject)).enumerate();
            buttons.map(|(at, reset)| button(&own, reset, &subject, at == 0)).collect::<Vec<_>>().into_any()
        }
    });
    let path = paths::place(&own.place.path, &own.params, "");
    let label = tf("person_page.open", &[("title", &own.card.title)]);
    view! {
        <footer>
            {buttons} <a class="button" href=path aria-label=label>
                {t("person_page.details")}
            </a>
        </footer>
    }
    .into_any()
}

fn button(own: &Own, reset: &Reset, subject: &Value, is_first: bool) -> AnyView {
    let (resets, wanted) = (own.resets, own.wanted(reset, &own.name, subject.clone()));
    let has_key = own.has_key && is_first;
    let key = has_key.then(|| view! { <kbd aria-hidden="true">{t("person_page.key")}</kbd> }.into_any());
    view! {
        <button
            type="button"
            class=if has_key { "primary" } else { "" }
            aria-keyshortcuts=has_key.then_some("r")
            on:click=on(move |_| resets.ask(wanted.clone()))
        >
            {reset.action.label.clone()}
            {key}
        </button>
    }
    .into_any()
}

/// The buttons for what can be reset of one of several things.
pub(super) fn of_row(own: &Own, name: &str, row: usize) -> Vec<AnyView> {
    let own_resets = own.card.resets.iter().filter(|reset| reset.for_row);
    let button = |reset: &Reset| {
        let (resets, wanted) = (own.resets, own.wanted(reset, name, own.store.rows.subject(row)));
        let label = format!("{}: {name}", reset.action.label);
        let id = (own.has_key && row == 0).then_some(FIRST);
        view! {
            <button
                type="button"
                class="plain reveal"
                id=id
                aria-label=label
                on:click=on(move |_| resets.ask(wanted.clone()))
            >
                {reset.action.label.clone()}
            </button>
        }
        .into_any()
    };
    own_resets.map(button).collect()
}

/// What the key does: asks for the card's first reset, or for that of the only thing; of several, one has to be chosen.
pub(super) fn ask_first(own: &Own) {
    let subject = own.store.subject();
    if let Some(reset) = own.card.resets.iter().find(|reset| can(reset, &subject)) {
        return own.resets.ask(own.wanted(reset, &own.name, subject));
    }
    let reset = own.card.resets.iter().find(|reset| reset.for_row);
    let (Some(reset), Some(list)) = (reset, &own.card.rows) else { return };
    if own.store.rows.loaded() == 1 {
        let name = list.columns.first().map(|column| own.store.rows.value(0, &column.at)).unwrap_or_default();
        own.resets.ask(own.wanted(reset, &name, own.store.rows.subject(0)));
    } else {
        focus(FIRST);
    }
}

/// Whether it can be done to the object itself.
fn can(reset: &Reset, subject: &Value) -> bool {
    !reset.for_row && reset.action.when.iter().all(|(at, wanted)| text_at(subject, at) == *wanted)
}
