//! The HTTP client for vendors: no redirects, no proxy variables, no cookies, timeouts on everything, a cap on answers.
//! Must not know a vendor.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response, Url};
use roomkey_schema::Method;

use super::Trouble;

/// Largest answer that is taken.
pub const LARGEST_ANSWER: usize = 8 * 1024 * 1024;
/// Time for a connection and its handshake.
const CONNECT: Duration = Duration::from_secs(5);

/// An answer as it came.
#[derive(Debug)]
pub struct Raw {
    /// Status.
    pub status: u16,
    /// Headers.
    pub headers: http::HeaderMap,
    /// Body, or why it did not come whole: the head stands all the same.
    pub body: Result<Bytes, Trouble>,
}

impl Raw {
    /// A header as text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

/// A client whose calls end within `timeout`.
pub fn build(timeout: Duration) -> Result<Client, reqwest::Error> {
    // Fails only when it was installed before, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .redirect(Policy::none())
        .no_proxy()
        .connect_timeout(CONNECT.min(timeout))
        .timeout(timeout)
        .retry(reqwest::retry::never())
        .user_agent(concat!("roomkey/", env!("CARGO_PKG_VERSION")))
        .build()
}

/// A URL below `base`. Segments and query are encoded here, so that a value can never become a path or a parameter.
pub fn url(base: &Url, segments: &[String], query: &[(String, String)]) -> Option<Url> {
    let mut url = base.clone();
    url.path_segments_mut().ok()?.pop_if_empty().extend(segments);
    if !query.is_empty() {
        url.query_pairs_mut().extend_pairs(query);
    }
    Some(url)
}

/// The method as HTTP knows it.
pub const fn method(method: Method) -> http::Method {
    match method {
        Method::Get => http::Method::GET,
        Method::Post => http::Method::POST,
        Method::Put => http::Method::PUT,
        Method::Patch => http::Method::PATCH,
        Method::Delete => http::Method::DELETE,
    }
}

/// A vendor's own words, to be quoted to people: without control characters, and not at any length.
pub fn quotable(message: &str) -> String {
    const LONGEST: usize = 500;
    let printable: String = message.chars().filter(|c| !c.is_control()).take(LONGEST).collect();
    printable.trim().to_owned()
}

/// A text without a secret that it may quote.
pub fn without(text: &str, secret: Option<&str>) -> String {
    match secret.filter(|secret| !secret.is_empty()) {
        Some(secret) => text.replace(secret, "…"),
        None => text.to_owned(),
    }
}

/// Sends the request and reads the whole answer. Fails when not even the head came.
pub async fn send(request: RequestBuilder) -> Result<Raw, Trouble> {
    let mut response = request.send().await.map_err(|error| trouble(&error))?;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Ok(Raw { status, headers, body: body(&mut response).await })
}

async fn body(response: &mut Response) -> Result<Bytes, Trouble> {
    if response.content_length().is_some_and(|length| usize::try_from(length).map_or(true, |it| it > LARGEST_ANSWER)) {
        return Err(Trouble::TooLarge);
    }
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| trouble(&error))? {
        if body.len() + chunk.len() > LARGEST_ANSWER {
            return Err(Trouble::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

fn trouble(error: &reqwest::Error) -> Trouble {
    if error.is_connect() || error.is_builder() {
        Trouble::Unreachable
    } else if error.is_timeout() {
        Trouble::Timeout
    } else {
        Trouble::Cut
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_segments_and_queries_stay_what_they_are() {
        let base = Url::parse("https://api.example.com/v2/").expect("url");
        let segments = ["users".to_owned(), "a/b?c#d%2e".to_owned()];
        let query = [("option".to_owned(), "x&y=z".to_owned())];
        let url = url(&base, &segments, &query).expect("url");
        assert_eq!(url.as_str(), "https://api.example.com/v2/users/a%2Fb%3Fc%23d%252e?option=x%26y%3Dz");
    }
}
