//! What a list can be narrowed down by, each as a choice. The choice stands in the address.

use leptos::prelude::*;
use roomkey_schema::path::PathParams;
use roomkey_schema::place::Filter;
use serde_json::Value;

use super::list::Table;
use crate::api::Abort;
use crate::api::operations::{send, target};
use crate::stores::list::rows::text_at;
use crate::ui::erase::{live, on};
use crate::ui::new_id;
use crate::words::{compare, tf};

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
    let names = RwSignal::new(Vec::new());
    if filter.from.is_some() {
        read_names(filter, names);
    }
    let (key, pressed) = (name(filter).to_owned(), name(filter).to_owned());
    let described = filter.clone();
    let at = filter.at.clone().filter(|_| filter.from.is_none());
    // Looked for among all rows when rows have come, not at every letter that is typed.
    let there = Memo::new(move |_| at.as_ref().map_or_else(String::new, |at| table.rows.values(at).join(BETWEEN)));
    // Every choice again when rows have come that have another value.
    let options = live(move || {
        let now = table.place.query(&key).unwrap_or_default();
        let mut choices: Vec<(String, String)> = match (&described.from, &described.at) {
            (Some(_), _) => names.get(),
            (None, Some(_)) => {
                let there = there.read();
                let words = |value: &str| {
                    (value.to_owned(), described.choices.get(value).cloned().unwrap_or_else(|| value.to_owned()))
                };
                there.split(BETWEEN).filter(|value| !value.is_empty()).map(words).collect()
            }
            (None, None) => described.choices.iter().map(|(value, words)| (value.clone(), words.clone())).collect(),
        };
        if described.param.is_none() {
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

/// Names of values that an operation lists. Without them the filter has nothing to offer, and the list is as good.
fn read_names(filter: &Filter, names: RwSignal<Vec<(String, String)>>) {
    let Some(from) = filter.from.clone() else { return };
    let abort = Abort::on_cleanup();
    crate::api::spawn(async move {
        let Ok(target) = target(&from.read.method, &from.read.path, &PathParams::default(), &[("page_size", "300")])
        else {
            return;
        };
        let Ok(answer) = send(&target, None, None, &abort).await else { return };
        let rows = answer.body.pointer(&from.rows).and_then(Value::as_array).cloned().unwrap_or_default();
        let mut found: Vec<(String, String)> =
            rows.iter().map(|row| (text_at(row, &from.key), text_at(row, &from.name))).collect();
        found.sort_by(|a, b| compare(&a.1, &b.1));
        names.try_set(found);
    });
}
