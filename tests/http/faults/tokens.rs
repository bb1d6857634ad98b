//! The vendor's access token: one for everybody, renewed once however many wait. Must not look into the proxy's cache.

use std::sync::Arc;

use roomkey_schema::Role;
use roomkey_tests::{Setup, Site};
use serde_json::json;
use tokio::task::JoinSet;

const GROUPS: &str = "/api/zoom/groups";
const AT_ONCE: usize = 20;
/// The vendor's tokens live for an hour.
const MINUTES_20_MS: u64 = 20 * 60 * 1_000;

/// Asserts that so many reads at once all go well.
async fn read_at_once(site: &Arc<Site>) {
    let mut reads = JoinSet::new();
    for _ in 0..AT_ONCE {
        let site = site.clone();
        reads.spawn(async move { site.get(Role::Admin, GROUPS).await });
    }
    let answers = reads.join_all().await;
    assert_eq!(answers.len(), AT_ONCE);
    for answer in answers {
        answer.ok();
    }
}

#[tokio::test]
async fn first_calls_at_once_fetch_one_token() {
    let site = Arc::new(Site::new().await);
    read_at_once(&site).await;
    assert_eq!(site.vendor.token_requests().await, 1);
}

#[tokio::test]
async fn token_that_ended_early_is_renewed_once_for_all_and_nobody_notices() {
    let site = Arc::new(Site::new().await);
    site.get(Role::Admin, GROUPS).await.ok();
    site.vendor.faults(json!([{"times": 1, "fault": {"kind": "expire_token"}}])).await;
    read_at_once(&site).await;
    assert_eq!(site.vendor.token_requests().await, 2);
    let refused = site.vendor.calls().await.into_iter().filter(|line| line.status == Some(401)).count();
    assert!(refused > 0, "the token did end");
}

#[tokio::test]
async fn token_is_renewed_before_its_end_without_a_refusal() {
    let site = Arc::new(Site::new().await);
    for _ in 0..3 {
        site.get(Role::Admin, GROUPS).await.ok();
        site.advance_ms(MINUTES_20_MS).await;
    }
    assert_eq!(site.vendor.token_requests().await, 1);
    read_at_once(&site).await;
    assert_eq!(site.vendor.token_requests().await, 2);
    assert!(site.vendor.calls().await.iter().all(|line| line.status == Some(200)));
}

#[tokio::test]
async fn write_whose_token_ended_is_made_once_with_the_next() {
    let site = Site::new().await;
    let settings = format!("{}/settings", site.story().await);
    site.vendor.faults(json!([{"method": "PATCH", "times": 1, "fault": {"kind": "expire_token"}}])).await;
    let change = json!({"in_meeting": {"waiting_room": true}});
    assert_eq!(site.patch(Role::Admin, &settings, &change).await.written().not_applied, [""; 0]);
    let statuses: Vec<Option<u16>> = site.vendor.writes().await.into_iter().map(|line| line.status).collect();
    assert_eq!(statuses, [Some(401), Some(204)]);
}

#[tokio::test]
async fn tokens_that_never_hold_are_given_up_after_the_second() {
    let site = Site::new().await;
    site.vendor.faults(json!([{"path": "groups", "fault": {"kind": "expire_token"}}])).await;
    let problem = site.get(Role::Admin, GROUPS).await.problem(503, "vendor_credentials");
    assert_eq!(problem.vendor.as_deref(), Some("zoom"));
    assert_eq!((site.vendor.token_requests().await, site.vendor.calls().await.len()), (2, 2));
}

#[tokio::test]
async fn credential_that_the_vendor_refuses_is_told_to_whoever_runs_the_server() {
    let site = Site::with(Setup { client_secret: "not-the-secret".to_owned(), ..Setup::default() }).await;
    let problem = site.get(Role::Admin, GROUPS).await.problem(503, "vendor_credentials");
    assert!(problem.detail.contains("roomkey check"), "{}", problem.detail);
    assert!(site.vendor.calls().await.is_empty());
}

#[tokio::test]
async fn token_service_that_fails_changes_nothing() {
    let site = Site::new().await;
    site.vendor
        .faults(json!([{"path": "/zoom/oauth/token", "times": 1, "fault": {"kind": "status", "status": 500}}]))
        .await;
    site.get(Role::Admin, GROUPS).await.problem(503, "vendor_unreachable");
    assert!(site.vendor.calls().await.is_empty());
    site.get(Role::Admin, GROUPS).await.ok();
}
