//! A JSON shape from a vendor's document: judges a body and names the fields that do not fit.
//! Must not know vendors' error forms, and must not use the project's own validator: it is the independent judge.

use std::collections::BTreeSet;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, ValidationError, Validator};
use serde_json::{Value, json};

/// A schema, ready to judge.
pub(crate) struct Shape {
    pub(crate) schema: Value,
    validator: Validator,
}

impl Shape {
    /// `components` are the document's, for schemas that refer to them. The error says what is wrong with the schema.
    pub(crate) fn new(schema: &Value, components: Option<&Value>) -> Result<Self, String> {
        let mut whole = match components {
            Some(components) => json!({"allOf": [schema], "components": components}),
            None => schema.clone(),
        };
        forgive_types(&mut whole);
        let validator = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .build(&whole)
            .map_err(|problem| problem.to_string())?;
        Ok(Self { schema: schema.clone(), validator })
    }

    /// The fields that do not fit, in dotted form (`in_meeting.chat`, `members[0].email`), sorted, each once.
    pub(crate) fn misfits(&self, body: &Value) -> Vec<String> {
        let mut fields = BTreeSet::new();
        for misfit in self.validator.iter_errors(body) {
            collect(&misfit, &mut fields);
        }
        fields.into_iter().collect()
    }
}

/// Where a misfit is. Of several shapes that would all do, the one that the body comes nearest to is meant.
fn collect(misfit: &ValidationError<'_>, fields: &mut BTreeSet<String>) {
    let mut field = dotted(misfit.instance_path().as_str());
    match misfit.kind() {
        ValidationErrorKind::OneOfNotValid { context } | ValidationErrorKind::AnyOf { context } => {
            for inner in context.iter().min_by_key(|branch| branch.len()).into_iter().flatten() {
                collect(inner, fields);
            }
            return;
        }
        ValidationErrorKind::Required { property } => {
            let name = property.as_str().unwrap_or_default();
            field = if field.is_empty() { name.to_owned() } else { format!("{field}.{name}") };
        }
        _ => {}
    }
    fields.insert(field);
}

/// A type that JSON Schema does not have says nothing about a value: whatever is sent there is taken.
fn forgive_types(schema: &mut Value) {
    const TYPES: [&str; 7] = ["array", "boolean", "integer", "null", "number", "object", "string"];
    match schema {
        Value::Array(items) => items.iter_mut().for_each(forgive_types),
        Value::Object(members) => {
            if members.get("type").and_then(Value::as_str).is_some_and(|name| !TYPES.contains(&name)) {
                *schema = Value::Bool(true);
            } else {
                members.values_mut().for_each(forgive_types);
            }
        }
        _ => {}
    }
}

fn dotted(pointer: &str) -> String {
    let mut field = String::new();
    for segment in pointer.split('/').skip(1) {
        if segment.bytes().all(|byte| byte.is_ascii_digit()) {
            field.extend(["[", segment, "]"]);
        } else {
            if !field.is_empty() {
                field.push('.');
            }
            field.push_str(&segment.replace("~1", "/").replace("~0", "~"));
        }
    }
    field
}

#[cfg(test)]
mod tests {
    use super::Shape;
    use serde_json::json;

    #[test]
    fn misfits_are_named_by_their_dotted_path() {
        let schema = json!({"type": "object", "required": ["name"], "properties": {
            "in_meeting": {"properties": {"chat": {"type": "boolean"}}},
            "members": {"items": {"required": ["id"]}},
        }});
        let shape = Shape::new(&schema, None).expect("a sound schema");
        let misfits = shape.misfits(&json!({"in_meeting": {"chat": 1}, "members": [{"id": 1}, {}], "other": 1}));
        assert_eq!(misfits, ["in_meeting.chat", "members[1].id", "name"]);
    }

    #[test]
    fn misfit_of_alternatives_is_named_by_the_nearest_one() {
        let schema = json!({"oneOf": [
            {"required": ["status"], "properties": {"status": {"enum": ["Away"]}}},
            {"required": ["status", "end"], "properties": {"status": {"enum": ["Busy"]}}},
        ]});
        let shape = Shape::new(&schema, None).expect("a sound schema");
        assert_eq!(shape.misfits(&json!({"status": "Gone"})), ["status"]);
        assert_eq!(shape.misfits(&json!({"status": "Busy"})), ["status"]);
        assert_eq!(shape.misfits(&json!({"status": "Busy", "end": 1})), [""; 0]);
    }

    #[test]
    fn unsound_schema_is_refused_with_a_sentence() {
        assert!(Shape::new(&json!({"type": 7}), None).is_err());
    }
}
