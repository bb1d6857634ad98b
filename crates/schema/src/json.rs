//! JSON as this project needs it: strict parsing, pointers that can be written to, merging. Must not know any vendor.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// How deeply a body may nest.
pub const MAX_DEPTH: usize = 64;

/// Parses a body that must not hold one key twice nor nest deeper than [`MAX_DEPTH`]. Integers stay exact.
pub fn strict(bytes: &[u8]) -> Result<Value, serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = Strict { depth: 0 }.deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}

struct Strict {
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        // An integer beyond 64 bits arrives here too; it would lose digits, so it is refused rather than rounded.
        if value.fract() == 0.0 && value.abs() >= 9_007_199_254_740_992.0 {
            return Err(E::custom("a number is too large to be kept exactly"));
        }
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let depth = deeper(self.depth)?;
        let mut items = Vec::new();
        while let Some(item) = access.next_element_seed(Self { depth })? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let depth = deeper(self.depth)?;
        let mut members = Map::new();
        while let Some(key) = access.next_key::<String>()? {
            let value = access.next_value_seed(Self { depth })?;
            if members.contains_key(&key) {
                return Err(A::Error::custom(format!("the key \"{key}\" stands there twice")));
            }
            members.insert(key, value);
        }
        Ok(Value::Object(members))
    }
}

fn deeper<E: serde::de::Error>(depth: usize) -> Result<usize, E> {
    if depth >= MAX_DEPTH {
        return Err(E::custom(format!("the body nests deeper than {MAX_DEPTH} levels")));
    }
    Ok(depth + 1)
}

/// The unescaped keys of a JSON Pointer.
pub fn keys(pointer: &str) -> impl Iterator<Item = String> + '_ {
    pointer.split('/').skip(1).map(|key| key.replace("~1", "/").replace("~0", "~"))
}

/// A pointer one key longer.
pub fn child(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// Everything at a pointer in which `*` stands for every item of a list.
pub fn all<'a>(root: &'a Value, pattern: &str) -> Vec<&'a Value> {
    let mut found = vec![root];
    for key in keys(pattern) {
        found = found
            .into_iter()
            .flat_map(|value| match value {
                Value::Array(items) if key == "*" => items.iter().collect(),
                Value::Array(items) => key.parse::<usize>().ok().and_then(|at| items.get(at)).into_iter().collect(),
                value => value.get(&key).into_iter().collect::<Vec<_>>(),
            })
            .collect();
    }
    found
}

/// Puts a value where the pointer says, making objects on the way. Whatever is not an object on the way is replaced.
pub fn put(root: &mut Value, pointer: &str, value: Value) {
    let mut place = root;
    for key in keys(pointer) {
        if !place.is_object() {
            *place = Value::Object(Map::new());
        }
        let Value::Object(members) = place else { return };
        place = members.entry(key).or_insert(Value::Null);
    }
    *place = value;
}

/// Lays one document over another (RFC 7396): objects member by member, null takes a member away, everything else is
/// replaced whole.
pub fn merge(base: &mut Value, over: &Value) {
    match (base, over) {
        (Value::Object(base), Value::Object(over)) => {
            for (key, value) in over {
                if value.is_null() {
                    base.remove(key);
                } else {
                    merge(base.entry(key.clone()).or_insert(Value::Null), value);
                }
            }
        }
        (base, over) => *base = over.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn strict_duplicate_key_is_refused_by_name() {
        let error = strict(br#"{"a":{"pin":1,"pin":2}}"#).unwrap_err().to_string();
        assert!(error.contains("\"pin\""), "{error}");
    }

    #[test]
    fn strict_deep_nesting_is_refused() {
        let deep = format!("{}1{}", "[".repeat(65), "]".repeat(65));
        assert!(strict(deep.as_bytes()).is_err());
        let fits = format!("{}1{}", "[".repeat(64), "]".repeat(64));
        assert!(strict(fits.as_bytes()).is_ok());
    }

    #[test]
    fn strict_large_integer_stays_exact() {
        let value = strict(b"{\"license\":576460752303423500}").unwrap();
        assert_eq!(value.to_string(), "{\"license\":576460752303423500}");
        assert!(strict(b"18446744073709551616").is_err());
    }

    #[test]
    fn strict_trailing_text_is_refused() {
        assert!(strict(b"{} x").is_err());
    }

    #[test]
    fn put_missing_parents_are_made() {
        let mut value = json!({"a": {"b": 1}});
        put(&mut value, "/a/c/d~1e", json!(true));
        assert_eq!(value, json!({"a": {"b": 1, "c": {"d/e": true}}}));
    }

    #[test]
    fn merge_arrays_are_replaced_whole() {
        let mut value = json!({"a": [1, 2], "b": {"c": 1}});
        merge(&mut value, &json!({"a": [3], "b": {"d": 2}}));
        assert_eq!(value, json!({"a": [3], "b": {"c": 1, "d": 2}}));
    }
}
