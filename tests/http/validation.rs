//! What does not fit its operation is refused with the place that is wrong, and the vendor is not asked. Must not repeat
//! the checks of single values, which the schema package tests.

use roomkey_schema::Role;
use roomkey_tests::{Ask, Site};
use serde_json::json;

const SETTINGS: &str = "/api/zoom/groups/a/settings";
const LOCKS: &str = "/api/zoom/groups/a/lock_settings";
const MEMBER: &str = "/api/zoom/groups/a/members/b";

/// A site whose vendor must not be asked.
async fn site() -> Site {
    let site = Site::new().await;
    site.cookie(Role::Admin).await;
    site
}

/// Asserts that an administrator's request is refused as not fitting, at these places and no others.
async fn refuses(site: &Site, ask: Ask, pointers: &[&str]) {
    let said = format!("{ask:?}");
    let problem = site.call(ask.by(Role::Admin)).await.problem(400, "validation");
    let found: Vec<&str> = problem.fields.iter().map(|field| field.pointer.as_str()).collect();
    assert_eq!(found, pointers, "{said}");
    assert!(site.vendor.ledger().await.is_empty(), "{said}");
}

/// Asserts that an administrator's request is refused as unreadable, with these words.
async fn refuses_unread(site: &Site, ask: Ask, words: &str) {
    let said = format!("{ask:?}");
    let problem = site.call(ask.by(Role::Admin)).await.problem(400, "bad_request");
    assert!(problem.detail.contains(words), "{said}: {}", problem.detail);
    assert!(site.vendor.ledger().await.is_empty(), "{said}");
}

#[tokio::test]
async fn unknown_members_are_named_at_any_depth() {
    let site = site().await;
    refuses(&site, Ask::patch(SETTINGS, &json!({"surprise": 1})), &["/surprise"]).await;
    let nested = json!({"in_meeting": {"waiting_room": true, "waiting_rooom": true}});
    refuses(&site, Ask::patch(SETTINGS, &nested), &["/in_meeting/waiting_rooom"]).await;
    let in_list = json!({"members": [{"id": "b"}, {"id": "c", "role": "owner"}]});
    let add = Ask::new("POST", "/api/zoom/groups/a/members").json(&in_list);
    refuses(&site, add, &["/members/1/role"]).await;
    // A member of one variant is unknown to another.
    let other = Ask::patch(LOCKS, &json!({"meeting_security": {"waiting_room": true}}));
    refuses(&site, other, &["/meeting_security"]).await;
}

#[tokio::test]
async fn values_of_the_wrong_type_are_named_all_at_once() {
    let site = site().await;
    let body = json!({
        "in_meeting": {"waiting_room": "yes", "custom_service_instructions": 7, "allow_users_save_chats": true},
        "schedule_meeting": [],
    });
    let wrong = [
        "/in_meeting/allow_users_save_chats",
        "/in_meeting/custom_service_instructions",
        "/in_meeting/waiting_room",
        "/schedule_meeting",
    ];
    refuses(&site, Ask::patch(SETTINGS, &body), &wrong).await;
    for body in [json!([]), json!("on"), json!(null), json!(1)] {
        refuses(&site, Ask::patch(SETTINGS, &body), &[""]).await;
    }
}

#[tokio::test]
async fn required_members_that_are_missing_are_named() {
    let site = site().await;
    refuses(&site, Ask::patch(MEMBER, &json!({"target_group_id": "c"})), &["/action"]).await;
}

#[tokio::test]
async fn key_that_stands_there_twice_is_refused() {
    let site = site().await;
    let top = r#"{"in_meeting": {}, "in_meeting": {"waiting_room": true}}"#;
    refuses_unread(&site, Ask::new("PATCH", SETTINGS).raw(top), "\"in_meeting\" stands there twice").await;
    let nested = r#"{"in_meeting": {"waiting_room": false, "waiting_room": true}}"#;
    refuses_unread(&site, Ask::new("PATCH", SETTINGS).raw(nested), "\"waiting_room\" stands there twice").await;
    // The same key, spelled differently.
    let escaped = r#"{"in_meeting": {"waiting_room": false, "waiting\u005froom": true}}"#;
    refuses_unread(&site, Ask::new("PATCH", SETTINGS).raw(escaped), "\"waiting_room\" stands there twice").await;
}

#[tokio::test]
async fn body_that_nests_too_deep_is_refused_without_falling_over() {
    let site = site().await;
    for depth in [65, 127, 100_000] {
        let body = "[".repeat(depth) + &"]".repeat(depth);
        refuses_unread(&site, Ask::new("PATCH", SETTINGS).raw(body), "not JSON that can be used").await;
    }
}

#[tokio::test]
async fn body_that_is_no_json_is_refused() {
    let site = site().await;
    for body in ["{", "{}x", "{'in_meeting': {}}", "NaN", "\u{feff}{}", "{\"in_meeting\":{}} {}", " "] {
        refuses_unread(&site, Ask::new("PATCH", SETTINGS).raw(body), "not JSON that can be used").await;
    }
}

#[tokio::test]
async fn number_that_cannot_be_kept_exactly_is_refused() {
    let site = site().await;
    let body = r#"{"in_meeting": {"allow_users_save_chats": 123456789012345678901234567890}}"#;
    refuses_unread(&site, Ask::new("PATCH", SETTINGS).raw(body), "not JSON that can be used").await;
}

#[tokio::test]
async fn parameters_that_the_operation_does_not_have_are_named() {
    let site = site().await;
    refuses(&site, Ask::get(&format!("{SETTINGS}?access_token=x")), &["access_token"]).await;
    refuses(&site, Ask::get("/api/zoom/groups?page_size=10&debug"), &["debug"]).await;
    refuses(&site, Ask::get("/api/zoom/groups?page_size=many"), &["page_size"]).await;
    refuses(&site, Ask::get("/api/zoom/groups?page_size=301"), &["page_size"]).await;
    let body = json!({"in_meeting": {"waiting_room": true}});
    refuses(&site, Ask::patch(&format!("{SETTINGS}?type=meeting"), &body), &["type"]).await;
}

#[tokio::test]
async fn option_that_the_operation_does_not_have_is_named() {
    let site = site().await;
    refuses(&site, Ask::get(&format!("{SETTINGS}?option=everything")), &["option"]).await;
    refuses(&site, Ask::get(&format!("{LOCKS}?option=recording_authentication")), &["option"]).await;
    let body = json!({"in_meeting": {"waiting_room": true}});
    refuses(&site, Ask::patch(&format!("{SETTINGS}?option=Meeting_Security"), &body), &["option"]).await;
}

#[tokio::test]
async fn parameter_that_stands_there_twice_is_refused() {
    let site = site().await;
    let twice = format!("{SETTINGS}?option=meeting_security&option=meeting_authentication");
    refuses_unread(&site, Ask::get(&twice), "option is there twice").await;
}

#[tokio::test]
async fn body_where_none_belongs_and_none_where_one_belongs_are_refused() {
    let site = site().await;
    refuses(&site, Ask::get(SETTINGS).json(&json!({})), &[""]).await;
    refuses(&site, Ask::new("DELETE", "/api/zoom/groups/a").json(&json!({})), &[""]).await;
    refuses(&site, Ask::new("PATCH", SETTINGS), &[""]).await;
    refuses(&site, Ask::new("POST", "/api/zoom/groups"), &[""]).await;
}

#[tokio::test]
async fn body_of_another_type_or_too_large_is_refused() {
    let site = site().await;
    for media in ["text/plain", "application/x-www-form-urlencoded", "application/merge-patch+json"] {
        let ask = Ask::patch(SETTINGS, &json!({})).header("content-type", media).by(Role::Admin);
        site.call(ask).await.problem(415, "unsupported_media_type");
    }
    let large = json!({"in_meeting": {"custom_service_instructions": "x".repeat(1024 * 1024)}});
    site.call(Ask::patch(SETTINGS, &large).by(Role::Admin)).await.problem(413, "too_large");
    assert!(site.vendor.ledger().await.is_empty());
}

#[tokio::test]
async fn address_that_could_mean_another_is_refused() {
    let site = site().await;
    for id in ["..", "%2e%2e", "a%2fb", "a%5cb", "a%00", "%zz"] {
        let path = format!("/api/zoom/groups/{id}/settings");
        refuses_unread(&site, Ask::get(&path), "could mean another address").await;
    }
    for path in ["/api/zoom/groups//settings", "/api/zoom/groups/a/settings/", "/api/webex/groups", "/api/Zoom/groups"]
    {
        site.get(Role::Admin, path).await.problem(404, "not_found");
    }
    assert!(site.vendor.ledger().await.is_empty());
}

#[tokio::test]
async fn id_with_every_odd_character_reaches_the_vendor_as_one_segment() {
    let site = site().await;
    let problem =
        site.get(Role::Admin, "/api/zoom/groups/a%3Fb%23c%20d%25e%3D/settings").await.problem(404, "vendor_refused");
    assert_eq!(problem.vendor_code.as_deref(), Some("4130"));
    let asked: Vec<(String, String)> =
        site.vendor.calls().await.into_iter().map(|line| (line.path, line.query)).collect();
    assert_eq!(asked, [("/zoom/v2/groups/a%3Fb%23c%20d%25e=/settings".to_owned(), String::new())]);
}

#[tokio::test]
async fn tag_to_compare_with_that_is_none_is_refused() {
    let site = site().await;
    let change = Ask::patch(SETTINGS, &json!({"in_meeting": {"waiting_room": true}}));
    for tag in ["*", "abc", "W/\"abc\"", "\"a\", \"b\""] {
        refuses_unread(&site, change.clone().if_match(tag), "If-Match").await;
    }
}
