//! Reads what travels to the console from JSON, by hand. `serde` could do it, and does on the host; in WebAssembly its
//! code for these shapes weighs ten times as much as this file. A test holds the two together.

mod connection;
mod job;
mod place;
mod record;

use litemap::LiteMap;
use serde_json::{Map, Value};

use crate::connection::Notice;
use crate::form::{Above, AboveLocks, Bound, Call, Depends, FieldWords, Form, Leaf, Row, Section, Source};
use crate::node::Node;
use crate::path::PathTemplate;
use crate::place::{Pick, Place};
use crate::role::Role;
use crate::wire::{FieldProblem, FormEntry, Index, Me, OperationEntry, Problem, Written};

/// A shape that can be read from JSON. None when it is something else.
pub trait Read: Sized {
    /// Reads it.
    fn read(value: Value) -> Option<Self>;
}

/// The members of an object, taken out one by one.
struct Members(Map<String, Value>);

impl Members {
    fn of(value: Value) -> Option<Self> {
        match value {
            Value::Object(members) => Some(Self(members)),
            _ => None,
        }
    }

    fn take(&mut self, key: &str) -> Value {
        self.0.remove(key).unwrap_or_default()
    }

    fn text(&mut self, key: &str) -> Option<String> {
        text(self.take(key))
    }

    fn text_or_empty(&mut self, key: &str) -> String {
        self.text(key).unwrap_or_default()
    }

    fn flag(&mut self, key: &str) -> bool {
        self.take(key) == Value::Bool(true)
    }

    fn number(&mut self, key: &str) -> Option<u64> {
        self.take(key).as_u64()
    }

    fn texts(&mut self, key: &str) -> Option<Vec<String>> {
        self.list(key, text)
    }

    fn one<T: Read>(&mut self, key: &str) -> Option<T> {
        T::read(self.take(key))
    }

    /// A member that may be missing, but must be right when it is there.
    #[expect(clippy::option_option, reason = "missing and wrong are two different things here")]
    fn maybe<T: Read>(&mut self, key: &str) -> Option<Option<T>> {
        match self.take(key) {
            Value::Null => Some(None),
            value => T::read(value).map(Some),
        }
    }

    fn any(&mut self, key: &str) -> Option<Value> {
        Some(self.take(key)).filter(|value| !value.is_null())
    }

    /// A list; one that is missing is empty.
    fn list<T>(&mut self, key: &str, read: fn(Value) -> Option<T>) -> Option<Vec<T>> {
        match self.take(key) {
            Value::Null => Some(Vec::new()),
            Value::Array(items) => items.into_iter().map(read).collect(),
            _ => None,
        }
    }

    /// Texts by name.
    fn pairs(&mut self, key: &str) -> Option<LiteMap<String, String>> {
        self.map(key, text)
    }

    /// Members by name; none of them when it is missing.
    fn map<T>(&mut self, key: &str, read: fn(Value) -> Option<T>) -> Option<LiteMap<String, T>> {
        match self.take(key) {
            Value::Null => Some(LiteMap::new()),
            members => map(members, read),
        }
    }
}

/// Members by name.
fn map<T>(value: Value, read: fn(Value) -> Option<T>) -> Option<LiteMap<String, T>> {
    // Not collected: that would sort what is in order already, with code for each type.
    let mut all = LiteMap::new();
    for (name, value) in Members::of(value)?.0 {
        all.insert(name, read(value)?);
    }
    Some(all)
}

/// A text.
fn text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        _ => None,
    }
}

impl Read for Form {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self {
            id: of.text("id")?,
            vendor: of.text("vendor")?,
            title: of.text("title")?,
            params: of.texts("params")?,
            sources: of.list("sources", Source::read)?,
            sections: of.list("sections", Section::read)?,
            placed: of.flag("placed"),
            above: of.maybe("above")?,
        })
    }
}

impl Read for Above {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self {
            object: of.one("object")?,
            ids: of.text("ids")?,
            group: of.one("group")?,
            name: of.text("name")?,
            param: of.text("param")?,
            locks: of.list("locks", AboveLocks::read)?,
        })
    }
}

impl Read for AboveLocks {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self { option: of.text("option"), read: of.one("read")? })
    }
}

impl Read for Bound {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self { source: usize::try_from(of.number("source")?).ok()?, pointer: of.text("pointer")? })
    }
}

impl Read for Source {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self {
            option: of.text("option"),
            locks: of.flag("locks"),
            query: of.flag("query"),
            read: of.maybe("read")?,
            write: of.maybe("write")?,
        })
    }
}

impl Read for Call {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self {
            operation: of.text("operation")?,
            method: of.text("method")?,
            path: PathTemplate::parse(&of.text("path")?),
        })
    }
}

impl Read for Section {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self { id: of.text("id")?, title: of.text("title")?, rows: of.list("rows", Row::read)? })
    }
}

impl Read for Row {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self {
            id: of.text("id")?,
            label: of.text("label")?,
            help: of.text_or_empty("help"),
            parent: of.text("parent"),
            on: of.text("on"),
            depth: u8::try_from(of.number("depth").unwrap_or_default()).ok()?,
            setting: of.maybe("setting")?,
            lock: of.maybe("lock")?,
            bound: of.maybe("bound")?,
        })
    }
}

impl Read for Leaf {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self {
            source: usize::try_from(of.number("source")?).ok()?,
            pointer: of.text("pointer")?,
            node: Node::from(of.take("node")),
            words: of.maybe("words")?.unwrap_or_default(),
            required: of.flag("required"),
            secret: of.flag("secret"),
            usual: of.any("usual"),
            reveal: of.flag("reveal"),
            pick: of.list("pick", Pick::read)?,
        })
    }
}

impl Read for FieldWords {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self {
            label: of.text_or_empty("label"),
            help: of.text_or_empty("help"),
            choices: of.pairs("choices")?,
            items: of.map("items", Self::read)?,
            depends: of.maybe("depends")?,
        })
    }
}

impl Read for Depends {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self { on: of.text("on")?, choices: of.map("choices", |value| map(value, text))? })
    }
}

impl Read for Index {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self {
            forms: of.list("forms", FormEntry::read)?,
            operations: of.map("operations", OperationEntry::read)?,
            places: of.list("places", Place::read)?,
            closed: of.texts("closed")?,
            notices: of.list("notices", Notice::read)?,
        })
    }
}

impl Read for FormEntry {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self {
            id: of.text("id")?,
            vendor: of.text("vendor")?,
            title: of.text("title")?,
            params: of.texts("params")?,
            hash: of.text("hash")?,
            placed: of.flag("placed"),
        })
    }
}

impl Read for OperationEntry {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self { method: of.text("method")?, path: of.text("path")? })
    }
}

impl Read for Me {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self { name: of.text("name")?, role: Role::from_name(&of.text("role")?)? })
    }
}

impl Read for Written {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self {
            record: of.number("record")?,
            tracking_id: of.text("tracking_id"),
            value: of.any("value"),
            etag: of.text("etag"),
            not_applied: of.texts("not_applied")?,
            answer: of.any("answer"),
            read_back_problem: of.maybe("read_back_problem")?.map(Box::new),
        })
    }
}

impl Read for Problem {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self {
            type_uri: of.text_or_empty("type"),
            title: of.text("title")?,
            status: u16::try_from(of.number("status")?).ok()?,
            detail: of.text_or_empty("detail"),
            kind: of.text("kind")?,
            vendor: of.text("vendor"),
            vendor_code: of.text("vendor_code"),
            fields: of.list("fields", FieldProblem::read)?,
            request_id: of.text_or_empty("request_id"),
            tracking_id: of.text("tracking_id"),
            retry_at: of.text("retry_at"),
            current: of.any("current"),
            etag: of.text("etag"),
        })
    }
}

impl Read for FieldProblem {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self { pointer: of.text("pointer")?, detail: of.text("detail")? })
    }
}

#[cfg(test)]
mod tests {
    use serde::Serialize;
    use serde::de::DeserializeOwned;
    use serde_json::json;

    use super::*;

    fn agrees<T: Read + Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(json: &Value) -> T {
        let by_serde: T = serde_json::from_value(json.clone()).expect("serde reads it");
        let by_hand = T::read(json.clone()).expect("we read it");
        assert_eq!(by_hand, by_serde);
        assert_eq!(serde_json::to_value(&by_hand).expect("it can be written"), *json);
        by_hand
    }

    #[test]
    fn read_agrees_with_serde_on_every_shape() {
        let problem = json!({"type": "about:blank", "title": "T", "status": 412, "detail": "D.", "kind": "conflict",
            "vendor": "zoom", "vendor_code": "300", "fields": [{"pointer": "/a", "detail": "D."}], "request_id": "r",
            "tracking_id": "t", "retry_at": "2026-01-01T00:00:00Z", "current": {"a": 1}, "etag": "\"e\""});
        agrees::<Problem>(&problem);
        agrees::<Written>(&json!({"record": 7, "tracking_id": "t", "value": {"a": 576_460_752_303_423_500_u64},
            "etag": "\"e\"", "not_applied": ["/a"], "answer": [], "read_back_problem": problem}));
        agrees::<Me>(&json!({"name": "dana", "role": "auditor"}));
        agrees::<Index>(&json!({"forms": [{"id": "f", "vendor": "v", "title": "T", "params": ["p"], "hash": "h",
            "placed": true}], "operations": {"o": {"method": "GET", "path": "/v/x"}}, "places": [], "closed": ["/v/y"],
            "notices": [{"vendor": "v", "text": "T.", "operations": ["o"]}]}));
    }

    #[test]
    fn read_what_is_something_else_is_none() {
        for value in [json!(null), json!([]), json!({}), json!({"name": 1, "role": "admin"}), json!("x")] {
            assert_eq!(Me::read(value.clone()), None, "{value}");
        }
        assert_eq!(Problem::read(json!({"title": "", "status": 70000, "kind": "x"})), None);
    }
}
