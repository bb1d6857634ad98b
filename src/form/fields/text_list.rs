//! Lines of text. Blank lines do not count, but stay while one types.

use leptos::prelude::*;
use roomkey_schema::form::value_text;
use serde_json::Value;
use web_sys::HtmlTextAreaElement;

use super::Field;
use crate::ui::element::by_id;
use crate::ui::erase::{effect, on};
use crate::ui::view;

pub(super) fn view(field: Field) -> AnyView {
    let Field { value, set, .. } = field;
    let id = field.id.clone();
    effect(move || {
        let now = value.get().unwrap_or_default();
        if let Some(area) = by_id::<HtmlTextAreaElement>(&id)
            && lines(&area.value()) != now
        {
            let texts = now.as_array().map(|items| items.iter().map(value_text).collect::<Vec<_>>());
            area.set_value(&texts.unwrap_or_default().join("\n"));
        }
    });
    view! {
        <textarea
            class="text"
            rows="3"
            spellcheck="false"
            id=field.id
            aria-describedby=field.described_by
            disabled=!field.enabled
            on:input=on(move |event| set.run(lines(&event_target_value(&event))))
        ></textarea>
    }
    .into_any()
}

fn lines(text: &str) -> Value {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(Value::from).collect::<Vec<_>>().into()
}
