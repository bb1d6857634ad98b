//! Merging a PATCH into what is held: objects recursively, arrays whole, and only what may be written and read.
//! Must not judge the patch: that is `shape.rs`.

use serde_json::{Map, Value, json};

/// Merges objects recursively and replaces everything else.
pub(crate) fn merge(held: &mut Value, patch: &Value) {
    match (held, patch) {
        (Value::Object(held), Value::Object(patch)) => {
            for (name, value) in patch {
                merge(held.entry(name.clone()).or_insert(Value::Null), value);
            }
        }
        (held, patch) => *held = patch.clone(),
    }
}

/// What is left of a patch when the fields that the `write` or the `read` schema does not name are taken out: the
/// vendor answers 204 to them and changes nothing.
pub(crate) fn effective(patch: &Value, write: &Value, read: &Value) -> Value {
    let (Value::Object(fields), Some(writable), Some(readable)) = (patch, properties(write), properties(read)) else {
        return patch.clone();
    };
    let mut left = Map::new();
    for (name, value) in fields {
        if let (Some(write), Some(read)) = (writable.get(name), readable.get(name)) {
            left.insert(name.clone(), effective(value, write, read));
        }
    }
    Value::Object(left)
}

/// Each leaf of a value with its JSON Pointer. Arrays are leaves.
pub(crate) fn leaves(value: &Value) -> Vec<(String, &Value)> {
    let mut found = Vec::new();
    collect(value, String::new(), &mut found);
    found
}

/// The value at a pointer, in objects of its own.
pub(crate) fn nested(pointer: &str, value: Value) -> Value {
    let names = pointer.rsplit('/').filter(|name| !name.is_empty());
    names.fold(value, |inner, name| json!({ (name.replace("~1", "/").replace("~0", "~")): inner }))
}

fn collect<'a>(value: &'a Value, pointer: String, found: &mut Vec<(String, &'a Value)>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                collect(value, format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1")), found);
            }
        }
        leaf => found.push((pointer, leaf)),
    }
}

pub(crate) fn properties(schema: &Value) -> Option<&Map<String, Value>> {
    schema.get("properties").and_then(Value::as_object)
}

#[cfg(test)]
mod tests {
    use super::{effective, leaves, merge};
    use serde_json::json;

    #[test]
    fn objects_merge_and_arrays_are_replaced() {
        let mut held = json!({"a": {"b": 1, "c": [1, 2]}, "d": "old"});
        merge(&mut held, &json!({"a": {"c": [3], "e": true}, "d": {"f": 1}}));
        assert_eq!(held, json!({"a": {"b": 1, "c": [3], "e": true}, "d": {"f": 1}}));
    }

    #[test]
    fn fields_that_only_one_schema_names_have_no_effect() {
        let write = json!({"properties": {"both": {}, "write_only": {}}});
        let read = json!({"properties": {"both": {}, "read_only": {}}});
        let patch = json!({"both": 1, "write_only": 2, "read_only": 3, "unknown": 4});
        assert_eq!(effective(&patch, &write, &read), json!({"both": 1}));
    }

    #[test]
    fn leaves_carry_their_pointers() {
        let value = json!({"a": {"b/c": 1}, "d": [1]});
        assert_eq!(leaves(&value), [("/a/b~1c".to_owned(), &json!(1)), ("/d".to_owned(), &json!([1]))]);
    }
}
