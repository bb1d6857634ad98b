//! The vendor's document as this sandbox uses it: request shapes, read shapes, rate labels, scopes and examples.
//! Must not be changed after the start, and must not be read through the project's own schema crate.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::Value;

use super::errors::ZoomError;
use super::limits::Rate;
use super::routes::ROUTES;
use super::sheet::{Holder, Sheet};
use crate::documents::DocumentFault;
use crate::merge::{effective, merge};
use crate::shape::Shape;

const DOCUMENT: &str = include_str!("../../../schema/data/zoom.openapi.json");
const DOCUMENT_NAME: &str = "zoom.openapi.json";
/// What the document does not show: examples of the other variants, and values that suit an English demo.
const INVENTED: &str = include_str!("../../data/zoom.invented.json");
const INVENTED_NAME: &str = "zoom.invented.json";

/// A request shape and the `option` that selects it.
type Variant = (Option<String>, Shape);

pub(super) struct Shapes {
    requests: HashMap<String, Vec<Variant>>,
    rates: HashMap<String, Rate>,
    /// The error codes that an operation documents.
    codes: HashMap<String, HashSet<u64>>,
    reads: HashMap<(Holder, Sheet), Value>,
    examples: HashMap<(Holder, Sheet), Value>,
    scope: String,
}

impl Shapes {
    pub(super) fn load() -> Result<Self, DocumentFault> {
        let document = parse(DOCUMENT_NAME, DOCUMENT)?;
        let invented = parse(INVENTED_NAME, INVENTED)?;
        let mut shapes = Self {
            requests: HashMap::new(),
            rates: HashMap::new(),
            codes: HashMap::new(),
            reads: HashMap::new(),
            examples: HashMap::new(),
            scope: String::new(),
        };
        let mut scopes = BTreeSet::new();
        for route in &ROUTES {
            let key = key(route.method.as_str(), route.template);
            let pointer = operation_pointer(route.method.as_str(), route.template);
            let operation = document
                .pointer(&pointer)
                .ok_or_else(|| DocumentFault::new(DOCUMENT_NAME, &pointer, "the operation is missing"))?;
            let label = operation.get("x-rate-limit").and_then(Value::as_str).unwrap_or_default();
            let rate = Rate::from_label(label)
                .ok_or_else(|| DocumentFault::new(DOCUMENT_NAME, &pointer, "the rate label is missing or unknown"))?;
            shapes.rates.insert(key.clone(), rate);
            shapes.codes.insert(key.clone(), documented_codes(operation));
            for list in ["x-scopes", "x-granular-scopes"] {
                let names = operation.get(list).and_then(Value::as_array).into_iter().flatten();
                scopes.extend(names.filter_map(Value::as_str).map(str::to_owned));
            }
            if let Some(schema) = operation.pointer("/requestBody/content/application~1json/schema") {
                shapes.requests.insert(key, variants(schema, &pointer)?);
            }
        }
        shapes.scope = scopes.into_iter().collect::<Vec<_>>().join(" ");
        let of_groups = Sheet::ALL.map(|sheet| (Holder::Group, sheet));
        let of_people = Sheet::PERSONAL.map(|sheet| (Holder::Person, sheet));
        for (holder, sheet) in of_groups.into_iter().chain(of_people) {
            let (read, example) = sheet_parts(holder, sheet, &document, &invented)?;
            shapes.reads.insert((holder, sheet), read);
            shapes.examples.insert((holder, sheet), example);
        }
        Ok(shapes)
    }

    /// The shape that a body must have; none when the operation takes no body.
    pub(super) fn request(
        &self,
        method: &str,
        template: &str,
        option: Option<&str>,
    ) -> Result<Option<&Shape>, ZoomError> {
        match self.requests.get(&key(method, template)).map(Vec::as_slice) {
            None => Ok(None),
            Some([(_, only)]) => Ok(Some(only)),
            Some(variants) => {
                let found = variants.iter().find(|(known, _)| known.as_deref() == option);
                found.map(|(_, shape)| Some(shape)).ok_or(ZoomError::Parameter("option"))
            }
        }
    }

    pub(super) fn rate(&self, method: &str, template: &str) -> Rate {
        self.rates.get(&key(method, template)).copied().unwrap_or(Rate::Light)
    }

    /// Whether an operation names an error code.
    pub(super) fn documents(&self, method: &str, template: &str, code: u64) -> bool {
        self.codes.get(&key(method, template)).is_some_and(|codes| codes.contains(&code))
    }

    /// The schema of what is read of a sheet.
    pub(super) fn read(&self, holder: Holder, sheet: Sheet) -> &Value {
        self.reads.get(&(holder, sheet)).unwrap_or(&Value::Null)
    }

    /// The schema of what is written to a sheet.
    pub(super) fn write(&self, holder: Holder, sheet: Sheet) -> &Value {
        let shape = self.request("PATCH", sheet.template(holder), sheet.option());
        shape.ok().flatten().map_or(&Value::Null, |shape| &shape.schema)
    }

    pub(super) fn example(&self, holder: Holder, sheet: Sheet) -> &Value {
        self.examples.get(&(holder, sheet)).unwrap_or(&Value::Null)
    }

    /// Every scope that some operation here asks for.
    pub(super) fn scope(&self) -> &str {
        &self.scope
    }
}

fn parse(name: &str, text: &str) -> Result<Value, DocumentFault> {
    serde_json::from_str(text).map_err(|problem| DocumentFault::new(name, "", problem.to_string()))
}

fn key(method: &str, template: &str) -> String {
    format!("{method} {template}")
}

fn operation_pointer(method: &str, template: &str) -> String {
    format!("/paths/{}/{}", template.replace('~', "~0").replace('/', "~1"), method.to_ascii_lowercase())
}

/// The alternatives of a `oneOf` that an `option` chooses between, by their `x-option`, or the schema itself.
fn alternatives(schema: &Value) -> Vec<(Option<&str>, &Value)> {
    let list = schema.get("oneOf").and_then(Value::as_array);
    match list.filter(|list| list.iter().any(|one| one.get("x-option").is_some())) {
        Some(list) => list.iter().map(|one| (one.get("x-option").and_then(Value::as_str), one)).collect(),
        None => vec![(None, schema)],
    }
}

fn documented_codes(operation: &Value) -> HashSet<u64> {
    let answers =
        operation.get("responses").and_then(Value::as_object).into_iter().flat_map(|answers| answers.values());
    let codes = answers.filter_map(|answer| answer.get("x-error-codes")?.as_array()).flatten();
    codes.filter_map(Value::as_u64).collect()
}

fn variants(schema: &Value, pointer: &str) -> Result<Vec<Variant>, DocumentFault> {
    let compile = |(option, schema): (Option<&str>, &Value)| {
        let shape = Shape::new(schema, None)
            .map_err(|problem| DocumentFault::new(DOCUMENT_NAME, format!("{pointer}/requestBody"), problem))?;
        Ok((option.map(str::to_owned), shape))
    };
    alternatives(schema).into_iter().map(compile).collect()
}

/// The read schema of a sheet and what it looks like before it is varied: the documented example under the invented.
fn sheet_parts(
    holder: Holder,
    sheet: Sheet,
    document: &Value,
    invented: &Value,
) -> Result<(Value, Value), DocumentFault> {
    let pointer = operation_pointer("get", sheet.template(holder));
    let missing = |part: &str| DocumentFault::new(DOCUMENT_NAME, format!("{pointer}{part}"), "the answer is missing");
    let content = document
        .pointer(&format!("{pointer}/responses/200/content/application~1json"))
        .ok_or_else(|| missing("/responses/200"))?;
    let schema = content.get("schema").ok_or_else(|| missing("/responses/200/schema"))?;
    let read = alternatives(schema)
        .into_iter()
        .find(|(option, _)| *option == sheet.option())
        .ok_or_else(|| missing("/responses/200/schema/oneOf"))?
        .1;
    // The document shows the variant without an option only.
    let mut example = match (sheet.option(), content.get("example")) {
        (None, Some(example)) => example.clone(),
        _ => Value::Null,
    };
    if let Some(overlay) = invented.get(sheet.invented_name(holder)) {
        merge(&mut example, overlay);
    }
    // What was invented for groups is more than a person's variant names.
    if holder == Holder::Person {
        example = effective(&example, read, read);
    }
    Ok((read.clone(), example))
}
