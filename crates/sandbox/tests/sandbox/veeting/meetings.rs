//! Single meetings: scheduled, changed, deleted. Must not test series, rooms and refusals.

use serde_json::{Value, json};

use super::{NOT_ALLOWED, Veeting, id, is_refused, meeting, tomorrow, with};

#[tokio::test]
async fn scheduled_meeting_is_read_back_as_it_was_answered() {
    let veeting = Veeting::new().await;
    let body = json!({
        "topic": "Case conference – Müller",
        "startTime": "2026-12-31T23:30:00.250Z",
        "endTime": "2027-01-01T01:00:00.250Z",
        "duration": 90,
        "type": "boardroom",
        "isRecurring": false,
        "isRecorded": true,
        "isDialin": true,
        "invitedParticipants": ["guest@example.com", "other@example.com"],
        "recurring": {},
        "meetingPermissionId": null,
    });
    let made = veeting.schedule(&body).await;
    for (name, value) in body.as_object().expect("fields") {
        match name.as_str() {
            "duration" => assert_eq!(made["duration"], "90"),
            "recurring" => assert_eq!(made["recurring"]["frequencyType"], ""),
            _ => assert_eq!(&made[name], value, "{name}"),
        }
    }
    assert_eq!(made["recurring"]["endsOn"], super::NOW, "when it was made");
    let groups: Vec<usize> = made["meetingId"].as_str().expect("a number").split('-').map(str::len).collect();
    assert_eq!(groups, [4; 4]);
    assert_eq!(made["dialInPin"].as_str().map(str::len), Some(6));
    assert_eq!(veeting.read(&format!("/meeting/{}", id(&made))).await, made);
    assert!(veeting.list("/meeting").await.contains(&made));
}

#[tokio::test]
async fn ids_numbers_and_tokens_are_each_meeting_s_own() {
    let veeting = Veeting::new().await;
    let dial_in = with(&tomorrow(), "isDialin", json!(true));
    let (one, other) = (veeting.schedule(&dial_in).await, veeting.schedule(&dial_in).await);
    for name in ["id", "meetingId", "icsToken", "dialInPin", "dialInConferenceRoom"] {
        assert_ne!(one[name], other[name], "{name}");
    }
    for name in ["roomId", "accountId", "whitelabelId", "addedByUserId"] {
        assert_eq!(one[name], other[name], "{name}");
    }
    // The id begins with the second in which it was made, in hexadecimal.
    assert!(id(&one).starts_with(&format!("{:08x}", crate::bench::START_MS / 1000)));
}

#[tokio::test]
async fn changed_meeting_keeps_its_id_its_number_and_its_organizer() {
    let veeting = Veeting::new().await;
    let made = veeting.schedule(&with(&tomorrow(), "isDialin", json!(true))).await;
    let body = with(&meeting("2026-03-03T12:00:00.000Z", "2026-03-03T12:30:00.000Z", 30), "topic", json!("Moved"));
    for whole_series in [false, true] {
        let changed = veeting.change(id(&made), whole_series, &body).await;
        assert_eq!((&changed["topic"], &changed["duration"]), (&json!("Moved"), &json!("30")));
        assert_eq!(changed["startTime"], "2026-03-03T12:00:00.000Z");
        for name in ["id", "meetingId", "icsToken", "addedByUserId"] {
            assert_eq!(changed[name], made[name], "{name}");
        }
        assert_eq!((&changed["isDialin"], &changed["dialInPin"]), (&json!(false), &json!(null)));
        assert_eq!(changed["icalSequence"], if whole_series { "2" } else { "1" });
        assert_eq!(veeting.read(&format!("/meeting/{}", id(&made))).await, changed);
    }
}

#[tokio::test]
async fn dial_in_that_is_turned_on_again_has_its_pin_again() {
    let veeting = Veeting::new().await;
    let on = with(&tomorrow(), "isDialin", json!(true));
    let made = veeting.schedule(&on).await;
    veeting.change(id(&made), false, &tomorrow()).await;
    assert_eq!(veeting.change(id(&made), false, &on).await["dialInPin"], made["dialInPin"]);
}

#[tokio::test]
async fn organizers_of_one_account_change_each_other_s_meetings() {
    let mut veeting = Veeting::new().await;
    veeting.key(super::INSTANCE);
    let mut team = Vec::new();
    for account in veeting.list("/account").await {
        team = veeting.list(&format!("/account/admin/{}", id(&account))).await;
        if team.len() > 1 {
            break;
        }
    }
    veeting.behalf("x-user-id", id(&team[0]));
    let made = veeting.schedule(&tomorrow()).await;
    veeting.behalf("x-user-id", id(&team[1]));
    let changed = veeting.change(id(&made), false, &with(&tomorrow(), "topic", json!("Ours"))).await;
    assert_eq!((&changed["topic"], &changed["addedByUserId"]), (&json!("Ours"), &team[0]["id"]));
    assert!(!veeting.list("/meeting").await.contains(&changed), "and the list is of the one who asks");
    veeting.done("DELETE", &format!("/meeting/{}", id(&made)), None).await;
}

#[tokio::test]
async fn deleted_meeting_is_gone_for_every_operation() {
    let veeting = Veeting::new().await;
    let before = veeting.list("/meeting").await;
    let made = veeting.schedule(&tomorrow()).await;
    let id = id(&made);
    assert_eq!(veeting.done("DELETE", &format!("/meeting/{id}"), None).await, Value::Null);
    for (method, path, body) in [
        ("DELETE", format!("/meeting/{id}"), None),
        ("GET", format!("/meeting/{id}"), None),
        ("GET", format!("/meeting/{id}/participants"), None),
        ("PUT", format!("/meeting/{id}/false"), Some(with(&tomorrow(), "id", json!(id)))),
        ("POST", "/meeting/close".to_owned(), Some(json!({"meetingId": id}))),
    ] {
        is_refused(&veeting.send(method, &path, body.as_ref()).await, NOT_ALLOWED);
    }
    assert_eq!(veeting.list("/meeting").await, before);
}
