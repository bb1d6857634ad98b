//! Values of objects and rows as a person reads them. Must not know where they come from.

use leptos::prelude::*;
use roomkey_schema::place::{Column, ColumnKind};
use serde_json::Value;

use crate::stores::list::rows::text_at;
use crate::ui::facts;
use crate::ui::moment::moment;
use crate::words::{number, t};

/// A value as text, in the words of its column.
pub(super) fn said(column: &Column, text: &str) -> String {
    if let Some(words) = column.choices.get(text) {
        return words.clone();
    }
    match column.kind {
        _ if text.is_empty() => String::new(),
        ColumnKind::Text => text.to_owned(),
        ColumnKind::Number => text.parse().map_or_else(|_| text.to_owned(), number),
        ColumnKind::Time => moment(text),
        ColumnKind::Secret => t(if text == "true" { "secret.set" } else { "secret.not_set" }).to_owned(),
    }
}

/// The facts under a name, on one line.
pub(super) fn facts(columns: &[Column], value: &Value) -> String {
    let fact = |column: &Column| {
        let said = said(column, &text_at(value, &column.at));
        (!said.is_empty()).then(|| format!("{}: {said}", column.label))
    };
    columns.iter().filter_map(fact).collect::<Vec<_>>().join(" · ")
}

/// Name and value of each column, one below the other.
pub(super) fn list(columns: &[Column], value: &Value) -> AnyView {
    let pair = |column: &Column| {
        let said = said(column, &text_at(value, &column.at));
        (column.label.clone(), if said.is_empty() { t("field.none").to_owned() } else { said })
    };
    facts::facts(columns.iter().map(pair).collect(), "facts")
}
