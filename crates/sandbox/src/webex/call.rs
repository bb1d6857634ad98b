//! A request as its handler sees it. Must not be kept beyond the answer.

use axum::http::header::HOST;

use super::errors::WebexError;
use super::site::Site;
use crate::message::Asked;

pub(super) struct Call<'a> {
    /// Of the path, in order.
    pub(super) parameters: Vec<String>,
    pub(super) queries: Vec<(String, String)>,
    pub(super) asked: &'a Asked,
    /// Without it, a write is answered as done and changes nothing.
    pub(super) effect: bool,
}

impl Call<'_> {
    /// A parameter of the query; one that is empty counts as left out.
    pub(super) fn query(&self, name: &str) -> Option<&str> {
        let found = self.queries.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    pub(super) fn parameter(&self, index: usize) -> &str {
        self.parameters.get(index).map_or("", String::as_str)
    }

    /// The site that is asked for; without a word about it, the default one.
    pub(super) fn site(&self) -> Result<Site, WebexError> {
        let Some(url) = self.query("siteUrl") else {
            return Ok(Site::Main);
        };
        Site::from_url(url).ok_or_else(|| WebexError::UnknownSite(url.to_owned()))
    }

    /// This request's own address, with one parameter set to another value.
    pub(super) fn address_with(&self, name: &str, value: &str) -> String {
        let host = self.asked.header(&HOST).unwrap_or("localhost");
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.queries.iter().filter(|(known, _)| known != name)).append_pair(name, value);
        format!("http://{host}{}?{}", self.asked.path, query.finish())
    }
}
