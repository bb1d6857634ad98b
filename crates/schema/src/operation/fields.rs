//! Permission by field: of some operations a role sees and changes only some leaves (`x-role-fields`). Must not decide
//! who may call: that comes first.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::Operation;
use crate::json::{child, put};
use crate::role::Role;
use crate::violation::{Fault, Violation};

impl Operation {
    /// Whether that role may see or change all that stands at a pointer.
    pub fn covers(&self, role: Role, pointer: &str) -> bool {
        self.fields.get(&role).is_none_or(|fields| fields.iter().any(|field| is_within(pointer, field)))
    }

    /// Whether that role may see or change something of what stands at a pointer.
    pub fn reaches(&self, role: Role, pointer: &str) -> bool {
        self.covers(role, pointer)
            || self.fields.get(&role).is_some_and(|fields| fields.iter().any(|field| is_within(field, pointer)))
    }

    /// What of a call is not that role's to change: leaves of the body by pointer, parameters by name. Parameters that say
    /// what it is about are let through.
    pub fn beyond(&self, role: Role, query: &BTreeMap<String, String>, body: Option<&Value>) -> Vec<Fault> {
        let Some(fields) = self.fields.get(&role) else { return Vec::new() };
        if self.method.is_read() {
            return Vec::new();
        }
        let fault = |pointer: String| Fault { pointer, violation: Violation::NotForRole };
        let named = |name: &str| fields.iter().any(|field| field.strip_prefix('?') == Some(name));
        let query = query.keys().filter(|name| !self.subject.contains(name) && !named(name)).cloned();
        let mut faults: Vec<Fault> = query.map(fault).collect();
        if self.upload {
            faults.push(fault(String::new()));
        }
        let mut leaf = |pointer: &str, _: &Value| {
            if !self.covers(role, pointer) {
                faults.push(fault(pointer.to_owned()));
            }
        };
        match body {
            None => {}
            Some(Value::Object(members)) if members.is_empty() => {}
            Some(body) => leaves(body, "", &mut leaf),
        }
        faults
    }

    /// Leaves in an answer only what that role may see.
    pub fn trim(&self, role: Role, answer: &mut Value) {
        let Some(fields) = self.fields.get(&role) else { return };
        let mut left = Value::Object(Map::new());
        for field in fields {
            if let Some(value) = answer.pointer(field) {
                put(&mut left, field, value.clone());
            }
        }
        *answer = left;
    }
}

fn is_within(pointer: &str, field: &str) -> bool {
    pointer.strip_prefix(field).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Lists are leaves, and so is an object without members.
fn leaves(value: &Value, pointer: &str, visit: &mut impl FnMut(&str, &Value)) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (key, member) in members {
                leaves(member, &child(pointer, key), visit);
            }
        }
        leaf => visit(pointer, leaf),
    }
}
