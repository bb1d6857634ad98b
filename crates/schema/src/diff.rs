//! Comparing bodies leaf by leaf: what changed, what to send, what the vendor did not take over. Arrays count as one
//! leaf, because the vendors replace them whole.

use serde_json::{Map, Value};

use crate::json::{child, put};
use crate::node::Node;

/// The smallest body that turns `old` into `new`: changed leaves that may be written, and nothing else. `None` when
/// nothing changed. A leaf that `new` lacks is not a change: a PATCH cannot take a leaf away.
pub fn diff(node: &Node, old: &Value, new: &Value) -> Option<Value> {
    let mut changed = Vec::new();
    node.leaves(&mut |pointer, leaf| {
        if leaf.read_only {
            return;
        }
        let Some(value) = new.pointer(&pointer) else { return };
        let value = leaf.writable(value);
        if old.pointer(&pointer).map(|old| leaf.writable(old)).as_ref() != Some(&value) {
            changed.push((pointer, value));
        }
    });
    pick(changed)
}

/// One body that holds these leaves and nothing else; `None` without leaves.
pub fn pick(leaves: impl IntoIterator<Item = (String, Value)>) -> Option<Value> {
    let mut body = None;
    for (pointer, value) in leaves {
        put(body.get_or_insert_with(|| Value::Object(Map::new())), &pointer, value);
    }
    body
}

/// Pointers of leaves that were sent and that the vendor now shows with another value. A leaf that the vendor never
/// shows cannot be judged and is left out.
pub fn not_applied(sent: &Value, read_back: &Value) -> Vec<String> {
    let mut out = Vec::new();
    compare(sent, read_back, "", &mut out);
    out
}

fn compare(sent: &Value, read: &Value, pointer: &str, out: &mut Vec<String>) {
    match (sent, read) {
        (Value::Object(sent), Value::Object(read)) => {
            for (key, sent) in sent {
                if let Some(read) = read.get(key) {
                    compare(sent, read, &child(pointer, key), out);
                }
            }
        }
        _ if covers(read, sent) => {}
        _ => out.push(pointer.to_owned()),
    }
}

/// Whether `read` says everything that `sent` says. Items of lists may carry members that were not sent.
pub fn covers(read: &Value, sent: &Value) -> bool {
    match (read, sent) {
        (Value::Object(read), Value::Object(sent)) => {
            sent.iter().all(|(key, sent)| read.get(key).is_some_and(|read| covers(read, sent)))
        }
        (Value::Array(read), Value::Array(sent)) => {
            read.len() == sent.len() && read.iter().zip(sent).all(|(read, sent)| covers(read, sent))
        }
        (read, sent) => read == sent,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn diff_sends_only_changed_writable_leaves() {
        let node = Node::from(json!({"type": "object", "properties": {
            "a": {"type": "object", "properties": {
                "on": {"type": "boolean"}, "seen": {"type": "boolean", "readOnly": true}, "n": {"type": "integer"}}},
            "list": {"type": "array", "items": {"type": "string"}},
        }}));
        let old = json!({"a": {"on": false, "seen": false, "n": 1}, "list": ["x"], "extra": 1});
        assert_eq!(diff(&node, &old, &old), None);
        let new = json!({"a": {"on": true, "seen": true, "n": 1}, "list": ["x", "y"], "extra": 2});
        assert_eq!(diff(&node, &old, &new), Some(json!({"a": {"on": true}, "list": ["x", "y"]})));
    }

    #[test]
    fn not_applied_leaf_never_shown_is_left_out() {
        let sent = json!({"a": {"on": true, "secret": "x"}, "list": [{"id": 1}]});
        let read = json!({"a": {"on": false}, "list": [{"id": 1, "name": "one"}]});
        assert_eq!(not_applied(&sent, &read), ["/a/on"]);
        assert_eq!(not_applied(&sent, &json!({"a": {"on": true}, "list": []})), ["/list"]);
    }
}
