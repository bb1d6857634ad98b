//! Refuses requests that two servers could read differently, before anybody asks who sent them (RFC 9112 §3.2, §6.1).
//! Looks at the head only.

use axum::extract::{Request, State};
use axum::http::header::{HOST, TRANSFER_ENCODING};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::fault::{Fault, Kind};
use crate::app::App;
use crate::words::Details;

/// Lets clean requests through.
pub async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    if head_bytes(&request) > app.config.limits.head_bytes {
        let status = StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE;
        return Fault::new(Kind::TooLarge).with(|parts| parts.status = status).into_response();
    }
    match check(request.uri(), request.headers()) {
        Ok(()) => next.run(request).await,
        Err(dirt) => Fault::new(Kind::BadRequest).detail(dirt.sentence(&app.words.details)).into_response(),
    }
}

/// The HTTP library's own limit is one of its buffer, which may hold somewhat more.
fn head_bytes(request: &Request) -> usize {
    let fields: usize = request.headers().iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
    request.uri().to_string().len() + fields
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Dirt {
    NoHost,
    TwoHosts,
    OtherHost,
    TransferEncoding,
    Path,
}

impl Dirt {
    fn sentence(self, details: &Details) -> &str {
        match self {
            Self::NoHost => &details.host_missing,
            Self::TwoHosts => &details.host_twice,
            Self::OtherHost => &details.host_differs,
            Self::TransferEncoding => &details.transfer_encoding,
            Self::Path => &details.path_encoding,
        }
    }
}

fn check(uri: &Uri, headers: &HeaderMap) -> Result<(), Dirt> {
    let mut hosts = headers.get_all(HOST).iter();
    let host = match (hosts.next(), hosts.next()) {
        (None, _) => return Err(Dirt::NoHost),
        (Some(_), Some(_)) => return Err(Dirt::TwoHosts),
        (Some(host), None) => host.as_bytes(),
    };
    if host.is_empty() {
        return Err(Dirt::NoHost);
    }
    if host.iter().any(|byte| matches!(byte, b',' | b'/' | b'@' | b' ' | b'\\')) {
        return Err(Dirt::TwoHosts);
    }
    if uri.authority().is_some_and(|authority| !authority.as_str().as_bytes().eq_ignore_ascii_case(host)) {
        return Err(Dirt::OtherHost);
    }
    // The HTTP library drops a Content-Length beside a Transfer-Encoding before we see it. Browsers send a length, so
    // no transfer encoding at all is the one rule that leaves nothing to disagree about.
    if headers.contains_key(TRANSFER_ENCODING) {
        return Err(Dirt::TransferEncoding);
    }
    if uri.path().split('/').all(is_clean_segment) { Ok(()) } else { Err(Dirt::Path) }
}

/// A segment that decodes to itself alone: no separator, no dots that climb, no control character.
fn is_clean_segment(raw: &str) -> bool {
    let mut decoded = Vec::with_capacity(raw.len());
    let mut rest = raw.bytes();
    while let Some(byte) = rest.next() {
        decoded.push(if byte == b'%' {
            let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
            match (digit(rest.next()), digit(rest.next())) {
                (Some(high), Some(low)) => u8::try_from(high * 16 + low).unwrap_or_default(),
                _ => return false,
            }
        } else {
            byte
        });
    }
    decoded != b"." && decoded != b".." && !decoded.iter().any(|byte| matches!(byte, b'/' | b'\\' | 0..=31 | 127))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn check_of(uri: &str, headers: &[(&'static str, &'static str)]) -> Result<(), Dirt> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, HeaderValue::from_static(value));
        }
        check(&uri.parse().expect("uri"), &map)
    }

    #[test]
    fn a_plain_request_passes() {
        assert_eq!(check_of("/api/zoom/users/a%40b.c?q=%2f", &[("host", "h")]), Ok(()));
        assert_eq!(check_of("http://h/api", &[("host", "H")]), Ok(()));
    }

    #[test]
    fn hosts_that_can_be_read_twice_are_refused() {
        assert_eq!(check_of("/", &[]), Err(Dirt::NoHost));
        assert_eq!(check_of("/", &[("host", "")]), Err(Dirt::NoHost));
        assert_eq!(check_of("/", &[("host", "a"), ("host", "a")]), Err(Dirt::TwoHosts));
        assert_eq!(check_of("/", &[("host", "a, b")]), Err(Dirt::TwoHosts));
        assert_eq!(check_of("http://other/", &[("host", "h")]), Err(Dirt::OtherHost));
    }

    #[test]
    fn a_transfer_encoding_is_refused_with_and_without_a_length() {
        let chunked = ("transfer-encoding", "chunked");
        assert_eq!(check_of("/", &[("host", "h"), chunked]), Err(Dirt::TransferEncoding));
        assert_eq!(check_of("/", &[("host", "h"), ("content-length", "3"), chunked]), Err(Dirt::TransferEncoding));
    }

    #[test]
    fn segments_that_could_mean_another_path_are_refused() {
        for path in
            ["/a%2fb", "/a%2Fb", "/a%5cb", "/a%00", "/..", "/a/../b", "/%2e%2e/b", "/.%2E", "/%2e", "/%zz", "/%2"]
        {
            assert_eq!(check_of(path, &[("host", "h")]), Err(Dirt::Path), "{path}");
        }
    }
}
