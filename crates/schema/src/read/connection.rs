//! Reads how it stands with the vendors.

use serde_json::Value;

use super::{Members, Read};
use crate::connection::{Budget, Connection, Notice, State};

impl Read for Connection {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        let state = match of.text_or_empty("state").as_str() {
            "works" => State::Works,
            "partly" => State::Partly,
            "fails" => State::Fails,
            _ => State::Untested,
        };
        Some(Self {
            vendor: of.text("vendor")?,
            state,
            tested_at: of.text("tested_at"),
            problem: of.maybe("problem")?,
            notices: of.list("notices", Notice::read)?,
            budgets: of.list("budgets", Budget::read)?,
            token_since: of.text("token_since"),
            token_until: of.text("token_until"),
            people: of.maybe("people")?,
        })
    }
}

impl Read for Notice {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self { vendor: of.text("vendor")?, text: of.text("text")?, operations: of.texts("operations")? })
    }
}

impl Read for Budget {
    fn read(value: Value) -> Option<Self> {
        let mut of = Members::of(value)?;
        Some(Self {
            name: of.text("name")?,
            left: of.number("left")?,
            of: of.number("of")?,
            seconds: of.number("seconds")?,
            until: of.text("until"),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn read_agrees_with_serde() {
        let problem = json!({"type": "about:blank", "title": "T", "status": 503, "detail": "D.", "kind": "k",
            "request_id": ""});
        let full = json!({"vendor": "v", "state": "partly", "tested_at": "t", "problem": problem,
            "notices": [{"vendor": "v", "text": "T.", "operations": ["o"]}],
            "budgets": [{"name": "n", "left": 3, "of": 5, "seconds": 1, "until": "u"}],
            "token_since": "a", "token_until": "b"});
        let mut states = vec![full];
        for state in ["untested", "works", "fails"] {
            states.push(json!({"vendor": "v", "state": state, "notices": [], "budgets": []}));
        }
        for json in states {
            let by_serde: Connection = serde_json::from_value(json.clone()).expect("serde reads it");
            assert_eq!(Connection::read(json.clone()), Some(by_serde.clone()));
            assert_eq!(serde_json::to_value(by_serde).expect("it can be written"), json);
        }
    }
}
