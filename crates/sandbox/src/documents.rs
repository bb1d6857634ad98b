//! Settings documents that are not compiled in: every GET with a PATCH or PUT beside it becomes a small store.
//! Must not know what the settings mean; the state starts as the document's example.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use axum::http::Method;
use serde_json::{Map, Value};

use crate::merge::merge;
use crate::shape::Shape;

/// What is wrong with a document, and where.
#[derive(Debug, thiserror::Error)]
#[error("document {document}, at {pointer:?}: {problem}")]
pub struct DocumentFault {
    document: String,
    pointer: String,
    problem: String,
}

impl DocumentFault {
    pub(crate) fn new(document: &str, pointer: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { document: document.to_owned(), pointer: pointer.into(), problem: problem.into() }
    }
}

/// One path of a document.
struct Page {
    vendor: String,
    template: Vec<String>,
    example: Value,
    /// How it is written: PATCH merges, PUT replaces.
    writes: Vec<(Method, Option<Shape>)>,
}

/// All documents that were handed over at the start.
pub(crate) struct Documents(Vec<Page>);

/// What became of a request for a document.
pub(crate) enum Outcome {
    NotHere,
    Read(Value),
    Written,
    /// The fields that do not fit.
    Misfit(Vec<String>),
}

/// The documents of one vendor, with their state.
pub(crate) struct Store {
    pages: Vec<Page>,
    held: Mutex<HashMap<String, Value>>,
}

impl Documents {
    /// Reads OpenAPI texts. A document names its vendor with `x-vendor`, else by the first part of its file name.
    pub(crate) fn load(texts: &[(String, String)], vendors: &[&str]) -> Result<Self, DocumentFault> {
        let mut pages = Vec::new();
        for (name, text) in texts {
            let document: Value =
                serde_json::from_str(text).map_err(|problem| DocumentFault::new(name, "", problem.to_string()))?;
            let by_file = name.split('.').next().unwrap_or_default();
            let vendor = document.get("x-vendor").and_then(Value::as_str).unwrap_or(by_file).to_owned();
            if !vendors.contains(&vendor.as_str()) {
                let problem = format!("the sandbox does not speak for a vendor named {vendor:?}");
                return Err(DocumentFault::new(name, "/x-vendor", problem));
            }
            let Some(paths) = document.get("paths").and_then(Value::as_object) else {
                return Err(DocumentFault::new(name, "/paths", "an object is wanted"));
            };
            for (path, operations) in paths {
                if let Some(page) = Page::read(name, &vendor, path, operations, document.get("components"))? {
                    pages.push(page);
                }
            }
        }
        Ok(Self(pages))
    }

    /// Takes the documents of one vendor out into a store of their own.
    pub(crate) fn of(self, vendor: &str) -> Store {
        Store { pages: self.0.into_iter().filter(|page| page.vendor == vendor).collect(), held: Mutex::default() }
    }
}

impl Page {
    /// None when the path cannot be read, or only be read.
    fn read(
        document: &str,
        vendor: &str,
        path: &str,
        operations: &Value,
        components: Option<&Value>,
    ) -> Result<Option<Self>, DocumentFault> {
        let Some(get) = operations.get("get") else {
            return Ok(None);
        };
        let mut writes = Vec::new();
        for (name, method) in [("patch", Method::PATCH), ("put", Method::PUT)] {
            let Some(operation) = operations.get(name) else {
                continue;
            };
            let schema = operation.pointer("/requestBody/content/application~1json/schema");
            let shape = schema.map(|schema| Shape::new(schema, components)).transpose().map_err(|problem| {
                let at = format!("/paths/{}/{name}/requestBody", path.replace('~', "~0").replace('/', "~1"));
                DocumentFault::new(document, at, problem)
            })?;
            writes.push((method, shape));
        }
        if writes.is_empty() {
            return Ok(None);
        }
        let example = get.pointer("/responses/200/content/application~1json/example").cloned();
        Ok(Some(Self {
            vendor: vendor.to_owned(),
            template: path.split('/').skip(1).map(str::to_owned).collect(),
            example: example.unwrap_or_else(|| Value::Object(Map::new())),
            writes,
        }))
    }

    fn matches(&self, path: &str) -> bool {
        let segments: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        segments.len() == self.template.len()
            && segments.iter().zip(&self.template).all(|(segment, wanted)| {
                let open = wanted.starts_with('{') && wanted.ends_with('}');
                if open { !segment.is_empty() } else { segment == wanted }
            })
    }
}

impl Store {
    /// Whether some document describes this path, and this way of using it.
    pub(crate) fn knows(&self, method: &Method, path: &str) -> bool {
        let usable = |page: &Page| method == Method::GET || page.writes.iter().any(|(known, _)| known == method);
        self.pages.iter().any(|page| page.matches(path) && usable(page))
    }

    /// Handles a request below the vendor's base. Each path has a state of its own.
    pub(crate) fn handle(&self, method: &Method, path: &str, body: &Value) -> Outcome {
        let Some(page) = self.pages.iter().find(|page| page.matches(path)) else {
            return Outcome::NotHere;
        };
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let state = held.entry(path.trim_start_matches('/').to_owned()).or_insert_with(|| page.example.clone());
        if method == Method::GET {
            return Outcome::Read(state.clone());
        }
        let Some((_, shape)) = page.writes.iter().find(|(known, _)| known == method) else {
            return Outcome::NotHere;
        };
        let misfits = shape.as_ref().map(|shape| shape.misfits(body)).unwrap_or_default();
        if !misfits.is_empty() {
            return Outcome::Misfit(misfits);
        }
        if method == Method::PUT {
            *state = body.clone();
        } else {
            merge(state, body);
        }
        Outcome::Written
    }

    /// Merges without judging; false when no document describes this path.
    pub(crate) fn mutate(&self, path: &str, change: &Value) -> bool {
        let Some(page) = self.pages.iter().find(|page| page.matches(path)) else {
            return false;
        };
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let key = path.trim_start_matches('/').to_owned();
        merge(held.entry(key).or_insert_with(|| page.example.clone()), change);
        true
    }

    pub(crate) fn reset(&self) {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
