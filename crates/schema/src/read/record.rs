//! Reads entries of the record, and whether it is whole.

use serde_json::Value;

use super::{Members, Read};
use crate::record::{Change, Entry, Page, Verification, VerificationState};
use crate::role::Role;

impl Read for Page {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self { items: of.list("items", Entry::read)?, before: of.number("before") })
    }
}

impl Read for Entry {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self {
            seq: of.number("seq")?,
            at: of.text("at")?,
            ended: of.text("ended"),
            kind: of.text("kind")?,
            actor: of.text("actor")?,
            role: of.text("role").and_then(|role| Role::from_name(&role)),
            vendor: of.text("vendor"),
            operation: of.text("operation"),
            title: of.text_or_empty("title"),
            objects: of.pairs("objects")?,
            names: of.pairs("names")?,
            changes: of.list("changes", Change::read)?,
            result: of.text("result"),
            problem: of.text("problem"),
            vendor_code: of.text("vendor_code"),
            tracking_id: of.text("tracking_id"),
            request_id: of.text_or_empty("request_id"),
            reason: of.text("reason"),
            secret: of.text("secret"),
            job: of.text("job"),
            row: of.number("row"),
            undoes: of.number("undoes"),
            undone: of.number("undone"),
            undo: of.flag("undo"),
        })
    }
}

impl Read for Change {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self {
            pointer: of.text("pointer")?,
            label: of.text_or_empty("label"),
            old: of.any("old"),
            new: of.take("new"),
            old_name: of.text("old_name"),
            new_name: of.text("new_name"),
            lock: of.flag("lock"),
            secret: of.flag("secret"),
            not_applied: of.flag("not_applied"),
        })
    }
}

impl Read for Verification {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        let state = match of.text_or_empty("state").as_str() {
            "running" => VerificationState::Running,
            "whole" => VerificationState::Whole,
            "broken" => VerificationState::Broken,
            "failed" => VerificationState::Failed,
            _ => VerificationState::Unknown,
        };
        Some(Self {
            state,
            checked: of.number("checked").unwrap_or_default(),
            of: of.number("of").unwrap_or_default(),
            at: of.text("at"),
            since: of.text("since"),
            finding: of.text_or_empty("finding"),
            public_key: of.text("public_key")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde::Serialize;
    use serde::de::DeserializeOwned;
    use serde_json::json;

    use super::*;

    fn agrees<T: Read + Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(json: &Value) {
        let by_serde: T = serde_json::from_value(json.clone()).expect("serde reads it");
        assert_eq!(T::read(json.clone()).as_ref(), Some(&by_serde));
        assert_eq!(serde_json::to_value(by_serde).expect("it can be written"), *json);
    }

    #[test]
    fn read_agrees_with_serde() {
        let change = json!({"pointer": "/a", "label": "A", "old": 1, "new": [2], "old_name": "one", "new_name": "two",
            "lock": true, "secret": true, "not_applied": true});
        let full = json!({"seq": 7, "at": "t", "ended": "u", "kind": "intent", "actor": "dana", "role": "admin",
            "vendor": "v", "operation": "o", "title": "T", "objects": {"groupId": "g"}, "names": {"groupId": "G"},
            "changes": [change], "result": "applied", "problem": "P.", "vendor_code": "1", "tracking_id": "x",
            "request_id": "r", "reason": "R", "secret": "S", "job": "j", "row": 3, "undoes": 5, "undone": 9,
            "undo": true});
        agrees::<Page>(&json!({"items": [full], "before": 7}));
        agrees::<Page>(&json!({"items": []}));
        for state in ["unknown", "running", "whole", "broken", "failed"] {
            agrees::<Verification>(&json!({"state": state, "checked": 3, "of": 5, "at": "t", "since": "s",
                "finding": "F.", "public_key": "k"}));
        }
    }
}
