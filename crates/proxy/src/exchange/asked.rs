//! What the caller asked for, read strictly: parameters, body, the entity tag to compare with. Must not ask a vendor.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_TYPE, IF_MATCH};
use roomkey_schema::wire::FieldProblem;
use roomkey_schema::{Operation, PathParams, Role};
use serde_json::{Map, Value, json};

use super::record::Record;
use super::target::Found;
use crate::app::App;
use crate::http::body;
use crate::http::csrf::{MULTIPART, has_type};
use crate::http::fault::{Fault, Kind};
use crate::http::query;
use crate::rate::object_lock::ObjectGuard;
use crate::vendors::{Call, Upload};
use crate::words::{Words, fill};

/// How long a write waits for another write of the same object: longer than one takes.
const OBJECT_PATIENCE: Duration = Duration::from_secs(20);

/// What stands before a pointer into the vendor's answer, where data says what to read back.
const OF_ANSWER: &str = "answer:";

/// A request that fits its operation.
pub(crate) struct Asked<'a> {
    pub(crate) operation: &'a Operation,
    pub(crate) read_back: Option<&'a Operation>,
    pub(crate) params: PathParams,
    pub(crate) query: BTreeMap<String, String>,
    /// What the caller changes.
    pub(crate) body: Option<Value>,
    /// What is sent instead, where the vendor takes only whole bodies.
    whole: Option<Value>,
    upload: Option<Upload>,
    /// Name and size of each file that is sent.
    pub(crate) files: Option<Value>,
    if_match: Option<String>,
}

/// What the vendor holds, as its own JSON and as people may see it.
pub(crate) struct Held {
    pub(crate) value: Value,
    pub(crate) redacted: Value,
    pub(crate) etag: String,
}

impl<'a> Asked<'a> {
    /// Checks parameters and body.
    pub(crate) fn of(
        app: &'a App,
        operation: &'a Operation,
        params: PathParams,
        query: BTreeMap<String, String>,
        mut body: Option<Value>,
    ) -> Result<Self, Fault> {
        // A body that is whole is completed now, one that says what changes once the rest of it is known.
        if let Some(body) = body.as_mut().filter(|_| !operation.whole) {
            operation.complete(&body.clone(), body);
        }
        let faults = operation.check(&query, body.as_ref());
        if !faults.is_empty() {
            return Err(validation(faults));
        }
        let read_back = operation.read_back.as_ref().and_then(|id| app.catalog.operation(id));
        let (whole, upload, files, if_match) = (None, None, None, None);
        Ok(Self { operation, read_back, params, query, body, whole, upload, files, if_match })
    }

    /// Reads and checks everything.
    pub(crate) async fn read(
        app: &'a App,
        found: Found<'a>,
        role: Role,
        request: Request,
        record: &Record<'_>,
    ) -> Result<Self, Fault> {
        let Found { operation, params } = found;
        let (head, body) = request.into_parts();
        let query = query(&app.words, head.uri.query().unwrap_or_default())?;
        let if_match = if operation.method.is_read() { None } else { if_match(&app.words, &head.headers)? };
        let read_back = operation.read_back.as_ref().and_then(|id| app.catalog.operation(id));
        if if_match.is_some() && read_back.is_none() {
            return Err(Fault::new(Kind::BadRequest).detail(&app.words.details.if_match_impossible));
        }
        let mut files = None;
        let (body, upload) = if operation.upload {
            let upload = upload(app, &head.headers, body).await?;
            files = Some(files_in(app, &upload).await?);
            (None, Some(upload))
        } else if has_type(&head.headers, MULTIPART) {
            return Err(Fault::new(Kind::UnsupportedMediaType));
        } else {
            (body::json(app, body).await?, None)
        };
        // Before anything is said about values: whoever tries is written down.
        let beyond = operation.beyond(role, &query, body.as_ref());
        if !beyond.is_empty() {
            record.denied().await;
            let detail = fill(&app.words.details.field_forbidden, &[("role", role.as_str())]);
            return Err(Fault::new(Kind::Forbidden).detail(detail).fields(fields(beyond)));
        }
        Ok(Self { upload, files, if_match, ..Self::of(app, operation, params, query, body)? })
    }

    /// What that role may see of what is read back.
    pub(crate) fn seen_by(&self, role: Role, mut held: Value) -> Option<Value> {
        let read = self.read_back.filter(|read| read.roles.contains(&role))?;
        read.trim(role, &mut held);
        Some(held)
    }

    /// What the vendor should show when it is done: what is sent, or what the operation says in its place.
    pub(crate) fn intended(&self) -> Option<&Value> {
        self.body.as_ref().or(self.operation.expects.as_ref())
    }

    /// What reading back should show: what is intended, without what only says which object it is about. That may be read
    /// back under another name, as one meeting of a series is that was changed alone.
    /// None when nothing is left that could be compared.
    pub(crate) fn expected(&self) -> Option<Value> {
        let mut expected = self.intended().cloned()?;
        if let Value::Object(members) = &mut expected {
            members.retain(|name, value| !self.names_object(name, value));
            if members.is_empty() {
                return None;
            }
        }
        Some(expected)
    }

    fn names_object(&self, member: &str, value: &Value) -> bool {
        let pointer = |at: &String| at.strip_prefix('/') == Some(member);
        let is_parameter = |text: &str| self.params.values().any(|parameter| parameter == text);
        self.operation.read_back_with.values().any(pointer) || value.as_str().is_some_and(is_parameter)
    }

    /// The call that the operation is.
    pub(crate) fn call(&self) -> Result<Call, Fault> {
        Ok(Call {
            method: self.operation.method,
            segments: self.operation.path.fill(&self.params).ok_or_else(|| Fault::new(Kind::NotFound))?,
            query: self.query.iter().map(|(name, value)| (name.clone(), value.clone())).collect(),
            body: self.whole.as_ref().or(self.body.as_ref()).cloned(),
            upload: self.upload.clone(),
            rate: self.operation.rate,
            lane: None,
        })
    }

    /// The call that reads back what this one writes: the same parameters, as far as reading declares them, and what the
    /// body or the vendor's answer names. None when it is known only from the answer what to read.
    pub(crate) fn read_back_call(&self, answer: Option<&Value>) -> Result<Option<(&'a Operation, Call)>, Fault> {
        let Some(read) = self.read_back else { return Ok(None) };
        let mut params = self.params.clone();
        let mut waits = false;
        for (name, from) in &self.operation.read_back_with {
            let in_answer = from.strip_prefix(OF_ANSWER);
            let named = match in_answer {
                Some(pointer) => answer.and_then(|answer| answer.pointer(pointer)),
                None => self.body.as_ref().and_then(|body| body.pointer(from)),
            };
            if let Some(value) = named.and_then(Value::as_str) {
                params.insert(name.clone(), value.to_owned());
            }
            waits |= in_answer.is_some() && !params.contains_key(name);
        }
        if waits {
            return Ok(None);
        }
        let declared: BTreeSet<&str> = read.query.iter().map(|parameter| parameter.name.as_str()).collect();
        let call = Call {
            method: read.method,
            segments: read.path.fill(&params).ok_or_else(|| Fault::new(Kind::NotFound))?,
            query: self
                .query
                .iter()
                .filter(|(name, _)| declared.contains(name.as_str()))
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect(),
            body: None,
            upload: None,
            rate: read.rate,
            lane: None,
        };
        Ok(Some((read, call)))
    }

    /// Fills the body up from what the vendor holds, where it takes only whole ones. What is filled up must be right by
    /// today's rules too: an old value that is not is named, so that it can be changed along.
    pub(crate) fn fill_up(&mut self, before: Option<&Held>) -> Result<(), Fault> {
        let (true, Some(held), Some(sent)) = (self.operation.whole, before, &mut self.body) else { return Ok(()) };
        let variant = self.operation.variant(self.query.get("option").map(String::as_str));
        let Some(node) = variant.and_then(|variant| variant.request.as_ref()) else { return Ok(()) };
        let mut whole = node.writable(&held.value);
        if let Value::Object(whole) = &mut whole {
            whole.retain(|_, value| !value.is_null());
        }
        lay_over(&mut whole, sent);
        self.operation.complete(sent, &mut whole);
        // What follows from a change is changed along with it, and is recorded so.
        for pointer in self.operation.following() {
            if let Some(value) = whole.pointer(pointer).filter(|value| held.value.pointer(pointer) != Some(value)) {
                roomkey_schema::json::put(sent, pointer, value.clone());
            }
        }
        let faults = self.operation.check_whole(&self.query, &whole);
        if !faults.is_empty() {
            return Err(validation(faults));
        }
        self.whole = Some(whole);
        Ok(())
    }

    /// The right to write the object that the first parameter names; nothing to wait for when there is none.
    pub(crate) async fn lock(&self, app: &App) -> Result<Option<ObjectGuard>, Fault> {
        let in_path = self.operation.path.params().next().and_then(|name| self.params.get(name));
        let in_query = self.operation.subject.first().and_then(|name| self.query.get(name));
        let in_body = self.operation.read_back_with.values().find_map(|at| self.body.as_ref()?.pointer(at)?.as_str());
        let object = in_path.or(in_query).map(String::as_str).or(in_body);
        let Some(object) = object else { return Ok(None) };
        let key = format!("object:{}:{object}", self.operation.vendor);
        match app.objects.lock(&key, OBJECT_PATIENCE).await {
            Ok(guard) => Ok(Some(guard)),
            Err(_) => Err(Fault::new(Kind::Busy).detail(&app.words.details.object_busy)),
        }
    }

    /// Refuses to write over what the caller has not seen.
    pub(crate) fn compare(&self, app: &App, role: Role, before: Option<&Held>) -> Result<(), Fault> {
        match (&self.if_match, before) {
            (None, _) => Ok(()),
            (Some(seen), Some(held)) if *seen == held.etag => Ok(()),
            (Some(_), Some(held)) => Err(Fault::new(Kind::Conflict).with(|parts| {
                parts.current = self.seen_by(role, held.redacted.clone()).map(|seen| (seen, held.etag.clone()));
            })),
            (Some(_), None) => Err(Fault::new(Kind::BadRequest).detail(&app.words.details.if_match_impossible)),
        }
    }
}

/// Lays what changes over what is there: objects member by member, everything else whole, null too.
fn lay_over(whole: &mut Value, sent: &Value) {
    match (whole, sent) {
        (Value::Object(whole), Value::Object(sent)) => {
            for (name, sent) in sent {
                lay_over(whole.entry(name.clone()).or_insert(Value::Null), sent);
            }
        }
        (whole, sent) => *whole = sent.clone(),
    }
}

pub(crate) fn validation(faults: Vec<roomkey_schema::Fault>) -> Fault {
    Fault::new(Kind::Validation).fields(fields(faults))
}

fn fields(faults: Vec<roomkey_schema::Fault>) -> Vec<FieldProblem> {
    let field =
        |fault: roomkey_schema::Fault| FieldProblem { detail: fault.violation.sentence(), pointer: fault.pointer };
    faults.into_iter().map(field).collect()
}

async fn upload(app: &App, headers: &HeaderMap, body: Body) -> Result<Upload, Fault> {
    let kind = headers.get(CONTENT_TYPE).filter(|_| has_type(headers, MULTIPART)).cloned();
    let content_type = kind.ok_or_else(|| Fault::new(Kind::UnsupportedMediaType))?;
    Ok(Upload { content_type, bytes: body::read(app, body, app.config.limits.upload_bytes).await? })
}

/// What the record says of files: by the name of their part, what each is called and how large it is.
async fn files_in(app: &App, upload: &Upload) -> Result<Value, Fault> {
    let refused =
        |error: multer::Error| Fault::new(Kind::BadRequest).detail(&app.words.details.files_malformed).cause(&error);
    let boundary = upload.content_type.to_str().ok().map(multer::parse_boundary);
    let boundary = boundary.ok_or_else(|| Fault::new(Kind::UnsupportedMediaType))?.map_err(refused)?;
    let bytes = upload.bytes.clone();
    let body = futures_util::stream::iter([Ok::<_, std::convert::Infallible>(bytes)]);
    let mut parts = multer::Multipart::new(body, boundary);
    let mut files = Map::new();
    while let Some(part) = parts.next_field().await.map_err(refused)? {
        let part_name = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().unwrap_or_default().to_owned();
        let size = part.bytes().await.map_err(refused)?.len();
        files.insert(part_name, json!({"name": file_name, "bytes": size}));
    }
    Ok(Value::Object(files))
}

/// A query, decoded once.
pub(crate) fn query(words: &Words, raw: &str) -> Result<BTreeMap<String, String>, Fault> {
    let mut query = BTreeMap::new();
    for (name, value) in query::pairs(words, raw)? {
        if query.insert(name.clone(), value).is_some() {
            return Err(Fault::new(Kind::BadRequest).detail(fill(&words.details.query_twice, &[("name", &name)])));
        }
    }
    Ok(query)
}

/// One entity tag in quotes, or none.
fn if_match(words: &Words, headers: &HeaderMap) -> Result<Option<String>, Fault> {
    let mut tags = headers.get_all(IF_MATCH).iter();
    let tag = match (tags.next(), tags.next()) {
        (None, _) => return Ok(None),
        (Some(tag), None) => tag.to_str().unwrap_or_default().trim(),
        (Some(_), Some(_)) => "",
    };
    let inner = tag.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    match inner {
        Some(inner) if !inner.is_empty() && !inner.contains('"') => Ok(Some(tag.to_owned())),
        _ => Err(Fault::new(Kind::BadRequest).detail(&words.details.if_match_shape)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_decoded_once_and_each_name_counts_once() {
        let words = Words::load().expect("words");
        let decoded = query(&words, "option=meeting%5fsecurity&q=a+b%2Bc&&flag").expect("query");
        let pairs: Vec<_> = decoded.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(pairs, [("flag", ""), ("option", "meeting_security"), ("q", "a b+c")]);
        assert!(query(&words, "a=1&a=2").is_err());
        assert!(query(&words, "a=%ff").is_err());
    }

    #[test]
    fn if_match_is_one_strong_tag() {
        let words = Words::load().expect("words");
        let of = |tag: &str| {
            if_match(&words, &HeaderMap::from_iter([(IF_MATCH, tag.parse().expect("header"))])).ok().flatten()
        };
        assert_eq!(of("\"abc\""), Some("\"abc\"".to_owned()));
        for other in ["abc", "W/\"abc\"", "\"a\", \"b\"", "*", "\"\""] {
            assert_eq!(of(other), None, "{other}");
        }
    }
}
