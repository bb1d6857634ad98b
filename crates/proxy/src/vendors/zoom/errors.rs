//! Reads Zoom's answers, which lie in several ways: 200 with an error body, codes that differ from the status, a 429
//! whose Retry-After is an ISO date. Must not hold sentences for people.

use serde::Deserialize;
use serde_json::Value;

use crate::clock::UnixMs;
use crate::vendors::client::{Raw, quotable};
use crate::vendors::{Trouble, retry_after};

/// Header with Zoom's tracking id.
pub const TRACKING_ID: &str = "x-zm-trackingid";

/// Zoom's code for a token that has expired or is not valid.
const TOKEN_ENDED: &str = "124";
/// Zoom's code for a call that it does not know.
const UNKNOWN_CALL: &str = "2300";
/// Zoom's codes for people, groups and members that do not exist, whatever the status.
const ABSENT: [&str; 3] = ["1001", "4130", "4131"];

/// What an answer means.
#[derive(Debug, PartialEq)]
pub enum Reading {
    /// It went well; the body, when there is one.
    Answer(Option<Value>),
    /// The token has ended; the call was not carried out.
    TokenEnded,
    /// It did not go well; with Zoom's code, when it says one.
    Trouble(Trouble, Option<String>),
}

#[derive(Default, Deserialize)]
struct ErrorBody {
    code: Option<Value>,
    message: Option<String>,
    #[serde(default)]
    errors: Vec<FieldError>,
}

#[derive(Deserialize)]
struct FieldError {
    #[serde(default)]
    field: String,
    #[serde(default)]
    message: String,
}

impl ErrorBody {
    /// Nothing, when it is none.
    fn of(body: &[u8]) -> Self {
        serde_json::from_slice(body).unwrap_or_default()
    }

    /// The code, which Zoom spells as a number or as a text.
    fn code(&self) -> Option<String> {
        match self.code.as_ref()? {
            Value::Number(code) => Some(code.to_string()),
            Value::String(code) => Some(quotable(code)),
            _ => None,
        }
    }
}

/// What the answer means. Where the head says it all, a body that did not come whole changes nothing.
pub fn read(raw: &Raw, now_ms: UnixMs) -> Reading {
    let told = |trouble| {
        let body = raw.body.as_deref().unwrap_or_default();
        Reading::Trouble(trouble, ErrorBody::of(body).code())
    };
    match (raw.status, &raw.body) {
        (429, _) => told(Trouble::RateLimited(retry_after::parse(raw.header("retry-after"), now_ms))),
        (401, _) => Reading::TokenEnded,
        (200..=299, Ok(body)) => read_success(body),
        (status @ 400..=499, Ok(body)) => read_refusal(status, body),
        (200..=299 | 400..=499, Err(trouble)) => Reading::Trouble(trouble.clone(), None),
        // We do not follow: the address in the configuration is not Zoom's.
        (300..=399, _) => told(Trouble::WrongAddress),
        (status, _) => told(Trouble::Server(status)),
    }
}

fn read_success(body: &[u8]) -> Reading {
    if body.is_empty() {
        return Reading::Answer(None);
    }
    let Ok(value) = roomkey_schema::json::strict(body) else { return Reading::Trouble(Trouble::NotJson, None) };
    // Zoom answers some refusals with 200: a code and a message at the top, which no successful answer has.
    if value.get("code").is_some_and(Value::is_number) && value.get("message").is_some_and(Value::is_string) {
        return read_refusal(200, body);
    }
    Reading::Answer(Some(value))
}

fn read_refusal(status: u16, body: &[u8]) -> Reading {
    let body = ErrorBody::of(body);
    let code = body.code();
    if code.as_deref() == Some(TOKEN_ENDED) {
        return Reading::TokenEnded;
    }
    if code.as_deref() == Some(UNKNOWN_CALL) || (status == 404 && code.is_none()) {
        return Reading::Trouble(Trouble::WrongAddress, code);
    }
    let absent = status == 404 || code.as_deref().is_some_and(|code| ABSENT.contains(&code));
    let fields = body.errors.into_iter().map(|error| (pointer(&error.field), error.message)).collect();
    let message = body.message.as_deref().map(quotable);
    Reading::Trouble(Trouble::Refused { message, fields, absent }, code)
}

/// Zoom names fields with dots: `user_info.email`.
fn pointer(field: &str) -> String {
    field
        .split('.')
        .filter(|part| !part.is_empty())
        .fold(String::new(), |pointer, part| roomkey_schema::json::child(&pointer, part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(status: u16, body: &str, headers: &[(&'static str, &'static str)]) -> Raw {
        let headers = headers
            .iter()
            .map(|(name, value)| (http::HeaderName::from_static(name), http::HeaderValue::from_static(value)))
            .collect();
        Raw { status, headers, body: Ok(body.to_owned().into()) }
    }

    fn refused(status: u16, body: &str) -> (Option<String>, bool, Vec<(String, String)>) {
        match read(&raw(status, body, &[]), 0) {
            Reading::Trouble(Trouble::Refused { absent, fields, .. }, code) => (code, absent, fields),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_refusal_in_a_200_is_a_refusal() {
        let body = r#"{"code":300,"message":"Validation Failed.","errors":[{"field":"user_info.email","message":"Invalid field."}]}"#;
        let fields = vec![("/user_info/email".to_owned(), "Invalid field.".to_owned())];
        assert_eq!(refused(200, body), (Some("300".to_owned()), false, fields));
    }

    #[test]
    fn no_such_group_is_absent_whatever_the_status() {
        assert!(refused(404, r#"{"code":4130,"message":"no"}"#).1);
        assert!(refused(400, r#"{"code":1001,"message":"no"}"#).1);
        assert!(!refused(400, r#"{"code":"200","message":"no"}"#).1);
    }

    #[test]
    fn an_ended_token_is_told_by_status_or_code() {
        assert_eq!(read(&raw(401, "", &[]), 0), Reading::TokenEnded);
        assert_eq!(read(&raw(400, r#"{"code":124,"message":"expired"}"#, &[]), 0), Reading::TokenEnded);
        assert_eq!(read(&raw(200, r#"{"code":124,"message":"expired"}"#, &[]), 0), Reading::TokenEnded);
    }

    #[test]
    fn nonsense_and_failures_are_no_answers() {
        let meant = |status, body| match read(&raw(status, body, &[]), 0) {
            Reading::Trouble(trouble, code) => (trouble, code),
            other => panic!("{other:?}"),
        };
        assert_eq!(meant(200, "<html>"), (Trouble::NotJson, None));
        assert_eq!(meant(200, r#"{"a":1"#), (Trouble::NotJson, None));
        assert_eq!(meant(503, "x"), (Trouble::Server(503), None));
        assert_eq!(meant(500, r#"{"code":"5005","message":"x"}"#), (Trouble::Server(500), Some("5005".to_owned())));
        assert_eq!(meant(500, r#"{"code":{"x":1}}"#), (Trouble::Server(500), None));
        assert_eq!(meant(302, ""), (Trouble::WrongAddress, None));
        assert_eq!(meant(404, r#"{"code":2300,"message":"x"}"#), (Trouble::WrongAddress, Some("2300".to_owned())));
        assert_eq!(read(&raw(204, "", &[]), 0), Reading::Answer(None));
    }

    #[test]
    fn a_429_says_until_when() {
        let mut limited = raw(429, r#"{"code":429}"#, &[("retry-after", "1970-01-01T00:01:00Z")]);
        let trouble = Trouble::RateLimited(60_000);
        assert_eq!(read(&limited, 0), Reading::Trouble(trouble.clone(), Some("429".to_owned())));
        limited.body = Err(Trouble::Cut);
        assert_eq!(read(&limited, 0), Reading::Trouble(trouble, None));
    }

    #[test]
    fn a_body_that_broke_off_matters_only_where_it_is_needed() {
        let broken = |status| Raw { body: Err(Trouble::Cut), ..raw(status, "", &[]) };
        for status in [200, 400, 404] {
            assert_eq!(read(&broken(status), 0), Reading::Trouble(Trouble::Cut, None), "{status}");
        }
        assert_eq!(read(&broken(401), 0), Reading::TokenEnded);
        assert_eq!(read(&broken(502), 0), Reading::Trouble(Trouble::Server(502), None));
    }
}
