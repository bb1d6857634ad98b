//! The rows of one list, read page by page until there are no more. Any list of any place; must not know how rows are
//! shown.

pub(crate) mod rows;

use std::sync::Arc;

use leptos::prelude::*;
use reactive_stores::Store;
use roomkey_schema::path::PathParams;
use roomkey_schema::place::{ColumnKind, List};
use serde_json::Value;

use self::rows::{Rows, Wanted};
use super::Load;
use crate::api::operations::{send, target};
use crate::api::{Abort, Failure};

#[derive(Default, Store)]
struct State {
    load: Load,
    /// How many rows are here; changes with each page.
    loaded: u64,
    /// How many rows were here when they were last put in order.
    arranged: u64,
    /// How many there will be, when the vendor says so.
    total: u64,
}

/// The rows of one list.
#[derive(Clone, Copy)]
pub(crate) struct ListStore {
    state: Store<State>,
    rows: StoredValue<Rows>,
    kinds: StoredValue<Vec<ColumnKind>>,
    abort: StoredValue<Abort>,
}

impl ListStore {
    /// An empty list. Its requests end with the owner.
    pub(crate) fn new() -> Self {
        // Each reading ends the one before it; the last ends with the owner.
        let abort = StoredValue::new(Abort::never());
        on_cleanup(move || {
            abort.try_with_value(Abort::now);
        });
        Self {
            state: Store::new(State::default()),
            rows: StoredValue::new(Rows::default()),
            kinds: StoredValue::new(Vec::new()),
            abort,
        }
    }

    /// How far loading has come.
    pub(crate) fn load_state(self) -> Load {
        self.state.load().get()
    }

    /// How many rows are here; followed.
    pub(crate) fn loaded(self) -> u64 {
        self.state.loaded().get()
    }

    /// How many rows there will be, as far as is known.
    pub(crate) fn total(self) -> u64 {
        self.state.total().get().max(self.loaded())
    }

    /// The wanted rows in order. Follows what is read, in ever larger steps: putting all in order takes its time.
    pub(crate) fn arranged(self, wanted: &Wanted) -> Vec<usize> {
        self.state.arranged().get();
        self.kinds
            .with_value(|kinds| self.rows.try_update_value(|rows| rows.arranged(wanted, kinds)))
            .unwrap_or_default()
    }

    /// Up to so many rows that fit a text best, and how many fit. Follows what is read.
    pub(crate) fn best(self, needle: &str, most: usize) -> (Vec<usize>, usize) {
        self.loaded();
        self.rows.with_value(|rows| rows.best(needle, most))
    }

    /// A value of a row.
    pub(crate) fn value(self, row: usize, pointer: &str) -> String {
        self.rows.with_value(|rows| rows.value(row, pointer).to_owned())
    }

    /// A row as what an action is done to.
    pub(crate) fn subject(self, row: usize) -> Value {
        self.rows.with_value(|rows| rows.subject(row))
    }

    /// The values that rows have at a pointer. Follows what is read.
    pub(crate) fn values(self, pointer: &str) -> Vec<String> {
        self.loaded();
        self.rows.with_value(|rows| rows.values(pointer))
    }

    /// Reads the list. What was there stays until the first page is here.
    pub(crate) fn load(self, list: Arc<List>, params: PathParams, query: Vec<(String, String)>) {
        self.abort.with_value(Abort::now);
        let abort = Abort::never();
        self.abort.set_value(abort.clone());
        self.state.load().set(Load::Loading);
        crate::api::spawn(async move {
            let outcome = self.read_all(&list, &params, query, &abort).await;
            if !abort.is_aborted() {
                self.state.load().set(Load::of(&outcome));
            }
        });
    }

    async fn read_all(
        self,
        list: &List,
        params: &PathParams,
        mut query: Vec<(String, String)>,
        abort: &Abort,
    ) -> Result<(), Failure> {
        query.extend(list.query.iter().map(|(name, value)| (name.clone(), value.clone())));
        if list.size > 0 {
            query.push((list.size_param.clone(), list.size.to_string()));
        }
        let mut token = String::new();
        let mut first = true;
        loop {
            let mut pairs: Vec<(&str, &str)> = query.iter().map(|(name, value)| (&**name, &**value)).collect();
            pairs.push(("next_page_token", &token));
            let target = target(&list.read.method, &list.read.path, params, &pairs)?;
            let page = send(&target, None, None, abort).await?.body;
            if abort.is_aborted() {
                return Err(Failure::aborted());
            }
            let is_first = std::mem::take(&mut first);
            if is_first {
                self.rows.set_value(Rows::of(list));
                self.kinds.set_value(list.columns.iter().map(|column| column.kind).collect());
            }
            let rows = page.pointer(&list.rows).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            self.rows.update_value(|known| known.add(rows));
            self.state.total().set(page.get("total_records").and_then(Value::as_u64).unwrap_or_default());
            let loaded = self.rows.with_value(Rows::len) as u64;
            self.state.loaded().set(loaded);
            let next = page.get("next_page_token").and_then(Value::as_str).unwrap_or_default();
            let is_last = list.size == 0 || next.is_empty() || next == token;
            if is_last || loaded >= 2 * self.state.arranged().get_untracked() || is_first {
                self.state.arranged().set(loaded);
            }
            if is_last {
                return Ok(());
            }
            next.clone_into(&mut token);
        }
    }
}
