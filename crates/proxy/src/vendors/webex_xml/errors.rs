//! Reads the envelope of Webex XML's answers: HTTP calls everything a success, what happened stands inside. Must not hold
//! sentences for people.

use super::envelope::Service;
use crate::clock::UnixMs;
use crate::vendors::client::{Raw, quotable, without};
use crate::vendors::xml::{self, Element};
use crate::vendors::{Trouble, VendorFault, retry_after};

/// No records were found.
pub(super) const NO_RECORDS: &str = "000015";
/// A session ticket that does not hold; not public, so the reason is looked at too.
const TICKET_ENDED: &str = "000017";
const NOT_RESPONDING: &str = "000035";
const TOO_MANY: &str = "000045";
const NO_SUCH_USER: &str = "030001";
/// Also what SetUser says to an administrator who has made too many changes: trying on locks the account.
const WRONG_PASSWORD: &str = "030002";
/// Webex XML does not say how long its limit lasts.
const PAUSE_MS: i64 = 60_000;
/// HTTP's name of what `NOT_RESPONDING` says.
const UNAVAILABLE: u16 = 503;

/// What an answer means.
#[derive(Debug)]
pub(super) enum Reading {
    /// It went well; the content.
    Answer(Element),
    /// The session ticket has ended; the call was not carried out.
    TicketEnded,
    /// It did not go well.
    Fault(VendorFault),
}

/// What the answer means. `pin` is what the call sets.
pub(super) fn read(raw: &Raw, service: Service, now_ms: UnixMs, pin: Option<&str>) -> Reading {
    let fault = |trouble| Reading::Fault(VendorFault::new(trouble));
    let body = match (raw.status, &raw.body) {
        (200, Ok(body)) => body,
        (200, Err(trouble)) => return fault(trouble.clone()),
        (429, _) => return fault(Trouble::RateLimited(retry_after::parse(raw.header("retry-after"), now_ms))),
        (status @ 500.., _) => return fault(Trouble::Server(status)),
        _ => return fault(Trouble::WrongAddress),
    };
    let Some(root) = xml::read(body).filter(|root| root.name == "message") else {
        return fault(Trouble::NotJson);
    };
    match root.text(&["header", "response", "result"]) {
        // Some services have nothing to say beyond that.
        Some("SUCCESS") => Reading::Answer(root.take(&["body", "bodyContent"]).unwrap_or_default()),
        Some("FAILURE") => {
            let code = root.text(&["header", "response", "exceptionID"]).unwrap_or_default();
            let reason = root.text(&["header", "response", "reason"]).map(|text| without(&quotable(text), pin));
            failure(service, code, reason, now_ms)
        }
        _ => fault(Trouble::NotJson),
    }
}

fn failure(service: Service, code: &str, reason: Option<String>, now_ms: UnixMs) -> Reading {
    let trouble = match (service, code) {
        (_, TOO_MANY) => Trouble::RateLimited(now_ms + PAUSE_MS),
        (_, NOT_RESPONDING) => Trouble::Server(UNAVAILABLE),
        (Service::SetUser, WRONG_PASSWORD) => Trouble::LaneClosed,
        (Service::AuthenticateUser, _) | (_, WRONG_PASSWORD) => Trouble::Credentials(reason),
        (_, NO_SUCH_USER) => Trouble::Refused { message: reason, fields: Vec::new(), absent: true },
        (_, TICKET_ENDED) => return Reading::TicketEnded,
        _ if reason.as_deref().is_some_and(is_about_ticket) => return Reading::TicketEnded,
        _ => Trouble::Refused { message: reason, fields: Vec::new(), absent: false },
    };
    let code = Some(quotable(code)).filter(|code| !code.is_empty());
    Reading::Fault(VendorFault { code, ..VendorFault::new(trouble) })
}

fn is_about_ticket(reason: &str) -> bool {
    reason.to_ascii_lowercase().contains("session ticket")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &str) -> Raw {
        Raw { status, headers: http::HeaderMap::new(), body: Ok(body.to_owned().into()) }
    }

    fn failed(service: Service, code: &str, reason: &str) -> Reading {
        let response = format!("<result>FAILURE</result><reason>{reason}</reason><exceptionID>{code}</exceptionID>");
        let text = format!("<m:message><m:header><m:response>{response}</m:response></m:header></m:message>");
        read(&answer(200, &text), service, 0, Some("2580"))
    }

    fn refused(message: &str, absent: bool) -> Trouble {
        Trouble::Refused { message: Some(message.to_owned()), fields: Vec::new(), absent }
    }

    #[track_caller]
    fn check(service: Service, code: &str, expect: &Trouble) {
        match failed(service, code, "Why 2580") {
            Reading::Fault(fault) => assert_eq!((&fault.trouble, fault.code.as_deref()), (expect, Some(code))),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_failure_means_what_its_service_makes_of_it() {
        let why = Some("Why …".to_owned());
        check(Service::SetUser, "030002", &Trouble::LaneClosed);
        check(Service::GetUser, "030002", &Trouble::Credentials(why.clone()));
        check(Service::AuthenticateUser, "030002", &Trouble::Credentials(why.clone()));
        check(Service::AuthenticateUser, "000001", &Trouble::Credentials(why));
        check(Service::SetUser, "000001", &refused("Why …", false));
        check(Service::SetUser, "030001", &refused("Why …", true));
        check(Service::SetUser, "999999", &refused("Why …", false));
        check(Service::ListUsers, "000015", &refused("Why …", false));
        check(Service::SetUser, "000045", &Trouble::RateLimited(60_000));
        check(Service::AuthenticateUser, "000045", &Trouble::RateLimited(60_000));
        check(Service::SetUser, "000035", &Trouble::Server(503));
    }

    #[test]
    fn an_ended_ticket_is_told_by_code_or_reason() {
        assert!(matches!(failed(Service::SetUser, "000017", "x"), Reading::TicketEnded));
        assert!(matches!(failed(Service::GetUser, "123456", "Invalid Session Ticket"), Reading::TicketEnded));
    }

    #[test]
    fn nonsense_and_failures_of_http_are_no_answers() {
        for (status, body, expect) in [
            (200, "<html></html>", Trouble::NotJson),
            (200, "{}", Trouble::NotJson),
            (200, "<message/>", Trouble::NotJson),
            (200, "<message><header><response><result>MAYBE</result></response></header></message>", Trouble::NotJson),
            (502, "<html></html>", Trouble::Server(502)),
            (302, "", Trouble::WrongAddress),
            (404, "", Trouble::WrongAddress),
            (429, "", Trouble::RateLimited(30_000)),
        ] {
            match read(&answer(status, body), Service::GetUser, 0, None) {
                Reading::Fault(fault) => assert_eq!(fault.trouble, expect, "{body}"),
                other => panic!("{other:?}"),
            }
        }
    }
}
