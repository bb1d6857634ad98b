//! Webex's token: one for everybody, one renewal in flight, a second try after a 401. Must not test what the calls do.

use roomkey_proxy::vendors::webex::Webex;
use roomkey_proxy::vendors::{Trouble, Vendor};
use roomkey_schema::Method;
use serde_json::json;
use tokio::task::JoinSet;

use super::{Bench, SITES, call};

/// Fifty calls at once; how many went well.
async fn fifty(bench: &Bench<Webex>) -> usize {
    let mut calls = JoinSet::new();
    for _ in 0..50 {
        let vendor = bench.vendor.clone();
        calls.spawn(async move { vendor.call(&call(Method::Get, SITES, &[], None)).await.is_ok() });
    }
    calls.join_all().await.into_iter().filter(|ok| *ok).count()
}

async fn renewals(bench: &Bench<Webex>) -> usize {
    bench.ledger().await.iter().filter(|line| line["path"] == "/webex/v1/access_token").count()
}

fn expire_token() -> serde_json::Value {
    json!([{"vendor": "webex", "path": "meetingPreferences/sites", "times": 1, "fault": {"kind": "expire_token"}}])
}

#[tokio::test]
async fn fifty_calls_without_a_token_renew_it_once() {
    let bench = Bench::rest().await;
    assert_eq!(fifty(&bench).await, 50);
    assert_eq!(renewals(&bench).await, 1);
    let line = bench.ledger().await.into_iter().next().unwrap();
    assert_eq!(line["body"]["grant_type"], "refresh_token");
    assert_eq!(line["body"]["client_secret"], "***");
}

#[tokio::test]
async fn a_token_that_ended_is_renewed_once_and_all_calls_are_tried_again() {
    let bench = Bench::rest().await;
    assert_eq!(fifty(&bench).await, 50);
    bench.faults(expire_token()).await;
    assert_eq!(fifty(&bench).await, 50);
    assert_eq!(renewals(&bench).await, 2);
}

#[tokio::test]
async fn a_token_is_renewed_before_it_ends() {
    let bench = Bench::rest().await;
    bench.get(SITES, &[]).await.unwrap();
    bench.clock.advance_ms((1_209_599 - 121) * 1_000);
    bench.get(SITES, &[]).await.unwrap();
    assert_eq!(renewals(&bench).await, 1);
    bench.clock.advance_ms(2_000);
    bench.get(SITES, &[]).await.unwrap();
    assert_eq!(renewals(&bench).await, 2);
}

#[tokio::test]
async fn a_fixed_token_is_used_as_it_is_and_its_end_is_told() {
    let bench = Bench::rest_with(|rest| {
        (rest.client_id, rest.client_secret, rest.refresh_token) = (None, None, None);
        rest.access_token = Some("demo-webex-token".into());
    })
    .await;
    assert_eq!(fifty(&bench).await, 50);
    bench.faults(expire_token()).await;
    let fault = bench.get(SITES, &[]).await.unwrap_err();
    assert_eq!((&fault.trouble, fault.code.as_deref()), (&Trouble::Credentials(None), Some("401")));
    assert!(fault.tracking_id.is_some() && fault.was_not_sent());
    assert_eq!(renewals(&bench).await, 0);
}

#[tokio::test]
async fn fifty_calls_of_an_app_with_a_wrong_secret_ask_once_and_say_why() {
    let bench = Bench::rest_with(|rest| rest.client_secret = Some("canary-secret".into())).await;
    assert_eq!(fifty(&bench).await, 0);
    assert_eq!(renewals(&bench).await, 1);
    let fault = bench.get(SITES, &[]).await.unwrap_err();
    let reason = "The client id or the client secret is wrong.".to_owned();
    assert_eq!((fault.trouble, fault.code.as_deref()), (Trouble::Credentials(Some(reason)), Some("401")));
}
