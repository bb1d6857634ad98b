//! An answer of the proxy, and what every answer of its kind must be like. Must not know single operations.

use axum::body::Body;
use axum::http::{HeaderMap, Response};
use http_body_util::BodyExt;
use roomkey_schema::wire::{Problem, Written};
use serde_json::Value;

/// What shows that a value was printed for a programmer instead of being said to a person.
const DEBUG_TRACES: [&str; 11] =
    ["Some(", "Err(", "Ok(", "::", "{", "}", "Trouble", "Fault", "reqwest", "hyper", "panicked"];

/// An answer, whole.
#[derive(Clone, Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// Body as text.
    pub text: String,
}

impl Answer {
    pub(crate) async fn of(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("a whole body").to_bytes();
        let text = String::from_utf8(bytes.to_vec()).expect("text");
        Self { status: parts.status.as_u16(), headers: parts.headers, text }
    }

    /// A header that is there.
    #[track_caller]
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).unwrap_or_else(|| panic!("no {name}: {self:?}"));
        value.to_str().expect("a header of text")
    }

    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// The body of an answer that went well.
    #[track_caller]
    pub fn ok(&self) -> Value {
        assert_eq!(self.status, 200, "{}", self.text);
        self.json()
    }

    /// The outcome of a write that the vendor accepted.
    #[track_caller]
    pub fn written(&self) -> Written {
        serde_json::from_value(self.ok()).expect("an outcome of a write")
    }

    /// The problem of that status and kind, after looking at everything that all problems share.
    #[track_caller]
    pub fn problem(&self, status: u16, kind: &str) -> Problem {
        let problem: Problem = serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no problem: {self:?}"));
        assert_eq!((self.status, problem.kind.as_str()), (status, kind), "{}", self.text);
        assert_eq!(problem.status, status);
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.header("cache-control"), "no-store");
        assert_eq!(problem.request_id, self.header("x-request-id"));
        assert!(!problem.request_id.is_empty() && !problem.title.is_empty(), "{}", self.text);
        is_said_to_a_person(&problem.detail);
        for field in &problem.fields {
            is_said_to_a_person(&field.detail);
        }
        problem
    }
}

/// A sentence, perhaps with the vendor's own words in quotes at its end.
#[track_caller]
fn is_said_to_a_person(text: &str) {
    assert!(text.ends_with(['.', '”', '“']), "no sentence: {text:?}");
    for trace in DEBUG_TRACES {
        assert!(!text.contains(trace), "{trace:?} in {text:?}");
    }
}
