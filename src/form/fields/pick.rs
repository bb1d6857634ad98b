//! One thing or several, chosen by name: what fits is offered while one types. Where what was typed will do (an e-mail
//! address, say) it is taken as well, and several at once when they are pasted.

use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::prelude::*;
use roomkey_schema::form::value_text;
use roomkey_schema::{Node, Shape, json};
use serde_json::Value;

use super::{Field, edited, entry, object_list};
use crate::ui::erase::{effect, flag, live, live_if, on};
use crate::ui::view;
use crate::words::{t, tf};

/// Where the things come from that can be chosen.
#[derive(Clone)]
pub(crate) struct Offer {
    /// Begins to read them.
    pub(crate) begin: Callback<()>,
    /// Those that fit a text; followed.
    pub(crate) find: Callback<String, Found>,
    /// Pointer of what names a value.
    pub(crate) key: String,
    /// Pointer in a value that takes what was typed, where that will do.
    pub(crate) typed: Option<String>,
    /// Pointers of members that are asked for each.
    pub(crate) ask: Vec<String>,
}

/// Things that fit.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Found {
    pub(crate) matches: Vec<Match>,
    /// How many more there are, how far reading has come or why there are none.
    pub(crate) said: String,
}

/// One that fits.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Match {
    pub(crate) value: Value,
    pub(crate) name: String,
    /// What tells it from others of the same name.
    pub(crate) more: String,
}

/// What the parts of the control share.
#[derive(Clone, Copy)]
struct Pick {
    offer: StoredValue<Offer>,
    many: bool,
    value: Signal<Option<Value>>,
    set: Callback<Value>,
    set_text: Callback<String>,
    /// What stands in the input.
    text: RwSignal<String>,
    open: RwSignal<bool>,
    /// Index of the match that Enter takes.
    active: RwSignal<usize>,
    found: Memo<Found>,
    /// Names of what was chosen, by what names it in the value.
    names: StoredValue<Vec<(String, String)>>,
}

pub(super) fn view(field: Field) -> AnyView {
    let Some(offer) = field.offer.clone() else { return super::unknown::view(field) };
    let Field { value, set, set_text, .. } = field;
    let (text, open) = (RwSignal::new(String::new()), RwSignal::new(false));
    let offer = StoredValue::new(offer);
    let many = matches!(field.node.shape, Shape::List { .. });
    let found = Memo::new(move |_| {
        let Found { mut matches, said } =
            if open.get() { offer.get_value().find.run(text.get()) } else { Found::default() };
        let chosen = value.get();
        let chosen = chosen.as_ref().and_then(Value::as_array);
        matches.retain(|one| !chosen.is_some_and(|chosen| chosen.iter().any(|item| same(&one.value, item))));
        Found { matches, said }
    });
    let names = StoredValue::new(Vec::new());
    let pick = Pick { offer, many, value, set, set_text, text, open, active: RwSignal::new(0), found, names };
    if let (false, Some(chosen)) = (many, value.get_untracked().filter(|value| !value.is_null())) {
        // Its name, as soon as that is read.
        let raw = value_text(&chosen);
        text.set(raw.clone());
        offer.get_value().begin.run(());
        effect(move || {
            let all = offer.get_value().find.run(String::new());
            let one = all.matches.into_iter().find(|one| one.value == chosen);
            if let Some(one) = one.filter(|_| *text.read_untracked() == raw) {
                text.set(one.name);
            }
        });
    }
    let list_id = format!("{}-matches", field.id);
    let option_id = {
        let list_id = list_id.clone();
        move |at: usize| format!("{list_id}-{at}")
    };
    let active = {
        let option_id = option_id.clone();
        live(move || (!found.read().matches.is_empty()).then(|| option_id(pick.active.get())))
    };
    let options = live(move || {
        let option = |(at, one): (usize, &Match)| {
            let (chosen, id) = (one.clone(), option_id(at));
            view! {
                <li
                    role="option"
                    id=id
                    aria-selected=live(move || Some((pick.active.get() == at).to_string()))
                    on:mousedown=on(|event: MouseEvent| event.prevent_default())
                    on:click=on(move |_| pick.choose(&chosen))
                >
                    <span>{one.name.clone()}</span>
                    <span class="quiet">{one.more.clone()}</span>
                </li>
            }
            .into_any()
        };
        found.read().matches.iter().enumerate().map(option).collect::<Vec<_>>().into_any()
    });
    let said = live(move || found.read().said.clone());
    let entries = many.then(|| entries(&field, pick));
    view! {
        <div class="pick">
            {entries}
            <input
                type="text"
                class="text"
                role="combobox"
                autocomplete="off"
                spellcheck="false"
                aria-autocomplete="list"
                aria-expanded=live(move || Some(open.get().to_string()))
                aria-controls=list_id.clone()
                aria-activedescendant=active
                id=field.id
                aria-describedby=field.described_by
                disabled=!field.enabled
                prop:value=live(move || text.get())
                on:focus=on(move |_| offer.get_value().begin.run(()))
                on:click=on(move |_| open.set(true))
                on:input=on(move |event| pick.typed(&event_target_value(&event)))
                on:keydown=on(move |event| pick.pressed(&event))
                on:blur=on(move |_| pick.left())
            />
            <ul
                role="listbox"
                id=list_id
                aria-label=t("pick.matches")
                hidden=flag(move || found.read().matches.is_empty())
            >
                {options}
            </ul> <p class="quiet" role="status">
                {said}
            </p>
        </div>
    }
    .into_any()
}

/// What has been chosen, each with what is asked for it.
fn entries(field: &Field, pick: Pick) -> AnyView {
    let field = field.clone();
    let Shape::List { item, .. } = field.node.shape.clone() else { return ().into_any() };
    let change = move |edit: &dyn Fn(&mut Vec<Value>)| pick.set.run(edited(pick.value, edit));
    let keys = Memo::new(move |_| {
        let items = pick.value.get().and_then(|value| value.as_array().cloned()).unwrap_or_default();
        items.iter().map(|item| pick.key_of(item)).collect::<Vec<_>>()
    });
    live_if(move || {
        let keys = keys.get();
        let one = |(index, key): (usize, String)| {
            let name = pick.name_of(&key);
            let inner = entry(&field, &item, index, change);
            let asked = pick.offer.with_value(|offer| offer.ask.clone());
            let asked = asked.iter().filter_map(|pointer| {
                let keys: Vec<String> = json::keys(pointer).collect();
                let node = keys.iter().try_fold(&*item, |node: &Node, key| node.member(key))?;
                Some(object_list::member(&inner, node, &keys))
            });
            let asked = asked.collect::<Vec<_>>();
            let remove = tf("pick.remove", &[("name", &name)]);
            view! {
                <li>
                    <span>{name}</span>
                    {asked}
                    <button
                        type="button"
                        class="plain"
                        aria-label=remove
                        disabled=!field.enabled
                        on:click=on(move |_| {
                            change(
                                &|items| {
                                    items.remove(index);
                                },
                            );
                        })
                    >
                        "×"
                    </button>
                </li>
            }
            .into_any()
        };
        let chosen = (!keys.is_empty()).then(|| keys.into_iter().enumerate().map(one).collect::<Vec<_>>())?;
        Some(view! { <ul class="picked">{chosen}</ul> }.into_any())
    })
    .into_any()
}

impl Pick {
    fn key_of(self, value: &Value) -> String {
        self.offer.with_value(|offer| value.pointer(&offer.key).map(value_text).unwrap_or_default())
    }

    fn name_of(self, key: &str) -> String {
        self.names.with_value(|names| {
            names.iter().find(|(known, _)| known == key).map_or_else(|| key.to_owned(), |(_, name)| name.clone())
        })
    }

    /// Takes one that was offered.
    fn choose(self, one: &Match) {
        let key = self.key_of(&one.value);
        self.names.update_value(|names| names.push((key, one.name.clone())));
        if self.many {
            self.add(vec![one.value.clone()]);
            self.text.set(String::new());
        } else {
            // What was typed would do: then the value itself is what one reads.
            let is_text = self.offer.with_value(|offer| offer.typed.is_some());
            self.text.set(if is_text { value_text(&one.value) } else { one.name.clone() });
            self.set.run(one.value.clone());
        }
        self.close();
    }

    fn add(self, new: Vec<Value>) {
        self.set.run(edited(self.value, &|items| {
            for value in &new {
                if !items.iter().any(|item| same(value, item)) {
                    items.push(value.clone());
                }
            }
        }));
    }

    fn close(self) {
        self.open.set(false);
        self.active.set(0);
    }

    /// Follows what is typed. Addresses that are pasted or typed with something between them are taken one by one.
    fn typed(self, text: &str) {
        self.open.set(true);
        self.active.set(0);
        let typed = self.offer.with_value(|offer| offer.typed.clone());
        let mut rest = text;
        match typed {
            None if !self.many => self.set_text.run(String::new()),
            Some(_) if !self.many => self.set_text.run(text.to_owned()),
            Some(at) => {
                let (whole, last) = text.rsplit_once(is_between).unwrap_or_default();
                let whole: Vec<&str> = whole.split(is_between).filter(|one| !one.is_empty()).collect();
                if !whole.is_empty() && whole.iter().all(|one| one.contains('@')) {
                    self.add(whole.into_iter().map(|one| value_at(&at, one)).collect());
                    rest = last;
                }
            }
            None => {}
        }
        self.text.set(rest.to_owned());
    }

    /// Takes what was typed, if that will do.
    fn take_typed(self) {
        let text = self.text.get_untracked();
        let typed = self.offer.with_value(|offer| offer.typed.clone());
        if let Some(at) = typed.filter(|_| self.many && !text.trim().is_empty()) {
            self.add(vec![value_at(&at, text.trim())]);
            self.text.set(String::new());
        }
    }

    fn pressed(self, event: &KeyboardEvent) {
        let count = self.found.read_untracked().matches.len();
        let active = self.active.get_untracked();
        match event.key().as_str() {
            "ArrowDown" if !self.open.get_untracked() => self.open.set(true),
            "ArrowDown" => self.active.set(if active + 1 < count { active + 1 } else { 0 }),
            "ArrowUp" => self.active.set(active.checked_sub(1).unwrap_or_else(|| count.saturating_sub(1))),
            "Escape" if self.open.get_untracked() => self.close(),
            "Enter" => {
                let chosen = self.found.read_untracked().matches.get(active).cloned();
                match chosen {
                    Some(one) => self.choose(&one),
                    None => self.take_typed(),
                }
            }
            "Backspace" if self.many && self.text.read_untracked().is_empty() => {
                self.set.run(edited(self.value, &|items| {
                    items.pop();
                }));
                return;
            }
            _ => return,
        }
        event.prevent_default();
    }

    /// Nothing that was typed is lost when one goes on to the next field. A dialog that closes takes the focus away, too.
    fn left(self) {
        if !self.text.is_disposed() {
            self.take_typed();
            self.close();
        }
    }
}

/// Whether an item is that choice, whatever else was asked for it.
fn same(choice: &Value, item: &Value) -> bool {
    match (choice, item) {
        (Value::Object(choice), Value::Object(item)) => choice.iter().all(|(key, value)| item.get(key) == Some(value)),
        _ => choice == item,
    }
}

fn is_between(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, ',' | ';')
}

fn value_at(pointer: &str, text: &str) -> Value {
    let mut value = Value::Null;
    json::put(&mut value, pointer, Value::from(text));
    value
}
