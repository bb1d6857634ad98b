//! Limits, faults by service, services that are down, and that a seed repeats itself. Must not test sign-in.

use std::time::Duration;

use roomkey_sandbox::Options;
use serde_json::json;
use tower::ServiceExt;

use super::{ADDRESS, ADMIN, Xml, envelope, fails, succeeds};
use crate::bench::options;
use crate::webex::room_of;
use crate::wire::eventually;

const TARGET: &str = "admin2@example.com";

async fn limited() -> Xml {
    Xml::with(Options { limits: true, ..options() }).await
}

#[tokio::test]
async fn calls_beyond_six_hundred_a_minute_fail_until_the_next() {
    let xml = limited().await;
    for _ in 0..600 {
        succeeds(&xml.call(ADMIN, "GetSite", "").await);
    }
    let reason = "The rate limit is reached; there is room again in 60 seconds.";
    fails(&xml.call(ADMIN, "GetSite", "").await, "000045", reason);
    xml.webex.bench.advance(60_000).await;
    succeeds(&xml.call(ADMIN, "GetSite", "").await);
    for _ in 0..600 {
        xml.call(ADMIN, "GetSite", "").await;
    }
    xml.webex.bench.control("POST", "reset", json!(null)).await;
    succeeds(&xml.call(ADMIN, "GetSite", "").await);
}

/// Sends calls that hang, and answers once all are there.
async fn hang(xml: &Xml, count: usize) {
    let rule = json!({"vendor": "webex_xml", "path": "XMLService/GetUser", "fault": {"kind": "hang"}});
    xml.webex.bench.faults(json!([rule])).await;
    for _ in 0..count {
        let document = envelope(ADMIN, "<password>demo-password</password>", "GetUser", "");
        let request = axum::http::Request::post(ADDRESS).body(axum::body::Body::from(document)).expect("a request");
        tokio::spawn(xml.webex.bench.app.clone().oneshot(request));
    }
    let hanging = async || xml.webex.bench.ledger().await.iter().filter(|line| line["fault"] == "hang").count();
    eventually(async || (hanging().await == count).then_some(())).await;
}

#[tokio::test]
async fn fifth_call_at_once_fails_until_another_is_over() {
    let xml = limited().await;
    hang(&xml, 4).await;
    let reason = "The rate limit is reached; too many requests are running at once.";
    fails(&xml.call(ADMIN, "GetSite", "").await, "000045", reason);
    xml.webex.bench.faults(json!([])).await;
    let free = async || xml.call(ADMIN, "GetSite", "").await.text.contains("SUCCESS").then_some(());
    eventually(free).await;
}

#[tokio::test]
async fn calls_at_once_are_let_through_when_limits_are_off() {
    let xml = Xml::new().await;
    hang(&xml, 5).await;
    succeeds(&xml.call(ADMIN, "GetSite", "").await);
}

#[tokio::test]
async fn faults_strike_by_service_or_by_the_address_of_all() {
    let xml = Xml::new().await;
    let status = |path: &str| json!([{"path": path, "fault": {"kind": "status", "status": 502}}]);
    for (path, get_user, get_site) in [
        ("XMLService/GetUser", 502, 200),
        ("/webex-xml/WBXService/XMLService/GetUser", 502, 200),
        ("XMLService/Get*", 502, 502),
        ("XMLService", 502, 502),
        ("XMLService/SetUser", 200, 200),
    ] {
        xml.webex.bench.faults(status(path)).await;
        assert_eq!(xml.get_user(TARGET).await.status.as_u16(), get_user, "{path}");
        assert_eq!(xml.call(ADMIN, "GetSite", "").await.status.as_u16(), get_site, "{path}");
    }
}

#[tokio::test]
async fn ignored_set_user_is_a_success_without_effect_and_reading_is_not_touched() {
    let xml = Xml::new().await;
    let before = xml.webex.read(&room_of(TARGET)).await;
    xml.webex.bench.faults(json!([{"vendor": "webex_xml", "fault": {"kind": "ignore"}}])).await;
    succeeds(&xml.set_pin(ADMIN, TARGET, "8042").await);
    fails(&xml.set_pin(ADMIN, TARGET, "1111").await, "990004", "The host PIN must not be one digit repeated.");
    succeeds(&xml.get_user(TARGET).await);
    assert_eq!(xml.webex.read(&room_of(TARGET)).await, before);
}

#[tokio::test(start_paused = true)]
async fn set_user_whose_answer_never_comes_has_its_effect() {
    let xml = Xml::new().await;
    let rule = json!([{"path": "XMLService/SetUser", "fault": {"kind": "apply_then_hang"}}]);
    xml.webex.bench.faults(rule).await;
    let never = xml.set_pin(ADMIN, TARGET, "8042");
    assert!(tokio::time::timeout(Duration::from_mins(1), never).await.is_err());
    assert_eq!(xml.webex.read(&room_of(TARGET)).await["hostPin"], "8042");
}

#[tokio::test]
async fn service_that_is_told_to_does_not_respond() {
    let xml = Xml::new().await;
    let tell = async |path: &str, patch| {
        let change = json!({"vendor": "webex_xml", "path": path, "patch": patch});
        xml.webex.bench.control("POST", "mutate", change).await.status.as_u16()
    };
    assert_eq!(tell("services/SetUser", json!({"responding": false})).await, 204);
    fails(&xml.set_pin(ADMIN, TARGET, "8042").await, "000035", "The service SetUser is not responding.");
    succeeds(&xml.get_user(TARGET).await);
    assert_eq!(tell("services/SetUser", json!({"responding": true})).await, 204);
    succeeds(&xml.set_pin(ADMIN, TARGET, "8042").await);
    tell("services/GetUser", json!({"responding": false})).await;
    xml.webex.bench.control("POST", "reset", json!(null)).await;
    succeeds(&xml.get_user(TARGET).await);
    assert_eq!(tell("services/DelUser", json!({"responding": false})).await, 400);
    assert_eq!(tell("services/GetUser", json!({})).await, 400);
}

#[tokio::test]
async fn same_seed_answers_the_same_and_another_seed_differs() {
    let told = async |seed| {
        let xml = Xml::with(Options { seed, ..options() }).await;
        let ticket = xml.ticket().await;
        let list = xml.call(ADMIN, "LstsummaryUser", "").await.text;
        [ticket, list, xml.get_user(TARGET).await.text]
    };
    let (one, same, other) = (told(7).await, told(7).await, told(8).await);
    assert_eq!(one, same);
    assert!(one.iter().zip(&other).all(|(one, other)| one != other));
}

#[tokio::test]
async fn organisation_without_people_has_its_administrators() {
    let empty = Xml::with(Options { people: 0, ..options() }).await;
    assert_eq!(empty.webex.emails().await.len(), 6);
}
