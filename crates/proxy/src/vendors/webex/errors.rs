//! Reads Webex's REST answers: what each status means, and which sentence of the body to quote. Must not hold sentences for
//! people.

use serde::Deserialize;
use serde_json::Value;

use crate::clock::UnixMs;
use crate::vendors::client::{Raw, quotable, without};
use crate::vendors::{Trouble, retry_after};

/// Header with Webex's tracking id.
const TRACKING_ID: &str = "trackingid";

/// What an answer means.
#[derive(Debug, PartialEq)]
pub(super) enum Reading {
    /// It went well; the body, when there is one.
    Answer(Option<Value>),
    /// The token has ended; the call was not carried out.
    TokenEnded,
    /// It did not go well; the status is Webex's code.
    Trouble(Trouble, Option<String>),
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ErrorBody {
    message: Option<String>,
    #[serde(default)]
    errors: Vec<Description>,
    tracking_id: Option<String>,
}

#[derive(Deserialize)]
struct Description {
    #[serde(default)]
    description: String,
}

impl ErrorBody {
    /// Nothing, when it is none.
    fn of(raw: &Raw) -> Self {
        serde_json::from_slice(raw.body.as_deref().unwrap_or_default()).unwrap_or_default()
    }

    /// The first description says more than the message.
    fn sentence(&self) -> Option<&str> {
        let described = self.errors.iter().map(|error| error.description.as_str()).find(|text| !text.is_empty());
        described.or(self.message.as_deref())
    }
}

/// What to quote to Webex's support.
pub(super) fn tracking_id(raw: &Raw) -> Option<String> {
    let header = raw.header(TRACKING_ID).map(str::to_owned);
    header.or_else(|| ErrorBody::of(raw).tracking_id.as_deref().map(quotable))
}

/// Webex's own words of a refusal.
pub(super) fn sentence(raw: &Raw) -> Option<String> {
    ErrorBody::of(raw).sentence().map(quotable)
}

/// What the answer means. `pin` is what the call sets. Where the head says it all, a body that did not come whole changes
/// nothing.
pub(super) fn read(raw: &Raw, now_ms: UnixMs, pin: Option<&str>) -> Reading {
    let told = |trouble| Reading::Trouble(trouble, Some(raw.status.to_string()));
    match (raw.status, &raw.body) {
        (401, _) => Reading::TokenEnded,
        (423 | 429, _) => told(Trouble::RateLimited(retry_after::parse(raw.header("retry-after"), now_ms))),
        (200..=299, Ok(body)) => read_success(body),
        // We do not follow: the address in the configuration is not Webex's.
        (300..=399 | 405, _) => told(Trouble::WrongAddress),
        (400..=499, Ok(_)) => told(refusal(raw, pin)),
        (200..=299 | 400..=499, Err(trouble)) => Reading::Trouble(trouble.clone(), None),
        (status, _) => told(Trouble::Server(status)),
    }
}

fn read_success(body: &[u8]) -> Reading {
    if body.is_empty() {
        return Reading::Answer(None);
    }
    match roomkey_schema::json::strict(body) {
        Ok(value) => Reading::Answer(Some(value)),
        Err(_) => Reading::Trouble(Trouble::NotJson, None),
    }
}

fn refusal(raw: &Raw, pin: Option<&str>) -> Trouble {
    let body = ErrorBody::of(raw);
    let quoted = |text: &str| without(&quotable(text), pin);
    let about_pin = body.errors.iter().find(|error| is_about_pin(&error.description)).filter(|_| raw.status == 400);
    let fields = about_pin.map(|error| ("/hostPin".to_owned(), quoted(&error.description)));
    Trouble::Refused {
        message: body.sentence().map(quoted),
        fields: fields.into_iter().collect(),
        absent: raw.status == 404,
    }
}

fn is_about_pin(description: &str) -> bool {
    description.to_ascii_lowercase().replace(' ', "").contains("hostpin")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(status: u16, body: &str) -> Raw {
        let headers = [(http::HeaderName::from_static("retry-after"), http::HeaderValue::from_static("7"))];
        Raw { status, headers: headers.into_iter().collect(), body: Ok(body.to_owned().into()) }
    }

    fn meant(status: u16, body: &str) -> (Trouble, Option<String>) {
        match read(&raw(status, body), 0, Some("2580")) {
            Reading::Trouble(trouble, code) => (trouble, code),
            other => panic!("{other:?}"),
        }
    }

    fn refused(message: &str, fields: &[(&str, &str)], absent: bool) -> Trouble {
        let fields = fields.iter().map(|&(pointer, said)| (pointer.to_owned(), said.to_owned())).collect();
        Trouble::Refused { message: Some(message.to_owned()), fields, absent }
    }

    #[test]
    fn every_status_that_the_reference_lists_means_something() {
        let body = r#"{"message":"m","errors":[{"description":"d"}],"trackingId":"T"}"#;
        for (status, trouble) in [
            (400, refused("d", &[], false)),
            (403, refused("d", &[], false)),
            (404, refused("d", &[], true)),
            (405, Trouble::WrongAddress),
            (409, refused("d", &[], false)),
            (410, refused("d", &[], false)),
            (415, refused("d", &[], false)),
            (423, Trouble::RateLimited(7_000)),
            (428, refused("d", &[], false)),
            (429, Trouble::RateLimited(7_000)),
            (500, Trouble::Server(500)),
            (502, Trouble::Server(502)),
            (503, Trouble::Server(503)),
            (504, Trouble::Server(504)),
            (302, Trouble::WrongAddress),
        ] {
            assert_eq!(meant(status, body), (trouble, Some(status.to_string())));
        }
        assert_eq!(read(&raw(200, "{}"), 0, None), Reading::Answer(Some(Value::Object(serde_json::Map::default()))));
        assert_eq!(read(&raw(204, ""), 0, None), Reading::Answer(None));
        assert_eq!(read(&raw(401, body), 0, None), Reading::TokenEnded);
        assert_eq!(meant(200, "<html>"), (Trouble::NotJson, None));
    }

    #[test]
    fn a_pin_that_does_not_fit_is_marked_and_not_quoted() {
        let body =
            r#"{"message":"m","errors":[{"description":"topic is missing."},{"description":"hostPin 2580 is bad"}]}"#;
        let fields = [("/hostPin", "hostPin … is bad")];
        assert_eq!(meant(400, body).0, refused("topic is missing.", &fields, false));
        assert_eq!(meant(409, body).0, refused("topic is missing.", &[], false));
        assert_eq!(meant(400, r#"{"message":"2580?"}"#).0, refused("…?", &[], false));
    }

    #[test]
    fn tracking_id_is_in_the_head_or_in_the_body() {
        let mut answer = raw(400, r#"{"trackingId":"B"}"#);
        assert_eq!(tracking_id(&answer).as_deref(), Some("B"));
        answer.headers.insert(TRACKING_ID, http::HeaderValue::from_static("H"));
        assert_eq!(tracking_id(&answer).as_deref(), Some("H"));
    }
}
