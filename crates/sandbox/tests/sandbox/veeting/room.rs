//! The room: when it is open, who is in it, and that closing throws everybody out. Must not test series.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{NOW, Veeting, id, meeting, tomorrow, with};

fn guests(number: usize) -> Value {
    (0..number).map(|at| json!({"name": format!("Guest {at}"), "email": format!("guest{at}@example.com")})).collect()
}

fn standing(meeting: &Value) -> [bool; 3] {
    ["isOpen", "isActive", "isClosed"].map(|name| meeting[name] == true)
}

/// An hour from now on.
fn at_once() -> Value {
    meeting(NOW, "2026-03-01T11:00:00.000Z", 60)
}

#[tokio::test]
async fn people_in_the_room_have_names_addresses_and_came_since_it_opened() {
    let veeting = Veeting::new().await;
    let open = veeting.open_meeting().await;
    let people = veeting.list(&format!("/meeting/{}/participants", id(&open))).await;
    assert!((1..=12).contains(&people.len()), "{}", people.len());
    for one in &people {
        assert_eq!(one.as_object().map(serde_json::Map::len), Some(3));
        assert!(one["name"].is_string() && one["email"].as_str().is_some_and(|email| email.contains('@')));
        let joined = one["joinedAt"].as_str().expect("an instant");
        assert!(joined >= open["startTime"].as_str().expect("an instant") && joined <= NOW, "{joined}");
    }
}

#[tokio::test]
async fn closed_meeting_has_nobody_in_its_room_and_stays_closed() {
    let veeting = Veeting::new().await;
    let open = veeting.open_meeting().await;
    assert_eq!(standing(&open), [true, true, false]);
    let closed = veeting.close(id(&open)).await;
    assert_eq!((standing(&closed), &closed["dtClosedAt"]), ([false, false, true], &json!(NOW)));
    assert_eq!(veeting.read(&format!("/meeting/{}", id(&open))).await, closed);
    assert_eq!(veeting.list(&format!("/meeting/{}/participants", id(&open))).await, [json!(null); 0]);
    veeting.hours_pass(1).await;
    assert_eq!(veeting.close(id(&open)).await, closed, "the first time counts");
}

#[tokio::test]
async fn meeting_opens_and_closes_by_the_clock_and_everybody_goes_then() {
    let veeting = Veeting::new().await;
    let made = veeting.schedule(&tomorrow()).await;
    let (path, people) = (format!("/meeting/{}", id(&made)), format!("meetings/{}/participants", id(&made)));
    assert_eq!(standing(&made), [false, false, false]);
    assert_eq!(veeting.mutate(&people, guests(1)).await.status, StatusCode::BAD_REQUEST, "it is not open yet");
    veeting.hours_pass(23).await;
    assert_eq!(standing(&veeting.read(&path).await), [true, false, false]);
    veeting.mutated(&people, guests(3)).await;
    assert_eq!(standing(&veeting.read(&path).await), [true, true, false]);
    assert_eq!(veeting.list(&format!("{path}/participants")).await.len(), 3);
    veeting.hours_pass(1).await;
    let over = veeting.read(&path).await;
    assert_eq!((standing(&over), &over["dtClosedAt"]), ([false, false, true], &json!(null)));
    assert_eq!(veeting.list(&format!("{path}/participants")).await, [json!(null); 0]);
}

#[tokio::test]
async fn meeting_that_was_closed_opens_again_when_it_is_moved_to_later() {
    let veeting = Veeting::new().await;
    let made = veeting.schedule(&at_once()).await;
    veeting.close(id(&made)).await;
    let same = veeting.change(id(&made), false, &with(&at_once(), "topic", json!("Other words"))).await;
    assert_eq!((standing(&same), &same["dtClosedAt"]), ([false, false, true], &json!(NOW)));
    let later = veeting.change(id(&made), false, &tomorrow()).await;
    assert_eq!((standing(&later), &later["dtClosedAt"]), ([false, false, false], &json!(null)));
    let closed = veeting.close(id(&made)).await;
    assert_eq!((standing(&closed), &closed["dtClosedAt"]), ([false, false, true], &json!(NOW)), "before it begins");
}

#[tokio::test]
async fn people_come_and_go_behind_the_client_s_back_one_meeting_of_a_room_at_a_time() {
    let veeting = Veeting::new().await;
    let open = veeting.open_meeting().await;
    let made = veeting.schedule(&at_once()).await;
    let of = |meeting: &Value| format!("meetings/{}/participants", id(meeting));
    let refused = veeting.mutate(&of(&made), guests(2)).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    assert_eq!(refused.json()["error"], "The people of another meeting are in the room.");
    veeting.mutated(&of(&open), json!([])).await;
    assert_eq!(standing(&veeting.read(&format!("/meeting/{}", id(&open))).await), [true, false, false]);
    veeting.mutated(&of(&made), guests(2)).await;
    let people = veeting.list(&format!("/meeting/{}/participants", id(&made))).await;
    assert_eq!(people[1], json!({"name": "Guest 1", "email": "guest1@example.com", "joinedAt": NOW}));
    let stranger = veeting.mutate(&of(&made), json!([{"name": "No address"}])).await;
    assert_eq!(stranger.status, StatusCode::BAD_REQUEST);
    let early = json!([{"name": "E", "email": "e@example.com", "joinedAt": "2026-03-01T09:59:59.999Z"}]);
    assert_eq!(veeting.mutate(&of(&made), early).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(veeting.list(&format!("/meeting/{}/participants", id(&made))).await, people);
}

#[tokio::test]
async fn who_is_in_the_room_stays_when_just_this_occurrence_is_changed() {
    let veeting = Veeting::new().await;
    veeting.mutated(&format!("meetings/{}/participants", id(&veeting.open_meeting().await)), json!([])).await;
    let recurring = json!({"frequencyType": "daily", "frequency": 1, "endsType": "never"});
    let series = with(&with(&at_once(), "isRecurring", json!(true)), "recurring", recurring);
    let made = veeting.schedule(&series).await;
    veeting.mutated(&format!("meetings/{}/participants", id(&made)), guests(4)).await;
    let own = veeting.change(id(&made), false, &with(&at_once(), "topic", json!("Today only"))).await;
    assert_eq!(veeting.list(&format!("/meeting/{}/participants", id(&own))).await.len(), 4);
    assert_eq!(veeting.list(&format!("/meeting/{}/participants", id(&made))).await.len(), 0);
    assert_eq!(standing(&veeting.read(&format!("/meeting/{}", id(&made))).await), [false, false, false]);
}
