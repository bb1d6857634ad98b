//! The part of JSON Schema that the vendors' documents use, as one tree: what may stand where. What this tree does not
//! know becomes [`Shape::Unknown`] and accepts everything, so that a new kind of field can be shown and never breaks a
//! form. Reading and writing schemas is in `node_schema`, checking values in `check`.

use litemap::LiteMap;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::check::whole;
use crate::json::child;
use crate::moment;

/// One place in a body.
#[expect(clippy::struct_excessive_bools, reason = "each stands for itself, as in the schema")]
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(from = "Value", into = "Value")]
pub struct Node {
    /// What may stand there.
    pub shape: Shape,
    /// Can be read but not written.
    pub read_only: bool,
    /// Can be written but not read.
    pub write_only: bool,
    /// The vendor wants nobody to use it any more.
    pub deprecated: bool,
    /// May also be null: there is none.
    pub nullable: bool,
    /// The document's own short name, if it has one.
    pub title: Option<String>,
    /// The document's own explanation, if it has one.
    pub description: Option<String>,
}

/// What may stand in one place.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// On or off.
    Switch,
    /// A whole number of at most 64 bits.
    Integer {
        /// Smallest value.
        min: Option<i64>,
        /// Largest value.
        max: Option<i64>,
        /// The only values there are, when not empty.
        choices: Vec<Value>,
    },
    /// Any number.
    Number,
    /// Text; lengths in characters.
    Text {
        /// Shortest length.
        min: Option<u64>,
        /// Longest length.
        max: Option<u64>,
        /// Must be an e-mail address.
        email: bool,
        /// Must be a PIN, or a passcode.
        pin: Option<Pin>,
        /// The only values there are, when not empty.
        choices: Vec<Value>,
    },
    /// A moment: a text as RFC 3339 has it.
    Moment,
    /// Items of one kind.
    List {
        /// Fewest items.
        min: Option<u64>,
        /// Most items.
        max: Option<u64>,
        /// What each item is.
        item: Box<Node>,
    },
    /// Named members, by name.
    Object {
        /// Members by name.
        members: Vec<(String, Node)>,
        /// Names of those that must be there.
        required: Vec<String>,
    },
    /// Something that this tree does not know; the schema as it stands.
    Unknown(Value),
}

/// What a PIN is made of: digits, and how many, where that depends on whose it is; or letters and digits.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default)]
pub struct Pin {
    /// Whether it is a passcode: letters may stand in it too, and no order of them is against a rule.
    pub letters: bool,
    /// Signs that may stand in a passcode besides letters and digits. A generated one has none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub signs: String,
    /// The parameter that it depends on.
    pub param: String,
    /// Digits by its value; under no name for all others.
    pub digits: LiteMap<String, u64>,
}

impl Node {
    /// A node of that shape and nothing else.
    pub fn new(shape: Shape) -> Self {
        Self {
            shape,
            read_only: false,
            write_only: false,
            deprecated: false,
            nullable: false,
            title: None,
            description: None,
        }
    }

    /// The members of an object that has some; nothing for everything else.
    pub fn members(&self) -> Option<&[(String, Node)]> {
        match &self.shape {
            Shape::Object { members, .. } if !members.is_empty() => Some(members),
            _ => None,
        }
    }

    /// The member of that name.
    pub fn member(&self, name: &str) -> Option<&Self> {
        self.members()?.iter().find_map(|(key, node)| (key == name).then_some(node))
    }

    /// The node at a pointer.
    pub fn at(&self, pointer: &str) -> Option<&Self> {
        crate::json::keys(pointer).try_fold(self, |node, key| node.member(&key))
    }

    /// Calls back with pointer and node of every leaf: whatever is not an object with members.
    pub fn leaves<'a>(&'a self, visit: &mut impl FnMut(String, &'a Self)) {
        self.leaves_below("", visit);
    }

    fn leaves_below<'a>(&'a self, pointer: &str, visit: &mut impl FnMut(String, &'a Self)) {
        match self.members() {
            Some(members) => {
                for (name, node) in members {
                    node.leaves_below(&child(pointer, name), visit);
                }
            }
            None => visit(pointer.to_owned(), self),
        }
    }

    /// Whether a value must have something at the end of these keys.
    #[cfg(feature = "data")]
    pub(crate) fn requires(&self, keys: &[String]) -> bool {
        let Some((key, rest)) = keys.split_first() else { return true };
        let named = matches!(&self.shape, Shape::Object { required, .. } if required.contains(key));
        named && self.member(key).is_some_and(|member| member.requires(rest))
    }

    /// Lets a list be longer than one call takes, because it goes in several.
    #[cfg(feature = "data")]
    pub(crate) fn lift_max(&mut self) {
        if let Shape::List { max, .. } = &mut self.shape {
            *max = None;
        }
    }

    /// The part of a value that may be written: members that are unknown or read-only are left out, at any depth.
    #[must_use]
    pub fn writable(&self, value: &Value) -> Value {
        match (&self.shape, value) {
            (Shape::Object { members, .. }, Value::Object(object)) if !members.is_empty() => members
                .iter()
                .filter(|(_, node)| !node.read_only)
                .filter_map(|(name, node)| Some((name.clone(), node.writable(object.get(name)?))))
                .collect::<Map<_, _>>()
                .into(),
            (Shape::List { item, .. }, Value::Array(items)) => {
                items.iter().map(|value| item.writable(value)).collect::<Vec<_>>().into()
            }
            _ => value.clone(),
        }
    }

    /// The same node with a mark on it and on all its members.
    #[must_use]
    fn marked(mut self, mark: &impl Fn(&mut Self)) -> Self {
        mark(&mut self);
        self.shape = match self.shape {
            Shape::Object { members, required } => {
                let members = members.into_iter().map(|(name, node)| (name, node.marked(mark))).collect();
                Shape::Object { members, required }
            }
            Shape::List { min, max, item } => Shape::List { min, max, item: Box::new(item.marked(mark)) },
            shape => shape,
        };
        self
    }

    /// Gives PINs the length that holds for these parameters.
    pub fn settle<'a>(&mut self, given: &dyn Fn(&str) -> Option<&'a str>) {
        match &mut self.shape {
            Shape::Object { members, .. } => members.iter_mut().for_each(|(_, node)| node.settle(given)),
            Shape::List { item, .. } => item.settle(given),
            Shape::Text { min, max, pin: Some(pin), .. } => {
                let own = given(&pin.param).and_then(|value| pin.digits.get(value));
                if let Some(digits) = own.or_else(|| pin.digits.get("")) {
                    (*min, *max) = (Some(*digits), Some(*digits));
                }
            }
            _ => {}
        }
    }

    /// Lays what can be read and what can be written over each other. Where both describe a leaf the written shape
    /// counts, because that is what an answer is checked against.
    #[must_use]
    pub fn union(read: Option<&Self>, write: Option<&Self>) -> Self {
        let (read, write) = match (read, write) {
            (Some(read), Some(write)) => (read, write),
            (Some(only), None) => return only.clone().marked(&|node| node.read_only = true),
            (None, Some(only)) => return only.clone().marked(&|node| node.write_only = true),
            (None, None) => return Self::new(Shape::Unknown(Value::Null)),
        };
        let shape = match (&read.shape, &write.shape) {
            (Shape::Object { members: readable, .. }, Shape::Object { members: writable, required }) => {
                let mut members: Vec<_> = readable
                    .iter()
                    .map(|(name, node)| (name.clone(), Self::union(Some(node), write.member(name))))
                    .collect();
                for (name, node) in writable.iter().filter(|(name, _)| read.member(name).is_none()) {
                    members.push((name.clone(), Self::union(None, Some(node))));
                }
                Shape::Object { members, required: required.clone() }
            }
            (Shape::List { item: readable, .. }, Shape::List { item: writable, min, max }) => {
                Shape::List { item: Box::new(Self::union(Some(readable), Some(writable))), min: *min, max: *max }
            }
            (_, shape) => shape.clone(),
        };
        Self {
            shape,
            read_only: false,
            write_only: false,
            deprecated: read.deprecated || write.deprecated,
            nullable: write.nullable,
            title: write.title.clone().or_else(|| read.title.clone()),
            description: write.description.clone().or_else(|| read.description.clone()),
        }
    }
}

impl Shape {
    /// The only values there are, if the schema lists them; for a list, those of its items.
    pub fn choices(&self) -> &[Value] {
        match self {
            Self::Integer { choices, .. } | Self::Text { choices, .. } => choices,
            Self::List { item, .. } => item.shape.choices(),
            _ => &[],
        }
    }

    /// Whether a value is at all of this shape's type. One that is not can only be shown.
    pub fn accepts_type(&self, value: &Value) -> bool {
        match self {
            Self::Switch => value.is_boolean(),
            Self::Integer { .. } => whole(value).is_some(),
            Self::Number => value.is_number(),
            Self::Text { .. } => value.is_string(),
            Self::Moment => value.as_str().is_some_and(|text| text.is_empty() || moment::parse(text).is_some()),
            Self::List { item, .. } => {
                value.as_array().is_some_and(|items| items.iter().all(|value| item.shape.accepts_type(value)))
            }
            Self::Object { members, .. } => value.as_object().is_some_and(|object| {
                members.iter().all(|(name, node)| object.get(name).is_none_or(|value| node.shape.accepts_type(value)))
            }),
            Self::Unknown(_) => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn writable_drops_what_the_vendor_only_shows() {
        let read = Node::from(json!({"type": "array", "items": {"type": "object", "properties": {
            "id": {"type": "string"}, "name": {"type": "string"}}}}));
        let write = Node::from(json!({"type": "array", "items": {"type": "object", "properties": {
            "id": {"type": "string"}}}}));
        let both = Node::union(Some(&read), Some(&write));
        assert_eq!(both.writable(&json!([{"id": "1", "name": "Spam", "x": 0}])), json!([{"id": "1"}]));
    }
}
