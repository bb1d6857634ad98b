//! Unknown addresses, faults, changes behind the client's back, reset, and that a seed repeats itself.
//! Must not judge bodies: `rooms.rs` does.

use axum::http::StatusCode;
use roomkey_sandbox::Options;
use serde_json::{Value, json};

use super::{ME, ROOM, SECOND_SITE, SITES, Webex, is_refused, room_of};
use crate::bench::options;

#[tokio::test]
async fn unknown_addresses_and_methods_are_told_apart() {
    let webex = Webex::new().await;
    for path in ["/rooms", "/people/me/x", "", "/meetingPreferences"] {
        is_refused(&webex.get(path).await, 404, "There is nothing at this address.");
    }
    for (method, path, allowed) in [
        ("POST", "/people", "GET"),
        ("DELETE", ROOM, "GET, PUT"),
        ("PUT", "/people/me", "GET"),
        ("PATCH", SITES, "GET"),
    ] {
        let answer = webex.bench.raw(webex.request(method, path, None)).await;
        is_refused(&answer, 405, "This address is not used with this method.");
        assert_eq!(answer.header("allow"), Some(allowed));
    }
}

#[tokio::test]
async fn status_fault_has_a_tracking_id_and_ignored_write_says_what_it_did_not_do() {
    let webex = Webex::new().await;
    let before = webex.read(&room_of(ME)).await;
    let mut room = before.clone();
    room["topic"] = json!("Changed");
    let status = json!({"kind": "status", "status": 423, "retry_after": "3", "body": {"message": "Locked."}});
    webex
        .bench
        .faults(json!([
            {"vendor": "webex", "method": "PUT", "times": 1, "fault": status},
            {"vendor": "webex", "path": "meetingPreferences/personalMeetingRoom", "fault": {"kind": "ignore"}},
        ]))
        .await;
    let answer = webex.put(&room_of(ME), &room).await;
    assert_eq!((answer.status, answer.header("retry-after")), (StatusCode::LOCKED, Some("3")));
    assert!(answer.header("trackingid").is_some_and(|id| id.starts_with("ROUTER_")));
    let answer = webex.put(&room_of(ME), &room).await;
    assert_eq!((answer.status, answer.json()), (StatusCode::OK, room.clone()));
    assert_eq!(webex.read(&room_of(ME)).await, before);
    webex.bench.faults(json!([{"vendor": "zoom", "fault": status}])).await;
    assert_eq!(webex.put(&room_of(ME), &room).await.status, StatusCode::OK);
}

#[tokio::test]
async fn mutation_changes_rooms_people_and_licences_without_a_trace() {
    let webex = Webex::new().await;
    let lines = webex.bench.ledger().await.len();
    let room = format!("people/{ME}/personalMeetingRoom");
    for (path, option, patch) in [
        (room.as_str(), None, json!({"hostPin": "1111", "autoLockMinutes": 7})),
        (room.as_str(), Some(SECOND_SITE), json!({"topic": "Second"})),
        ("people/admin1@example.com", None, json!({"firstName": "Ada"})),
        ("people/admin4@example.com", None, json!({"onSecondSite": false})),
        ("people/admin5@example.com", None, json!({"onWebex": false})),
        ("people/admin1@example.com/licence", None, json!({"siteAdmin": false})),
    ] {
        let answer = webex.mutate(path, option, patch).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text);
    }
    assert_eq!(webex.bench.ledger().await.len(), lines);
    let read = webex.read(ROOM).await;
    assert_eq!((&read["hostPin"], &read["autoLockMinutes"]), (&json!("1111"), &json!(7)));
    assert_eq!(webex.read(&format!("{ROOM}?siteUrl={SECOND_SITE}")).await["topic"], "Second");
    assert_eq!(webex.read("/people/me").await["displayName"], "Ada One");
    assert_eq!(webex.read(&format!("{SITES}?userEmail=admin4@example.com")).await["sites"][1], json!(null));
    is_refused(&webex.get(&room_of("admin5@example.com")).await, 404, "admin5@example.com has no Webex account.");
    assert!(!webex.emails().await.contains(&"admin5@example.com".to_owned()));

    for (path, option, patch) in [
        (room.as_str(), None, json!({"hostPin": 1})),
        (room.as_str(), None, json!({"colour": 1})),
        (room.as_str(), Some("nowhere"), json!({})),
        ("people/nobody@example.com", None, json!({})),
        ("people/admin1@example.com", None, json!({"id": "x"})),
        ("rooms", None, json!({})),
    ] {
        let refused = webex.mutate(path, option, patch).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        assert!(refused.json()["error"].as_str().is_some_and(|sentence| sentence.ends_with('.')), "{}", refused.text);
    }
}

#[tokio::test]
async fn reset_brings_people_and_rooms_back() {
    let webex = Webex::new().await;
    let before = (webex.read(ROOM).await, webex.read("/people").await);
    webex.mutate(&format!("people/{ME}/personalMeetingRoom"), None, json!({"topic": "X"})).await;
    webex.mutate(&format!("people/{ME}"), None, json!({"lastName": "X"})).await;
    webex.bench.control("POST", "reset", Value::Null).await;
    assert_eq!((webex.read(ROOM).await, webex.read("/people").await), before);
}

#[tokio::test]
async fn same_seed_answers_the_same_and_another_seed_differs() {
    let told = async |seed| {
        let webex = Webex::with(Options { seed, ..options() }).await;
        let mut texts = Vec::new();
        for path in ["/people", "/people/me", ROOM, "/nowhere"] {
            let answer = webex.get(path).await;
            texts.push((answer.text.clone(), answer.header("trackingid").map(str::to_owned)));
        }
        texts
    };
    let (one, same, other) = (told(7).await, told(7).await, told(8).await);
    assert_eq!(one, same);
    assert!(one.iter().zip(&other).all(|(one, other)| one.0 != other.0));
}
