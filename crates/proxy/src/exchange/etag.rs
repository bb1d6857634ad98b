//! Entity tags of JSON: a hash that does not depend on the order of members. Secrets must be redacted before.

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::audit::chain::hex;

/// The tag, with its quotes.
pub(crate) fn of(value: &Value) -> String {
    let mut hasher = Sha256::new();
    feed(&mut hasher, value);
    format!("\"{}\"", hex(&hasher.finalize()[..16]))
}

fn feed(hasher: &mut Sha256, value: &Value) {
    match value {
        Value::Array(items) => {
            hasher.update(b"[");
            for item in items {
                feed(hasher, item);
                hasher.update(b",");
            }
            hasher.update(b"]");
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_unstable_by_key(|(key, _)| key.as_str());
            hasher.update(b"{");
            for (key, member) in members {
                hasher.update(Value::from(key.as_str()).to_string());
                hasher.update(b":");
                feed(hasher, member);
                hasher.update(b",");
            }
            hasher.update(b"}");
        }
        leaf => hasher.update(leaf.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_of_members_does_not_matter_and_everything_else_does() {
        let tag = |json: &str| of(&serde_json::from_str(json).expect("json"));
        assert_eq!(tag(r#"{"a":1,"b":[1,2]}"#), tag(r#"{"b":[1,2],"a":1}"#));
        let others = [r#"{"a":1,"b":[2,1]}"#, r#"{"a":"1","b":[1,2]}"#, r#"{"a":1,"b":[12]}"#, r#"{"a":1}"#, "null"];
        for other in others {
            assert_ne!(tag(r#"{"a":1,"b":[1,2]}"#), tag(other), "{other}");
        }
    }
}
