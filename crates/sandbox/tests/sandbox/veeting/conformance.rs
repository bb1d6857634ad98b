//! The steps of the vendor's own tutorial, with its values: each answer has the fields and types that it shows there.
//! Must not look at more than the form of answers.

use serde_json::{Value, json};

use super::{INSTANCE, Veeting, id, meeting, with};

/// Asserts that a value has the fields and types of another one, none more and none less.
#[track_caller]
fn has_form_of(value: &Value, shown: &Value) {
    assert_eq!(form(value), form(shown));
}

/// A value with its leaves replaced by the names of their types. Of lists, all elements count.
fn form(value: &Value) -> Value {
    match value {
        Value::Null => json!("null"),
        Value::Bool(_) => json!("bool"),
        Value::Number(_) => json!("number"),
        Value::String(_) => json!("text"),
        Value::Array(list) => list.iter().map(form).collect(),
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), form(value))).collect(),
    }
}

fn account() -> Value {
    json!({
        "name": "", "accountType": "", "numberOfMeetings": 0, "numberOfMeetingOrganizers": 0,
        "numberOfMeetingRooms": 1, "paidUntil": "", "iceCandidatesToFilter": [], "customDialInNumbers": [],
        "displayStandardDialInNumbersInInvite": true, "defaultMeetingPermissions": null,
        "defaultMeetingType": "", "defaultMeetingHasDialin": false, "defaultMeetingHasRecording": false,
        "autoExtendMeetings": false, "autoDeleteMeetingsAfterXDays": 360, "id": "",
        "canAddMeetingOrganizer": true, "accountRooms": [],
    })
}

fn organizer() -> Value {
    json!({
        "email": "", "firstName": "", "lastName": "", "externalUserId": null, "preferredLanguage": "",
        "timezone": "", "additionalTimezones": [], "id": "", "icsToken": "", "icsPath": "",
    })
}

fn scheduled() -> Value {
    json!({
        "invitedParticipants": [], "meetingId": "", "id": "", "topic": "", "startTime": "", "endTime": "",
        "duration": "", "type": "", "roomId": "", "isRecurring": false, "isDialin": false,
        "recurring": {
            "frequencyType": "", "frequency": null, "monthlyPattern": "", "endsType": "", "endsOn": "",
            "endsAfter": 0,
        },
        "isRecorded": false, "agenda": "", "documents": [], "meetingPermissionId": null,
        "videoResolution": "", "dtClosedAt": null, "whitelabelId": "", "addedByUserId": "",
        "addedByUserEmail": "", "accountId": "", "addedByUserName": "", "timezone": "",
        "privateDataVisible": true, "icalSequence": "", "icsToken": "", "isActive": false, "isClosed": true,
        "isOpen": false, "dialInConferenceRoom": null, "dialInNumbers": [], "dialInPin": null,
        "sipProxy": null, "sipDomain": null, "isDemo": false, "isPromo": false,
    })
}

#[tokio::test]
async fn tutorial_can_be_followed_from_the_account_to_the_deleted_meeting() {
    let mut veeting = Veeting::new().await;
    veeting.key(INSTANCE);
    let wish = json!({
        "sendPassword": true, "accountType": "trial", "adminFirstname": "Test", "adminLastname": "User",
        "adminEmail": "test-user@example.com", "adminPreferredLanguage": "en",
        "paidUntil": "2024-04-19T19:03:41.203Z",
    });
    let made = veeting.done("POST", "/account", Some(&wish)).await;
    has_form_of(&made, &account());
    let counts = (&made["numberOfMeetings"], &made["numberOfMeetingOrganizers"], &made["numberOfMeetingRooms"]);
    assert_eq!(counts, (&json!(0), &json!(0), &json!(1)));

    let organizers = veeting.read(&format!("/account/admin/{}", id(&made))).await;
    has_form_of(&organizers, &json!([organizer()]));
    let user = &organizers[0];
    let token = user["icsToken"].as_str().expect("a token");
    assert_eq!(user["icsPath"], format!("/api/v6/meeting/calender/user/{token}"));

    let first =
        with(&meeting("2024-04-07T09:00:00.000Z", "2024-04-07T10:00:00.000Z", 60), "topic", json!("My Meeting Topic"));
    veeting.behalf("x-user-id", id(user));
    let by_id = veeting.schedule(&first).await;
    veeting.behalf("x-user-email", "test-user@example.com");
    let by_email = veeting.schedule(&first).await;
    for made in [&by_id, &by_email] {
        has_form_of(made, &scheduled());
        assert_eq!((&made["duration"], &made["endTime"]), (&json!("60"), &json!("2024-04-07T10:00:00.000Z")));
        let standing = (&made["isActive"], &made["isClosed"], &made["isOpen"], &made["dtClosedAt"]);
        assert_eq!(standing, (&json!(false), &json!(true), &json!(false), &json!(null)), "it is over");
    }
    assert_ne!(by_id["id"], by_email["id"]);

    // Start, end and duration do not agree in the tutorial: the duration counts.
    let changed = meeting("2024-04-07T09:05:00.000Z", "2024-04-07T10:00:05.000Z", 60);
    let changed = with(&changed, "topic", json!("My Updated Meeting Topic"));
    for (header, who) in [("x-user-id", id(user)), ("x-user-email", "test-user@example.com")] {
        veeting.behalf(header, who);
        let updated = veeting.change(id(&by_id), false, &changed).await;
        has_form_of(&updated, &scheduled());
        assert_eq!((&updated["id"], &updated["topic"]), (&by_id["id"], &json!("My Updated Meeting Topic")));
        assert_eq!(updated["endTime"], "2024-04-07T10:05:00.000Z");
    }
    let closed = veeting.close(id(&by_id)).await;
    has_form_of(&closed, &with(&scheduled(), "dtClosedAt", json!("")));
    assert_eq!(veeting.done("DELETE", &format!("/meeting/{}", id(&by_id)), None).await, Value::Null);
    super::is_refused(&veeting.get(&format!("/meeting/{}", id(&by_id))).await, super::NOT_ALLOWED);
}

#[tokio::test]
async fn everything_that_is_listed_has_the_form_of_the_tutorial_s_answers() {
    let mut veeting = Veeting::new().await;
    veeting.key(INSTANCE);
    for one in veeting.list("/account").await {
        has_form_of(&one, &account());
        for one in veeting.list(&format!("/account/admin/{}", id(&one))).await {
            has_form_of(&one, &organizer());
        }
    }
    let mut shown = scheduled();
    for one in veeting.list("/meeting").await {
        // What has a value in one meeting and none in another has the type of what is there.
        for name in ["meetingPermissionId", "dtClosedAt", "dialInConferenceRoom", "dialInPin", "sipProxy", "sipDomain"]
        {
            assert!(one[name].is_null() || one[name].is_string(), "{name}: {one}");
            shown[name] = one[name].clone();
        }
        for name in ["invitedParticipants", "dialInNumbers"] {
            assert!(one[name].as_array().is_some_and(|list| list.iter().all(Value::is_string)), "{name}: {one}");
            shown[name] = one[name].clone();
        }
        shown["recurring"]["frequency"] = if one["isRecurring"] == true { json!(1) } else { json!(null) };
        has_form_of(&one, &shown);
        let dials = [&one["dialInConferenceRoom"], &one["dialInPin"], &one["sipProxy"], &one["sipDomain"]];
        assert!(dials.iter().all(|value| value.is_string() == (one["isDialin"] == true)), "{one}");
    }
}
