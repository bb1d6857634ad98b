//! Reads one OpenAPI document, with its overlay, into operations. Must not know any vendor by name.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::complete::Completion;
use crate::data::{DataFault, Document};
use crate::json::{child, merge};
use crate::node::Node;
use crate::operation::{Method, Operation, QueryParameter, RateClass, Variant};
use crate::path::PathTemplate;
use crate::role::Role;

/// Parses a document's JSON; a syntax error names the line and the column.
pub(crate) fn parse(document: &Document) -> Result<Value, DataFault> {
    crate::json::strict(document.text.as_bytes())
        .map_err(|error| DataFault::new(&document.name, "", format!("this is not JSON that can be used: {error}")))
}

/// All operations; one that nobody may call has no roles. Each overlay maps `METHOD /path` to
/// members that are laid over the operation, one after the other.
pub(crate) fn operations(document: &Document, overlays: &[&Document]) -> Result<Vec<Operation>, DataFault> {
    let root = parse(document)?;
    let overlay_roots: Vec<Value> = overlays.iter().map(|overlay| parse(overlay)).collect::<Result<_, _>>()?;
    let name = &document.name;
    let vendor = root.get("x-vendor").and_then(Value::as_str).or_else(|| name.split('.').next()).unwrap_or_default();
    let Some(paths) = root.get("paths").and_then(Value::as_object) else {
        return Err(DataFault::new(name, "/paths", "an OpenAPI document needs an object of paths here"));
    };
    let mut out = Vec::new();
    let mut used = vec![0; overlays.len()];
    for (path, item) in paths {
        let Some(item) = item.as_object() else {
            return Err(DataFault::new(name, child("/paths", path), "an object of methods is needed here"));
        };
        for (method_name, operation) in item {
            let Some(method) = Method::from_name(method_name) else {
                continue;
            };
            let key = format!("{} {path}", method.as_str());
            let mut operation = operation.clone();
            for (root, used) in overlay_roots.iter().zip(&mut used) {
                if let Some(extra) = root.get(&key) {
                    merge(&mut operation, extra);
                    *used += 1;
                }
            }
            let reader = Reader { document: name, at: child(&child("/paths", path), method_name), value: &operation };
            out.push(reader.operation(vendor, method, path)?);
        }
    }
    for ((overlay, root), used) in overlays.iter().zip(&overlay_roots).zip(used) {
        let Some(root) = root.as_object().filter(|root| root.len() != used) else { continue };
        let stray = root.keys().find(|key| {
            let (method, path) = key.split_once(' ').unwrap_or_default();
            paths.get(path).and_then(|item| item.get(method.to_lowercase())).is_none()
        });
        let stray = stray.map_or("", String::as_str);
        return Err(DataFault::new(&overlay.name, child("", stray), format!("{name} has no such operation")));
    }
    Ok(out)
}

struct Reader<'a> {
    document: &'a str,
    at: String,
    value: &'a Value,
}

impl Reader<'_> {
    fn fault(&self, member: &str, message: impl Into<String>) -> DataFault {
        DataFault::new(self.document, child(&self.at, member), message)
    }

    fn texts(&self, member: &str) -> Result<Vec<String>, DataFault> {
        let Some(value) = self.value.get(member) else {
            return Ok(Vec::new());
        };
        let texts = value.as_array().map(|items| items.iter().map(|item| item.as_str().map(str::to_owned)).collect());
        texts.flatten().ok_or_else(|| self.fault(member, "a list of texts is needed here"))
    }

    fn pairs(&self, member: &str) -> BTreeMap<String, String> {
        let pairs = self.value.get(member).and_then(Value::as_object).into_iter().flatten();
        pairs.filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned()))).collect()
    }

    /// What the schema of the request says beside what may stand there.
    fn completion(&self) -> Vec<Completion> {
        let schema = self.value.pointer("/requestBody/content/application~1json/schema");
        schema.map(Completion::all).unwrap_or_default()
    }

    fn operation(&self, vendor: &str, method: Method, path: &str) -> Result<Operation, DataFault> {
        let roles = self.roles("x-roles")?;
        let text = |member: &str| self.value.get(member).and_then(Value::as_str).map(str::to_owned);
        let rate = match text("x-rate-limit").as_deref() {
            Some("heavy") => RateClass::Heavy,
            Some("medium") => RateClass::Medium,
            Some("light") | None => RateClass::Light,
            Some(other) => return Err(self.fault("x-rate-limit", format!("\"{other}\" is no rate class"))),
        };
        Ok(Operation {
            id: text("operationId").unwrap_or_else(|| plain_id(vendor, method, path)),
            vendor: vendor.to_owned(),
            method,
            path: PathTemplate::parse(path),
            query: self.query()?,
            // What nobody may call need not be understood.
            variants: if roles.is_empty() { Vec::new() } else { self.variants()? },
            reveal: self.reveal(&roles)?,
            administrators: self.value.get("x-administrators") == Some(&Value::Bool(true)),
            subject: self.texts("x-subject")?,
            whole: self.value.get("x-whole") == Some(&Value::Bool(true)),
            completion: self.completion(),
            upload: self.value.pointer("/requestBody/content/multipart~1form-data").is_some(),
            rate,
            scopes: self.texts("x-scopes")?,
            granular_scopes: self.texts("x-granular-scopes")?,
            fields: self.fields(&roles)?,
            roles,
            secrets: self.texts("x-secrets")?,
            read_back: text("x-read-back"),
            expects: self.value.get("x-expects").cloned(),
            read_back_with: self.pairs("x-read-back-with"),
            errors: self.errors(),
        })
    }

    fn roles(&self, member: &str) -> Result<Vec<Role>, DataFault> {
        let role =
            |name: &String| Role::from_name(name).ok_or_else(|| self.fault(member, format!("\"{name}\" is no role")));
        self.texts(member)?.iter().map(role).collect()
    }

    /// Who may be shown a secret: of those who may call it, all who may see secrets at all, or fewer.
    fn reveal(&self, roles: &[Role]) -> Result<Vec<Role>, DataFault> {
        const MEMBER: &str = "x-reveal";
        if self.value.get(MEMBER).is_none() {
            return Ok(roles.iter().copied().filter(|role| role.may_see_secrets()).collect());
        }
        let reveal = self.roles(MEMBER)?;
        match reveal.iter().find(|role| !roles.contains(role) || !role.may_see_secrets()) {
            Some(role) => Err(self.fault(MEMBER, format!("\"{}\" may not see what is secret here", role.as_str()))),
            None => Ok(reveal),
        }
    }

    /// Which roles see and change only some leaves.
    fn fields(&self, roles: &[Role]) -> Result<BTreeMap<Role, Vec<String>>, DataFault> {
        const MEMBER: &str = "x-role-fields";
        let mut fields = BTreeMap::new();
        for (name, pointers) in self.value.get(MEMBER).and_then(Value::as_object).into_iter().flatten() {
            let role = Role::from_name(name).filter(|role| roles.contains(role));
            let role = role.ok_or_else(|| self.fault(MEMBER, format!("\"{name}\" may not call this at all")))?;
            let pointers: Option<Vec<String>> =
                pointers.as_array().map(|all| all.iter().filter_map(Value::as_str).map(str::to_owned).collect());
            let pointers = pointers.filter(|pointers| pointers.iter().all(|one| one.starts_with(['/', '?'])));
            let wrong = || self.fault(MEMBER, "a list of pointers, or of ? and names of parameters, is needed here");
            fields.insert(role, pointers.ok_or_else(wrong)?);
        }
        Ok(fields)
    }

    fn query(&self) -> Result<Vec<QueryParameter>, DataFault> {
        let Some(parameters) = self.value.get("parameters").and_then(Value::as_array) else {
            return Ok(Vec::new());
        };
        let mut out = Vec::new();
        for (index, parameter) in parameters.iter().enumerate() {
            if parameter.get("in").and_then(Value::as_str) != Some("query") {
                continue;
            }
            let Some(name) = parameter.get("name").and_then(Value::as_str) else {
                return Err(self.fault(&format!("parameters/{index}"), "a parameter needs a name"));
            };
            out.push(QueryParameter {
                name: name.to_owned(),
                required: parameter.get("required").and_then(Value::as_bool).unwrap_or(false),
                node: Node::from(parameter.get("schema").cloned().unwrap_or_default()),
            });
        }
        Ok(out)
    }

    /// Requests and answers side by side, matched by `x-option`.
    fn variants(&self) -> Result<Vec<Variant>, DataFault> {
        let request = self.value.pointer("/requestBody/content").and_then(Value::as_object);
        let success = self.value.get("responses").and_then(Value::as_object).and_then(|responses| {
            responses.iter().find(|(status, answer)| status.starts_with('2') && answer.get("content").is_some())
        });
        let response = success.and_then(|(_, answer)| answer.get("content")).and_then(Value::as_object);
        let mut out: Vec<Variant> = Vec::new();
        for (content, is_request) in [(request, true), (response, false)] {
            let Some(content) = content else { continue };
            let Some(media) = content.get("application/json").or_else(|| content.values().next()) else {
                continue;
            };
            for (option, schema) in self.shapes(media)? {
                let index = out.iter().position(|variant| variant.option == option).unwrap_or_else(|| {
                    out.push(Variant { option: option.clone(), ..Variant::default() });
                    out.len() - 1
                });
                let mut schema = schema.clone();
                if is_request {
                    self.lay_over_leaves(&mut schema);
                }
                let example = if option.is_none() { media.get("example").cloned() } else { None };
                let node = Node::from(schema);
                let Some(variant) = out.get_mut(index) else { continue };
                if is_request {
                    variant.request = Some(node);
                    variant.request_example = example;
                } else {
                    variant.response = Some(node);
                    variant.response_example = example;
                }
            }
        }
        if out.is_empty() {
            out.push(Variant::default());
        }
        Ok(out)
    }

    /// Says of leaves of a body what the document leaves out: `x-leaves`, by pointer. Variants that have no such leaf stay
    /// as they are.
    fn lay_over_leaves(&self, schema: &mut Value) {
        for (pointer, extra) in self.value.get("x-leaves").and_then(Value::as_object).into_iter().flatten() {
            let leaf = crate::json::keys(pointer).try_fold(&mut *schema, |schema, key| {
                schema.get_mut("properties").and_then(|members| members.get_mut(&key))
            });
            if let Some(leaf) = leaf {
                merge(leaf, extra);
            }
        }
    }

    fn shapes<'a>(&self, media: &'a Value) -> Result<Vec<(Option<String>, &'a Value)>, DataFault> {
        let Some(schema) = media.get("schema") else {
            return Err(self.fault("", "a body needs a schema"));
        };
        Ok(match schema.get("oneOf").and_then(Value::as_array) {
            Some(variants) if variants.iter().any(|variant| variant.get("x-option").is_some()) => variants
                .iter()
                .map(|variant| (variant.get("x-option").and_then(Value::as_str).map(str::to_owned), variant))
                .collect(),
            _ => vec![(None, schema)],
        })
    }

    fn errors(&self) -> Vec<(u16, i64)> {
        let empty = Map::new();
        let responses = self.value.get("responses").and_then(Value::as_object).unwrap_or(&empty);
        let codes = |answer: &Value| answer.get("x-error-codes").and_then(Value::as_array).cloned().unwrap_or_default();
        responses
            .iter()
            .filter_map(|(status, answer)| Some((status.parse::<u16>().ok()?, codes(answer))))
            .flat_map(|(status, codes)| codes.into_iter().filter_map(move |code| Some((status, code.as_i64()?))))
            .collect()
    }
}

/// An id for an operation that has none: only letters, digits and dots, so that it can stand in a path.
fn plain_id(vendor: &str, method: Method, path: &str) -> String {
    let words = path.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
    let mut id = format!("{vendor}.{}", method.as_str().to_lowercase());
    for word in words {
        id.push('.');
        id.push_str(word);
    }
    id
}
