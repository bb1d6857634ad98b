//! Cookies as text, the session's above all. Must not look at what it means.

use axum::http::HeaderMap;
use axum::http::header::COOKIE;
use secrecy::{ExposeSecret, SecretString};

/// Name of the cookie. The prefix makes browsers refuse it from another host, without `Secure`, or for a part of the
/// site (RFC 6265bis).
pub const NAME: &str = "__Host-roomkey";

const ATTRIBUTES: &str = "Path=/; Secure; HttpOnly; SameSite=Strict";

/// Name of the cookie of a session inside another site's page (`auth::embed`).
pub const EMBED_NAME: &str = "__Host-roomkey-embed";

/// Sent in frames of other sites, and each site has its own: a portal's frame never shows whom another portal signed in.
const EMBED_ATTRIBUTES: &str = "Path=/; Secure; HttpOnly; SameSite=None; Partitioned";

/// The session id that a request brings.
pub fn read(headers: &HeaderMap) -> Option<SecretString> {
    read_named(headers, NAME)
}

/// The id of a session inside another site's page that a request brings.
pub fn read_embed(headers: &HeaderMap) -> Option<SecretString> {
    read_named(headers, EMBED_NAME)
}

fn read_named(headers: &HeaderMap, name: &str) -> Option<SecretString> {
    value(headers, name).filter(|id| !id.is_empty() && id.len() <= 64).map(SecretString::from)
}

/// A cookie's value. Two of the name are as good as none: one was put there by somebody else.
pub fn value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut found = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(known, _)| *known == name);
    match (found.next(), found.next()) {
        (Some((_, value)), None) => Some(value),
        _ => None,
    }
}

/// `Set-Cookie` that hands out a session. It ends with the browser; the server ends it earlier.
pub fn set(id: &SecretString) -> String {
    format!("{NAME}={}; {ATTRIBUTES}", id.expose_secret())
}

/// `Set-Cookie` that hands out a session inside another site's page.
pub fn set_embed(id: &SecretString) -> String {
    format!("{EMBED_NAME}={}; {EMBED_ATTRIBUTES}", id.expose_secret())
}

/// `Set-Cookie` that takes it away.
pub fn clear() -> String {
    format!("{NAME}=; Max-Age=0; {ATTRIBUTES}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_of(cookies: &[&str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for cookie in cookies {
            headers.append(COOKIE, cookie.parse().expect("header"));
        }
        read(&headers).map(|id| id.expose_secret().to_owned())
    }

    #[test]
    fn the_one_cookie_is_found_among_others() {
        assert_eq!(read_of(&["a=b; __Host-roomkey=id; c=d"]), Some("id".to_owned()));
    }

    #[test]
    fn two_cookies_of_the_name_count_as_none() {
        assert_eq!(read_of(&["__Host-roomkey=a; __Host-roomkey=b"]), None);
        assert_eq!(read_of(&["__Host-roomkey=a", "__Host-roomkey=b"]), None);
    }

    #[test]
    fn an_empty_or_overlong_cookie_counts_as_none() {
        assert_eq!(read_of(&["__Host-roomkey="]), None);
        assert_eq!(read_of(&[&format!("__Host-roomkey={}", "x".repeat(65))]), None);
        assert_eq!(read_of(&[]), None);
    }
}
