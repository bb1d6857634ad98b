//! A value that can only be looked at: shown as the vendor sent it.

use leptos::prelude::*;
use roomkey_schema::form::value_text;
use serde_json::Value;

use super::Field;
use crate::ui::erase::live;
use crate::ui::view;
use crate::words::t;

pub(super) fn view(field: Field) -> AnyView {
    let Field { value, words, .. } = field;
    view! {
        <output class="mono as-is" id=field.id aria-describedby=field.described_by>
            {live(move || value.get().map_or_else(|| t("field.not_set").to_owned(), |value| plain(&value, &words)))}
        </output>
    }
    .into_any()
}

/// A value as text: its words if it has some, JSON if it is built of several.
pub(crate) fn plain(value: &Value, words: &roomkey_schema::form::FieldWords) -> String {
    match value {
        Value::Array(items) if items.is_empty() => t("field.none").to_owned(),
        Value::Array(items) if items.iter().all(|item| !item.is_object()) => {
            items.iter().map(|item| words.name_of(item)).collect::<Vec<_>>().join(", ")
        }
        Value::String(text) if text.is_empty() => t("field.none").to_owned(),
        Value::Object(_) | Value::Array(_) => serde_json::to_string_pretty(value).unwrap_or_else(|_| value_text(value)),
        value => words.name_of(value),
    }
}
