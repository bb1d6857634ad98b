//! On or off.

use leptos::prelude::*;
use serde_json::Value;

use super::Field;
use crate::ui::erase::{live, on};
use crate::ui::view;

pub(super) fn view(field: Field) -> AnyView {
    let Field { value, set, .. } = field;
    view! {
        <input
            type="checkbox"
            role="switch"
            class="switch"
            id=field.id
            aria-describedby=field.described_by
            disabled=!field.enabled
            prop:checked=live(move || value.get() == Some(Value::Bool(true)))
            on:change=on(move |event| set.run(Value::Bool(event_target_checked(&event))))
        />
    }
    .into_any()
}
