//! What can be done to many rows, read from `jobs.json` and its words: which operation, what says whom it is about, what can
//! be set. Makes calls from cells; must not know a vendor by name.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::data::{DataFault, Document};
use crate::form::{FieldWords, Form, Kind};
use crate::job::{JobField, JobKind};
use crate::node::{Node, Shape};
use crate::operation::Operation;
use crate::role::Role;
use crate::violation::Violation;

const FILE: &str = "jobs.json";
const WORDS: &str = "words/jobs.en.json";

/// A kind of job with what is needed to carry it out.
#[derive(Clone, Debug)]
pub struct Recipe {
    /// What people see of it.
    pub kind: JobKind,
    /// Id of the operation that each row is.
    pub operation: String,
    /// How values can be generated.
    pub generate: Option<Generate>,
    /// Where everybody is listed whom a row can be about.
    pub people: Option<People>,
    fields: Vec<Field>,
}

/// How values are generated: PINs and passcodes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Generate {
    /// Key of the field.
    pub field: String,
    /// How long they are, where the field's schema does not say.
    pub length: usize,
}

/// A list of everybody.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct People {
    /// Id of the operation.
    pub read: String,
    /// Pointer of the rows.
    pub rows: String,
    /// Pointers of what names a person in a row; `*` stands for every item of a list.
    pub keys: Vec<String>,
    /// Pointer of what stands for a person in a call; none when whatever names the person does.
    pub id: Option<String>,
    /// Query parameter of how many come at once.
    pub size_param: String,
    /// How many come at once.
    pub size: u64,
}

#[derive(Clone, Debug)]
struct Field {
    key: String,
    option: Option<String>,
    pointer: String,
    node: Node,
    words: FieldWords,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Definitions {
    jobs: Vec<Definition>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Definition {
    id: String,
    operation: String,
    subject: String,
    #[serde(default)]
    fields: Vec<String>,
    form: Option<String>,
    #[serde(default)]
    options: Vec<String>,
    generate: Option<Generate>,
    people: Option<People>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct KindWords {
    title: String,
    help: String,
    fields: BTreeMap<String, ColumnWords>,
}

#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnWords {
    label: String,
    help: String,
    #[serde(default)]
    names: Vec<String>,
}

/// Every kind of job of the documents.
pub(crate) fn build(
    documents: &[Document],
    operations: &[Operation],
    forms: &[Form],
) -> Result<Vec<Recipe>, DataFault> {
    let Some(file) = documents.iter().find(|document| document.name == FILE) else { return Ok(Vec::new()) };
    let fault = |name: &str, error: String| DataFault::new(name, "", error);
    let definitions: Definitions =
        serde_json::from_str(&file.text).map_err(|error| fault(FILE, format!("jobs cannot be read: {error}")))?;
    let words: BTreeMap<String, KindWords> = match documents.iter().find(|document| document.name == WORDS) {
        Some(words) => serde_json::from_str(&words.text).map_err(|error| fault(WORDS, error.to_string()))?,
        None => BTreeMap::new(),
    };
    let none = KindWords::default();
    let one = |definition: &Definition| {
        let words = words.get(&definition.id).unwrap_or(&none);
        let Some(operation) = operations.iter().find(|operation| operation.id == definition.operation) else {
            return Err(fault(FILE, format!("{}: there is no operation {}", definition.id, definition.operation)));
        };
        recipe(definition, operation, forms, words).map_err(|error| fault(FILE, format!("{}: {error}", definition.id)))
    };
    definitions.jobs.iter().map(one).collect()
}

fn recipe(definition: &Definition, operation: &Operation, forms: &[Form], words: &KindWords) -> Result<Recipe, String> {
    let told = |key: &str, secret: bool, fallback: (&str, &str)| {
        let own = words.fields.get(key).cloned().unwrap_or_default();
        let or = |text: String, other: &str| if text.is_empty() { other.to_owned() } else { text };
        JobField {
            key: key.to_owned(),
            label: or(own.label, fallback.0),
            help: or(own.help, fallback.1),
            secret,
            names: own.names,
        }
    };
    let mut fields = Vec::new();
    let mut shown = Vec::new();
    for key in &definition.fields {
        let node = operation.variants.first().and_then(|variant| variant.request.as_ref()?.at(key));
        let node = node.ok_or_else(|| format!("the operation has no field {key}"))?.clone();
        let (option, words) = (None, FieldWords::default());
        fields.push(Field { key: key.clone(), option, pointer: key.clone(), node, words });
        shown.push(told(key, operation.secrets.contains(key), ("", "")));
    }
    if let Some(form) = &definition.form {
        let form = forms.iter().find(|known| known.id == *form).ok_or_else(|| format!("there is no form {form}"))?;
        for (_, row) in form.rows() {
            let Some(leaf) = row.setting.as_ref().filter(|leaf| !leaf.node.read_only && takes_cells(leaf.kind()))
            else {
                continue;
            };
            let Some(source) = form.sources.get(leaf.source).filter(|source| source.write.is_some()) else { continue };
            let option = source.option.clone();
            let key =
                option.as_ref().map_or_else(|| leaf.pointer.clone(), |option| format!("{option}:{}", leaf.pointer));
            shown.push(told(&key, leaf.secret, (&row.label, &row.help)));
            let (pointer, node, words) = (leaf.pointer.clone(), leaf.node.clone(), leaf.words.clone());
            fields.push(Field { key, option, pointer, node, words });
        }
    }
    Ok(Recipe {
        kind: JobKind {
            id: definition.id.clone(),
            vendor: operation.vendor.clone(),
            title: words.title.clone(),
            help: words.help.clone(),
            subject: told(&definition.subject, false, ("", "")),
            fields: shown,
            generate: definition.generate.as_ref().map(|generate| generate.field.clone()),
            options: definition.options.iter().map(|key| told(key, false, ("", ""))).collect(),
        },
        operation: operation.id.clone(),
        generate: definition.generate.clone(),
        people: definition.people.clone(),
        fields,
    })
}

const fn takes_cells(kind: Kind) -> bool {
    matches!(kind, Kind::Switch | Kind::Choice | Kind::Integer | Kind::Text | Kind::Email | Kind::TextList)
}

impl Recipe {
    /// Whether that role may make such jobs: it may set all that can be set by one.
    pub fn is_for(&self, operation: &Operation, role: Role) -> bool {
        operation.roles.contains(&role) && self.fields.iter().all(|field| operation.covers(role, &field.pointer))
    }

    /// Value of the `option` parameter with which these fields are set; the error names two that are set by different calls.
    pub fn option<'a>(&'a self, keys: &[&'a str]) -> Result<Option<&'a str>, (&'a str, &'a str)> {
        let mut known = keys.iter().filter_map(|key| self.fields.iter().find(|field| field.key == **key));
        let Some(first) = known.next() else { return Ok(None) };
        match known.find(|field| field.option != first.option) {
            Some(other) => Err((&first.key, &other.key)),
            None => Ok(first.option.as_deref()),
        }
    }

    /// Puts a value into a body.
    pub fn put(&self, body: &mut Value, key: &str, value: Value) {
        if let Some(field) = self.field(key) {
            crate::json::put(body, &field.pointer, value);
        }
    }

    /// The value that a cell's text means for a field. Words of choices are understood as well as the vendor's values.
    pub fn value(&self, key: &str, text: &str) -> Result<Value, Violation> {
        let field = self.field(key).ok_or(Violation::Unknown)?;
        let text = text.trim();
        let of_choice = field.words.choices_of(&field.node).into_iter();
        let mut named = of_choice.filter(|(value, name)| {
            name.eq_ignore_ascii_case(text) || crate::form::value_text(value).eq_ignore_ascii_case(text)
        });
        if let Some((value, _)) = named.next() {
            return Ok(value);
        }
        match &field.node.shape {
            Shape::Switch => match text.to_ascii_lowercase().as_str() {
                "on" | "true" | "yes" | "1" => Ok(Value::Bool(true)),
                "off" | "false" | "no" | "0" => Ok(Value::Bool(false)),
                _ => Err(Violation::WrongType("boolean")),
            },
            Shape::Integer { .. } => text.parse::<i64>().map(Value::from).map_err(|_| Violation::WrongType("integer")),
            Shape::List { .. } => {
                let parts = text.split([';', ',', '\n']).map(str::trim).filter(|part| !part.is_empty());
                Ok(parts.map(Value::from).collect())
            }
            _ => Ok(Value::from(text)),
        }
    }

    /// Whether a generated value has letters in it, and how long it is, for these parameters.
    pub fn generated(&self, generate: &Generate, given: &dyn Fn(&str) -> Option<String>) -> (bool, usize) {
        let field = self.field(&generate.field);
        let Some(Shape::Text { pin: Some(pin), .. }) = field.map(|field| &field.node.shape) else {
            return (false, generate.length);
        };
        let own = given(&pin.param).and_then(|value| pin.digits.get(value.as_str()));
        let digits = own.or_else(|| pin.digits.get("")).and_then(|digits| usize::try_from(*digits).ok());
        (pin.letters, digits.unwrap_or(generate.length))
    }

    fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }
}

impl People {
    /// What names the people of one page of the list, each with what stands for the person in a call, where that is
    /// something else.
    pub fn names<'a>(&'a self, page: &'a Value) -> Vec<(&'a str, Option<&'a str>)> {
        let rows = page.pointer(&self.rows).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let mut names = Vec::new();
        for (row, key) in rows.iter().flat_map(|row| self.keys.iter().map(move |key| (row, key))) {
            let id = self.id.as_ref().and_then(|id| row.pointer(id)).and_then(Value::as_str);
            let mut name = |value: &'a Value| names.extend(value.as_str().map(|name| (name, id)));
            match key.strip_suffix("/*") {
                Some(list) => row.pointer(list).and_then(Value::as_array).into_iter().flatten().for_each(name),
                None => row.pointer(key).into_iter().for_each(&mut name),
            }
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{Catalog, data};

    fn recipe(id: &str) -> Recipe {
        let catalog = Catalog::load(&data::documents()).expect("catalog");
        catalog.recipes().iter().find(|recipe| recipe.kind.id == id).expect("recipe").clone()
    }

    #[test]
    fn cells_become_values_of_their_fields_and_pins_keep_their_zeros() {
        let pins = recipe("webex.host_pin");
        assert_eq!(pins.value("/hostPin", " 0482 "), Ok(json!("0482")));
        let settings = recipe("zoom.user_settings");
        let waiting = "meeting_security:/meeting_security/waiting_room";
        assert_eq!(settings.value(waiting, "On"), Ok(json!(true)));
        assert_eq!(settings.value(waiting, "perhaps"), Err(Violation::WrongType("boolean")));
        assert_eq!(settings.option(&[waiting]), Ok(Some("meeting_security")));
        assert_eq!(settings.value("/no/such", "x"), Err(Violation::Unknown));
    }

    #[test]
    fn every_field_of_every_kind_has_words() {
        for recipe in Catalog::load(&data::documents()).expect("catalog").recipes() {
            let kind = &recipe.kind;
            for field in kind.fields.iter().chain(&kind.options).chain([&kind.subject]) {
                assert!(!field.label.is_empty() && !field.help.is_empty(), "{}: {}", kind.id, field.key);
            }
        }
    }

    #[test]
    fn people_are_named_by_each_of_their_addresses() {
        let people = recipe("webex.host_pin").people.expect("people");
        let page = json!({"items": [{"emails": ["a@b.c", "d@e.f"]}, {"emails": []}, {}]});
        assert_eq!(people.names(&page), [("a@b.c", None), ("d@e.f", None)]);
    }

    #[test]
    fn meetings_are_named_in_several_ways_and_one_stands_for_them() {
        let meetings = recipe("connect.passcode").people.expect("meetings");
        let page = json!({"meetings": [{"sco_id": "7", "name": "Ward round", "url": "/ward/"}, {"name": "?"}]});
        let expect = [("7", Some("7")), ("Ward round", Some("7")), ("/ward/", Some("7")), ("?", None)];
        assert_eq!(meetings.names(&page), expect);
    }

    #[test]
    fn generated_values_are_as_long_as_the_schema_says_or_else_as_the_job_does() {
        let of = |id: &str, site: Option<&str>| {
            let recipe = recipe(id);
            recipe.generated(recipe.generate.as_ref().expect("a rule"), &|_| site.map(str::to_owned))
        };
        assert_eq!(of("webex.host_pin", None), (false, 4));
        assert_eq!(of("zoom.host_key", None), (false, 6));
        assert_eq!(of("connect.passcode", None), (true, 8));
    }
}
