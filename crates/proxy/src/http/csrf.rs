//! Unsafe methods are carried out only when a page of this console asked for them: exact Origin, the browser's own word
//! that it is the same origin, our header, and a type that is expected when there is a body. One address is not for pages. Must
//! not answer with an allow-origin.

use axum::extract::{Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, HOST, ORIGIN};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::fault::{Fault, Kind};
use crate::app::App;

/// The type of a body with files in it.
pub const MULTIPART: &str = "multipart/form-data";
/// The type of a form without files.
pub const FORM: &str = "application/x-www-form-urlencoded";
/// Where a provider says that somebody has signed out. No page asks for it and no cookie counts there: what is sent is signed.
pub const BACKCHANNEL_LOGOUT: &str = "/auth/oidc/backchannel-logout";
const SITE: &str = "sec-fetch-site";
const REQUESTED_WITH: &str = "x-requested-with";

/// Lets safe methods and our own pages' requests through.
pub async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    if is_safe(request.method()) || request.uri().path() == BACKCHANNEL_LOGOUT {
        return next.run(request).await;
    }
    let details = &app.words.details;
    let headers = request.headers();
    let refuse = |sentence: &str| Fault::new(Kind::Csrf).detail(sentence).into_response();
    if !is_own_origin(headers, &app.scheme_and_origin()) {
        return refuse(&details.csrf_origin);
    }
    if headers.get_all(SITE).iter().any(|site| site != "same-origin") {
        return refuse(&details.csrf_site);
    }
    if !matches!(only(headers, REQUESTED_WITH), Some("roomkey")) {
        return refuse(&details.csrf_header);
    }
    // Whether files are expected is the operation's business; nothing but operations takes them.
    let files = has_type(headers, MULTIPART) && request.uri().path().starts_with("/api/");
    if has_body(headers) && !has_type(headers, "application/json") && !files {
        return Fault::new(Kind::UnsupportedMediaType).into_response();
    }
    next.run(request).await
}

/// Our own origin: as configured, or the listener's scheme and the request's host.
#[derive(Clone, Copy, Debug)]
pub enum OwnOrigin<'a> {
    /// As configured.
    Fixed(&'a str),
    /// The scheme, for the request's own host.
    OfHost(&'static str),
}

/// Methods that change nothing (RFC 9110 §9.2.1).
pub fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

fn is_own_origin(headers: &HeaderMap, own: &OwnOrigin<'_>) -> bool {
    let Some(origin) = only(headers, ORIGIN.as_str()) else { return false };
    match own {
        OwnOrigin::Fixed(own) => origin == *own,
        OwnOrigin::OfHost(scheme) => only(headers, HOST.as_str())
            .is_some_and(|host| origin == format!("{scheme}://{}", host.to_ascii_lowercase())),
    }
}

fn has_body(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_LENGTH).is_some_and(|length| length != "0") || headers.contains_key(CONTENT_TYPE)
}

/// Whether the body says that it is of this type.
pub fn has_type(headers: &HeaderMap, wanted: &str) -> bool {
    only(headers, CONTENT_TYPE.as_str()).is_some_and(|value| {
        let essence = value.split(';').next().unwrap_or_default().trim();
        essence.eq_ignore_ascii_case(wanted)
    })
}

/// The header's value when it is there exactly once.
fn only<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn only_the_exact_origin_is_ours() {
        let own = OwnOrigin::OfHost("http");
        let is_own = |origin| is_own_origin(&headers(&[("host", "127.0.0.1:8080"), ("origin", origin)]), &own);
        assert!(is_own("http://127.0.0.1:8080"));
        for other in ["https://127.0.0.1:8080", "http://127.0.0.1", "http://localhost:8080", "null", ""] {
            assert!(!is_own(other), "{other}");
        }
        assert!(!is_own_origin(&headers(&[("host", "h")]), &own));
        let fixed = OwnOrigin::Fixed("https://roomkey.example.com");
        assert!(is_own_origin(&headers(&[("host", "h"), ("origin", "https://roomkey.example.com")]), &fixed));
        assert!(!is_own_origin(&headers(&[("host", "h"), ("origin", "https://h")]), &fixed));
    }

    #[test]
    fn json_may_name_its_charset_and_nothing_else_is_json() {
        let is_json = |headers: &HeaderMap| has_type(headers, "application/json");
        assert!(is_json(&headers(&[("content-type", "application/json; charset=utf-8")])));
        for other in ["text/plain", "application/jsonp", "application/problem+json", ""] {
            assert!(!is_json(&headers(&[("content-type", other)])), "{other}");
        }
    }
}
