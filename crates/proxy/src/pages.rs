//! Forms and API descriptions, written out and compressed once for each role at start. Must not know HTTP.

mod narrow;

use std::collections::BTreeMap;

use bytes::Bytes;
use roomkey_schema::wire::Index;
use roomkey_schema::{Catalog, Document, Form, Operation, Role};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::audit::chain::hex;
use crate::compress::Compressed;

/// Everything that is written out.
pub struct Pages {
    of_roles: BTreeMap<Role, RolePages>,
}

struct RolePages {
    index: Index,
    forms: BTreeMap<String, Page>,
    openapi: Compressed,
}

/// A form as a role sees it.
#[derive(Clone)]
pub struct Page {
    /// Names the content.
    pub hash: String,
    /// JSON.
    pub json: Compressed,
}

impl Pages {
    /// Writes everything out.
    pub fn new(catalog: &Catalog, documents: &[Document]) -> Result<Self, serde_json::Error> {
        let described = documents.iter().filter(|document| document.name.ends_with(".openapi.json"));
        let described: Vec<Value> =
            described.map(|document| serde_json::from_str(&document.text)).collect::<Result<_, _>>()?;
        let mut of_roles = BTreeMap::new();
        for role in Role::ALL {
            let mut forms = BTreeMap::new();
            for form in catalog.forms().iter().filter_map(|form| catalog.form_for(&form.id, role)) {
                let json = serde_json::to_vec(&form)?;
                forms.insert(form.id, Page { hash: hash(&json), json: Compressed::new(json.into()) });
            }
            let index = catalog
                .index(role, |form: &Form| forms.get(&form.id).map(|page| page.hash.clone()).unwrap_or_default());
            let openapi = serde_json::to_vec(&openapi(catalog, &described, role))?;
            of_roles.insert(role, RolePages { index, forms, openapi: Compressed::new(Bytes::from(openapi)) });
        }
        Ok(Self { of_roles })
    }

    /// What the role may reach.
    pub fn index(&self, role: Role) -> Option<&Index> {
        self.of_roles.get(&role).map(|pages| &pages.index)
    }

    /// A form as the role sees it.
    pub fn form(&self, role: Role, id: &str) -> Option<&Page> {
        self.of_roles.get(&role)?.forms.get(id)
    }

    /// The API as the role sees it.
    pub fn openapi(&self, role: Role) -> Option<&Compressed> {
        self.of_roles.get(&role).map(|pages| &pages.openapi)
    }
}

/// The vendors' documents, cut down to what the role may call, with paths as they are here.
fn openapi(catalog: &Catalog, documents: &[Value], role: Role) -> Value {
    let mut paths = Map::new();
    for root in documents {
        for operation in catalog.operations().iter().filter(|operation| operation.roles.contains(&role)) {
            let path = operation.path.to_string();
            let method = operation.method.as_str().to_ascii_lowercase();
            let own = root.get("paths").and_then(|paths| paths.get(&path)).and_then(|item| item.get(&method));
            let Some(Value::Object(own)) = own else { continue };
            let mut own = own.clone();
            narrow::narrow(operation, role, &mut own);
            own.insert("operationId".to_owned(), Value::from(operation.id.as_str()));
            own.insert("responses".to_owned(), responses(operation, own.get("responses")));
            let item = paths.entry(format!("/{}{path}", operation.vendor)).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(item) = item {
                item.entry(method).or_insert(Value::Object(own));
            }
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Roomkey", "version": env!("CARGO_PKG_VERSION")},
        "servers": [{"url": "/api"}],
        "paths": paths,
        "components": components(),
    })
}

/// Answers as they are here: reads as the vendor's, writes as ours, and one form for all problems.
fn responses(operation: &Operation, vendors: Option<&Value>) -> Value {
    let reference =
        |name: &str, media: &str| json!({media: {"schema": {"$ref": format!("#/components/schemas/{name}")}}});
    let success = if operation.method.is_read() {
        vendors.and_then(|responses| responses.get("200")).cloned().unwrap_or_default()
    } else {
        json!({"description": "Written", "content": reference("Written", "application/json")})
    };
    let problem = json!({"description": "Problem", "content": reference("Problem", "application/problem+json")});
    json!({"200": success, "default": problem})
}

/// Shapes of our own (`roomkey_schema::wire`), as far as a client needs them.
fn components() -> Value {
    let texts = |names: &[&str]| -> Map<String, Value> {
        names.iter().map(|name| ((*name).to_owned(), json!({"type": "string"}))).collect()
    };
    let mut written = texts(&["tracking_id", "etag"]);
    written.insert("record".to_owned(), json!({"type": "integer"}));
    written.insert("not_applied".to_owned(), json!({"type": "array", "items": {"type": "string"}}));
    written.insert("value".to_owned(), json!({}));
    written.insert("answer".to_owned(), json!({}));
    written.insert("read_back_problem".to_owned(), json!({"$ref": "#/components/schemas/Problem"}));
    let mut problem = texts(&[
        "type",
        "title",
        "detail",
        "kind",
        "vendor",
        "vendor_code",
        "request_id",
        "tracking_id",
        "retry_at",
        "etag",
    ]);
    problem.insert("status".to_owned(), json!({"type": "integer"}));
    problem.insert("current".to_owned(), json!({}));
    let field = json!({"type": "object", "properties": texts(&["pointer", "detail"])});
    problem.insert("fields".to_owned(), json!({"type": "array", "items": field}));
    json!({"schemas": {
        "Written": {"type": "object", "properties": written, "required": ["record", "not_applied"]},
        "Problem": {"type": "object", "properties": problem, "required": ["title", "status", "kind", "request_id"]},
    }})
}

fn hash(json: &[u8]) -> String {
    hex(&Sha256::digest(json)[..8])
}
