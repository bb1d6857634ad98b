//! Meetings that repeat themselves: what of the recurrence is sent, this one or the whole series.

use roomkey_proxy::config::VeetingLevel;
use serde_json::{Value, json};

use super::{MEETING, ask, least, organizer, scheduled, sent, site};

fn series(recurring: Value) -> Value {
    let mut body = least();
    body["isRecurring"] = json!(true);
    body["recurring"] = recurring;
    body
}

#[tokio::test]
async fn each_pattern_is_sent_with_what_counts_for_it_and_nothing_else() {
    let site = site(VeetingLevel::Instance).await;
    let (user, _) = organizer(&site).await;
    let path = format!("{MEETING}?userId={user}");
    for (said, expected) in [
        (json!({"frequencyType": "daily"}), json!({"frequencyType": "daily", "frequency": 1, "endsType": "never"})),
        (
            json!({"frequencyType": "weekly", "frequency": 2, "monthlyPattern": "dayOfMonth", "endsType": "after", "endsAfter": 5}),
            json!({"frequencyType": "weekly", "frequency": 2, "endsType": "after", "endsAfter": 5}),
        ),
        (
            json!({"frequencyType": "monthly", "monthlyPattern": "dayOfWeek", "endsType": "on", "endsAfter": 5,
                "endsOn": "2026-12-31T22:59:00.000Z"}),
            json!({"frequencyType": "monthly", "frequency": 1, "monthlyPattern": "dayOfWeek", "endsType": "on",
                "endsOn": "2026-12-31T22:59:00.000Z"}),
        ),
    ] {
        site.vendor.reset().await;
        let written = ask(&site, "POST", &path, &series(said)).await.written();
        assert_eq!(sent(&site).await.body, series(expected));
        assert_eq!(written.not_applied, [""; 0]);
    }
    // Where nothing repeats, there is no recurrence, whatever was said of it.
    site.vendor.reset().await;
    let mut once = least();
    once["recurring"] = json!({"frequencyType": "daily", "frequency": 3});
    ask(&site, "POST", &path, &once).await.ok();
    assert_eq!(sent(&site).await.body, least());
}

#[tokio::test]
async fn change_of_the_series_keeps_what_was_not_changed_of_its_recurrence() {
    let site = site(VeetingLevel::Instance).await;
    let (user, _) = organizer(&site).await;
    let behalf = format!("userId={user}");
    let weekly = json!({"frequencyType": "weekly", "frequency": 1, "endsType": "after", "endsAfter": 5});
    let id = scheduled(&site, &behalf, &series(weekly)).await;
    let path = format!("{MEETING}/{id}/true?{behalf}");
    let written = ask(&site, "PUT", &path, &json!({"recurring": {"frequency": 2}})).await.written();
    assert_eq!(written.not_applied, [""; 0]);
    let line = site.vendor.writes().await.pop().expect("a write");
    assert_eq!(line.path, format!("/veeting/api/v6/meeting/{id}/true"));
    let fortnightly = json!({"frequencyType": "weekly", "frequency": 2, "endsType": "after", "endsAfter": 5});
    assert_eq!((&line.body["recurring"], &line.body["isRecurring"]), (&fortnightly, &json!(true)));
    // Turned off, nothing of it is left.
    ask(&site, "PUT", &path, &json!({"isRecurring": false})).await.ok();
    let line = site.vendor.writes().await.pop().expect("a write");
    assert_eq!((&line.body["recurring"], &line.body["isRecurring"]), (&json!({}), &json!(false)));
}

#[tokio::test]
async fn change_of_one_meeting_of_a_series_is_read_back_where_veeting_keeps_it() {
    let site = site(VeetingLevel::Instance).await;
    let (user, _) = organizer(&site).await;
    let behalf = format!("userId={user}");
    let weekly = json!({"frequencyType": "weekly", "frequency": 1, "endsType": "never"});
    let id = scheduled(&site, &behalf, &series(weekly)).await;
    let path = format!("{MEETING}/{id}/false?{behalf}");
    let written = ask(&site, "PUT", &path, &json!({"topic": "This time elsewhere"})).await.written();
    assert_eq!(written.not_applied, [""; 0]);
    let occurrence = written.value.expect("read back");
    assert!(occurrence["topic"] == "This time elsewhere" && occurrence["id"] != json!(id), "{occurrence}");
    let read = site.get(roomkey_schema::Role::Auditor, &format!("{MEETING}/{id}")).await.ok();
    assert_eq!((&read["topic"], &read["isRecurring"]), (&json!("My Meeting Topic"), &json!(true)));
}
