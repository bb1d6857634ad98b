//! Administrators that take turns: whose ticket is used, when one is closed, and that nobody tries on by themselves.
//! Must not test what a call says.

use roomkey_proxy::vendors::webex_xml::WebexXml;
use roomkey_proxy::vendors::{Lane, Trouble, Vendor, VendorFault, Warning};
use roomkey_schema::{Method, RateClass};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::webex::{ADMIN, Bench, ROOM, call};

const SECOND: &str = "admin2@example.com";
const HOUR_MS: i64 = 3_600_000;

/// Sets a PIN with that lane.
async fn set(bench: &Bench<WebexXml>, lane: Option<&str>) -> Result<(), VendorFault> {
    let mut put = call(Method::Put, ROOM, &[("userEmail", "admin3@example.com")], Some(json!({"hostPin": "2583"})));
    put.lane = lane.map(str::to_owned);
    bench.vendor.call(&put).await.map(|_| ())
}

/// Who asked for a service, as the ledger has it.
async fn askers(bench: &Bench<WebexXml>, service: &str) -> Vec<String> {
    let asker = |line: &Value| {
        let body = line["body"].as_str()?;
        Some(body.split("<webExID>").nth(1)?.split('<').next()?.to_owned())
    };
    bench.ledger().await.iter().filter(|line| line["service"] == service).filter_map(asker).collect()
}

async fn wall(bench: &Bench<WebexXml>) {
    bench.faults(json!([{"vendor": "webex_xml", "fault": {"kind": "setuser_wall", "after": 0}}])).await;
}

#[tokio::test]
async fn administrators_take_turns_in_the_order_of_the_configuration() {
    let bench = Bench::xml().await;
    let put = call(Method::Put, ROOM, &[], None);
    let lane = |id: &str, per_day| Lane { id: id.to_owned(), per_day };
    assert_eq!(bench.vendor.lanes(&put), [lane(ADMIN, Some(700)), lane(SECOND, Some(700))]);
    assert_eq!(bench.vendor.lanes(&call(Method::Get, ROOM, &[], None)), []);
    assert_eq!(bench.vendor.at_once(), 1);
    let unlimited = Bench::xml_with(|xml| (xml.set_user_per_day, xml.calls_per_minute) = (0, 90)).await;
    assert_eq!(unlimited.vendor.lanes(&put)[0], lane(ADMIN, None));
    assert_eq!(unlimited.vendor.per_minute(RateClass::Heavy), 90);
}

#[tokio::test]
async fn a_write_is_made_with_its_lane_or_with_the_first() {
    let bench = Bench::xml().await;
    set(&bench, Some(SECOND)).await.unwrap();
    set(&bench, None).await.unwrap();
    assert_eq!(askers(&bench, "SetUser").await, [SECOND, ADMIN]);
    let gone = set(&bench, Some("somebody@example.com")).await.unwrap_err();
    assert_eq!((gone.trouble, gone.code), (Trouble::LaneClosed, None));
    assert_eq!(askers(&bench, "SetUser").await.len(), 2);
}

#[tokio::test]
async fn a_wall_closes_the_lane_at_once_and_is_not_tried_again() {
    let bench = Bench::xml().await;
    wall(&bench).await;
    let closed = set(&bench, Some(ADMIN)).await.unwrap_err();
    assert_eq!((&closed.trouble, closed.code.as_deref()), (&Trouble::LaneClosed, Some("030002")));
    assert!(closed.was_not_sent() && !closed.leaves_outcome_open());
    assert_eq!(askers(&bench, "SetUser").await, [ADMIN]);
    assert_eq!(askers(&bench, "AuthenticateUser").await, [ADMIN], "and the password is not offered again");
    bench.get(ROOM, &[("userEmail", ADMIN)]).await.unwrap();
    assert_eq!(askers(&bench, "GetUser").await, [ADMIN], "reading goes on");
}

#[tokio::test]
async fn a_ticket_is_asked_for_once_however_many_calls_wait() {
    let bench = Bench::xml().await;
    let mut calls = JoinSet::new();
    for _ in 0..50 {
        let vendor = bench.vendor.clone();
        calls.spawn(async move { vendor.call(&call(Method::Get, ROOM, &[("userEmail", ADMIN)], None)).await.is_ok() });
    }
    assert!(calls.join_all().await.into_iter().all(|ok| ok));
    assert_eq!(askers(&bench, "AuthenticateUser").await.len(), 1);
    bench.clock.advance_ms((5_400 - 119) * 1_000);
    bench.get(ROOM, &[("userEmail", ADMIN)]).await.unwrap();
    assert_eq!(askers(&bench, "AuthenticateUser").await.len(), 2, "renewed before its end");
}

#[tokio::test]
async fn a_ticket_that_ended_is_renewed_and_the_call_made_again() {
    let bench = Bench::xml().await;
    set(&bench, None).await.unwrap();
    bench
        .faults(json!([{"vendor": "webex_xml", "path": "XMLService/SetUser", "times": 1, "fault": {"kind": "expire_token"}}]))
        .await;
    set(&bench, None).await.unwrap();
    assert_eq!(askers(&bench, "AuthenticateUser").await.len(), 2);
    assert_eq!(askers(&bench, "SetUser").await.len(), 3);
}

#[tokio::test]
async fn who_cannot_sign_in_is_passed_over_and_not_tried_again_for_hours() {
    let bench = Bench::xml_with(|xml| xml.administrators[0].password = Some("canary-password".into())).await;
    for _ in 0..3 {
        bench.get(ROOM, &[("userEmail", ADMIN)]).await.unwrap();
    }
    assert_eq!(askers(&bench, "GetUser").await, [SECOND, SECOND, SECOND]);
    assert_eq!(askers(&bench, "AuthenticateUser").await, [ADMIN, SECOND]);
    let fault = set(&bench, Some(ADMIN)).await.unwrap_err();
    assert_eq!(fault.code.as_deref(), Some("030002"));
    assert_eq!(fault.trouble, Trouble::Credentials(Some("Incorrect user or password".to_owned())));
    assert_eq!(askers(&bench, "AuthenticateUser").await.len(), 2);
    bench.clock.advance_ms(6 * HOUR_MS);
    bench.get(ROOM, &[("userEmail", ADMIN)]).await.unwrap();
    assert_eq!(askers(&bench, "AuthenticateUser").await, [ADMIN, SECOND, ADMIN, SECOND]);
}

#[tokio::test]
async fn who_is_no_administrator_is_warned_of_and_refused() {
    let bench = Bench::xml_with(|xml| xml.administrators[1].web_ex_id = "admin6@example.com".to_owned()).await;
    assert_eq!(bench.vendor.scopes().await.unwrap(), Vec::<String>::new());
    let warnings = bench.vendor.warnings().await.unwrap();
    assert!(matches!(&warnings[..], [Warning::NotAdministrator(id)] if id == "admin6@example.com"), "{warnings:?}");
    let fault = set(&bench, Some("admin6@example.com")).await.unwrap_err();
    assert_eq!(fault.code.as_deref(), Some("000001"));
    assert!(matches!(fault.trouble, Trouble::Refused { absent: false, .. }));
}
