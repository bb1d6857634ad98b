//! Opens Veeting's envelope: a status of 200 says nothing, `responseCode` does. Must not hold sentences for people.

use serde_json::Value;

use crate::clock::UnixMs;
use crate::vendors::client::{Raw, quotable, without};
use crate::vendors::{Answer, Trouble, VendorFault, retry_after};

/// What is inside, or why there is nothing. `key` must not be quoted.
pub(super) fn read(raw: &Raw, now_ms: UnixMs, key: &str) -> Result<Answer, VendorFault> {
    let coded = |trouble, code: &str| Err(VendorFault::new(trouble).coded(code));
    let status = raw.status.to_string();
    match (raw.status, &raw.body) {
        (401 | 403, _) => coded(Trouble::Credentials(None), &status),
        (429, _) => coded(Trouble::RateLimited(retry_after::parse(raw.header("retry-after"), now_ms)), &status),
        (300..=499, _) => coded(Trouble::WrongAddress, &status),
        (200..=299, Ok(body)) => open(body, key),
        (200..=299, Err(trouble)) => Err(VendorFault::new(trouble.clone())),
        (other, _) => coded(Trouble::Server(other), &status),
    }
}

fn open(body: &[u8], key: &str) -> Result<Answer, VendorFault> {
    let nonsense = || VendorFault::new(Trouble::NotJson);
    let mut envelope = roomkey_schema::json::strict(body).map_err(|_| nonsense())?;
    let code = envelope.get("responseCode").and_then(Value::as_i64).ok_or_else(nonsense)?;
    let message = envelope.get("message").and_then(Value::as_str).map(|text| without(&quotable(text), Some(key)));
    let trouble = match code {
        0 => {
            let mut data = envelope.get_mut("data").map(Value::take).unwrap_or_default();
            as_numbers(&mut data);
            return Ok(Answer { body: Some(data), tracking_id: None });
        }
        -2 => Trouble::Credentials(message),
        // Unknown to Veeting itself: nobody knows whether it was done.
        -99 => Trouble::Server(200),
        _ => Trouble::Refused { message, fields: Vec::new(), absent: false },
    };
    Err(VendorFault::new(trouble).coded(&code.to_string()))
}

/// Minutes are numbers when they are sent and texts when they are answered: to everybody else they are numbers.
fn as_numbers(data: &mut Value) {
    match data {
        Value::Array(items) => items.iter_mut().for_each(as_numbers),
        Value::Object(members) => {
            if let Some(duration) = members.get_mut("duration")
                && let Some(minutes) = duration.as_str().and_then(|text| text.parse::<u64>().ok())
            {
                *duration = minutes.into();
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const KEY: &str = "canary-key";

    fn raw(status: u16, body: &str) -> Raw {
        let headers = [(http::HeaderName::from_static("retry-after"), http::HeaderValue::from_static("7"))];
        Raw { status, headers: headers.into_iter().collect(), body: Ok(body.to_owned().into()) }
    }

    fn fault(status: u16, body: &str) -> (Trouble, Option<String>) {
        let fault = read(&raw(status, body), 0, KEY).expect_err("a fault");
        (fault.trouble, fault.code)
    }

    #[test]
    fn data_of_a_success_is_the_answer_and_minutes_are_numbers() {
        let of = |body: &str| read(&raw(200, body), 0, KEY).expect("an answer").body;
        let meeting = r#"{"responseCode":0,"data":{"duration":"60","icalSequence":"0"}}"#;
        assert_eq!(of(meeting), Some(json!({"duration": 60, "icalSequence": "0"})));
        assert_eq!(
            of(r#"{"responseCode":0,"data":[{"duration":"x"},{"id":"1"}]}"#),
            Some(json!([{"duration": "x"}, {"id": "1"}]))
        );
        assert_eq!(of(r#"{"responseCode":0}"#), Some(Value::Null));
    }

    #[test]
    fn every_code_in_the_envelope_means_something_whatever_the_status() {
        let body = |code: i64| format!(r#"{{"responseCode":{code},"data":null,"message":"No: {KEY}."}}"#);
        let refused = Trouble::Refused { message: Some("No: ….".to_owned()), fields: Vec::new(), absent: false };
        for code in [-3, -4, -10, 7] {
            assert_eq!(fault(200, &body(code)), (refused.clone(), Some(code.to_string())));
        }
        assert_eq!(fault(200, &body(-2)), (Trouble::Credentials(Some("No: ….".to_owned())), Some("-2".to_owned())));
        assert_eq!(fault(200, &body(-99)), (Trouble::Server(200), Some("-99".to_owned())));
    }

    #[test]
    fn what_is_no_envelope_makes_no_sense() {
        for body in [
            "<html>Maintenance</html>",
            "",
            "[]",
            "{}",
            r#"{"responseCode":"0"}"#,
            r#"{"responseCode":0,"responseCode":0}"#,
        ] {
            assert_eq!(fault(200, body), (Trouble::NotJson, None), "{body}");
        }
    }

    #[test]
    fn statuses_that_are_no_success_are_not_opened() {
        for (status, trouble) in [
            (302, Trouble::WrongAddress),
            (401, Trouble::Credentials(None)),
            (403, Trouble::Credentials(None)),
            (404, Trouble::WrongAddress),
            (429, Trouble::RateLimited(7_000)),
            (500, Trouble::Server(500)),
            (503, Trouble::Server(503)),
        ] {
            assert_eq!(fault(status, r#"{"responseCode":0,"data":{}}"#), (trouble, Some(status.to_string())));
        }
        let cut = Raw { body: Err(Trouble::Cut), ..raw(200, "") };
        assert_eq!(read(&cut, 0, KEY).expect_err("a fault").trouble, Trouble::Cut);
    }
}
