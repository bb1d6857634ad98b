//! What one vendor has of a person, read live: the facts of a card, whose locks bind them, and things of one kind such as
//! meetings. Each card has its own, and fails on its own. Must not know how a card is shown.

pub(crate) mod said;

use std::sync::Arc;

use leptos::prelude::*;
use reactive_stores::Store;
use roomkey_schema::card::Card;
use roomkey_schema::path::PathParams;
use serde_json::Value;

use self::said::Said;
use super::above::{self, Group, all};
use super::{ListStore, Load};
use crate::api::operations::{send, target};
use crate::api::{self, Abort, Failure};

#[derive(Default, Store)]
struct State {
    /// One answer for each of the card's reads.
    values: Vec<Value>,
    /// None until they are read, and when they cannot be.
    groups: Option<Vec<Group>>,
    load: Load,
}

/// One card.
#[derive(Clone, Copy)]
pub(crate) struct CardStore {
    card: StoredValue<Arc<Card>>,
    params: StoredValue<PathParams>,
    state: Store<State>,
    /// Things of one kind, where the card has them.
    pub(crate) rows: ListStore,
    abort: StoredValue<Abort>,
}

impl CardStore {
    /// Nothing of it yet. Requests end with the owner.
    pub(crate) fn new(card: Arc<Card>, params: PathParams) -> Self {
        Self {
            card: StoredValue::new(card),
            params: StoredValue::new(params),
            state: Store::new(State::default()),
            rows: ListStore::new(),
            abort: StoredValue::new(Abort::on_cleanup()),
        }
    }

    /// How far reading has come, of all that the card shows.
    pub(crate) fn load_state(self) -> Load {
        match self.state.load().get() {
            Load::Ready if self.card.with_value(|card| card.rows.is_some()) => self.rows.load_state(),
            load => load,
        }
    }

    /// The object itself, as the first of the card's reads has it; null until then.
    pub(crate) fn subject(self) -> Value {
        self.state.values().read().first().cloned().unwrap_or_default()
    }

    /// What is to be said of it.
    pub(crate) fn said(self) -> Vec<Said> {
        let (values, groups) = (self.state.values().read(), self.state.groups().read());
        self.card.with_value(|card| said::facts(card, &values, groups.as_deref()))
    }

    /// Reads it all; what was there stays meanwhile.
    pub(crate) fn load(self) {
        let (card, params, abort) = (self.card.get_value(), self.params.get_value(), self.abort.get_value());
        if self.state.load().get_untracked() != Load::Ready {
            self.state.load().set(Load::Loading);
        }
        if let Some(list) = card.rows.clone() {
            self.rows.load(Arc::new(list), params.clone(), Vec::new());
        }
        api::spawn(async move {
            let outcome = read(&card, &params, &abort).await;
            if abort.is_aborted() {
                return;
            }
            let load = Load::of(&outcome);
            if let Ok(values) = outcome {
                self.state.values().set(values);
            }
            self.state.load().set(load);
            // Names and locks of groups come when they come; without them the facts are still right.
            let object = card.above.as_ref().and_then(|above| {
                let at = card.reads.iter().position(|part| part.read.operation == above.object.operation)?;
                Some((above, self.state.values().read_untracked().get(at).cloned()?))
            });
            if let Some((above, object)) = object
                && let Ok(groups) = above::groups(above, &object, &abort).await
                && !abort.is_aborted()
            {
                self.state.groups().set(Some(groups));
            }
        });
    }
}

/// Every answer of a card, side by side; or the first failure.
async fn read(card: &Card, params: &PathParams, abort: &Abort) -> Result<Vec<Value>, Failure> {
    let mut asked = Vec::new();
    for part in &card.reads {
        let query: Vec<(&str, &str)> = part.query.iter().map(|(name, value)| (&**name, &**value)).collect();
        let target = target(&part.read.method, &part.read.path, params, &query)?;
        asked.push(send(&target, None, None, abort));
    }
    Ok(all(asked).await?.into_iter().map(|answer| answer.body).collect())
}
