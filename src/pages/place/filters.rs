//! What a list can be narrowed down by, each as a choice. The choice stands in the address.

use std::sync::Arc;

use leptos::prelude::*;
use roomkey_schema::path::PathParams;
use roomkey_schema::place::{ColumnKind, Filter, List};

use super::list::Table;
use crate::stores::ListStore;
use crate::stores::list::rows::Wanted;
use crate::ui::erase::{live, on};
use crate::ui::moment::{from_the_wall, on_the_wall, zone};
use crate::ui::new_id;
use crate::ui::view;
use crate::words::tf;

/// What a filter is called in the address.
pub(super) fn name(filter: &Filter) -> &str {
    filter.param.as_deref().unwrap_or_else(|| last(filter.at.as_deref().unwrap_or_default()))
}

/// The last key of a pointer.
pub(super) fn last(pointer: &str) -> &str {
    pointer.rsplit('/').next().unwrap_or_default()
}

/// Between values that are kept as one text.
const BETWEEN: &str = "\u{1f}";

/// One filter.
pub(super) fn view(filter: &Filter, table: Table) -> AnyView {
    let id = new_id("filter");
    if filter.kind == ColumnKind::Time {
        return time(filter, &id, table);
    }
    let names = filter.from.as_ref().map(names);
    let (key, pressed) = (name(filter).to_owned(), name(filter).to_owned());
    let described = filter.clone();
    let at = filter.at.clone().filter(|_| filter.from.is_none());
    // Looked for among all rows when rows have come, not at every letter that is typed.
    let there = Memo::new(move |_| at.as_ref().map_or_else(String::new, |at| table.rows.values(at).join(BETWEEN)));
    // Every choice again when rows have come that have another value.
    let options = live(move || {
        let now = table.place.query(&key).unwrap_or_default();
        let mut choices: Vec<(String, String)> = match (names, &described.at) {
            (Some(names), _) => names.get(),
            (None, Some(_)) => {
                let there = there.read();
                let words = |value: &str| {
                    (value.to_owned(), described.choices.get(value).cloned().unwrap_or_else(|| value.to_owned()))
                };
                there.split(BETWEEN).filter(|value| !value.is_empty()).map(words).collect()
            }
            (None, None) => described.choices.iter().map(|(value, words)| (value.clone(), words.clone())).collect(),
        };
        if described.param.is_none() || described.from.is_some() {
            choices.insert(0, (String::new(), tf("list.all", &[("label", &described.label)])));
        }
        let option = |(value, words): (String, String)| {
            let selected = value == now;
            view! {
                <option value=value selected=selected>
                    {words}
                </option>
            }
            .into_any()
        };
        choices.into_iter().map(option).collect::<Vec<_>>().into_any()
    });
    view! {
        <div class="filter">
            <label class="visually-hidden" for=id.clone()>
                {filter.label.clone()}
            </label>
            <select id=id on:change=on(move |event| table.ask(&pressed, &event_target_value(&event)))>
                {options}
            </select>
        </div>
    }
    .into_any()
}

/// A moment; nothing while none is given.
fn time(filter: &Filter, id: &str, table: Table) -> AnyView {
    let (key, pressed) = (name(filter).to_owned(), name(filter).to_owned());
    let now = live(move || on_the_wall(&table.place.query(&key).unwrap_or_default()));
    view! {
        <div class="filter time">
            <label for=id.to_owned()>{filter.label.clone()}</label>
            <input
                type="datetime-local"
                class="text"
                id=id.to_owned()
                title=zone()
                prop:value=now
                on:change=on(move |event| table.ask(&pressed, &from_the_wall(&event_target_value(&event))))
            />
        </div>
    }
    .into_any()
}

/// Names of values that an operation lists. Without them the filter has nothing to offer, and the list is as good.
fn names(list: &List) -> Memo<Vec<(String, String)>> {
    let (rows, list) = (ListStore::new(), Arc::new(list.clone()));
    rows.load(Arc::clone(&list), PathParams::default(), Vec::new());
    Memo::new(move |_| {
        let name = list.columns.first().map(|column| column.at.clone()).unwrap_or_default();
        let found = rows.arranged(&Wanted::default()).into_iter();
        found.map(|row| (rows.value(row, &list.key), rows.value(row, &name))).collect()
    })
}
