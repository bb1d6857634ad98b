//! The operation table and the forms, loaded once from documents.

use crate::data::{DataFault, Document};
use crate::document;
use crate::form::Form;
use crate::form_build::{self, Definition, Definitions};
use crate::job_build::{self, Recipe};
use crate::operation::{Method, Operation};
use crate::path::{PathParams, PathTemplate};
use crate::people_build::{self, Listing};
use crate::place::Place;
use crate::place_build::{self, Caller};
use crate::role::Role;
use crate::spoken::{Spoken, SpokenLeaf};
use crate::wire::{FormEntry, Index, OperationEntry};

/// Everything that the program knows about the vendors' APIs.
#[derive(Debug)]
pub struct Catalog {
    operations: Vec<Operation>,
    /// What the vendors offer and nobody may call: known only so that `/users/email` is not taken for a user.
    closed: Vec<Operation>,
    forms: Vec<Form>,
    places: Vec<Place>,
    recipes: Vec<Recipe>,
    listings: Vec<Listing>,
    spoken: Spoken,
}

/// Why a request is no operation.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum NotFound {
    /// Nothing in the table has this path.
    Path,
    /// The path exists with other methods.
    Method,
}

impl Catalog {
    /// Reads all documents. Overlays and forms files belong to the OpenAPI document of the same vendor; a document
    /// without a forms file gets a form for every path that can be read and changed.
    pub fn load(documents: &[Document]) -> Result<Self, DataFault> {
        let mut operations: Vec<Operation> = Vec::new();
        let mut closed = Vec::new();
        let mut forms = Vec::new();
        let mut places = Vec::new();
        for document in documents {
            let Some(name) = document.name.strip_suffix(".openapi.json") else {
                continue;
            };
            let named = |suffix: &str| documents.iter().find(|other| other.name == format!("{name}.{suffix}.json"));
            let overlays: Vec<&Document> =
                documents.iter().filter(|other| other.name == format!("{name}.overlay.json")).collect();
            let all = document::operations(document, &overlays)?;
            let (mut own, nobodys): (Vec<_>, Vec<_>) =
                all.into_iter().partition(|operation| !operation.roles.is_empty());
            for operation in &own {
                if operations.iter().any(|known| known.id == operation.id) {
                    let message = format!("the operation {} exists already", operation.id);
                    return Err(DataFault::new(&document.name, "/paths", message));
                }
            }
            let (file, definitions) = if let Some(file) = named("forms") {
                let definitions: Definitions = serde_json::from_str(&file.text)
                    .map_err(|error| DataFault::new(&file.name, "", format!("forms cannot be read: {error}")))?;
                (file.name.as_str(), definitions.forms)
            } else {
                read_back(&mut own);
                (document.name.as_str(), derived(name, &own))
            };
            for definition in &definitions {
                let form = form_build::build(file, definition, &own, documents, &forms)?;
                forms.push(form);
            }
            if let Some(file) = named("places") {
                let (built, asked) = place_build::build(file, name, (&own, &nobodys), &forms, documents)?;
                places.extend(built);
                forms.extend(asked);
            }
            closed.extend(nobodys);
            operations.extend(own);
        }
        for operation in &operations {
            if let Some(read) = &operation.read_back
                && !operations.iter().any(|known| known.id == *read && known.method.is_read())
            {
                let message = format!("{} is read back with {read}, which is no reading operation", operation.id);
                return Err(DataFault::new(&operation.vendor, "x-read-back", message));
            }
        }
        let recipes = job_build::build(documents, &operations, &forms)?;
        let listings = people_build::build(documents, &operations, &closed, &places)?;
        let spoken = Spoken::of(documents, &operations, &forms, &places, &recipes)?;
        Ok(Self { operations, closed, forms, places, recipes, listings, spoken })
    }

    /// Every operation that somebody may call.
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// What can be done to many rows.
    pub fn recipes(&self) -> &[Recipe] {
        &self.recipes
    }

    /// What the people index reads, in the order in which it is read.
    pub fn listings(&self) -> &[Listing] {
        &self.listings
    }

    /// The operation of that id.
    pub fn operation(&self, id: &str) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.id == id)
    }

    /// Every form.
    pub fn forms(&self) -> &[Form] {
        &self.forms
    }

    /// Every place.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// The form of that id.
    pub fn form(&self, id: &str) -> Option<&Form> {
        self.forms.iter().find(|form| form.id == id)
    }

    /// The form of that id as that role sees it; none when it may not read any of it.
    pub fn form_for(&self, id: &str, role: Role) -> Option<Form> {
        let reveals = |operation: &str, pointer: &str| self.reveals(role, operation, pointer);
        let reaches = |operation: &str, pointer: &str| self.reaches(role, operation, pointer);
        let form = self.form(id)?.clone().for_caller(|operation| self.may(role, operation), reaches, reveals);
        (!form.sections.is_empty()).then_some(form)
    }

    /// Whether that role may call the operation of that id.
    pub fn may(&self, role: Role, operation: &str) -> bool {
        self.operation(operation).is_some_and(|operation| operation.roles.contains(&role))
    }

    /// Whether that role sees or changes something of what stands at that pointer of what the operation of that id reads
    /// or takes.
    pub fn reaches(&self, role: Role, operation: &str, pointer: &str) -> bool {
        self.operation(operation).is_some_and(|operation| operation.reaches(role, pointer))
    }

    /// Whether that role may be shown the secret at that pointer of what the operation of that id reads.
    pub fn reveals(&self, role: Role, operation: &str, pointer: &str) -> bool {
        self.operation(operation).is_some_and(|operation| operation.reveals(role, pointer))
    }

    /// What a person calls an operation, a kind of job or a part of the program; none when nobody knows it.
    pub fn title(&self, operation: &str) -> Option<&str> {
        self.spoken.title(operation)
    }

    /// What a person calls a leaf that an operation writes; `option` is empty where there is none.
    pub fn leaf(&self, operation: &str, option: &str, pointer: &str) -> SpokenLeaf<'_> {
        self.spoken.leaf(&self.forms, operation, option, pointer)
    }

    /// What a person calls a secret that an operation reads.
    pub fn secret(&self, operation: &str, pointer: &str) -> String {
        self.spoken.secret(operation, pointer)
    }

    /// Whether a pointer of what an operation writes, or of what it is read back with, is secret or holds a secret.
    pub fn touches_secret(&self, operation: &Operation, pointer: &str) -> bool {
        let back = operation.read_back.as_ref().and_then(|id| self.operation(id));
        let secrets = operation.secrets.iter().chain(back.iter().flat_map(|read| &read.secrets));
        secrets.into_iter().any(|secret| {
            let (mut one, mut other) = (crate::json::keys(secret), crate::json::keys(pointer));
            // One may be deeper than the other: then the deeper stands inside it.
            loop {
                match (one.next(), other.next()) {
                    (Some(key), Some(found)) if key == found || key == "*" => {}
                    (Some(_), Some(_)) => return false,
                    _ => return true,
                }
            }
        })
    }

    /// The operation behind a raw, still encoded path below `/api/{vendor}`. Of several templates that match, the one
    /// with the most fixed segments is meant (`/users/email`, not `/users/{userId}`).
    pub fn find(&self, vendor: &str, method: &str, raw_path: &str) -> Result<(&Operation, PathParams), NotFound> {
        let method = Method::from_name(method);
        let mut matching: Vec<(&Operation, PathParams)> = self
            .operations
            .iter()
            .chain(&self.closed)
            .filter(|operation| operation.vendor == vendor)
            .filter_map(|operation| Some((operation, operation.path.matches(raw_path)?)))
            .collect();
        let most = matching.iter().map(|(operation, _)| operation.path.fixed_segments()).max();
        matching.retain(|(operation, _)| Some(operation.path.fixed_segments()) == most && !operation.roles.is_empty());
        if matching.is_empty() {
            return Err(NotFound::Path);
        }
        matching.into_iter().find(|(operation, _)| Some(operation.method) == method).ok_or(NotFound::Method)
    }

    /// What that role may reach. `hash` names the content of a form.
    pub fn index(&self, role: Role, hash: impl Fn(&Form) -> String) -> Index {
        let entries = self.forms.iter().filter_map(|form| self.form_for(&form.id, role)).map(|form| FormEntry {
            hash: hash(&form),
            id: form.id,
            vendor: form.vendor,
            title: form.title,
            params: form.params,
            placed: form.placed,
        });
        let forms: Vec<FormEntry> = entries.collect();
        let entry = |operation: &Operation| OperationEntry {
            method: operation.method.as_str().to_owned(),
            path: format!("/{}{}", operation.vendor, operation.path),
        };
        let operations = self
            .operations
            .iter()
            .filter(|operation| operation.roles.contains(&role))
            .map(|operation| (operation.id.clone(), entry(operation)))
            .collect();
        let may = |operation: &str| self.may(role, operation);
        let form = |id: &str| forms.iter().any(|entry| entry.id == id);
        let reveals = |operation: &str, pointer: &str| self.reveals(role, operation, pointer);
        let reaches = |operation: &str, pointer: &str| self.reaches(role, operation, pointer);
        let caller = Caller { may: &may, reaches: &reaches, form: &form, reveals: &reveals };
        let (mut places, mut closed) = (Vec::new(), Vec::new());
        for place in &self.places {
            match place.clone().for_caller(&caller) {
                Some(place) => places.push(place),
                None => closed.push(place.path.clone()),
            }
        }
        Index { forms, operations, places, closed, notices: Vec::new() }
    }
}

/// Operations of a document that nobody has described: a write is read back with the GET of its path, and a PUT replaces
/// all that this one shows.
fn read_back(operations: &mut [Operation]) {
    let reads: Vec<(PathTemplate, String)> = operations
        .iter()
        .filter(|operation| operation.method.is_read())
        .map(|operation| (operation.path.clone(), operation.id.clone()))
        .collect();
    for operation in operations.iter_mut().filter(|operation| operation.read_back.is_none()) {
        let read = reads.iter().find(|(path, _)| *path == operation.path).map(|(_, id)| id.clone());
        if matches!(operation.method, Method::Put | Method::Patch) && read.is_some() {
            operation.whole = operation.method == Method::Put;
            operation.read_back = read;
        }
    }
}

/// Forms of a document that nobody has described: one for each path that can be read and changed.
fn derived(name: &str, operations: &[Operation]) -> Vec<Definition> {
    let changes = |read: &Operation| {
        operations.iter().find(|other| {
            other.path == read.path && matches!(other.method, Method::Patch | Method::Put) && other.variants.len() == 1
        })
    };
    operations
        .iter()
        .filter(|operation| operation.method.is_read())
        .filter_map(|read| Some((read, changes(read)?)))
        .map(|(read, update)| Definition {
            id: read.id.clone(),
            title: crate::words::fallback_label(name, None),
            get: read.id.clone(),
            update: Some(update.id.clone()),
            ..Definition::default()
        })
        .collect()
}
