//! A request as its handler sees it. Must not be kept beyond the answer.

use serde_json::{Map, Value};

use super::errors::VeetingError;
use super::instant;
use super::keys::Caller;
use crate::clock::Timestamp;
use crate::message::Asked;

const JSON: &str = "application/json";

pub(super) struct Call<'a> {
    /// Of the path, in order.
    pub(super) parameters: Vec<String>,
    pub(super) queries: Vec<(String, String)>,
    pub(super) asked: &'a Asked,
    pub(super) caller: Caller,
    pub(super) now: Timestamp,
}

impl Call<'_> {
    pub(super) fn parameter(&self, index: usize) -> &str {
        self.parameters.get(index).map_or("", String::as_str)
    }

    /// An instant of the query; one that is empty counts as left out.
    pub(super) fn instant(&self, name: &str) -> Result<Option<Timestamp>, VeetingError> {
        let found = self.queries.iter().find(|(known, _)| known == name);
        let Some(text) = found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty()) else {
            return Ok(None);
        };
        let wrong = || VeetingError::Misfit(vec![format!("{name} is {}.", instant::EXPECTED)]);
        instant::read(text).map(Some).ok_or_else(wrong)
    }

    /// The body, which is to be a JSON object and to say so.
    pub(super) fn body(&self) -> Result<Map<String, Value>, VeetingError> {
        if !self.asked.media_type().eq_ignore_ascii_case(JSON) {
            return Err(VeetingError::misfit("The content type application/json is wanted."));
        }
        match serde_json::from_slice(&self.asked.body) {
            Ok(Value::Object(fields)) => Ok(fields),
            _ => Err(VeetingError::misfit("The body is not a JSON object.")),
        }
    }
}
