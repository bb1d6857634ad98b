//! Reads the status of Adobe Connect's answers: HTTP calls everything a success, what happened stands inside. A code of
//! ours is the vendor's code and, behind a slash, its subcode. Must not hold sentences for people.

use crate::clock::UnixMs;
use crate::vendors::client::{Raw, quotable};
use crate::vendors::xml::{self, Element};
use crate::vendors::{Trouble, VendorFault, retry_after};

/// Whoever asked may not do that.
pub(super) const DENIED: &str = "no-access/denied";
/// Nobody is signed in.
pub(super) const NO_LOGIN: &str = "no-access/no-login";
/// There is nothing of that kind.
pub(super) const NO_DATA: &str = "no-data";
/// HTTP's name of what `internal-error` says.
const BROKEN: u16 = 500;

/// Why an action was not carried out, or nobody knows whether it was.
#[derive(Debug)]
pub(super) enum Failed {
    /// The session has ended; the action was not carried out.
    SessionEnded,
    /// It did not go well. Fields of a refusal are called as the vendor calls them.
    Fault(VendorFault),
}

/// The root of an answer that says that it went well.
pub(super) fn read(raw: &Raw, now_ms: UnixMs) -> Result<Element, Failed> {
    let fault = |trouble| Failed::Fault(VendorFault::new(trouble));
    let body = match (raw.status, &raw.body) {
        (200, Ok(body)) => body,
        (200, Err(trouble)) => return Err(fault(trouble.clone())),
        (429, _) => return Err(fault(Trouble::RateLimited(retry_after::parse(raw.header("retry-after"), now_ms)))),
        (status @ 500.., _) => return Err(fault(Trouble::Server(status))),
        _ => return Err(fault(Trouble::WrongAddress)),
    };
    let root = xml::read(body).filter(|root| root.name == "results").ok_or_else(|| fault(Trouble::NotJson))?;
    match root.at(&["status"]).and_then(|status| Some((status, status.attribute("code")?))) {
        Some((_, "ok")) => Ok(root),
        Some((status, code)) => Err(refused(status, code)),
        None => Err(fault(Trouble::NotJson)),
    }
}

/// Whether a fault says that whoever this server signs in as may not do that.
pub(super) fn is_denied(fault: &VendorFault) -> bool {
    fault.code.as_deref() == Some(DENIED)
}

/// What was read, or nothing where whoever this server signs in as may not read it.
pub(super) fn unless_denied<T>(read: Result<T, VendorFault>) -> Result<Option<T>, VendorFault> {
    match read {
        Ok(value) => Ok(Some(value)),
        Err(fault) if is_denied(&fault) => Ok(None),
        Err(fault) => Err(fault),
    }
}

fn refused(status: &Element, code: &str) -> Failed {
    let invalid = status.at(&["invalid"]);
    let subcode = invalid.and_then(|invalid| invalid.attribute("subcode")).or_else(|| status.attribute("subcode"));
    let field = invalid.and_then(|invalid| invalid.attribute("field"));
    let whole = subcode.map_or_else(|| code.to_owned(), |subcode| format!("{code}/{subcode}"));
    let trouble = match (code, field, subcode) {
        ("no-access", _, Some("no-login")) => return Failed::SessionEnded,
        ("internal-error", ..) => Trouble::Server(BROKEN),
        // The server is no Adobe Connect, or an old one.
        ("invalid", Some("action"), _) => return Failed::Fault(VendorFault::new(Trouble::WrongAddress)),
        _ => Trouble::Refused {
            message: None,
            fields: field.map(|field| (quotable(field), quotable(subcode.unwrap_or(code)))).into_iter().collect(),
            absent: matches!((code, subcode), (NO_DATA, _) | ("invalid", Some("no-such-item"))),
        },
    };
    Failed::Fault(VendorFault::new(trouble).coded(&quotable(&whole)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &str) -> Raw {
        Raw { status, headers: http::HeaderMap::new(), body: Ok(body.to_owned().into()) }
    }

    fn failed(status: &str) -> Failed {
        let text = format!("<?xml version=\"1.0\" encoding=\"utf-8\"?><results>{status}</results>");
        read(&answer(200, &text), 0).expect_err("not ok")
    }

    #[track_caller]
    fn check(status: &str, trouble: &Trouble, code: Option<&str>) {
        match failed(status) {
            Failed::Fault(fault) => assert_eq!((&fault.trouble, fault.code.as_deref()), (trouble, code), "{status}"),
            Failed::SessionEnded => panic!("{status}: the session has not ended"),
        }
    }

    fn refusal(fields: &[(&str, &str)], absent: bool) -> Trouble {
        let fields = fields.iter().map(|&(field, said)| (field.to_owned(), said.to_owned())).collect();
        Trouble::Refused { message: None, fields, absent }
    }

    #[test]
    fn every_status_means_something() {
        check("<status code=\"no-access\" subcode=\"denied\"/>", &refusal(&[], false), Some("no-access/denied"));
        check("<status code=\"no-access\"/>", &refusal(&[], false), Some("no-access"));
        check("<status code=\"no-data\"/>", &refusal(&[], true), Some("no-data"));
        check("<status code=\"too-much-data\"/>", &refusal(&[], false), Some("too-much-data"));
        check("<status code=\"internal-error\"/>", &Trouble::Server(500), Some("internal-error"));
        let invalid = |field: &str, subcode: &str| {
            format!(
                "<status code=\"invalid\"><invalid field=\"{field}\" type=\"string\" subcode=\"{subcode}\"/></status>"
            )
        };
        check(&invalid("value", "format"), &refusal(&[("value", "format")], false), Some("invalid/format"));
        check(
            &invalid("acl-id", "no-such-item"),
            &refusal(&[("acl-id", "no-such-item")], true),
            Some("invalid/no-such-item"),
        );
        check(&invalid("action", "no-such-item"), &Trouble::WrongAddress, None);
        assert!(matches!(failed("<status subcode=\"no-login\" code=\"no-access\"/>"), Failed::SessionEnded));
    }

    #[test]
    fn nonsense_and_failures_of_http_are_no_answers() {
        for (status, body, expect) in [
            (200, "<html><body>Sign in</body></html>", Trouble::NotJson),
            (200, "<!DOCTYPE html><html><br></html>", Trouble::NotJson),
            (200, "", Trouble::NotJson),
            (200, "<results/>", Trouble::NotJson),
            (200, "<results><status/></results>", Trouble::NotJson),
            (502, "<html></html>", Trouble::Server(502)),
            (302, "", Trouble::WrongAddress),
            (404, "", Trouble::WrongAddress),
            (429, "", Trouble::RateLimited(30_000)),
        ] {
            match read(&answer(status, body), 0) {
                Err(Failed::Fault(fault)) => assert_eq!(fault.trouble, expect, "{body}"),
                other => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn what_is_denied_is_nothing_and_other_faults_stay() {
        let fault = |code: &str| VendorFault::new(refusal(&[], false)).coded(code);
        assert!(matches!(unless_denied::<()>(Err(fault(DENIED))), Ok(None)));
        assert!(unless_denied::<()>(Err(fault("no-data"))).is_err());
        assert!(matches!(unless_denied(Ok(1)), Ok(Some(1))));
    }
}
