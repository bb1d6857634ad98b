//! Objects with the same members: entries one can add, change and remove, to any depth. Every change makes a whole new
//! list, because vendors replace lists whole.

use leptos::prelude::*;
use roomkey_schema::form::{FieldWords, Kind};
use roomkey_schema::{Node, Shape, json};
use serde_json::{Map, Value};

use super::{Field, control, edited, entry};
use crate::ui::erase::{live, on};
use crate::ui::view;
use crate::words::{t, tf, tn};

pub(super) fn view(field: Field) -> AnyView {
    let Field { value, set, .. } = field;
    let Shape::List { item, .. } = field.node.shape.clone() else { return super::unknown::view(field) };
    let count = move || value.get().as_ref().and_then(Value::as_array).map_or(0, Vec::len);
    let said = StoredValue::new(value.get_untracked());
    // Entries are drawn anew when their number changes or when the value was changed from outside, not at every letter.
    let key = Memo::new(move |before: Option<&(usize, u32)>| {
        let now = value.get();
        let outside = said.with_value(|said| *said != now);
        said.set_value(now);
        let before = before.copied().unwrap_or_default();
        (count(), if outside { before.1 + 1 } else { before.1 })
    });
    let change = move |edit: &dyn Fn(&mut Vec<Value>)| {
        let items = edited(value, edit);
        said.set_value(Some(items.clone()));
        set.run(items);
    };
    let id = field.id.clone();
    let named_by = format!("{} {}", super::label_dom_id(&id), id);
    let enabled = field.enabled;
    let list = field.clone();
    let entries = live(move || {
        let (count, _) = key.get();
        (0..count)
            .map(|index| {
                let inner = entry(&list, &item, index, change);
                let name = tf("field.entry", &[("n", &(index + 1).to_string())]);
                view! {
                    <fieldset class="list-item">
                        <legend>{name.clone()}</legend>
                        {members(&inner, Vec::new())}
                        <div class="list-actions" hidden=!enabled>
                            <button
                                type="button"
                                class="plain"
                                aria-label=tf("field.remove_entry", &[("entry", &name)])
                                on:click=on(move |_| {
                                    change(
                                        &|items| {
                                            items.remove(index);
                                        },
                                    );
                                })
                            >
                                {t("field.remove")}
                            </button>
                        </div>
                    </fieldset>
                }
                .into_any()
            })
            .collect::<Vec<_>>()
            .into_any()
    });
    view! {
        <details class="fold list-editor" open=value.get_untracked().is_none()>
            <summary id=field.id aria-labelledby=named_by aria-describedby=field.described_by>
                {live(move || tn("field.entries", count() as u64))}
            </summary>
            {entries}
            <div class="list-actions" hidden=!enabled>
                <button type="button" on:click=on(move |_| change(&|items| items.push(Value::Object(Map::new()))))>
                    {t("field.add")}
                </button>
            </div>
        </details>
    }
    .into_any()
}

/// The members of one object, each with its label. `above` are the keys from the entry down to this object.
pub(super) fn members(entry: &Field, above: Vec<String>) -> AnyView {
    let node = above.iter().try_fold(&entry.node, |node, key| node.member(key));
    let fields = node.and_then(Node::members).unwrap_or_default();
    fields
        .iter()
        .map(|(name, node)| {
            let mut keys = above.clone();
            keys.push(name.clone());
            if node.members().is_some() {
                return members(entry, keys);
            }
            member(entry, node, &keys)
        })
        .collect::<Vec<_>>()
        .into_any()
}

/// One member of an entry. `keys` lead from the entry to it.
pub(super) fn member(entry: &Field, node: &Node, keys: &[String]) -> AnyView {
    let pointer = keys.iter().fold(String::new(), |pointer, key| json::child(&pointer, key));
    let words = entry.words.items.get(&pointer).cloned().unwrap_or_else(|| FieldWords {
        label: keys.last().cloned().unwrap_or_default().replace('_', " "),
        ..FieldWords::default()
    });
    let id = format!("{}{}", entry.id, pointer.replace('/', "."));
    let (whole, set) = (entry.value, entry.set);
    let put = Callback::new(move |(pointer, value): (String, Value)| {
        let mut object = whole.get_untracked().unwrap_or_else(|| Value::Object(Map::new()));
        json::put(&mut object, &pointer, value);
        set.run(object);
    });
    let at = pointer.clone();
    let (for_value, for_text) = (pointer.clone(), pointer);
    let number = matches!(node.shape, Shape::Integer { .. });
    let field = Field {
        id: id.clone(),
        described_by: None,
        node: node.clone(),
        words: words.clone(),
        enabled: entry.enabled && !node.read_only,
        value: Signal::derive(move || whole.get()?.pointer(&at).cloned()),
        set: Callback::new(move |value| put.run((for_value.clone(), value))),
        set_text: Callback::new(move |text: String| {
            // Text that is no number is kept as text: the fault is shown at the row.
            let exact = if number { text.trim().parse::<i64>().ok().map(Value::from) } else { None };
            put.run((for_text.clone(), exact.unwrap_or(Value::String(text))));
        }),
        offer: None,
    };
    let kind = Kind::of(node, &words);
    view! {
        <div class="member">
            <label id=super::label_dom_id(&id) for=id>
                {words.label}
            </label>
            {control(if node.read_only && kind != Kind::Switch { Kind::Unknown } else { kind }, field)}
        </div>
    }
    .into_any()
}
