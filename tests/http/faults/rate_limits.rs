//! A vendor that takes no more calls: until when is told, and kept. Must not wait for it.

use roomkey_proxy::audit::entry;
use roomkey_proxy::clock::rfc3339;
use roomkey_schema::Role;
use roomkey_tests::{Setup, Site};
use serde_json::{Value, json};

use super::can_be_quoted;

const GROUPS: &str = "/api/zoom/groups";

/// The next call is refused with that Retry-After.
async fn refuse_next(site: &Site, retry_after: Option<&str>) {
    let body = json!({"code": 429, "message": "You have reached the maximum per-second rate limit for this API."});
    let mut fault = json!({"kind": "status", "status": 429, "body": body});
    if let Some(value) = retry_after {
        fault["retry_after"] = Value::from(value);
    }
    site.vendor.faults(json!([{"path": "groups*", "times": 1, "fault": fault}])).await;
}

/// Asserts that the refusal's Retry-After means that much time, and that nobody asks the vendor before.
async fn means(retry_after: impl FnOnce(i64) -> Option<String>, pause_ms: u64) {
    let site = Site::new().await;
    site.get(Role::Admin, GROUPS).await.ok();
    let until = rfc3339(site.now_ms() + i64::try_from(pause_ms).expect("a pause"));
    refuse_next(&site, retry_after(site.now_ms()).as_deref()).await;
    let answer = site.get(Role::Admin, GROUPS).await;
    let problem = answer.problem(429, "vendor_rate_limited");
    can_be_quoted(&problem);
    assert_eq!(problem.retry_at.as_deref(), Some(until.as_str()));
    assert_eq!(answer.header("retry-after"), (pause_ms / 1_000).to_string());

    let asked = site.vendor.calls().await.len();
    let problem = site.get(Role::Auditor, GROUPS).await.problem(429, "vendor_rate_limited");
    assert_eq!(problem.retry_at.as_deref(), Some(until.as_str()));
    assert!(problem.detail.contains("nothing was sent"), "{}", problem.detail);
    assert_eq!(site.vendor.calls().await.len(), asked);

    site.advance_ms(pause_ms).await;
    site.get(Role::Admin, GROUPS).await.ok();
}

#[tokio::test]
async fn retry_after_as_the_vendors_date_is_kept() {
    means(|now_ms| Some(rfc3339(now_ms + 60_000)), 60_000).await;
}

#[tokio::test]
async fn retry_after_in_seconds_is_kept() {
    means(|_| Some("90".to_owned()), 90_000).await;
}

#[tokio::test]
async fn retry_after_as_an_http_date_is_kept() {
    means(|_| Some("Sun, 01 Mar 2026 10:02:00 GMT".to_owned()), 120_000).await;
}

#[tokio::test]
async fn retry_after_that_makes_no_sense_is_half_a_minute() {
    means(|_| Some("when it suits us".to_owned()), 30_000).await;
}

#[tokio::test]
async fn refusal_without_retry_after_is_half_a_minute() {
    means(|_| None, 30_000).await;
}

#[tokio::test]
async fn calls_of_another_class_go_on_meanwhile() {
    let site = Site::new().await;
    let group = site.story().await;
    refuse_next(&site, Some("600")).await;
    site.get(Role::Admin, GROUPS).await.problem(429, "vendor_rate_limited");
    site.get(Role::Admin, &group).await.ok();
}

#[tokio::test]
async fn refused_write_is_not_repeated_and_recorded_as_refused() {
    let site = Site::new().await;
    let settings = format!("{}/settings", site.story().await);
    let fault = json!({"kind": "status", "status": 429, "retry_after": rfc3339(site.now_ms() + 60_000)});
    site.vendor.faults(json!([{"method": "PATCH", "fault": fault}])).await;
    let answer = site.patch(Role::Admin, &settings, &json!({"in_meeting": {"waiting_room": true}})).await;
    let problem = answer.problem(429, "vendor_rate_limited");
    can_be_quoted(&problem);
    assert!(problem.detail.contains("nothing was changed"), "{}", problem.detail);
    assert_eq!(site.vendor.writes().await.len(), 1);
    let (_, outcome) = site.record().await.pop().expect("an outcome");
    assert_eq!(outcome.result, Some(entry::Result::Refused));
    assert_eq!(outcome.problem.as_deref(), Some("vendor_rate_limited"));
    assert_eq!(outcome.tracking_id, problem.tracking_id);
}

#[tokio::test]
async fn vendors_own_limit_is_told_with_its_end() {
    let site = Site::with(Setup { limits: true, ..Setup::default() }).await;
    // The clocks stand still, so that all calls are in one second; the vendor grants 60 of this class.
    for _ in 0..60 {
        site.get(Role::Admin, GROUPS).await.ok();
    }
    let problem = site.get(Role::Admin, GROUPS).await.problem(429, "vendor_rate_limited");
    can_be_quoted(&problem);
    assert_eq!(problem.retry_at, Some(rfc3339(site.now_ms() + 1_000)));
}
