//! Meetings, step by step as in the tutorial: scheduled, changed, closed and deleted on behalf of somebody, by id and by
//! e-mail address.

use roomkey_proxy::config::VeetingLevel;
use roomkey_schema::Role;
use serde_json::{Value, json};

use super::{MEETING, ask, headers, least, organizer, scheduled, sent, site};

#[tokio::test]
async fn meeting_is_scheduled_word_for_word_on_behalf_of_somebody_by_id_and_by_address() {
    let site = site(VeetingLevel::Instance).await;
    let (id, email) = organizer(&site).await;
    for (behalf, expected) in [
        (format!("userId={id}"), (json!("***"), json!(id), Value::Null)),
        (format!("userEmail={email}"), (json!("***"), Value::Null, json!(email))),
    ] {
        site.vendor.reset().await;
        let written = ask(&site, "POST", &format!("{MEETING}?{behalf}"), &least()).await.written();
        let line = sent(&site).await;
        assert_eq!(
            (line.method.as_str(), line.path.as_str(), line.query.as_str()),
            ("POST", "/veeting/api/v6/meeting", "")
        );
        assert_eq!((&line.headers["content-type"], headers(&line)), (&json!("application/json"), expected));
        assert_eq!(line.body, least());
        assert_eq!(written.not_applied, [""; 0]);
        let meeting = written.value.expect("read back");
        assert_eq!((&meeting["addedByUserEmail"], &meeting["duration"]), (&json!(email), &json!(60)));
        assert_eq!((&meeting["icsToken"], &meeting["dialInPin"]), (&json!(true), &Value::Null));
    }
}

#[tokio::test]
async fn what_is_usual_need_not_be_said_and_the_end_follows() {
    let site = site(VeetingLevel::Instance).await;
    let (id, _) = organizer(&site).await;
    let said = json!({"topic": "My Meeting Topic", "startTime": "2026-03-01T11:00:00.000Z"});
    scheduled(&site, &format!("userId={id}"), &said).await;
    assert_eq!(sent(&site).await.body, least());
}

#[tokio::test]
async fn who_says_the_end_says_how_long_it_takes() {
    let site = site(VeetingLevel::Instance).await;
    let (id, _) = organizer(&site).await;
    let said = json!({"topic": "T", "startTime": "2026-03-01T11:00:00.000Z", "endTime": "2026-03-01T11:45:00.000Z"});
    scheduled(&site, &format!("userId={id}"), &said).await;
    assert_eq!(sent(&site).await.body["duration"], 45);
}

#[tokio::test]
async fn change_is_sent_word_for_word_by_id_and_by_address() {
    let site = site(VeetingLevel::Instance).await;
    let (user, email) = organizer(&site).await;
    for (behalf, expected) in [
        (format!("userId={user}"), (json!("***"), json!(user), Value::Null)),
        (format!("userEmail={email}"), (json!("***"), Value::Null, json!(email))),
    ] {
        let id = scheduled(&site, &behalf, &least()).await;
        let mut change = least();
        change["id"] = json!(id);
        change["topic"] = json!("My Updated Meeting Topic");
        // As in the tutorial: the end and the minutes do not agree, and both are sent as they were said.
        change["startTime"] = json!("2026-03-01T11:05:00.000Z");
        change["endTime"] = json!("2026-03-01T12:00:05.000Z");
        let written = ask(&site, "PUT", &format!("{MEETING}/{id}/false?{behalf}"), &change).await.written();
        let line = site.vendor.writes().await.pop().expect("a write");
        assert_eq!((line.method.as_str(), line.path.clone()), ("PUT", format!("/veeting/api/v6/meeting/{id}/false")));
        assert_eq!((line.query.as_str(), headers(&line)), ("", expected));
        assert_eq!(line.body, change);
        assert_eq!(written.value.expect("read back")["topic"], "My Updated Meeting Topic");
        // By Veeting the minutes count: what became of the end is told.
        assert_eq!(written.not_applied, ["/endTime"]);
    }
}

#[tokio::test]
async fn change_of_the_start_alone_sends_the_whole_meeting_with_its_end_moved_along() {
    let site = site(VeetingLevel::Instance).await;
    let (user, _) = organizer(&site).await;
    let behalf = format!("userId={user}");
    let id = scheduled(&site, &behalf, &least()).await;
    let change = json!({"startTime": "2026-03-01T11:30:00.000Z"});
    let written = ask(&site, "PUT", &format!("{MEETING}/{id}/false?{behalf}"), &change).await.written();
    let mut expected = least();
    expected["id"] = json!(id);
    expected["startTime"] = json!("2026-03-01T11:30:00.000Z");
    expected["endTime"] = json!("2026-03-01T12:30:00.000Z");
    assert_eq!(site.vendor.writes().await.pop().expect("a write").body, expected);
    assert_eq!(written.not_applied, [""; 0]);
    let record = site.record().await;
    let [.., (_, intent), _] = &record[..] else { panic!("{record:?}") };
    let changed: Vec<&str> = intent.changes.iter().map(|change| change.pointer.as_str()).collect();
    assert_eq!(changed, ["/endTime", "/startTime"]);
    assert_eq!(intent.query.get("userId"), Some(&user), "on behalf of whom is recorded");
}

#[tokio::test]
async fn meeting_is_closed_with_its_id_in_the_body_and_read_back() {
    let site = site(VeetingLevel::Instance).await;
    let (user, email) = organizer(&site).await;
    let id = scheduled(&site, &format!("userId={user}"), &least()).await;
    let body = json!({"meetingId": id});
    let written = ask(&site, "POST", &format!("{MEETING}/close?userEmail={email}"), &body).await.written();
    let line = site.vendor.writes().await.pop().expect("a write");
    assert_eq!((line.method.as_str(), line.path.as_str()), ("POST", "/veeting/api/v6/meeting/close"));
    assert_eq!((headers(&line), &line.body), ((json!("***"), Value::Null, json!(email)), &body));
    let meeting = written.value.expect("read back");
    assert_eq!((&meeting["isClosed"], &meeting["isOpen"]), (&json!(true), &json!(false)));
    assert!(meeting["dtClosedAt"].is_string(), "{meeting}");
}

#[tokio::test]
async fn meeting_is_deleted_and_then_gone() {
    let site = site(VeetingLevel::Instance).await;
    let (user, email) = organizer(&site).await;
    let id = scheduled(&site, &format!("userId={user}"), &least()).await;
    let path = format!("{MEETING}/{id}");
    ask(&site, "DELETE", &format!("{path}?userEmail={email}"), &Value::Null).await.ok();
    let line = site.vendor.writes().await.pop().expect("a write");
    assert_eq!((line.method.as_str(), line.path.clone()), ("DELETE", format!("/veeting/api/v6/meeting/{id}")));
    assert_eq!((headers(&line), line.body), ((json!("***"), Value::Null, json!(email)), Value::Null));
    let problem = site.get(Role::Admin, &path).await.problem(422, "vendor_refused");
    assert_eq!(problem.vendor_code.as_deref(), Some("-3"));
}

#[tokio::test]
async fn list_is_narrowed_down_by_time_and_by_person() {
    let site = site(VeetingLevel::Instance).await;
    let (user, email) = organizer(&site).await;
    let all = site.get(Role::Helpdesk, MEETING).await.ok();
    let mine = site.get(Role::Helpdesk, &format!("{MEETING}?userId={user}")).await.ok();
    let count = |rows: &Value| rows.as_array().expect("rows").len();
    assert!(count(&mine) > 0 && count(&mine) < count(&all), "{} of {}", count(&mine), count(&all));
    assert!(mine.as_array().expect("rows").iter().all(|row| row["addedByUserEmail"] == json!(email)));
    let later = format!("{MEETING}?start=2026-03-01T10:00:00.000Z&end=2026-03-03T00:00:00.000Z");
    let some = site.get(Role::Helpdesk, &later).await.ok();
    assert!(count(&some) > 0 && count(&some) < count(&all), "{} of {}", count(&some), count(&all));
    let line = site.vendor.calls().await.pop().expect("a call");
    assert_eq!(line.query, "end=2026-03-03T00%3A00%3A00.000Z&start=2026-03-01T10%3A00%3A00.000Z");
    site.get(Role::Helpdesk, &format!("{MEETING}?start=today")).await.problem(400, "validation");
}

#[tokio::test]
async fn those_in_the_room_and_the_permission_profiles_can_be_read() {
    let site = site(VeetingLevel::Instance).await;
    let all = site.get(Role::Admin, MEETING).await.ok();
    let open = all.as_array().expect("rows").iter().find(|row| row["isActive"] == true).expect("one under way");
    let people =
        site.get(Role::Admin, &format!("{MEETING}/{}/participants", open["id"].as_str().expect("an id"))).await;
    assert!(people.ok()[0]["name"].is_string(), "{}", people.text);
    let profiles = site.get(Role::Admin, "/api/veeting/meetingPermission").await.ok();
    assert!(profiles[0]["id"].is_string() && profiles[0]["name"].is_string(), "{profiles}");
}
