//! A request as the console would send it, and what a hostile one would change about it. Must not send anything.

use axum::body::Body;
use axum::http::{Method, Request};
use roomkey_schema::Role;
use serde_json::Value;

const HOST: &str = "roomkey.test";
const ORIGIN: &str = "http://roomkey.test";

/// A request and who makes it.
#[derive(Clone, Debug)]
pub struct Ask {
    method: Method,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Option<Vec<u8>>,
    pub(crate) role: Option<Role>,
}

impl Ask {
    /// A request of nobody in particular.
    pub fn new(method: &str, path: &str) -> Self {
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        Self { method, path: path.to_owned(), headers: Vec::new(), body: None, role: None }
    }

    /// A reading request.
    pub fn get(path: &str) -> Self {
        Self::new("GET", path)
    }

    /// A changing request.
    pub fn patch(path: &str, body: &Value) -> Self {
        Self::new("PATCH", path).json(body)
    }

    /// Made by the person of that role, signed in.
    #[must_use]
    pub fn by(mut self, role: Role) -> Self {
        self.role = Some(role);
        self
    }

    /// With that header besides the usual ones.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// Only if the vendor still holds what that tag names.
    #[must_use]
    pub fn if_match(self, tag: &str) -> Self {
        self.header("if-match", tag)
    }

    /// With a JSON body.
    #[must_use]
    pub fn json(self, body: &Value) -> Self {
        self.raw(body.to_string())
    }

    /// With one file, as a page sends it.
    #[must_use]
    pub fn file(self, member: &str, name: &str, bytes: &[u8]) -> Self {
        let mut body = format!(
            "--edge\r\ncontent-disposition: form-data; name=\"{member}\"; filename=\"{name}\"\r\ncontent-type: image/png\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--edge--\r\n");
        self.header("content-type", "multipart/form-data; boundary=edge").raw(body)
    }

    /// With these bytes, announced as JSON.
    #[must_use]
    pub fn raw(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Without so many bytes at the end of the body.
    #[must_use]
    pub fn cut(mut self, bytes: usize) -> Self {
        if let Some(body) = &mut self.body {
            body.truncate(body.len().saturating_sub(bytes));
        }
        self
    }

    pub(crate) fn request(self, cookie: Option<&str>) -> Request<Body> {
        let mut request = Request::builder().method(&self.method).uri(&self.path).header("host", HOST);
        if let Some(cookie) = cookie {
            request = request.header("cookie", cookie);
        }
        if self.method != Method::GET {
            request = request
                .header("origin", ORIGIN)
                .header("sec-fetch-site", "same-origin")
                .header("x-requested-with", "roomkey");
        }
        if let Some(body) = &self.body {
            request = request.header("content-length", body.len());
            if !self.headers.iter().any(|(name, _)| *name == "content-type") {
                request = request.header("content-type", "application/json");
            }
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        request.body(self.body.map_or_else(Body::empty, Body::from)).expect("a request")
    }
}
