//! A request and an answer, detached from the connection they travel on.
//! Must not know any vendor's form.

use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderName, Method, StatusCode};
use serde_json::Value;

use crate::multipart::Part;

/// A request as it came.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// Of a multipart body, its parts; else none.
    pub(crate) parts: Vec<Part>,
    /// What it is for, where the vendor's path does not say it.
    pub(crate) service: Option<String>,
}

impl Asked {
    pub(crate) fn header(&self, name: &HeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    pub(crate) fn is_multipart(&self) -> bool {
        self.media_type().eq_ignore_ascii_case("multipart/form-data")
    }

    /// The media type without its parameters.
    pub(crate) fn media_type(&self) -> &str {
        let value = self.header(&CONTENT_TYPE).unwrap_or_default();
        value.split(';').next().unwrap_or_default().trim()
    }
}

/// An answer as it will go out.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: Vec<(HeaderName, String)>,
    pub(crate) body: Bytes,
}

impl Reply {
    pub(crate) fn empty(status: StatusCode) -> Self {
        Self { status, headers: Vec::new(), body: Bytes::new() }
    }

    pub(crate) fn json(status: StatusCode, body: &Value) -> Self {
        Self::text(status, "application/json;charset=UTF-8", body.to_string())
    }

    pub(crate) fn text(status: StatusCode, media_type: &str, body: String) -> Self {
        Self { status, headers: vec![(CONTENT_TYPE, media_type.to_owned())], body: Bytes::from(body) }
    }

    #[must_use]
    pub(crate) fn with(mut self, name: HeaderName, value: String) -> Self {
        self.headers.push((name, value));
        self
    }
}
