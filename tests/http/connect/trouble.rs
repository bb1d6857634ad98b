//! Adobe Connect in trouble: down, slow, answering pages or failures with the status of a success. Each gets a sentence,
//! and other vendors do not notice. Must not test renewals.

use roomkey_schema::Role;
use roomkey_schema::wire::Problem;
use roomkey_tests::{Setup, Site};
use serde_json::{Value, json};

use super::{MEETINGS, POLICY, open_meetings, passcode_path, put, writes};

const PAGE: &str = "<!DOCTYPE html><html><body>We will be back soon.</body></html>";
const BROKEN: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?><results><status code=\"internal-error\"/></results>";

fn answered(body: &str) -> Value {
    json!({"kind": "status", "status": 200, "body": body, "headers": {"content-type": "text/xml;charset=utf-8"}})
}

/// How reading ends under that fault, with a session that was there before; Zoom goes on meanwhile.
async fn reading_under(site: &Site, fault: Value, status: u16, kind: &str) -> Problem {
    site.get(Role::Auditor, POLICY).await.ok();
    site.vendor.faults(json!([{"vendor": "connect", "fault": fault}])).await;
    let answer = site.get(Role::Auditor, POLICY).await;
    site.get(Role::Auditor, "/api/zoom/groups").await.ok();
    site.vendor.faults(json!([])).await;
    site.get(Role::Auditor, POLICY).await.ok();
    let problem = answer.problem(status, kind);
    assert_eq!(problem.vendor.as_deref(), Some("connect"));
    problem
}

#[tokio::test]
async fn pages_and_failures_with_the_status_of_a_success_are_failures() {
    let site = Site::new().await;
    let page = reading_under(&site, answered(PAGE), 502, "vendor_failed").await;
    assert!(page.detail.contains("makes no sense"), "{}", page.detail);
    let broken = reading_under(&site, answered(BROKEN), 502, "vendor_failed").await;
    assert!(broken.detail.contains("inside Adobe Connect"), "{}", broken.detail);
    assert_eq!(broken.vendor_code.as_deref(), Some("internal-error"));
    let status = json!({"kind": "status", "status": 503, "body": PAGE});
    let failed = reading_under(&site, status, 502, "vendor_failed").await;
    assert!(failed.detail.contains("status 503"), "{}", failed.detail);
    let cut = reading_under(&site, json!({"kind": "cut", "bytes": 30}), 502, "vendor_failed").await;
    assert!(cut.detail.contains("broke off"), "{}", cut.detail);
}

#[tokio::test]
async fn slow_is_a_timeout_and_down_cannot_be_reached() {
    let site = Site::with(Setup { timeout_ms: 400, ..Setup::default() }).await;
    reading_under(&site, json!({"kind": "hang"}), 504, "vendor_timeout").await;
    let site = Site::with(Setup { vendor_is_up: false, ..Setup::default() }).await;
    let problem = site.get(Role::Helpdesk, MEETINGS).await.problem(503, "vendor_unreachable");
    assert!(problem.detail.contains("nothing was changed"), "{}", problem.detail);
    let refused = site.call(put("20001", "connect12")).await.problem(503, "vendor_unreachable");
    assert_eq!(refused.vendor.as_deref(), Some("connect"));
}

#[tokio::test]
async fn every_status_and_subcode_has_a_sentence_of_its_own() {
    let site = Site::new().await;
    site.get(Role::Auditor, POLICY).await.ok();
    let no_access = ["account-expired", "denied", "no-quota", "not-available", "not-secure"];
    let closed = ["pending-activation", "pending-license", "sco-expired", "sco-not-started"];
    let mut sentences = std::collections::BTreeSet::new();
    for subcode in no_access.into_iter().chain(closed) {
        site.vendor.mutate_of("connect", "account", json!({"refusal": subcode})).await;
        let problem = site.get(Role::Auditor, POLICY).await.problem(422, "vendor_refused");
        assert_eq!(problem.vendor_code, Some(format!("no-access/{subcode}")));
        assert!(!problem.detail.contains("its code") && sentences.insert(problem.detail.clone()), "{}", problem.detail);
    }
}

#[tokio::test]
async fn write_without_an_answer_is_read_back_and_told_as_it_is() {
    let site = Site::with(Setup { timeout_ms: 400, ..Setup::default() }).await;
    let id = open_meetings(&site, 1).await.remove(0);
    let under = async |fault: Value| {
        site.vendor.faults(json!([{"path": "xml/acl-field-update", "times": 1, "fault": fault}])).await;
    };
    under(json!({"kind": "apply_then_hang"})).await;
    assert_eq!(site.call(put(&id, "there1")).await.written().value, Some(json!({"passcode": true})));
    under(json!({"kind": "cut", "bytes": 30})).await;
    assert_eq!(site.call(put(&id, "there2")).await.written().value, Some(json!({"passcode": true})));
    under(json!({"kind": "hang"})).await;
    let lost = site.call(put(&id, "lost3")).await.problem(504, "vendor_timeout");
    assert!(lost.detail.contains("it is not there"), "{}", lost.detail);
    under(answered(BROKEN)).await;
    let broken = site.call(put(&id, "lost4")).await.problem(502, "vendor_failed");
    assert!(broken.detail.contains("it is not there"), "{}", broken.detail);
    let sent = writes(&site).await;
    assert_eq!(sent.len(), 4, "nothing is sent twice: {sent:?}");
    assert_eq!(site.get(Role::Auditor, &passcode_path(&id)).await.ok(), json!({"passcode": true}));
}

#[tokio::test]
async fn list_that_is_too_long_for_one_answer_is_read_in_parts() {
    let site = Site::with(Setup { people: 400, ..Setup::default() }).await;
    let whole = super::meetings(&site, "&needs_passcode=true").await;
    site.vendor.mutate_of("connect", "account", json!({"row-limit": 3})).await;
    assert_eq!(super::meetings(&site, "&needs_passcode=true").await, whole);
}
