//! One operation of a vendor's API: where it is, who may call it, what goes in and out, what is secret in it.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::complete::{self, Completion};
use crate::node::Node;
use crate::path::PathTemplate;
use crate::role::Role;
use crate::violation::{Fault, Violation};

mod fields;

/// A row of the operation table.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Such as `zoom.group_settings.update`.
    pub id: String,
    /// Such as `zoom`; the first segment below `/api`.
    pub vendor: String,
    /// HTTP method.
    pub method: Method,
    /// Path below the vendor's base.
    pub path: PathTemplate,
    /// Query parameters. Those of the path are in `path`.
    pub query: Vec<QueryParameter>,
    /// Bodies by the value of `option`; exactly one without an option for most operations.
    pub variants: Vec<Variant>,
    /// Query parameters that say what it is about, beside those of the path.
    pub subject: Vec<String>,
    /// Whether the vendor takes only whole bodies. Callers send what changes; the rest is what was read back before.
    pub whole: bool,
    /// What a body needs although nobody has to say it.
    pub completion: Vec<Completion>,
    /// Whether the request's body is files instead of JSON.
    pub upload: bool,
    /// Which budget a call counts against.
    pub rate: RateClass,
    /// Any one of these scopes lets the vendor's token call it.
    pub scopes: Vec<String>,
    /// The one fine-grained scope that lets the vendor's token call it.
    pub granular_scopes: Vec<String>,
    /// Who may call it. Without roles it is there only so that its path is not taken for another's.
    pub roles: Vec<Role>,
    /// Roles that see and change only these leaves, by pointer into answer or body; of a write, `?` and a name lets a
    /// parameter of the query through. All others see and change everything.
    pub fields: BTreeMap<Role, Vec<String>>,
    /// Pointers of secret leaves in answers; `*` stands for every item of a list.
    pub secrets: Vec<String>,
    /// Who may be shown one of these, with a reason. None of those who may not call it.
    pub reveal: Vec<Role>,
    /// Whether the vendor lets only its own administrators call it.
    pub administrators: bool,
    /// Id of the operation that reads back what this one wrote, with the same parameters.
    pub read_back: Option<String>,
    /// What reading back shows when it was done, of an operation whose request does not say it, such as one that takes
    /// something away.
    pub expects: Option<Value>,
    /// Parameters of reading back that stand in the body: name → pointer.
    pub read_back_with: BTreeMap<String, String>,
    /// The vendor's documented errors: HTTP status and code.
    pub errors: Vec<(u16, i64)>,
}

/// HTTP methods that occur.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[expect(missing_docs, reason = "they are what they are called")]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

/// The vendor's rate classes; each has a budget of its own.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[expect(missing_docs, reason = "the vendor's own names")]
pub enum RateClass {
    Light,
    Medium,
    Heavy,
}

/// A query parameter.
#[derive(Clone, Debug)]
pub struct QueryParameter {
    /// Its name.
    pub name: String,
    /// Whether a call without it is refused.
    pub required: bool,
    /// What it may be; text is read as the type that stands here.
    pub node: Node,
}

/// What goes in and out for one value of the `option` parameter.
#[derive(Clone, Debug, Default)]
pub struct Variant {
    /// Value of `option`, or none.
    pub option: Option<String>,
    /// The request's body, if it has one.
    pub request: Option<Node>,
    /// The successful answer's body, if it has one.
    pub response: Option<Node>,
    /// The documented example of the request.
    pub request_example: Option<Value>,
    /// The documented example of the answer.
    pub response_example: Option<Value>,
}

impl Method {
    /// As it stands in a request line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// The method of that name, in either case.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Get, Self::Post, Self::Put, Self::Patch, Self::Delete]
            .into_iter()
            .find(|method| method.as_str().eq_ignore_ascii_case(name))
    }

    /// Whether it changes nothing.
    pub const fn is_read(self) -> bool {
        matches!(self, Self::Get)
    }
}

impl RateClass {
    /// The vendor's name of it, in lower case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Medium => "medium",
            Self::Heavy => "heavy",
        }
    }
}

impl Operation {
    /// The variant that a query selects, if there is one.
    pub fn variant(&self, option: Option<&str>) -> Option<&Variant> {
        self.variants.iter().find(|variant| variant.option.as_deref() == option.filter(|option| !option.is_empty()))
    }

    /// Adds what a body needs although nobody has to say it. `said` is what somebody said of it: all, or what changes.
    pub fn complete(&self, said: &Value, body: &mut Value) {
        complete::complete(&self.completion, said, body);
    }

    /// Pointers of moments that follow from other members, and so change along with them.
    pub fn following(&self) -> impl Iterator<Item = &str> {
        complete::following(&self.completion).map(|(pointer, _)| pointer)
    }

    /// Everything that is wrong with a call: unknown or bad parameters by name, faults of the body by pointer.
    pub fn check(&self, query: &BTreeMap<String, String>, body: Option<&Value>) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut fault = |pointer: &str, violation| {
            faults.push(Fault { pointer: pointer.to_owned(), violation });
        };
        for name in query.keys().filter(|name| !self.query.iter().any(|known| known.name == **name)) {
            fault(name, Violation::Unknown);
        }
        for parameter in &self.query {
            match query.get(&parameter.name) {
                None if parameter.required => fault(&parameter.name, Violation::Missing),
                None => {}
                Some(text) => {
                    let value = typed(&parameter.node, text);
                    if let Some(first) = parameter.node.check(&value).into_iter().next() {
                        fault(&parameter.name, first.violation);
                    }
                }
            }
        }
        let Some(variant) = self.variant(query.get("option").map(String::as_str)) else {
            fault("option", Violation::NotAChoice);
            return faults;
        };
        if self.upload {
            return faults;
        }
        match (&variant.request, body) {
            (Some(node), Some(body)) => {
                faults.extend(node.unknown_members(body));
                let found = settled(node, query).check(body).into_iter();
                // What the caller leaves out of a whole body is filled up later.
                faults.extend(found.filter(|fault| !(self.whole && is_outermost_and_missing(fault))));
            }
            (Some(_), None) => fault("", Violation::Missing),
            (None, Some(_)) => fault("", Violation::Unknown),
            (None, None) => {}
        }
        faults
    }

    /// Everything that is wrong with a body that was filled up from what the vendor holds.
    pub fn check_whole(&self, query: &BTreeMap<String, String>, body: &Value) -> Vec<Fault> {
        let variant = self.variant(query.get("option").map(String::as_str));
        let node = variant.and_then(|variant| variant.request.as_ref());
        node.map(|node| settled(node, query).check(body)).unwrap_or_default()
    }

    /// Whether that role may be shown the secret at a pointer. Only a leaf of one object: what stands in a list of many
    /// is shown from the object's own reading.
    pub fn reveals(&self, role: Role, pointer: &str) -> bool {
        self.roles.contains(&role)
            && self.reveal.contains(&role)
            && self.has_secret(pointer)
            && self.covers(role, pointer)
    }

    /// Whether a single secret stands at a pointer of what this reads.
    pub fn has_secret(&self, pointer: &str) -> bool {
        let is_in_a_list = crate::json::keys(pointer).any(|key| key == "*");
        self.method.is_read() && !is_in_a_list && self.secrets.iter().any(|known| known == pointer)
    }

    /// Replaces secrets in an answer by whether they are set. Text only: a switch that is named like a passcode is none.
    pub fn redact(&self, answer: &mut Value) {
        for pattern in &self.secrets {
            let keys: Vec<String> = crate::json::keys(pattern).collect();
            redact_at(answer, &keys);
        }
    }
}

fn settled(node: &Node, query: &BTreeMap<String, String>) -> Node {
    let mut node = node.clone();
    node.settle(&|name| query.get(name).map(String::as_str));
    node
}

fn is_outermost_and_missing(fault: &Fault) -> bool {
    fault.violation == Violation::Missing && crate::json::keys(&fault.pointer).count() == 1
}

/// Reads a query value as the type its schema wants, so that it can be checked like a body's.
fn typed(node: &Node, text: &str) -> Value {
    use crate::node::Shape;
    match &node.shape {
        Shape::Integer { .. } => text.parse::<i64>().map_or_else(|_| Value::from(text), Value::from),
        Shape::Switch => text.parse::<bool>().map_or_else(|_| Value::from(text), Value::from),
        _ => Value::from(text),
    }
}

fn redact_at(value: &mut Value, keys: &[String]) {
    match (keys, value) {
        ([], value) => match value {
            Value::String(text) => *value = Value::Bool(!text.is_empty()),
            Value::Number(_) => *value = Value::Bool(true),
            _ => {}
        },
        ([key, rest @ ..], Value::Array(items)) if key == "*" => {
            for item in items {
                redact_at(item, rest);
            }
        }
        ([key, rest @ ..], Value::Object(members)) => {
            if let Some(member) = members.get_mut(key) {
                redact_at(member, rest);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn redact_secret_in_every_item_becomes_whether_it_is_set() {
        let mut answer = json!({"users": [{"host_key": "123456", "id": "a"}, {"host_key": ""}, {}]});
        redact_at(&mut answer, &["users".into(), "*".into(), "host_key".into()]);
        assert_eq!(answer, json!({"users": [{"host_key": true, "id": "a"}, {"host_key": false}, {}]}));
    }
}
