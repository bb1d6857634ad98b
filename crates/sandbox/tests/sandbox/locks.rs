//! Locks in their two variants. Must not test settings.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::bench::{Bench, answer_schema, misfits, request_example};

const TEMPLATE: &str = "/groups/{groupId}/lock_settings";

#[tokio::test]
async fn each_variant_has_the_documented_shape_and_some_locks() {
    let bench = Bench::new().await;
    let groups = bench.read("/groups").await;
    let mut locked = 0;
    for group in groups["groups"].as_array().expect("groups") {
        for (query, option) in [("", None), ("?option=meeting_security", Some("meeting_security"))] {
            let path = format!("/groups/{}/lock_settings{query}", group["id"].as_str().expect("an id"));
            let value = bench.read(&path).await;
            assert_eq!(misfits(&answer_schema("GET", TEMPLATE, "200", option), &value), [""; 0], "{path}");
            locked += value.to_string().matches("true").count();
        }
    }
    // About 110 locks in each of 40 groups: some are on, most are not.
    assert!((200..1500).contains(&locked), "{locked}");
}

#[tokio::test]
async fn documented_change_locks_all_that_can_be_written() {
    let bench = Bench::new().await;
    let path = bench.clinical("/lock_settings").await;
    let example = request_example("PATCH", TEMPLATE);
    let answer = bench.patch(&path, example.clone()).await;
    assert_eq!((answer.status, answer.text.as_str()), (StatusCode::NO_CONTENT, ""));
    let held = bench.read(&path).await;
    for (section, locks) in example.as_object().expect("sections") {
        for (name, value) in locks.as_object().expect("locks") {
            // The one lock that can be written and is never read.
            if name != "personal_meeting" {
                assert_eq!(&held[section][name], value, "/{section}/{name}");
            }
        }
    }
    assert_eq!(held["schedule_meeting"].get("personal_meeting"), None);
}

#[tokio::test]
async fn waiting_room_lock_is_one_in_both_variants() {
    let bench = Bench::new().await;
    let (plain, security) =
        (bench.clinical("/lock_settings").await, bench.clinical("/lock_settings?option=meeting_security").await);
    let locks = async || {
        let (one, two) = (bench.read(&plain).await, bench.read(&security).await);
        [one["in_meeting"]["waiting_room"].clone(), two["meeting_security"]["waiting_room"].clone()]
    };
    assert_eq!(locks().await, [json!(false), json!(false)], "where the story starts");
    bench.patch(&security, json!({"meeting_security": {"waiting_room": true}})).await;
    assert_eq!(locks().await, [json!(true), json!(true)]);
    bench.patch(&plain, json!({"in_meeting": {"waiting_room": false}})).await;
    assert_eq!(locks().await, [json!(false), json!(false)]);
}

#[tokio::test]
async fn lock_moves_no_setting_and_no_other_lock() {
    let bench = Bench::new().await;
    let (path, settings) = (bench.clinical("/lock_settings").await, bench.clinical("/settings").await);
    let (mut expected, before) = (bench.read(&path).await, bench.read(&settings).await);
    let held = expected["recording"]["cloud_recording"].as_bool().expect("a lock");
    bench.patch(&path, json!({"recording": {"cloud_recording": !held}})).await;
    expected["recording"]["cloud_recording"] = json!(!held);
    assert_eq!(bench.read(&path).await, expected);
    assert_eq!(bench.read(&settings).await, before);
}

#[tokio::test]
async fn lock_that_can_be_read_only_is_accepted_without_effect() {
    let bench = Bench::new().await;
    let path = bench.clinical("/lock_settings").await;
    let before = bench.read(&path).await;
    let held = before["in_meeting"]["manual_captions"].as_bool().expect("a lock");
    let answer = bench.patch(&path, json!({"in_meeting": {"manual_captions": !held}})).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(bench.read(&path).await, before);
}

#[tokio::test]
async fn wrong_lock_or_option_is_refused() {
    let bench = Bench::new().await;
    let path = bench.clinical("/lock_settings").await;
    bench.patch(&path, json!({"in_meeting": {"chat": Value::Null}})).await.names_fields(&["in_meeting.chat"]);
    let other = format!("{path}?option=meeting_authentication");
    bench.get(&other).await.is_refused(400, 300, "Invalid parameter: option.");
    bench.patch(&other, json!({})).await.is_refused(400, 300, "Invalid parameter: option.");
}
