//! A date and a time, given in the reader's zone and kept as the exact moment. Which zone that is stands beside it.

use leptos::prelude::*;
use roomkey_schema::form::value_text;
use web_sys::HtmlInputElement;

use super::Field;
use crate::ui::element::by_id;
use crate::ui::erase::{effect, on};
use crate::ui::moment::{from_the_wall, on_the_wall, zone};
use crate::ui::view;

pub(super) fn view(field: Field) -> AnyView {
    let Field { value, set_text, .. } = field;
    let zone_id = format!("{}-zone", field.id);
    let described_by = format!("{} {zone_id}", field.described_by.unwrap_or_default());
    let id = field.id.clone();
    effect(move || {
        let now = value.get().map(|value| value_text(&value)).unwrap_or_default();
        // What is given in parts is left alone until it is whole.
        if let Some(input) = by_id::<HtmlInputElement>(&id).filter(|input| from_the_wall(&input.value()) != now) {
            input.set_value(&on_the_wall(&now));
        }
    });
    view! {
        <input
            type="datetime-local"
            class="text"
            id=field.id
            aria-describedby=described_by.trim_start().to_owned()
            disabled=!field.enabled
            on:change=on(move |event| set_text.run(from_the_wall(&event_target_value(&event))))
        />
        <p class="help" id=zone_id>
            {zone()}
        </p>
    }
    .into_any()
}
