//! A vendor that is not there. Must not keep anybody from signing in.

use roomkey_schema::Role;
use roomkey_tests::{Ask, Setup, Site};
use serde_json::json;

async fn site() -> Site {
    Site::with(Setup { vendor_is_up: false, ..Setup::default() }).await
}

#[tokio::test]
async fn server_starts_and_people_sign_in_while_the_vendor_is_down() {
    let site = site().await;
    assert_eq!(site.get(Role::Admin, "/auth/me").await.ok(), json!({"name": "admin", "role": "admin"}));
    assert_eq!(site.call(Ask::get("/readyz")).await.status, 200);
    assert!(!site.get(Role::Admin, "/api/schema").await.ok()["forms"].as_array().expect("forms").is_empty());
}

#[tokio::test]
async fn reading_says_that_the_vendor_cannot_be_reached() {
    let site = site().await;
    let problem = site.get(Role::Admin, "/api/zoom/groups").await.problem(503, "vendor_unreachable");
    assert_eq!(problem.vendor.as_deref(), Some("zoom"));
}

#[tokio::test]
async fn writing_says_so_too_and_nothing_was_intended() {
    let site = site().await;
    let change = json!({"in_meeting": {"waiting_room": true}});
    let answer = site.patch(Role::Admin, "/api/zoom/groups/a/settings", &change).await;
    let problem = answer.problem(503, "vendor_unreachable");
    assert!(problem.detail.contains("nothing was changed"), "{}", problem.detail);
    assert!(site.record().await.iter().all(|(_, entry)| entry.changes.is_empty()));
}

#[tokio::test]
async fn creation_that_could_not_be_sent_is_recorded_as_not_sent() {
    let site = site().await;
    let create = Ask::new("POST", "/api/zoom/groups").json(&json!({"name": "Night shift"})).by(Role::Admin);
    let problem = site.call(create).await.problem(503, "vendor_unreachable");
    assert!(problem.detail.contains("nothing was changed"), "{}", problem.detail);
    let (_, outcome) = site.record().await.pop().expect("an outcome");
    assert_eq!(outcome.result, Some(roomkey_proxy::audit::entry::Result::NotSent));
}
