//! Rows over the settings store: how what a person does in a row reaches the store, and how the row follows it.

use std::sync::Arc;

use leptos::prelude::*;
use roomkey_schema::form::Kind;
use roomkey_schema::json;
use roomkey_schema::path::PathParams;
use roomkey_schema::place::Pick;
use serde_json::Value;

use crate::form::change::{Place, RowState};
use crate::form::fields::{Found, Match, Offer};
use crate::form::section::Hands;
use crate::stores::settings::SettingsStore;
use crate::stores::{ListStore, Load, RevealStore, store};
use crate::words::{number, t, tf};

/// How many are offered at once.
const OFFERED: usize = 8;

/// The rows of a form that a settings store holds.
pub(super) struct OverSettings {
    pub(super) settings: SettingsStore,
    /// The vendor's name.
    pub(super) vendor: StoredValue<String>,
}

impl Hands for OverSettings {
    fn state(&self, row: usize) -> RowState {
        self.settings.row(row)
    }

    fn control(&self, place: Place) -> (Kind, bool) {
        self.settings.control(place)
    }

    fn set(&self, row: usize, value: Value) {
        self.settings.set(row, value);
    }

    fn set_text(&self, row: usize, text: &str) {
        self.settings.set_text(row, text);
    }

    fn set_lock(&self, row: usize, locked: bool) {
        self.settings.set_lock(row, locked);
    }

    fn take_theirs(&self, row: usize) {
        self.settings.take_theirs(row);
    }

    fn keep_mine(&self, row: usize) {
        self.settings.keep_mine(row);
    }

    fn locked_by(&self, row: usize) -> String {
        self.settings.locked_by(row)
    }

    fn reveal(&self, row: usize) -> Option<Callback<()>> {
        let (label, wanted) = self.settings.secret(row)?;
        let reveal = store::<RevealStore>();
        Some(Callback::new(move |()| reveal.ask(&label, wanted.clone())))
    }

    fn offer(&self, row: usize) -> Option<Offer> {
        let picks = self.settings.with_form(|form| {
            let leaf = form.rows().nth(row).and_then(|(_, row)| row.setting.as_ref());
            leaf.map(|leaf| leaf.pick.clone()).unwrap_or_default()
        });
        let first = picks.first()?.clone();
        let lists: Vec<_> = picks.into_iter().map(|pick| (ListStore::new(), pick)).collect();
        let lists = StoredValue::new(lists);
        Some(Offer {
            begin: Callback::new(move |()| {
                lists.with_value(|lists| {
                    for (rows, pick) in lists {
                        if matches!(untrack(|| rows.load_state()), Load::Idle | Load::Failed(_)) {
                            rows.load(Arc::new(pick.list.clone()), PathParams::default(), Vec::new());
                        }
                    }
                });
            }),
            find: Callback::new(move |text: String| lists.with_value(|lists| found(lists, &text))),
            key: first.item.keys().next().cloned().unwrap_or_default(),
            typed: first.typed,
            ask: first.ask,
        })
    }

    fn find(&self, id: &str) -> Option<usize> {
        self.settings.find(id)
    }

    fn vendor(&self) -> String {
        self.vendor.get_value()
    }
}

/// What of several lists fits a text, and what is to be said about it.
fn found(lists: &[(ListStore, Pick)], text: &str) -> Found {
    let mut found = Found::default();
    let (mut all, mut loaded) = (0, 0);
    for (rows, pick) in lists {
        let (best, count) = rows.best(text, OFFERED.saturating_sub(found.matches.len()));
        found.matches.extend(best.into_iter().map(|row| one(*rows, pick, row)));
        all += count;
        loaded += rows.loaded();
        match rows.load_state() {
            Load::Failed(failure) => failure.sentence().clone_into(&mut found.said),
            Load::Loading => found.said = tf("pick.reading", &[("n", &number(loaded))]),
            _ => {}
        }
    }
    let more = all.saturating_sub(found.matches.len()) as u64;
    if found.said.is_empty() && more > 0 {
        found.said = tf("pick.more", &[("n", &number(more))]);
    } else if found.said.is_empty() && all == 0 {
        let typed = lists.iter().any(|(_, pick)| pick.typed.is_some()) && !text.is_empty();
        t(if typed { "pick.as_typed" } else { "pick.none" }).clone_into(&mut found.said);
    }
    found
}

fn one(rows: ListStore, pick: &Pick, row: usize) -> Match {
    let mut value = Value::Null;
    for (pointer, from) in pick.item.iter() {
        let part = match from.strip_prefix('=') {
            Some(text) => text.parse::<i64>().map_or_else(|_| Value::from(text), Value::from),
            None => Value::from(rows.value(row, from)),
        };
        json::put(&mut value, pointer, part);
    }
    let mut columns = pick.list.columns.iter().map(|column| rows.value(row, &column.at));
    Match { value, name: columns.next().unwrap_or_default(), more: columns.next().unwrap_or_default() }
}
