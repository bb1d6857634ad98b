//! The secret that somebody wants to be shown: which one it is and, for half a minute, what it is. In memory only; must not
//! put it into the address, a title or the browser's storage.

use leptos::prelude::*;
use roomkey_schema::path::PathParams;
use serde_json::{Map, Value};

use super::Load;
use super::shown::Shown;
use crate::api;

/// What is wanted, and what came of it. There is one dialog for it.
#[derive(Clone, Copy)]
pub(crate) struct RevealStore {
    /// What it is called; empty when nothing is wanted.
    label: RwSignal<String>,
    /// What the server is asked, but for the reason.
    wanted: StoredValue<Value>,
    load: RwSignal<Load>,
    /// What it is.
    pub(crate) shown: Shown,
}

/// What the server is asked for a secret: the operation that reads it, its parameters, and where it stands.
pub(crate) fn wanted(operation: &str, params: PathParams, pointer: &str) -> Value {
    let mut members = Map::new();
    for (name, value) in params {
        members.insert(name, Value::String(value));
    }
    let mut wanted = Map::new();
    wanted.insert("operation".to_owned(), Value::from(operation));
    wanted.insert("params".to_owned(), Value::Object(members));
    wanted.insert("pointer".to_owned(), Value::from(pointer));
    Value::Object(wanted)
}

impl RevealStore {
    pub(super) fn new() -> Self {
        Self {
            label: RwSignal::new(String::new()),
            wanted: StoredValue::new(Value::Null),
            load: RwSignal::new(Load::Idle),
            shown: Shown::new(),
        }
    }

    /// Somebody wants to be shown it; asks for the reason first.
    pub(crate) fn ask(self, label: &str, wanted: Value) {
        self.wanted.set_value(wanted);
        self.load.set(Load::Idle);
        self.label.set(label.to_owned());
    }

    /// What it is called; empty when nothing is wanted.
    pub(crate) fn label(self) -> String {
        self.label.get()
    }

    /// How far asking for it has come.
    pub(crate) fn load_state(self) -> Load {
        self.load.get()
    }

    /// Asks for it.
    pub(crate) fn show(self, reason: &str) {
        if self.load.get_untracked() == Load::Loading {
            return;
        }
        self.load.set(Load::Loading);
        let asked = self.wanted.get_value();
        let mut body = asked.clone();
        if let Value::Object(members) = &mut body {
            members.insert("reason".to_owned(), Value::from(reason));
        }
        api::spawn(async move {
            let outcome = api::reveal::show(body).await;
            // Closed meanwhile: nobody is there to see it.
            if self.wanted.get_value() != asked {
                return;
            }
            self.load.set(Load::of(&outcome));
            if let Ok(value) = outcome {
                self.shown.show(value);
            }
        });
    }

    /// Time passes.
    pub(crate) fn tick(self) {
        if self.shown.tick() {
            self.close();
        }
    }

    /// Forgets it.
    pub(crate) fn close(self) {
        self.shown.forget();
        self.wanted.set_value(Value::Null);
        self.label.set(String::new());
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn wanted_names_operation_parameters_and_pointer_and_no_reason() {
        let params = PathParams::from_iter([("userEmail".to_owned(), "a@b".to_owned())]);
        let asked = wanted("webex.room.get", params, "/hostPin");
        let expected = json!({"operation": "webex.room.get", "params": {"userEmail": "a@b"}, "pointer": "/hostPin"});
        assert_eq!(asked, expected);
    }
}
