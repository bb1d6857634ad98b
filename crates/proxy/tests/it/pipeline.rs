//! The way of a vendor call when the vendor behaves: redaction, validation, record, reading back, conflict.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::body::Body;
use axum::http::StatusCode;
use roomkey_schema::Role;
use serde_json::{Value, json};

use crate::support::Stage;
use crate::unwritable::Unwritable;

/// `METHOD what` of the calls for one group.
async fn calls(stage: &Stage, group: &str) -> Vec<String> {
    let prefix = format!("/zoom/v2/groups/{group}/");
    stage
        .ledger()
        .await
        .into_iter()
        .filter(|line| line.contains(&prefix))
        .map(|line| line.replace(&prefix, ""))
        .collect()
}

#[tokio::test]
async fn a_write_is_read_before_sent_once_read_back_and_recorded() {
    let stage = Stage::new().await;
    let admin = stage.signed_in(Role::Admin).await;
    let group = stage.group(&admin).await;
    let path = format!("/api/zoom/groups/{group}/settings");
    let before = admin.get(&path).await;
    let was = before.json()["in_meeting"]["waiting_room"].as_bool().unwrap();

    let request = admin.writing("PATCH", &path).header("if-match", before.header("etag"));
    let body = json!({"in_meeting": {"waiting_room": !was}});
    let answer = admin.send(request.body(Body::from(body.to_string())).unwrap()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let written = answer.json();
    assert_eq!(written["value"]["in_meeting"]["waiting_room"], !was);
    assert_eq!(written["not_applied"], json!([]));
    assert_eq!(written["etag"], answer.header("etag"));
    assert_eq!(written["tracking_id"], answer.header("x-vendor-tracking-id"));
    assert_eq!(admin.get(&path).await.header("etag"), answer.header("etag"), "a read gives the same tag");
    assert_eq!(
        calls(&stage, &group).await,
        ["GET settings", "GET settings", "PATCH settings", "GET settings", "GET settings"]
    );

    let record = stage.record().await;
    let [intent, outcome] = &record[record.len() - 2..] else { panic!("two rows") };
    assert_eq!(intent["kind"], "intent");
    assert_eq!((intent["actor"].as_str(), intent["role"].as_str()), (Some("admin"), Some("admin")));
    assert_eq!(intent["operation"], "zoom.group_settings.update");
    assert_eq!(intent["objects"], json!({"groupId": group}));
    assert_eq!(intent["changes"], json!([{"pointer": "/in_meeting/waiting_room", "old": was, "new": !was}]));
    assert_eq!(intent["request_id"], answer.header("x-request-id"));
    assert_eq!((outcome["kind"].as_str(), outcome["result"].as_str()), (Some("outcome"), Some("applied")));
    assert_eq!(outcome["intent"].as_u64(), Some(record.len() as u64 - 1));
    assert_eq!(written["record"].as_u64(), Some(record.len() as u64));
    assert_eq!(outcome["tracking_id"], written["tracking_id"]);
}

#[tokio::test]
async fn a_change_in_between_is_a_conflict_and_nothing_is_sent() {
    let stage = Stage::new().await;
    let admin = stage.signed_in(Role::Admin).await;
    let group = stage.group(&admin).await;
    let path = format!("/api/zoom/groups/{group}/settings");
    let seen = admin.get(&path).await;
    let now = !seen.json()["in_meeting"]["chat"].as_bool().unwrap_or_default();
    let status = stage
        .tell_sandbox(
            "POST",
            "mutate",
            json!({"vendor": "zoom", "path": format!("groups/{group}/settings"), "patch": {"in_meeting": {"chat": now}}}),
        )
        .await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    let rows = stage.record().await.len();
    let request = admin.writing("PATCH", &path).header("if-match", seen.header("etag"));
    let body = json!({"in_meeting": {"waiting_room": true}}).to_string();
    let answer = admin.send(request.body(Body::from(body)).unwrap()).await;
    assert_eq!((answer.status, answer.kind().as_str()), (StatusCode::PRECONDITION_FAILED, "conflict"));
    assert_eq!(answer.json()["current"]["in_meeting"]["chat"], now);
    assert_eq!(answer.json()["etag"], admin.get(&path).await.header("etag"));
    assert!(!calls(&stage, &group).await.contains(&"PATCH settings".to_owned()));
    assert_eq!(stage.record().await.len(), rows);
}

#[tokio::test]
async fn if_match_where_nothing_can_be_compared_is_refused_and_not_ignored() {
    let stage = Stage::new().await;
    let admin = stage.signed_in(Role::Admin).await;
    let request = admin.writing("POST", "/api/zoom/groups").header("if-match", "\"abc\"");
    let answer = admin.send(request.body(Body::from(r#"{"name":"New"}"#)).unwrap()).await;
    assert_eq!(answer.kind(), "bad_request");
}

#[tokio::test]
async fn a_write_with_nothing_to_read_back_hands_the_vendors_answer_on() {
    let stage = Stage::new().await;
    let admin = stage.signed_in(Role::Admin).await;
    let answer = admin.write("POST", "/api/zoom/groups", &json!({"name": "A new group"})).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert_eq!(answer.json()["answer"]["name"], "A new group");
    assert_eq!(answer.json().get("value"), None);
}

#[tokio::test]
async fn what_does_not_fit_is_refused_before_the_vendor_hears_of_it() {
    let stage = Stage::new().await;
    let admin = stage.signed_in(Role::Admin).await;
    let path = "/api/zoom/groups/some-group/settings";
    let cases = [
        (path.to_owned(), json!({"in_meeting": {"waiting_room": "yes"}}), "validation", "/in_meeting/waiting_room"),
        (path.to_owned(), json!({"in_meeting": {"no_such": true}}), "validation", "/in_meeting/no_such"),
        (format!("{path}?no_such=1"), json!({}), "validation", "no_such"),
        (format!("{path}?option=no_such"), json!({}), "validation", "option"),
    ];
    for (path, body, kind, pointer) in cases {
        let answer = admin.write("PATCH", &path, &body).await;
        assert_eq!((answer.status, answer.kind().as_str()), (StatusCode::BAD_REQUEST, kind), "{}", answer.text);
        assert_eq!(answer.json()["fields"][0]["pointer"], pointer);
    }
    for body in [r#"{"a":1,"a":2}"#, "{", &"[".repeat(100), "\u{feff}{}"] {
        let request = admin.writing("PATCH", path).body(Body::from(body.to_owned())).unwrap();
        assert_eq!(admin.send(request).await.kind(), "bad_request", "{body}");
    }
    assert_eq!(stage.ledger().await, [""; 0]);
}

#[tokio::test]
async fn what_is_not_in_the_table_does_not_exist() {
    let stage = Stage::new().await;
    let admin = stage.signed_in(Role::Admin).await;
    for path in
        ["/api/zoom/users/me/pac", "/api/zoom/accounts", "/api/zoom", "/api/zoom/", "/api/acme/users", "/api", "/api/"]
    {
        assert_eq!(admin.get(path).await.kind(), "not_found", "{path}");
    }
    let answer = admin.write("PUT", "/api/zoom/groups", &json!({})).await;
    assert_eq!((answer.kind().as_str(), answer.header("allow")), ("method_not_allowed", "GET, POST"));
    let helpdesk = stage.signed_in(Role::Helpdesk).await;
    assert_eq!(helpdesk.write("PUT", "/api/zoom/groups", &json!({})).await.kind(), "not_found");
    assert_eq!(stage.ledger().await, [""; 0]);
}

#[tokio::test]
async fn a_denial_is_answered_and_recorded_and_the_vendor_not_called() {
    let stage = Stage::new().await;
    let auditor = stage.signed_in(Role::Auditor).await;
    let answer = auditor.write("PATCH", "/api/zoom/groups/g/settings", &json!({"in_meeting": {"chat": true}})).await;
    assert_eq!((answer.status, answer.kind().as_str()), (StatusCode::FORBIDDEN, "forbidden"));
    let record = stage.record().await;
    let last = record.last().unwrap();
    assert_eq!((last["kind"].as_str(), last["actor"].as_str()), (Some("denied"), Some("auditor")));
    assert_eq!(
        (last["operation"].as_str(), last["objects"]["groupId"].as_str()),
        (Some("zoom.group_settings.update"), Some("g"))
    );
    assert_eq!(stage.ledger().await, [""; 0]);
}

#[tokio::test]
async fn secrets_are_shown_as_set_or_not_set() {
    let stage = Stage::new().await;
    let helpdesk = stage.signed_in(Role::Helpdesk).await;
    let people = helpdesk.get("/api/zoom/users?page_size=50&include_fields=host_key").await.json();
    let keys: Vec<&Value> = people["users"].as_array().unwrap().iter().filter_map(|one| one.get("host_key")).collect();
    assert!(!keys.is_empty());
    assert!(keys.iter().all(|key| key.is_boolean()), "{keys:?}");
}

#[tokio::test]
async fn without_a_record_nothing_is_done() {
    let broken = Arc::new(AtomicBool::new(false));
    let stage = Stage::over(|_| {}, |inner| Arc::new(Unwritable { inner, broken: broken.clone() })).await;
    let admin = stage.signed_in(Role::Admin).await;
    let group = stage.group(&admin).await;
    broken.store(true, Ordering::SeqCst);
    let path = format!("/api/zoom/groups/{group}/settings");
    let answer = admin.write("PATCH", &path, &json!({"in_meeting": {"waiting_room": true}})).await;
    assert_eq!((answer.status, answer.kind().as_str()), (StatusCode::SERVICE_UNAVAILABLE, "record_unavailable"));
    assert!(!calls(&stage, &group).await.contains(&"PATCH settings".to_owned()));
    assert_eq!(admin.get(&path).await.status, StatusCode::OK, "reading goes on");
    let mut browser = stage.browser();
    let answer = browser.sign_in("admin", crate::support::PASSWORD).await;
    assert_eq!((answer.kind().as_str(), browser.cookie.is_none()), ("record_unavailable", true));
    broken.store(false, Ordering::SeqCst);
    let answer = admin.write("PATCH", &path, &json!({"in_meeting": {"waiting_room": true}})).await;
    assert_eq!(answer.status, StatusCode::OK);
}

#[tokio::test]
async fn writes_of_one_object_take_turns() {
    let stage = Stage::new().await;
    let admin = stage.signed_in(Role::Admin).await;
    let group = stage.group(&admin).await;
    let (settings, locks) =
        (format!("/api/zoom/groups/{group}/settings"), format!("/api/zoom/groups/{group}/lock_settings"));
    let (first, second) =
        (json!({"in_meeting": {"waiting_room": true}}), json!({"in_meeting": {"waiting_room": true}}));
    let (first, second) = tokio::join!(admin.write("PATCH", &settings, &first), admin.write("PATCH", &locks, &second));
    assert_eq!((first.status, second.status), (StatusCode::OK, StatusCode::OK));
    let calls = calls(&stage, &group).await;
    assert_eq!(calls.len(), 6);
    assert!(
        calls
            == [
                "GET settings",
                "PATCH settings",
                "GET settings",
                "GET lock_settings",
                "PATCH lock_settings",
                "GET lock_settings"
            ]
            || calls
                == [
                    "GET lock_settings",
                    "PATCH lock_settings",
                    "GET lock_settings",
                    "GET settings",
                    "PATCH settings",
                    "GET settings"
                ],
        "{calls:?}"
    );
}
