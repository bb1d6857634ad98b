//! Several of few values: a list to tick, folded until it is needed.

use leptos::prelude::*;
use roomkey_schema::form::value_text;
use serde_json::Value;

use super::Field;
use crate::ui::erase::{live, on};
use crate::ui::view;
use crate::words::t;

pub(super) fn view(field: Field) -> AnyView {
    let Field { value, set, .. } = field;
    let words = field.words.clone();
    let summary = live(move || {
        let items = value.get();
        let names: Vec<_> =
            items.as_ref().and_then(Value::as_array).into_iter().flatten().map(|item| words.name_of(item)).collect();
        if names.is_empty() { t("field.none").to_owned() } else { names.join(", ") }
    });
    let named_by = format!("{} {}", super::label_dom_id(&field.id), field.id);
    let choices = field.words.choices_of(&field.node);
    let known: Vec<Value> = choices.iter().map(|(value, _)| value.clone()).collect();
    let boxes: Vec<_> = choices
        .into_iter()
        .map(|(choice, name)| {
            let id = format!("{}.{}", field.id, value_text(&choice));
            let known = known.clone();
            let mine = choice.clone();
            let ticked =
                live(move || value.get().as_ref().and_then(Value::as_array).is_some_and(|all| all.contains(&mine)));
            let toggle = move |on: bool| {
                let before = value.get_untracked();
                let before = before.as_ref().and_then(Value::as_array).cloned().unwrap_or_default();
                // What the schema does not list stays where it is; the rest comes in the schema's order.
                let mut after: Vec<Value> = before.iter().filter(|item| !known.contains(item)).cloned().collect();
                let stays = |item: &&Value| if **item == choice { on } else { before.contains(item) };
                after.extend(known.iter().filter(stays).cloned());
                set.run(Value::Array(after));
            };
            view! {
                <label class="tick">
                    <input
                        type="checkbox"
                        id=id
                        disabled=!field.enabled
                        prop:checked=ticked
                        on:change=on(move |event| toggle(event_target_checked(&event)))
                    />
                    {name}
                </label>
            }
            .into_any()
        })
        .collect();
    view! {
        <details class="fold">
            <summary id=field.id aria-labelledby=named_by aria-describedby=field.described_by>
                {summary}
            </summary>
            <div class="ticks">{boxes}</div>
        </details>
    }
    .into_any()
}
