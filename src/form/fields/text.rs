//! A line of text, an e-mail address or a whole number. Digits stay text until they are one exact integer. For a PIN or a
//! passcode it offers a new one.

use leptos::prelude::*;
use roomkey_schema::form::{Kind, value_text};
use roomkey_schema::{Shape, pin};

use super::Field;
use crate::ui::chance;
use crate::ui::element::focus;
use crate::ui::erase::{live, on};
use crate::ui::view;
use crate::words::t;

pub(super) fn view(kind: Kind, field: Field) -> AnyView {
    let Field { value, set_text, .. } = field;
    let inputmode = match kind {
        Kind::Integer => "numeric",
        Kind::Email => "email",
        _ if matches!(&field.node.shape, Shape::Text { pin: Some(pin), .. } if !pin.letters) => "numeric",
        _ => "text",
    };
    let fresh = fresh(&field);
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
        {fresh}
    }
    .into_any()
}

/// The button that puts in a new PIN or passcode by the field's own rule.
fn fresh(field: &Field) -> Option<AnyView> {
    let Shape::Text { min, max, pin: Some(rule), .. } = field.node.shape.clone() else { return None };
    let (id, set_text) = (field.id.clone(), field.set_text);
    let press = move |_| {
        if let Some(text) = pin::fresh(&rule, min, max, &mut chance::byte) {
            set_text.run(text);
            focus(&id);
        }
    };
    let button = view! {
        <button type="button" class="plain" on:click=on(press)>
            {t("field.generate")}
        </button>
    };
    field.enabled.then(|| button.into_any())
}
