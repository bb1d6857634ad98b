//! Values of objects and rows as a person reads them. Must not know where they come from.

use leptos::prelude::*;
use roomkey_schema::path::PathParams;
use roomkey_schema::place::{Column, ColumnKind, Reveal};
use serde_json::Value;

use crate::stores::list::rows::text_at;
use crate::stores::reveal::wanted;
use crate::stores::{RevealStore, store};
use crate::ui::facts;
use crate::ui::moment::{exact, moment};
use crate::ui::reveal_button::reveal_button;
use crate::ui::view;
use crate::words::{number, t};

/// A value as text, in the words of its column.
pub(in crate::pages) fn said(column: &Column, text: &str) -> String {
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

/// Exactly when, for a moment.
pub(super) fn exactly(column: &Column, text: &str) -> Option<String> {
    (column.kind == ColumnKind::Time).then(|| exact(text)).flatten()
}

/// The moments among the facts under a name, exactly.
pub(super) fn moments(columns: &[Column], value: &Value) -> Option<String> {
    let fact = |column: &Column| Some(format!("{}: {}", column.label, exactly(column, &text_at(value, &column.at))?));
    let said: Vec<String> = columns.iter().filter_map(fact).collect();
    (!said.is_empty()).then(|| said.join(" · "))
}

/// The facts under a name, on one line.
pub(super) fn facts(columns: &[Column], value: &Value) -> String {
    let fact = |column: &Column| {
        let said = said(column, &text_at(value, &column.at));
        (!said.is_empty()).then(|| format!("{}: {said}", column.label))
    };
    columns.iter().filter_map(fact).collect::<Vec<_>>().join(" · ")
}

/// Name and value of each column, one below the other. `params` are those with which it was read.
pub(super) fn list(columns: &[Column], value: &Value, params: &PathParams) -> AnyView {
    let pair = |column: &Column| {
        let text = text_at(value, &column.at);
        let said = said(column, &text);
        let said = if said.is_empty() { t("field.none").to_owned() } else { said };
        let button = reveal(column, &text, &column.label, &|_| params.clone());
        (
            column.label.clone(),
            view! {
                <span title=exactly(column, &text)>{said}</span>
                {button}
            }
            .into_any(),
        )
    };
    facts::views(columns.iter().map(pair).collect(), "facts")
}

/// The buttons that show the secrets among the facts under a name.
pub(super) fn reveals(columns: &[Column], value: &Value, params: &PathParams) -> AnyView {
    let given = |from: &Reveal| from.read.path.given(params);
    let buttons = columns.iter().filter_map(|column| {
        let text = text_at(value, &column.at);
        reveal(column, &text, &column.label, &given)
    });
    buttons.collect::<Vec<_>>().into_any()
}

/// The button that shows a secret, when it is set and may be shown. `params` says with which parameters it is read.
pub(in crate::pages) fn reveal(
    column: &Column,
    text: &str,
    label: &str,
    params: &dyn Fn(&Reveal) -> PathParams,
) -> Option<AnyView> {
    let from = column.reveal.as_ref().filter(|_| text == "true")?;
    let wanted = wanted(&from.read.operation, params(from), &from.at);
    let (store, of) = (store::<RevealStore>(), label.to_owned());
    Some(reveal_button(label, Callback::new(move |()| store.ask(&of, wanted.clone()))))
}
