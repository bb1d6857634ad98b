//! The object that is open: what names it and what its actions are done to. Any object of any place; must not hold its
//! settings: those have a store of their own.

use leptos::prelude::*;
use reactive_stores::Store;
use roomkey_schema::path::PathParams;
use roomkey_schema::place::Head;
use serde_json::Value;

use super::Load;
use crate::api::Abort;
use crate::api::operations::{send, target};

#[derive(Default, Store)]
struct State {
    value: Value,
    load: Load,
}

/// The object that is open.
#[derive(Clone, Copy)]
pub(crate) struct ObjectStore {
    state: Store<State>,
    /// Where it was read.
    at: StoredValue<String>,
}

impl ObjectStore {
    /// No object yet.
    pub(crate) fn new() -> Self {
        Self { state: Store::new(State::default()), at: StoredValue::new(String::new()) }
    }

    /// What was read; followed. Null until it is here.
    pub(crate) fn get(self) -> Value {
        self.state.value().get()
    }

    /// How far loading has come.
    pub(crate) fn load_state(self) -> Load {
        self.state.load().get()
    }

    /// Opens an object. One that is open already is read again behind what is shown.
    pub(crate) fn open(self, head: &Head, params: &PathParams, abort: Abort) {
        let target = match target(&head.read.method, &head.read.path, params, &[]) {
            Ok(target) => target,
            Err(failure) => return self.state.load().set(Load::Failed(failure)),
        };
        if self.at.get_value() != target.path {
            self.at.set_value(target.path.clone());
            self.state.value().set(Value::Null);
            self.state.load().set(Load::Loading);
        }
        crate::api::spawn(async move {
            let outcome = send(&target, None, None, &abort).await;
            if abort.is_aborted() {
                return;
            }
            let load = Load::of(&outcome);
            if let Ok(answer) = outcome {
                self.state.value().set(answer.body);
            }
            self.state.load().set(load);
        });
    }
}
