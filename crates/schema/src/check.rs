//! Checks values against a [`Node`], as JSON Schema 2020-12 would: every fault by its pointer. Must not change a value.

use serde_json::Value;

use crate::json::child;
use crate::moment;
use crate::node::{Node, Shape};
use crate::pin;
use crate::violation::{Fault, Violation};

impl Node {
    /// Everything that is wrong with a value, by pointer.
    pub fn check(&self, value: &Value) -> Vec<Fault> {
        let mut faults = Vec::new();
        self.check_at("", value, &mut faults);
        faults
    }

    fn check_at(&self, pointer: &str, value: &Value, faults: &mut Vec<Fault>) {
        let mut fault = |violation| {
            faults.push(Fault { pointer: pointer.to_owned(), violation });
        };
        if self.nullable && value.is_null() {
            return;
        }
        match &self.shape {
            Shape::Unknown(_) => {}
            Shape::Switch => {
                if !value.is_boolean() {
                    fault(Violation::WrongType("boolean"));
                }
            }
            Shape::Number => {
                if !value.is_number() {
                    fault(Violation::WrongType("number"));
                }
            }
            Shape::Integer { min, max, choices } => match whole(value) {
                None => fault(Violation::WrongType("integer")),
                Some(number) if !choices.is_empty() && !choices.iter().any(|choice| whole(choice) == Some(number)) => {
                    fault(Violation::NotAChoice);
                }
                Some(number) => {
                    if let Some(min) = min.filter(|min| number < i128::from(*min)) {
                        fault(Violation::TooSmall(min));
                    }
                    if let Some(max) = max.filter(|max| number > i128::from(*max)) {
                        fault(Violation::TooLarge(max));
                    }
                }
            },
            Shape::Moment => match value.as_str() {
                None => fault(Violation::WrongType("string")),
                Some(text) if moment::parse(text).is_none() => fault(Violation::NotAMoment),
                Some(_) => {}
            },
            Shape::Text { min, max, email, pin, choices } => {
                let Some(text) = value.as_str() else {
                    return fault(Violation::WrongType("string"));
                };
                if let Some(pin) = pin {
                    return pin::check(pin, text, *min, *max).into_iter().for_each(fault);
                }
                let length = text.chars().count() as u64;
                if !choices.is_empty() && !choices.contains(value) {
                    fault(Violation::NotAChoice);
                }
                if let Some(min) = min.filter(|min| length < *min) {
                    fault(Violation::TooShort(min));
                }
                if let Some(max) = max.filter(|max| length > *max) {
                    fault(Violation::TooLong(max));
                }
                if *email && !is_email(text) {
                    fault(Violation::NotAnEmail);
                }
            }
            Shape::List { min, max, item } => {
                let Some(items) = value.as_array() else {
                    return fault(Violation::WrongType("array"));
                };
                let size = items.len() as u64;
                if let Some(min) = min.filter(|min| size < *min) {
                    fault(Violation::TooFew(min));
                }
                if let Some(max) = max.filter(|max| size > *max) {
                    fault(Violation::TooMany(max));
                }
                for (index, value) in items.iter().enumerate() {
                    item.check_at(&format!("{pointer}/{index}"), value, faults);
                }
            }
            Shape::Object { members, required } => {
                let Some(object) = value.as_object() else {
                    return fault(Violation::WrongType("object"));
                };
                for name in required.iter().filter(|name| !object.contains_key(*name)) {
                    faults.push(Fault { pointer: child(pointer, name), violation: Violation::Missing });
                }
                for (name, node) in members {
                    if let Some(value) = object.get(name) {
                        node.check_at(&child(pointer, name), value, faults);
                    }
                }
            }
        }
    }

    /// Pointers of members that the schema does not have. JSON Schema lets them pass; an operation does not.
    pub fn unknown_members(&self, value: &Value) -> Vec<Fault> {
        let mut faults = Vec::new();
        self.unknown_at("", value, &mut faults);
        faults
    }

    fn unknown_at(&self, pointer: &str, value: &Value, faults: &mut Vec<Fault>) {
        match (&self.shape, value) {
            (Shape::Object { members, .. }, Value::Object(object)) if !members.is_empty() => {
                for (name, value) in object {
                    match self.member(name) {
                        Some(node) => node.unknown_at(&child(pointer, name), value, faults),
                        None => {
                            faults.push(Fault { pointer: child(pointer, name), violation: Violation::Unknown });
                        }
                    }
                }
            }
            (Shape::List { item, .. }, Value::Array(items)) => {
                for (index, value) in items.iter().enumerate() {
                    item.unknown_at(&format!("{pointer}/{index}"), value, faults);
                }
            }
            _ => {}
        }
    }
}

/// The whole number that a value is. JSON Schema counts `1.0` as one.
pub(crate) fn whole(value: &Value) -> Option<i128> {
    value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from)).or_else(|| {
        let number = value.as_f64()?;
        #[expect(clippy::cast_possible_truncation, reason = "only compared with limits, which are of 64 bits")]
        (number.fract() == 0.0).then_some(number as i128)
    })
}

/// Something before one `@`, and a dotted name without empty parts behind it. The vendor is the judge of the rest.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let plain = |part: &str| !part.is_empty() && !part.chars().any(|c| c.is_whitespace() || c.is_control());
    plain(local) && !domain.contains('@') && domain.contains('.') && domain.split('.').all(plain)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn faults(schema: Value, value: Value) -> Vec<(String, &'static str)> {
        let faults = Node::from(schema).check(&value);
        faults.into_iter().map(|fault| (fault.pointer, fault.violation.key())).collect()
    }

    #[test]
    fn check_names_the_place_of_each_fault() {
        let schema = json!({"type": "object", "required": ["name"], "properties": {
            "name": {"type": "string"},
            "domains": {"type": "array", "maxItems": 1, "items": {"type": "string", "minLength": 5}},
        }});
        assert_eq!(
            faults(schema, json!({"domains": ["a.b", "example.com"]})),
            [
                ("/name".to_owned(), "missing"),
                ("/domains".to_owned(), "too_many"),
                ("/domains/0".to_owned(), "too_short")
            ],
        );
    }

    #[test]
    fn check_moment_is_one_to_the_second_and_null_only_where_it_may_be() {
        let schema = |kind: Value| json!({"type": kind, "format": "date-time"});
        assert_eq!(faults(schema(json!("string")), json!("2024-04-07T09:00:00.000Z")), []);
        assert_eq!(faults(schema(json!("string")), json!("2024-04-07")), [(String::new(), "not_a_moment")]);
        assert_eq!(faults(schema(json!("string")), Value::Null), [(String::new(), "not_a_text")]);
        assert_eq!(faults(schema(json!(["string", "null"])), Value::Null), []);
    }

    #[test]
    fn check_email_wants_a_dotted_domain() {
        let schema = || json!({"type": "string", "format": "email"});
        for good in ["a@b.c", "j.andersen+x@example.co.uk"] {
            assert_eq!(faults(schema(), json!(good)), [], "{good}");
        }
        for bad in ["", "a", "a@b", "@b.c", "a@.c", "a b@c.d", "a@b@c.d"] {
            assert_eq!(faults(schema(), json!(bad)).len(), 1, "{bad}");
        }
    }
}
