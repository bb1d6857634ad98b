//! Turns a vendor's fault into ours: kind, code, tracking id, fields and a sentence with what to do. One exhaustive
//! match; must not know a vendor's codes beyond looking their words up.

use roomkey_schema::wire::FieldProblem;

use crate::app::App;
use crate::http::fault::{Fault, Kind};
use crate::rate::budget::Spent;
use crate::vendors::{Trouble, VendorFault};
use crate::words::{Words, fill};

/// Our fault for theirs.
pub(crate) fn of(app: &App, vendor: &str, fault: &VendorFault) -> Fault {
    let words = &app.words;
    let details = &words.details;
    let name = words.vendor_name(vendor);
    let named = |sentence: &str| fill(sentence, &[("vendor", name)]);
    // What the vendor's code says is more than what can be said of any vendor.
    let known = fault.code.as_deref().and_then(|code| words.vendor_code(vendor, code));
    let known_or = |sentence: &str| known.map_or_else(|| named(sentence), str::to_owned);
    let ours = match &fault.trouble {
        Trouble::Refused { message, fields, absent } => {
            let detail = refusal(words, vendor, fault.code.as_deref(), message.as_deref());
            let fields = fields
                .iter()
                .map(|(pointer, said)| FieldProblem {
                    pointer: pointer.clone(),
                    detail: words.vendor_said(vendor, said).unwrap_or_else(|| said.clone()),
                })
                .collect();
            Fault::new(Kind::VendorRefused).detail(detail).fields(fields).with(|parts| {
                if *absent {
                    parts.status = axum::http::StatusCode::NOT_FOUND;
                }
            })
        }
        Trouble::RateLimited(at_ms) => {
            Fault::new(Kind::VendorRateLimited).detail(known_or(&details.rate_limited)).retry_at(*at_ms)
        }
        Trouble::Budget(Spent::Until(at_ms)) => {
            Fault::new(Kind::VendorRateLimited).detail(named(&details.budget_spent)).retry_at(*at_ms)
        }
        Trouble::Budget(Spent::Today(at_ms)) => {
            Fault::new(Kind::VendorRateLimited).detail(named(&details.daily_budget_spent)).retry_at(*at_ms)
        }
        Trouble::Credentials(None) => Fault::new(Kind::VendorCredentials).detail(named(&details.credentials_refused)),
        Trouble::Credentials(Some(reason)) => Fault::new(Kind::VendorCredentials)
            .detail(fill(&details.credentials_reason, &[("vendor", name), ("reason", reason)])),
        Trouble::LaneClosed => Fault::new(Kind::VendorRateLimited).detail(named(&details.lane_closed)),
        Trouble::WrongAddress => Fault::new(Kind::VendorFailed).detail(known_or(&details.wrong_address)),
        Trouble::Server(status) => {
            let status = status.to_string();
            let values = [("vendor", name), ("status", status.as_str())];
            let any = fill(&details.server_error, &values);
            Fault::new(Kind::VendorFailed).detail(known.map_or(any, str::to_owned))
        }
        Trouble::Cut => Fault::new(Kind::VendorFailed).detail(named(&details.answer_cut)),
        Trouble::NotJson => Fault::new(Kind::VendorFailed).detail(named(&details.answer_not_json)),
        Trouble::TooLarge => Fault::new(Kind::VendorFailed).detail(named(&details.answer_too_large)),
        Trouble::Timeout => Fault::new(Kind::VendorTimeout),
        Trouble::Unreachable => Fault::new(Kind::VendorUnreachable),
    };
    ours.cause(fault).with(|parts| {
        parts.vendor = Some(vendor.to_owned());
        parts.vendor_code.clone_from(&fault.code);
        parts.tracking_id.clone_from(&fault.tracking_id);
    })
}

/// Our words for the code, then the vendor's own, marked as such.
fn refusal(words: &Words, vendor: &str, code: Option<&str>, message: Option<&str>) -> String {
    let known = code.and_then(|code| words.vendor_code(vendor, code)).map(str::to_owned);
    let ours = known.unwrap_or_else(|| match code {
        Some(code) => fill(&words.details.unknown_code, &[("vendor", words.vendor_name(vendor)), ("code", code)]),
        None => words.detail(Kind::VendorRefused).to_owned(),
    });
    let said = message.filter(|message| !message.is_empty()).and_then(|message| words.vendor_said(vendor, message));
    match said {
        Some(said) => format!("{ours} {said}"),
        None => ours,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_says_ours_first_and_quotes_theirs() {
        let words = Words::load().expect("words");
        let known = refusal(&words, "zoom", Some("4130"), Some("A group with this {groupId} does not exist."));
        assert!(known.starts_with("Zoom knows no such group."), "{known}");
        assert!(known.ends_with("Zoom said: “A group with this {groupId} does not exist.”"), "{known}");
        assert!(refusal(&words, "zoom", Some("98765"), None).contains("code 98765"));
        assert!(refusal(&words, "acme", None, Some("no")).starts_with("The vendor refused this."));
    }

    #[test]
    fn every_code_that_an_operation_documents_has_words() {
        let words = Words::load().expect("words");
        let catalog = roomkey_schema::Catalog::load(&roomkey_schema::data::documents()).expect("catalog");
        for operation in catalog.operations() {
            for (_, code) in &operation.errors {
                assert!(words.vendor_code(&operation.vendor, &code.to_string()).is_some(), "{} {code}", operation.id);
            }
        }
    }
}
