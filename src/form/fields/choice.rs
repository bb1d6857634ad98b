//! One of few values. A value that the schema does not list is offered too, so that looking at a form changes nothing.

use leptos::prelude::*;
use roomkey_schema::form::value_text;
use serde_json::Value;
use web_sys::HtmlSelectElement;

use super::Field;
use crate::ui::element::by_id;
use crate::ui::erase::{effect, on};
use crate::ui::view;
use crate::words::t;

pub(super) fn view(field: Field) -> AnyView {
    let Field { value, set, .. } = field;
    let mut choices: Vec<(String, Value, String)> = field
        .words
        .choices_of(&field.node)
        .into_iter()
        .map(|(value, name)| (value_text(&value), value, name))
        .collect();
    match value.get_untracked() {
        None => choices.insert(0, (String::new(), Value::Null, t("field.not_set").to_owned())),
        Some(now) if !choices.iter().any(|(_, value, _)| *value == now) => {
            choices.insert(0, (value_text(&now), now.clone(), field.words.name_of(&now)));
        }
        Some(_) => {}
    }
    let options: Vec<_> = choices
        .iter()
        .map(|(key, _, name)| view! { <option value=key.clone()>{name.clone()}</option> }.into_any())
        .collect();
    let id = field.id.clone();
    effect(move || {
        let now = value.get().map(|value| value_text(&value)).unwrap_or_default();
        if let Some(select) = by_id::<HtmlSelectElement>(&id) {
            select.set_value(&now);
        }
    });
    view! {
        <select
            id=field.id
            aria-describedby=field.described_by
            disabled=!field.enabled
            on:change=on(move |event| {
                let key = event_target_value(&event);
                if let Some((_, value, _)) = choices.iter().find(|(known, value, _)| *known == key && !value.is_null())
                {
                    set.run(value.clone());
                }
            })
        >
            {options}
        </select>
    }
    .into_any()
}
