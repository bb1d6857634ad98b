//! What a card says: its facts with the locks on them, and things of one kind with what of each can be reset.

use std::ops::Range;

use leptos::prelude::*;
use roomkey_schema::path::PathParams;
use roomkey_schema::place::{Column, ColumnKind, List, Reveal};

use super::{Own, deeds};
use crate::pages::place::cells::{reveal, said};
use crate::stores::ListStore;
use crate::stores::card::said::Said;
use crate::ui::facts;
use crate::ui::icon::{Icon, icon};
use crate::ui::view;
use crate::words::{t, tf, tn};

/// How many things of one kind are shown.
const ROWS: usize = 8;

/// The things of one kind that are shown; followed.
pub(super) fn shown(rows: ListStore) -> Range<usize> {
    0..usize::try_from(rows.loaded()).unwrap_or(usize::MAX).min(ROWS)
}

/// The inside of a card that has been read.
pub(super) fn view(own: &Own) -> AnyView {
    let mut pairs: Vec<_> = own.store.said().iter().map(|said| fact(own, said)).collect();
    let mut more = None;
    if let Some(list) = &own.card.rows {
        let count = usize::try_from(own.store.rows.loaded()).unwrap_or(usize::MAX);
        pairs.extend(shown(own.store.rows).map(|row| thing(own, list, row)));
        let left = count.saturating_sub(ROWS) as u64;
        more = match count {
            0 => Some(list.empty.clone()),
            _ => (left > 0).then(|| tn("person_page.more", left)),
        };
    }
    let more = more.map(|more| view! { <p class="quiet">{more}</p> }.into_any());
    view! {
        {(!pairs.is_empty()).then(|| facts::views(pairs, ""))}
        {more}
    }
    .into_any()
}

/// One fact: its value, what reveals it, and who locks it.
fn fact(own: &Own, of: &Said) -> (String, AnyView) {
    let column = &of.column;
    let words = if of.unnamed {
        tn("person_page.groups", of.texts.len() as u64)
    } else {
        of.texts.iter().map(|text| said(column, text)).collect::<Vec<_>>().join(", ")
    };
    let given = |from: &Reveal| from.read.path.given(&own.params);
    let button = reveal(column, of.texts.first().map_or("", |text| text), &column.label, &given);
    let lock = (!of.locked_by.is_empty()).then(|| {
        let words = tf("row.locked_by", &[("groups", &of.locked_by.join(", "))]);
        view! { <span class="tag">{icon(Icon::Lock)} {words}</span> }.into_any()
    });
    (
        column.label.clone(),
        view! {
            <span>{or_none(column, words)}</span>
            {button}
            {lock}
        }
        .into_any(),
    )
}

/// One of the things of one kind: its name, what else is said of it, and what of it can be reset.
fn thing(own: &Own, list: &List, row: usize) -> (String, AnyView) {
    let rows = own.store.rows;
    let value = |at: &str| rows.value(row, at);
    let name = list.columns.first().map(|column| value(&column.at)).unwrap_or_default();
    let rest = list.columns.iter().skip(1).map(|column| {
        let text = value(&column.at);
        let given = |from: &Reveal| {
            let mut params = PathParams::new();
            for (name, at) in from.params.iter() {
                params.insert(name.clone(), value(at));
            }
            params
        };
        let label = format!("{}: {name}", column.label);
        view! {
            <span>{or_none(column, said(column, &text))}</span>
            {reveal(column, &text, &label, &given)}
        }
        .into_any()
    });
    let rest = rest.collect::<Vec<_>>();
    let resets = deeds::of_row(own, &name, row);
    (
        name,
        view! {
            {rest}
            {resets}
        }
        .into_any(),
    )
}

/// What is said where there is nothing.
fn or_none(column: &Column, words: String) -> String {
    let nothing = if column.kind == ColumnKind::Secret { t("secret.not_set") } else { t("field.none") };
    if words.is_empty() { nothing.to_owned() } else { words }
}
