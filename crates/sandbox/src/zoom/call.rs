//! A request after sign-in and routing: what a handler gets to see.
//! Must not carry the HTTP request itself.

use serde_json::Value;

use super::errors::ZoomError;
use super::shapes::Shapes;
use crate::clock::Timestamp;
use crate::multipart::Part;

pub(super) struct Call<'a> {
    /// The values of the path's parameters, decoded, in their order.
    pub(super) parameters: Vec<String>,
    pub(super) queries: Vec<(String, String)>,
    /// Judged by the operation's request schema; null when there is none.
    pub(super) body: Value,
    /// The parts of a multipart body.
    pub(super) parts: &'a [Part],
    pub(super) now: Timestamp,
    /// Whether the vendor's limits hold.
    pub(super) limits: bool,
    pub(super) shapes: &'a Shapes,
}

impl Call<'_> {
    /// A parameter of the path; the route table guarantees how many there are.
    pub(super) fn parameter(&self, index: usize) -> Result<&str, ZoomError> {
        self.parameters.get(index).map(String::as_str).ok_or(ZoomError::UnknownEndpoint)
    }

    /// A text of the body; none when it is missing or empty.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.body.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
    }

    pub(super) fn query(&self, name: &str) -> Option<&str> {
        self.queries.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}
