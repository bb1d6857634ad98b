//! Bodies and addresses that do not fit, and that they change nothing. Must not test keys.

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

use super::{ACCOUNT, Veeting, id, is_misfit, is_refused, tomorrow, with, without};

const INSTANT: &str = "is an instant such as 2026-03-01T10:00:00.000Z.";

async fn check(veeting: &Veeting, body: &Value, sentences: &str) {
    is_misfit(&veeting.send("POST", "/meeting", Some(body)).await, sentences);
}

#[tokio::test]
async fn each_field_of_the_least_that_is_sent_is_wanted() {
    let veeting = Veeting::new().await;
    let before = veeting.list("/meeting").await;
    for name in tomorrow().as_object().expect("fields").keys() {
        check(&veeting, &without(&tomorrow(), name), &format!("{name} is missing.")).await;
    }
    let all = "topic is missing. startTime is missing. endTime is missing. duration is missing. type is missing. \
               isRecurring is missing. isRecorded is missing. isDialin is missing. invitedParticipants is missing. \
               recurring is missing. meetingPermissionId is missing.";
    check(&veeting, &json!({}), all).await;
    assert_eq!(veeting.list("/meeting").await, before);
}

#[tokio::test]
async fn values_of_another_kind_are_refused_by_their_field() {
    let veeting = Veeting::new().await;
    let minutes = "duration is a number of minutes from 1 to 10080.";
    let people = "invitedParticipants is a list of e-mail addresses.";
    let permission = "meetingPermissionId is null or the id of a permission profile.";
    for (name, value, sentence) in [
        ("topic", json!(""), "topic is a text of 1 to 255 characters."),
        ("topic", json!(7), "topic is a text of 1 to 255 characters."),
        ("startTime", json!("tomorrow"), &*format!("startTime {INSTANT}")),
        ("startTime", json!("2026-03-02T09:00:00.000+01:00"), &*format!("startTime {INSTANT}")),
        ("startTime", json!("2026-02-30T09:00:00.000Z"), &*format!("startTime {INSTANT}")),
        ("endTime", json!(1_772_359_200), &*format!("endTime {INSTANT}")),
        ("endTime", json!("2026-03-02T09:00:00.000Z"), "endTime is later than startTime."),
        ("endTime", json!("2026-03-02T08:00:00.000Z"), "endTime is later than startTime."),
        ("duration", json!("60"), minutes),
        ("duration", json!(0), minutes),
        ("duration", json!(-60), minutes),
        ("duration", json!(60.5), minutes),
        ("duration", json!(10_081), minutes),
        ("type", json!("webinar"), "type is one of standard, classroom, boardroom."),
        ("isRecurring", json!("false"), "isRecurring is true or false."),
        ("isRecorded", json!(0), "isRecorded is true or false."),
        ("isDialin", json!(null), "isDialin is true or false."),
        ("invitedParticipants", json!("guest@example.com"), people),
        ("invitedParticipants", json!(["guest"]), people),
        ("invitedParticipants", json!([{"email": "guest@example.com"}]), people),
        ("recurring", json!(null), "recurring is an object."),
        ("recurring", json!({"frequencyType": "daily"}), "recurring.frequencyType is empty when isRecurring is false."),
        ("meetingPermissionId", json!("made-up"), permission),
        ("meetingPermissionId", json!(""), permission),
    ] {
        check(&veeting, &with(&tomorrow(), name, value), sentence).await;
    }
}

#[tokio::test]
async fn recurrence_has_to_fit_together() {
    let veeting = Veeting::new().await;
    let whole = json!({
        "frequencyType": "weekly", "frequency": 1, "monthlyPattern": "", "endsType": "never",
        "endsOn": "2026-04-01T00:00:00.000Z", "endsAfter": 0,
    });
    let series =
        |recurring: &Value| with(&with(&tomorrow(), "isRecurring", json!(true)), "recurring", recurring.clone());
    let step = "recurring.frequency is a whole number from 1 to 366.";
    let after = "recurring.endsAfter is a whole number from 1 to 9999.";
    for (changes, sentence) in [
        (json!({"frequency": null}), step),
        (json!({"frequency": 0}), step),
        (json!({"frequency": 367}), step),
        (json!({"frequencyType": ""}), "recurring.frequencyType is one of daily, weekly, monthly."),
        (json!({"frequencyType": "monthly"}), "recurring.monthlyPattern is one of dayOfMonth, dayOfWeek."),
        (json!({"monthlyPattern": "dayOfWeek"}), "recurring.monthlyPattern is empty unless the frequency is monthly."),
        (json!({"endsType": ""}), "recurring.endsType is one of never, on, after."),
        (json!({"endsType": "on", "endsOn": null}), &*format!("recurring.endsOn {INSTANT}")),
        (json!({"endsType": "on", "endsOn": "2026-03-02T08:59:59.999Z"}), "recurring.endsOn is not before startTime."),
        (json!({"endsType": "after"}), after),
        (json!({"endsType": "after", "endsAfter": 10_000}), after),
    ] {
        let mut recurring = whole.clone();
        for (name, value) in changes.as_object().expect("changes") {
            recurring[name] = value.clone();
        }
        check(&veeting, &series(&recurring), sentence).await;
    }
    let missing = "recurring.frequency is missing. recurring.frequencyType is missing. recurring.endsType is missing.";
    check(&veeting, &series(&json!({})), missing).await;
    assert_eq!(veeting.schedule(&series(&whole)).await["recurring"]["frequencyType"], "weekly");
}

#[tokio::test]
async fn change_names_its_meeting_in_the_body_too_and_its_address_ends_in_true_or_false() {
    let veeting = Veeting::new().await;
    let made = veeting.schedule(&tomorrow()).await;
    let address = format!("/meeting/{}/false", id(&made));
    is_misfit(&veeting.send("PUT", &address, Some(&tomorrow())).await, "id is missing.");
    let other = with(&tomorrow(), "id", json!("made-up"));
    is_misfit(&veeting.send("PUT", &address, Some(&other)).await, "id is the id of the address.");
    let wrong = with(&with(&tomorrow(), "id", made["id"].clone()), "topic", json!(1));
    is_misfit(&veeting.send("PUT", &address, Some(&wrong)).await, "topic is a text of 1 to 255 characters.");
    for last in ["yes", "TRUE", "0"] {
        let answer = veeting.send("PUT", &format!("/meeting/{}/{last}", id(&made)), Some(&tomorrow())).await;
        is_misfit(&answer, "The last part of the address is true or false.");
    }
    assert_eq!(veeting.read(&format!("/meeting/{}", id(&made))).await, made);
}

#[tokio::test]
async fn closing_wants_the_meeting_s_id_as_a_text() {
    let veeting = Veeting::new().await;
    let rule = "meetingId is a text of 1 to 255 characters.";
    for (body, sentence) in [(json!({}), "meetingId is missing."), (json!({"meetingId": 1}), rule)] {
        is_misfit(&veeting.send("POST", "/meeting/close", Some(&body)).await, sentence);
    }
}

#[tokio::test]
async fn body_has_to_be_an_object_of_json_and_to_say_so() {
    let veeting = Veeting::new().await;
    let send = async |content_type: Option<&str>, body: &'static str| {
        let mut request = Request::post("/veeting/api/v6/meeting").header("x-api-key", ACCOUNT);
        if let Some(content_type) = content_type {
            request = request.header("content-type", content_type);
        }
        veeting.bench.raw(request.body(Body::from(body)).expect("a request")).await
    };
    for body in ["", "{", "[]", "\"topic\"", "topic=x"] {
        is_misfit(&send(Some("application/json"), body).await, "The body is not a JSON object.");
    }
    for content_type in [None, Some("text/plain"), Some("application/x-www-form-urlencoded")] {
        is_misfit(&send(content_type, "{}").await, "The content type application/json is wanted.");
    }
    let answer = send(Some("application/json; charset=utf-8"), "{}").await;
    assert!(answer.text.contains("topic is missing."), "{}", answer.text);
}

#[tokio::test]
async fn unknown_addresses_and_methods_are_not_there() {
    let mut veeting = Veeting::new().await;
    let open = id(&veeting.open_meeting().await).to_owned();
    let nothing = (-99, "There is nothing at this address.");
    for (method, path) in [
        ("GET", String::new()),
        ("GET", "/meetings".to_owned()),
        ("GET", "/meeting/".to_owned()),
        ("GET", format!("/meeting/{open}/false")),
        ("GET", format!("/meeting/{open}/participants/x")),
        ("PUT", format!("/meeting/{open}")),
        ("PATCH", format!("/meeting/{open}")),
        ("DELETE", "/account".to_owned()),
        ("POST", "/meetingPermission".to_owned()),
    ] {
        is_refused(&veeting.send(method, &path, None).await, nothing);
    }
    veeting.key("made-up");
    is_refused(&veeting.get("/meetings").await, (-2, "The API key is not valid."));
}
