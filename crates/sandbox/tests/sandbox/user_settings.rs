//! Settings of a person: where they come from, what a change does, and what a lock forbids.
//! Must not test the groups' own settings.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::bench::{Bench, answer_schema, misfits};

const TEMPLATE: &str = "/users/{userId}/settings";
const CHAT: &str = "/in_meeting/private_chat";

/// Paths of a person of the story's group, and of that group.
async fn clinician(bench: &Bench) -> (String, String) {
    let group = bench.group("Clinical staff").await;
    let users = bench.read("/users?page_size=2000").await["users"].as_array().expect("users").clone();
    let only = json!([group]);
    let found = users.iter().find(|user| user["group_ids"] == only && user["type"] == 2).expect("a clinician");
    (format!("/users/{}/settings", found["id"].as_str().expect("an id")), format!("/groups/{group}"))
}

async fn change(bench: &Bench, path: &str, body: Value) {
    let answer = bench.patch(path, body).await;
    assert_eq!((answer.status, answer.text.as_str()), (StatusCode::NO_CONTENT, ""));
}

async fn at(bench: &Bench, path: &str, pointer: &str) -> bool {
    bench.read(path).await.pointer(pointer).and_then(Value::as_bool).expect("a switch")
}

#[tokio::test]
async fn each_variant_has_the_documented_shape() {
    let bench = Bench::new().await;
    let users = bench.read("/users?page_size=40").await["users"].as_array().expect("users").clone();
    for option in
        ["", "authentication_options", "meeting_authentication", "recording_authentication", "meeting_security"]
    {
        let schema = answer_schema("GET", TEMPLATE, "200", Some(option).filter(|option| !option.is_empty()));
        for user in &users {
            let query = if option.is_empty() { String::new() } else { format!("?option={option}") };
            let value = bench.read(&format!("/users/{}/settings{query}", user["id"].as_str().expect("an id"))).await;
            assert_eq!(misfits(&schema, &value), [""; 0], "{option} of {user}");
            assert!(!value.as_object().expect("settings").is_empty());
        }
    }
    let path = format!("/users/{}/settings", users[0]["id"].as_str().expect("an id"));
    bench.get(&format!("{path}?option=all")).await.is_refused(400, 300, "Invalid parameter: option.");
    let reading_only = bench.patch(&format!("{path}?option=authentication_options"), json!({})).await;
    reading_only.is_refused(400, 300, "Invalid parameter: option.");
}

#[tokio::test]
async fn group_s_change_reaches_its_people_until_they_have_their_own() {
    let bench = Bench::new().await;
    let (person, group) = clinician(&bench).await;
    for on in [true, false] {
        change(&bench, &format!("{group}/settings"), json!({"in_meeting": {"waiting_room": on}})).await;
        assert_eq!(at(&bench, &person, "/in_meeting/waiting_room").await, on);
    }
    change(&bench, &person, json!({"in_meeting": {"waiting_room": true}})).await;
    assert!(at(&bench, &person, "/in_meeting/waiting_room").await);
    assert!(!at(&bench, &format!("{group}/settings"), "/in_meeting/waiting_room").await);
    // What follows from a change follows here too.
    assert!(!at(&bench, &person, "/schedule_meeting/join_before_host").await);
    assert!(at(&bench, &format!("{person}?option=meeting_security"), "/meeting_security/waiting_room").await);
}

#[tokio::test]
async fn locked_setting_is_ignored_with_204_and_stands_as_the_group_has_it() {
    let bench = Bench::new().await;
    let (person, group) = clinician(&bench).await;
    let of_group = at(&bench, &format!("{group}/settings"), CHAT).await;
    let body = |on: bool| json!({"in_meeting": {"private_chat": on}, "recording": {"auto_recording": "cloud"}});
    change(
        &bench,
        &format!("{group}/lock_settings"),
        json!({"in_meeting": {"private_chat": false}, "recording": {"auto_recording": false}}),
    )
    .await;
    change(&bench, &person, body(!of_group)).await;
    assert_eq!(at(&bench, &person, CHAT).await, !of_group, "what is not locked is free");
    change(&bench, &format!("{group}/lock_settings"), json!({"in_meeting": {"private_chat": true}})).await;
    assert_eq!(at(&bench, &person, CHAT).await, of_group, "a lock binds at once");
    change(&bench, &person, body(!of_group)).await;
    assert_eq!(at(&bench, &person, CHAT).await, of_group);
    assert_eq!(bench.read(&person).await["recording"]["auto_recording"], "cloud", "the rest is done");
    change(&bench, &person, body(of_group)).await;
    change(&bench, &format!("{group}/lock_settings"), json!({"in_meeting": {"private_chat": false}})).await;
    assert_eq!(at(&bench, &person, CHAT).await, !of_group, "what was set before is there again");
}

#[tokio::test]
async fn lock_of_any_group_binds() {
    let bench = Bench::new().await;
    let (person, group) = clinician(&bench).await;
    let library = bench.group("Library").await;
    let id = person.split('/').nth(2).expect("an id").to_owned();
    for (group, on) in [(group, true), (format!("/groups/{library}"), false)] {
        change(&bench, &format!("{group}/lock_settings"), json!({"in_meeting": {"private_chat": !on}})).await;
        change(&bench, &format!("{group}/settings"), json!({"in_meeting": {"private_chat": on}})).await;
    }
    change(&bench, &person, json!({"in_meeting": {"private_chat": true}})).await;
    assert!(at(&bench, &person, CHAT).await);
    bench.post(&format!("/groups/{library}/members"), json!({"members": [{"id": id}]})).await;
    assert!(!at(&bench, &person, CHAT).await);
}

#[tokio::test]
async fn locked_waiting_room_binds_both_variants_and_what_would_turn_it_off() {
    let bench = Bench::new().await;
    let (person, group) = clinician(&bench).await;
    change(&bench, &format!("{group}/settings"), json!({"in_meeting": {"waiting_room": true}})).await;
    change(&bench, &format!("{group}/lock_settings"), json!({"in_meeting": {"waiting_room": true}})).await;
    let security = format!("{person}?option=meeting_security");
    change(&bench, &security, json!({"meeting_security": {"waiting_room": false}})).await;
    change(&bench, &person, json!({"schedule_meeting": {"join_before_host": true}})).await;
    assert!(at(&bench, &person, "/in_meeting/waiting_room").await);
    assert!(at(&bench, &security, "/meeting_security/waiting_room").await);
    assert!(!at(&bench, &person, "/schedule_meeting/join_before_host").await);
}

#[tokio::test]
async fn locks_that_stand_elsewhere_than_their_setting_bind_it_too() {
    let bench = Bench::new().await;
    let (person, group) = clinician(&bench).await;
    let locks = json!({"schedule_meeting": {"meeting_authentication": true}, "in_meeting": {"closed_caption": false}});
    change(&bench, &format!("{group}/lock_settings"), locks).await;
    let path = format!("{person}?option=meeting_authentication");
    let before = bench.read(&path).await;
    let held = before["meeting_authentication"].as_bool().expect("a switch");
    let id = &before["authentication_options"][1]["id"];
    change(
        &bench,
        &path,
        json!({"meeting_authentication": !held, "authentication_option": {"id": id, "action": "hide"}}),
    )
    .await;
    assert_eq!(bench.read(&path).await, before);
    let free = json!({"schedule_meeting": {"meeting_authentication": false}});
    change(&bench, &format!("{group}/lock_settings"), free).await;
    change(
        &bench,
        &path,
        json!({"meeting_authentication": !held, "authentication_option": {"id": id, "action": "hide"}}),
    )
    .await;
    let after = bench.read(&path).await;
    assert_eq!(after["meeting_authentication"], !held);
    assert_eq!(after["authentication_options"][1]["visible"], false);
    let both = bench.read(&format!("{person}?option=authentication_options")).await;
    assert_eq!(both["authentication_options"]["meeting_authentication"], after);
}

#[tokio::test]
async fn wrong_values_are_refused_field_by_field() {
    let bench = Bench::new().await;
    let (person, _) = clinician(&bench).await;
    let before = bench.read(&person).await;
    let body = json!({"in_meeting": {"chat": "yes", "annotation": false}, "feature": {"concurrent_meeting": "Some"}});
    bench.patch(&person, body).await.names_fields(&["feature.concurrent_meeting", "in_meeting.chat"]);
    assert_eq!(bench.read(&person).await, before);
}

#[tokio::test]
async fn passcode_of_the_personal_meeting_is_kept_and_ends_the_old_link() {
    let bench = Bench::new().await;
    let (person, _) = clinician(&bench).await;
    let profile = person.replace("/settings", "");
    let before = bench.read(&profile).await["personal_meeting_url"].clone();
    for wrong in ["12345678901", "with space", "gr\u{fc}n"] {
        let body = json!({"schedule_meeting": {"pmi_password": wrong}});
        bench.patch(&person, body).await.names_fields(&["schedule_meeting.pmi_password"]);
    }
    assert_eq!(bench.read(&profile).await["personal_meeting_url"], before, "nothing happened");
    change(&bench, &person, json!({"schedule_meeting": {"pmi_password": "Ab3@_9"}})).await;
    assert_eq!(bench.read(&person).await["schedule_meeting"]["pmi_password"], "Ab3@_9");
    assert_ne!(bench.read(&profile).await["personal_meeting_url"], before);
}
