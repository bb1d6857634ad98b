//! A line of text, an e-mail address or a whole number. Digits stay text until they are one exact integer.

use leptos::prelude::*;
use roomkey_schema::Shape;
use roomkey_schema::form::{Kind, value_text};

use super::Field;
use crate::ui::erase::{live, on};
use crate::ui::view;

pub(super) fn view(kind: Kind, field: Field) -> AnyView {
    let Field { value, set_text, .. } = field;
    let inputmode = match kind {
        Kind::Integer => "numeric",
        Kind::Email => "email",
        _ if matches!(field.node.shape, Shape::Text { pin: Some(_), .. }) => "numeric",
        _ => "text",
    };
    let max = match field.node.shape {
        // A little more than fits, so that the fault can be seen instead of letters getting lost.
        Shape::Text { max, .. } => max.map(|max| max.saturating_mul(2).to_string()),
        _ => None,
    };
    view! {
        <input
            type="text"
            class="text"
            inputmode=inputmode
            autocomplete="off"
            spellcheck="false"
            maxlength=max
            id=field.id
            aria-describedby=field.described_by
            disabled=!field.enabled
            prop:value=live(move || value.get().map(|value| value_text(&value)).unwrap_or_default())
            on:input=on(move |event| set_text.run(event_target_value(&event)))
        />
    }
    .into_any()
}
