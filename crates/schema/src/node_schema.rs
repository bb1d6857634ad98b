//! Nodes from JSON Schema and back. Keywords that nobody needs are dropped; types that nobody knows are kept as they
//! stand.

use litemap::LiteMap;
use serde_json::{Map, Value, json};

use crate::json::put;
use crate::node::{Node, Pin, Shape};

impl From<Value> for Node {
    fn from(schema: Value) -> Self {
        let flag = |name| schema.get(name).and_then(Value::as_bool).unwrap_or(false);
        let text = |name| schema.get(name).and_then(Value::as_str).map(str::to_owned);
        let nullable = types(&schema).any(|name| name == "null");
        Self {
            read_only: flag("readOnly"),
            write_only: flag("writeOnly"),
            deprecated: flag("deprecated"),
            nullable,
            title: text("title"),
            description: text("description"),
            shape: Shape::from_schema(schema),
        }
    }
}

impl Shape {
    fn from_schema(mut schema: Value) -> Self {
        let size = |name| schema.get(name).and_then(Value::as_u64);
        let limit = |name| schema.get(name).and_then(Value::as_i64);
        let choices = || schema.get("enum").and_then(Value::as_array).cloned().unwrap_or_default();
        match kind(&schema) {
            Some("boolean") => Self::Switch,
            Some("integer") => Self::Integer { min: limit("minimum"), max: limit("maximum"), choices: choices() },
            Some("number") => Self::Number,
            Some("string") if schema.get("format").and_then(Value::as_str) == Some("date-time") => Self::Moment,
            Some("string") => Self::Text {
                min: size("minLength"),
                max: size("maxLength"),
                email: schema.get("format").and_then(Value::as_str) == Some("email"),
                pin: schema.get("x-pin").map(Pin::from_schema),
                choices: choices(),
            },
            Some("array") => {
                let mut item = Node::from(schema.get("items").cloned().unwrap_or(Value::Bool(true)));
                // Documents put an array's choices on the array itself; no array could ever equal one of them.
                if let Self::Text { choices: own, .. } | Self::Integer { choices: own, .. } = &mut item.shape
                    && own.is_empty()
                {
                    *own = choices();
                }
                Self::List { min: size("minItems"), max: size("maxItems"), item: Box::new(item) }
            }
            Some("object") => {
                let required = schema
                    .get("required")
                    .and_then(Value::as_array)
                    .map(|names| names.iter().filter_map(Value::as_str).map(str::to_owned).collect())
                    .unwrap_or_default();
                let members = match schema.get_mut("properties").map(Value::take) {
                    Some(Value::Object(members)) => members.into_iter().map(|(k, v)| (k, Node::from(v))).collect(),
                    _ => Vec::new(),
                };
                Self::Object { members, required }
            }
            _ => Self::Unknown(schema),
        }
    }

    fn into_schema(self) -> Map<String, Value> {
        let mut out = Map::new();
        let mut set = |name: &str, value: Value| {
            let empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
            if !empty {
                out.insert(name.to_owned(), value);
            }
        };
        match self {
            Self::Switch => set("type", json!("boolean")),
            Self::Number => set("type", json!("number")),
            Self::Integer { min, max, choices } => {
                set("type", json!("integer"));
                set("minimum", json!(min));
                set("maximum", json!(max));
                set("enum", Value::Array(choices));
            }
            Self::Text { min, max, email, pin, choices } => {
                set("type", json!("string"));
                set("minLength", json!(min));
                set("maxLength", json!(max));
                set("format", if email { json!("email") } else { Value::Null });
                if let Some(pin) = pin {
                    let digits: Map<String, Value> =
                        pin.digits.into_iter().map(|(value, digits)| (value, digits.into())).collect();
                    let mut rule = json!({"letters": pin.letters, "param": pin.param, "digits": digits});
                    if !pin.signs.is_empty() {
                        put(&mut rule, "/signs", pin.signs.into());
                    }
                    set("x-pin", rule);
                }
                set("enum", Value::Array(choices));
            }
            Self::Moment => {
                set("type", json!("string"));
                set("format", json!("date-time"));
            }
            Self::List { min, max, item } => {
                set("type", json!("array"));
                set("minItems", json!(min));
                set("maxItems", json!(max));
                set("items", (*item).into());
            }
            Self::Object { members, required } => {
                set("type", json!("object"));
                set("required", json!(required));
                let members = members.into_iter().map(|(name, node)| (name, node.into()));
                out.insert("properties".to_owned(), members.collect::<Map<_, _>>().into());
            }
            Self::Unknown(Value::Object(schema)) => return schema,
            Self::Unknown(_) => {}
        }
        out
    }
}

impl Pin {
    fn from_schema(schema: &Value) -> Self {
        let letters = schema.get("letters").and_then(Value::as_bool).unwrap_or_default();
        let text = |name| schema.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (param, signs) = (text("param"), text("signs"));
        let mut digits = LiteMap::new();
        for (value, count) in schema.get("digits").and_then(Value::as_object).into_iter().flatten() {
            if let Some(count) = count.as_u64() {
                digits.insert(value.clone(), count);
            }
        }
        Self { letters, signs, param, digits }
    }
}

/// Writes a node as JSON Schema. Its title and description are left out: a form carries words of its own.
impl From<Node> for Value {
    fn from(node: Node) -> Self {
        let mut out = node.shape.into_schema();
        for (name, flag) in
            [("readOnly", node.read_only), ("writeOnly", node.write_only), ("deprecated", node.deprecated)]
        {
            if flag {
                out.insert(name.to_owned(), Value::Bool(true));
            }
        }
        if node.nullable
            && let Some(kind @ Value::String(_)) = out.get_mut("type")
        {
            *kind = json!([kind.take(), "null"]);
        }
        Self::Object(out)
    }
}

/// The one type besides null.
fn kind(schema: &Value) -> Option<&str> {
    let mut kinds = types(schema).filter(|name| *name != "null");
    kinds.next().filter(|_| kinds.next().is_none())
}

/// The types that a schema names: one, or several in a list.
fn types(schema: &Value) -> impl Iterator<Item = &str> {
    let named = schema.get("type");
    let listed = named.and_then(Value::as_array).into_iter().flatten();
    named.into_iter().chain(listed).filter_map(Value::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schema_round_trip_keeps_everything_but_words() {
        let schema = json!({"type": "object", "properties": {
            "big": {"type": "integer", "minimum": 1, "maximum": 9_007_199_254_740_993_i64},
            "pick": {"type": "array", "items": {"type": "string", "enum": ["a", "b"]}},
            "odd": {"type": "geo", "x": 1},
            "old": {"type": "boolean", "deprecated": true, "readOnly": true},
            "at": {"type": "string", "format": "date-time"},
            "none": {"type": ["string", "null"], "maxLength": 3},
        }});
        assert_eq!(Value::from(Node::from(schema.clone())), schema);
    }
}
