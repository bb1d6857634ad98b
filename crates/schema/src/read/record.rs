//! Reads the record.

use serde_json::Value;

use super::{Members, Read};
use crate::record::{Change, Entry, Page};
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn read_agrees_with_serde() {
        let full = json!({"seq": 7, "at": "t", "ended": "e", "kind": "intent", "actor": "dana", "role": "admin", "vendor": "v",
            "operation": "o", "title": "T", "objects": {"userId": "7"}, "names": {"userId": "N"},
            "changes": [{"pointer": "/a", "label": "L", "old": 1, "new": 2, "old_name": "one",
                "new_name": "two", "lock": true, "secret": true, "not_applied": true}],
            "result": "applied", "problem": "P.", "vendor_code": "c", "tracking_id": "t", "request_id": "r",
            "reason": "R", "secret": "S", "job": "j", "row": 3, "undoes": 2, "undone": 9, "undo": true});
        let short = json!({"seq": 1, "at": "t", "kind": "signed_in", "actor": "dana", "undo": false});
        let page = json!({"items": [full, short], "before": 3});
        let by_serde: Page = serde_json::from_value(page.clone()).expect("serde reads it");
        assert_eq!(Page::read(page.clone()), Some(by_serde.clone()));
        assert_eq!(serde_json::to_value(by_serde).expect("it can be written"), page);
    }
}
