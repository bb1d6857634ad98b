//! Cuts the description of an operation down to what a role may see and change of it (`x-role-fields`). Must not widen
//! anything: what is not understood is left out.

use roomkey_schema::json::child;
use roomkey_schema::{Operation, Role};
use serde_json::{Map, Value};

/// Leaves of bodies and parameters of the query that are not the role's are gone afterwards, and so are examples with them.
pub(super) fn narrow(operation: &Operation, role: Role, described: &mut Map<String, Value>) {
    if operation.covers(role, "") {
        return;
    }
    let is_read = operation.method.is_read();
    if let Some(body) = described.get_mut("requestBody") {
        content(operation, role, body);
    }
    if is_read {
        let answers = described.get_mut("responses").and_then(Value::as_object_mut);
        for (_, answer) in answers.into_iter().flatten() {
            content(operation, role, answer);
        }
    } else if let Some(parameters) = described.get_mut("parameters").and_then(Value::as_array_mut) {
        parameters.retain(|parameter| {
            let text = |name: &str| parameter.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
            let name = text("name");
            text("in") != "query" || operation.subject.contains(&name) || operation.covers(role, &format!("?{name}"))
        });
    }
}

fn content(operation: &Operation, role: Role, body: &mut Value) {
    for (_, media) in body.get_mut("content").and_then(Value::as_object_mut).into_iter().flatten() {
        let Some(media) = media.as_object_mut() else { continue };
        media.retain(|name, _| name == "schema");
        let Some(described) = media.get_mut("schema") else { continue };
        match described.get_mut("oneOf").and_then(Value::as_array_mut) {
            Some(variants) => {
                for variant in variants.iter_mut() {
                    schema(operation, role, variant, "");
                }
                variants.retain(|variant| {
                    variant.get("properties").and_then(Value::as_object).is_some_and(|members| !members.is_empty())
                });
            }
            None => schema(operation, role, described, ""),
        }
    }
}

fn schema(operation: &Operation, role: Role, described: &mut Value, pointer: &str) {
    if operation.covers(role, pointer) {
        return;
    }
    let Some(described) = described.as_object_mut() else { return };
    if let Some(members) = described.get_mut("properties").and_then(Value::as_object_mut) {
        members.retain(|name, _| operation.reaches(role, &child(pointer, name)));
        for (name, member) in members {
            schema(operation, role, member, &child(pointer, name));
        }
    }
    if let Some(required) = described.get_mut("required").and_then(Value::as_array_mut) {
        required.retain(|name| name.as_str().is_some_and(|name| operation.reaches(role, &child(pointer, name))));
    }
}
