//! A sandbox in this process with a clock that stands still, a signed-in client, and the vendor's document to judge by.
//! Must not hold assertions about single operations.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use roomkey_sandbox::{FixedClock, Options, Timestamp, router_at};
use serde_json::{Value, json};
use tower::ServiceExt;

const DOCUMENT: &str = include_str!("../../../schema/data/zoom.openapi.json");
/// 2026-03-01T10:00:00Z.
pub(crate) const START_MS: u64 = 1_772_359_200_000;
pub(crate) const TOKEN_QUERY: &str = "grant_type=account_credentials&account_id=demo-account";
/// How an answer begins that is not UTF-8.
const LATIN1: &[u8] = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>";
/// `demo-client:demo-secret`.
pub(crate) const BASIC: &str = "Basic ZGVtby1jbGllbnQ6ZGVtby1zZWNyZXQ=";

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    /// The body as JSON; null when there is none.
    pub(crate) fn json(&self) -> Value {
        if self.text.is_empty() { Value::Null } else { serde_json::from_str(&self.text).expect("a JSON body") }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().expect("a header of text"))
    }

    /// Asserts a refusal in the vendor's form.
    #[track_caller]
    pub(crate) fn is_refused(&self, status: u16, code: u32, message: &str) {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        let body = self.json();
        assert_eq!((&body["code"], &body["message"]), (&json!(code), &json!(message)));
    }

    /// Asserts that just these fields were found faulty.
    #[track_caller]
    pub(crate) fn names_fields(&self, fields: &[&str]) {
        self.is_refused(400, 300, "Validation Failed.");
        let errors: Vec<Value> =
            fields.iter().map(|field| json!({"field": field, "message": "Invalid field."})).collect();
        assert_eq!(self.json()["errors"], json!(errors));
    }
}

/// The name of a part, the file's name and type, and its bytes.
pub(crate) type File = (&'static str, &'static str, &'static str, Vec<u8>);

/// What goes out with a request.
#[derive(Clone)]
pub(crate) enum Sent {
    Nothing,
    Json(Value),
    Form(Vec<File>),
}

/// The smallest thing that begins as a PNG file does.
pub(crate) fn png(part: &'static str) -> File {
    (part, "lobby.png", "image/png", b"\x89PNG\r\n\x1a\n0123".to_vec())
}

pub(crate) struct Bench {
    pub(crate) app: Router,
    token: String,
}

pub(crate) fn options() -> Options {
    Options { people: 400, limits: false, ..Options::default() }
}

pub(crate) fn app(options: Options) -> Router {
    router_at(options, Arc::new(FixedClock(Timestamp::from_millis(START_MS)))).expect("a sandbox")
}

impl Bench {
    pub(crate) async fn new() -> Self {
        Self::with(options()).await
    }

    pub(crate) async fn with(options: Options) -> Self {
        let mut bench = Self { app: app(options), token: String::new() };
        bench.sign_in().await;
        bench
    }

    pub(crate) async fn sign_in(&mut self) {
        let request = Request::post(format!("/zoom/oauth/token?{TOKEN_QUERY}")).header("authorization", BASIC);
        let answer = self.raw(request.body(Body::empty()).expect("a request")).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        answer.json()["access_token"].as_str().expect("a token").clone_into(&mut self.token);
    }

    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    pub(crate) async fn raw(&self, request: Request<Body>) -> Answer {
        let response = self.app.clone().oneshot(request).await.expect("an infallible service");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("a whole body").to_bytes();
        let text = if bytes.starts_with(LATIN1) {
            bytes.iter().copied().map(char::from).collect()
        } else {
            String::from_utf8(bytes.to_vec()).expect("text")
        };
        Answer { status: parts.status, headers: parts.headers, text }
    }

    /// A request to the vendor, below its base, signed in.
    pub(crate) fn request(&self, method: &str, path: &str, body: Option<&Value>) -> Request<Body> {
        let request = Request::builder()
            .method(method)
            .uri(format!("/zoom/v2{path}"))
            .header("authorization", format!("Bearer {}", self.token));
        match body {
            None => request.body(Body::empty()),
            Some(body) => request.header("content-type", "application/json").body(Body::from(body.to_string())),
        }
        .expect("a request")
    }

    pub(crate) async fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Answer {
        self.raw(self.request(method, path, body)).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, None).await
    }

    /// What a GET answers, which has to be a 200.
    #[track_caller]
    pub(crate) fn read(&self, path: &str) -> impl Future<Output = Value> {
        let answer = self.get(path);
        async move {
            let answer = answer.await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
            answer.json()
        }
    }

    /// Sends one of the three kinds of body.
    pub(crate) async fn call(&self, method: &str, path: &str, sent: &Sent) -> Answer {
        match sent {
            Sent::Nothing => self.send(method, path, None).await,
            Sent::Json(body) => self.send(method, path, Some(body)).await,
            Sent::Form(parts) => self.form(path, parts).await,
        }
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Answer {
        self.send("PUT", path, Some(&body)).await
    }

    /// Uploads files.
    pub(crate) async fn form(&self, path: &str, parts: &[File]) -> Answer {
        let mut body = Vec::new();
        for (name, file_name, content_type, bytes) in parts {
            let head = format!(
                "--cut\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file_name}\"\r\n\
                 Content-Type: {content_type}\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--cut--\r\n");
        let mut request = self.request("POST", path, None);
        request.headers_mut().insert("content-type", "multipart/form-data; boundary=cut".parse().expect("a type"));
        *request.body_mut() = Body::from(body);
        self.raw(request).await
    }

    /// Changes state behind the client's back.
    pub(crate) async fn mutate(&self, path: &str, change: Value) {
        let answer = self.control("POST", "mutate", json!({"vendor": "zoom", "path": path, "patch": change})).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text);
    }

    pub(crate) async fn advance(&self, ms: u64) {
        self.control("POST", "clock", json!({"advance_ms": ms})).await;
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> Answer {
        self.send("PATCH", path, Some(&body)).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.send("POST", path, Some(&body)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send("DELETE", path, None).await
    }

    /// A request to the sandbox itself.
    pub(crate) async fn control(&self, method: &str, path: &str, body: Value) -> Answer {
        let request = Request::builder().method(method).uri(format!("/_sandbox/{path}"));
        self.raw(request.body(Body::from(body.to_string())).expect("a request")).await
    }

    pub(crate) async fn faults(&self, rules: Value) {
        let answer = self.control("PUT", "faults", rules).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text);
    }

    pub(crate) async fn ledger(&self) -> Vec<Value> {
        let answer = self.control("GET", "ledger", Value::Null).await;
        answer.text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
    }

    /// The id of a group by its name.
    pub(crate) async fn group(&self, name: &str) -> String {
        let groups = self.read("/groups").await;
        let found = groups["groups"].as_array().expect("groups").iter().find(|group| group["name"] == name);
        found.expect("a group of this name")["id"].as_str().expect("an id").to_owned()
    }

    /// The path of the settings of the group that the main story is about.
    pub(crate) async fn clinical(&self, rest: &str) -> String {
        format!("/groups/{}{rest}", self.group("Clinical staff").await)
    }
}

/// Every operation of the document: method and path.
pub(crate) fn operations() -> Vec<(String, String)> {
    let document: Value = serde_json::from_str(DOCUMENT).expect("the vendor's document");
    let paths = document["paths"].as_object().expect("paths").clone();
    let methods = |operations: &Value| operations.as_object().expect("operations").keys().cloned().collect::<Vec<_>>();
    let all = paths.iter().flat_map(|(path, operations)| {
        methods(operations).into_iter().map(|method| (method.to_uppercase(), path.clone())).collect::<Vec<_>>()
    });
    all.collect()
}

pub(crate) fn operation(method: &str, template: &str) -> Value {
    let document: Value = serde_json::from_str(DOCUMENT).expect("the vendor's document");
    document["paths"][template][method.to_lowercase()].clone()
}

/// The example body of an operation's request.
pub(crate) fn request_example(method: &str, template: &str) -> Value {
    operation(method, template)["requestBody"]["content"]["application/json"]["example"].clone()
}

/// The schema of an answer, or of the variant of it that `option` selects.
pub(crate) fn answer_schema(method: &str, template: &str, status: &str, option: Option<&str>) -> Value {
    let schema = operation(method, template)["responses"][status]["content"]["application/json"]["schema"].clone();
    assert!(schema.is_object(), "{method} {template} {status} describes no answer");
    let variants = schema["oneOf"].as_array().filter(|list| list.iter().any(|one| one.get("x-option").is_some()));
    match variants {
        None => schema,
        Some(variants) => variants.iter().find(|one| one["x-option"].as_str() == option).expect("the variant").clone(),
    }
}

/// The pointers at which a value does not fit a schema.
pub(crate) fn misfits(schema: &Value, value: &Value) -> Vec<String> {
    let validator = jsonschema::draft202012::new(schema).expect("a sound schema");
    validator.iter_errors(value).map(|misfit| misfit.instance_path().to_string()).collect()
}

/// Asserts that an answer is what the document says.
#[track_caller]
pub(crate) fn fits(method: &str, template: &str, status: &str, value: &Value) {
    let schema = answer_schema(method, template, status, None);
    assert_eq!(misfits(&schema, value), [""; 0], "{method} {template} answered {value}");
}
