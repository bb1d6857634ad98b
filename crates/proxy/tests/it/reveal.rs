//! Showing a secret: every rule with its refusal, and what the record says. Must not take a value for shown that the
//! vendor does not hold.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::body::Body;
use axum::http::StatusCode;
use roomkey_proxy::App;
use roomkey_schema::Role;
use serde_json::{Value, json};

use crate::support::{Answer, Browser, PASSWORD, Stage, in_ms, random};
use crate::unwritable::Unwritable;

const MINUTE_MS: i64 = 60_000;
const HOST_KEY: &str = "canary-host-key-4T";
const CALLED: &str = "GET /zoom/v2/users/p";

/// What the console asks for a person's host key.
fn host_key() -> Value {
    json!({"operation": "zoom.users.get", "params": {"userId": "p"}, "pointer": "/host_key", "reason": "Ticket 4711"})
}

/// The same with something else in it.
fn but(member: &str, value: Value) -> Value {
    let mut body = host_key();
    body[member] = value;
    body
}

async fn ask(browser: &Browser, body: &Value) -> Answer {
    browser.write("POST", "/api/reveal", body).await
}

/// A stage on which the vendor tells a host key.
async fn stage() -> Stage {
    let stage = Stage::new().await;
    plant(&stage, json!({"id": "p", "host_key": HOST_KEY, "first_name": "Ada"})).await;
    stage
}

async fn plant(stage: &Stage, body: Value) {
    stage.faults(json!([{"path": "users/*", "fault": {"kind": "status", "status": 200, "body": body}}])).await;
}

/// What was asked of the vendor about that person.
async fn calls(stage: &Stage) -> usize {
    stage.ledger().await.iter().filter(|line| *line == CALLED).count()
}

/// Asserts that it was refused so, that this is on record, and that the vendor was not asked.
async fn is_refused(stage: &Stage, answer: &Answer, status: StatusCode, kind: &str) -> Value {
    assert_eq!((answer.status, answer.kind().as_str()), (status, kind), "{}", answer.text);
    let entry = stage.record().await.pop().unwrap();
    assert_eq!((entry["kind"].as_str(), entry["problem"].as_str()), (Some("denied"), Some(kind)), "{entry}");
    assert_eq!(entry["request_id"], answer.header("x-request-id"));
    assert_eq!(calls(stage).await, 0);
    entry
}

#[tokio::test]
async fn a_secret_is_shown_once_and_the_record_says_who_what_and_why_but_not_the_value() {
    for role in [Role::Admin, Role::Helpdesk] {
        let stage = stage().await;
        let browser = stage.signed_in(role).await;
        let answer = ask(&browser, &but("reason", json!("  Ticket 4711 "))).await;
        assert_eq!((answer.status, answer.json()), (StatusCode::OK, json!({"value": HOST_KEY})));
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(calls(&stage).await, 1);
        let record = stage.record().await;
        let [intent, outcome] = &record[record.len() - 2..] else { panic!("two rows") };
        assert_eq!((intent["kind"].as_str(), outcome["kind"].as_str()), (Some("reveal"), Some("outcome")));
        assert_eq!((&outcome["intent"], outcome["result"].as_str()), (&json!(record.len() - 1), Some("shown")));
        for entry in [intent, outcome] {
            assert_eq!(entry["actor"], role.as_str());
            assert_eq!(entry["operation"], "zoom.users.get");
            assert_eq!(entry["objects"], json!({"userId": "p"}));
            assert_eq!((entry["secret"].as_str(), entry["reason"].as_str()), (Some("/host_key"), Some("Ticket 4711")));
        }
        assert!(!format!("{record:?}").contains(HOST_KEY));
    }
}

#[tokio::test]
async fn nobody_is_shown_anything_without_a_session_or_from_another_site() {
    let stage = stage().await;
    let answer = ask(&stage.browser(), &host_key()).await;
    assert_eq!((answer.status, answer.kind().as_str()), (StatusCode::UNAUTHORIZED, "session_required"));
    let browser = stage.signed_in(Role::Admin).await;
    let request = browser.request("POST", "/api/reveal").header("content-type", "application/json");
    let answer = browser.send(request.body(Body::from(host_key().to_string())).unwrap()).await;
    assert_eq!((answer.status, answer.kind().as_str()), (StatusCode::FORBIDDEN, "csrf"));
    assert_eq!(browser.get("/api/reveal").await.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(calls(&stage).await, 0);
}

#[tokio::test]
async fn roles_that_may_not_read_it_or_not_see_secrets_are_refused() {
    let stage = stage().await;
    let auditor = stage.signed_in(Role::Auditor).await;
    let entry = is_refused(&stage, &ask(&auditor, &host_key()).await, StatusCode::FORBIDDEN, "forbidden").await;
    assert_eq!((entry["actor"].as_str(), entry["secret"].as_str()), (Some("auditor"), Some("/host_key")));
    assert_eq!(entry["reason"], "Ticket 4711");
    let helpdesk = stage.signed_in(Role::Helpdesk).await;
    // It reads that of the personal meeting, and not this one.
    let pointer = json!("/schedule_meeting/default_password_for_scheduled_meetings");
    let mut settings = but("pointer", pointer);
    settings["operation"] = json!("zoom.user_settings.get");
    is_refused(&stage, &ask(&helpdesk, &settings).await, StatusCode::FORBIDDEN, "forbidden").await;
}

#[tokio::test]
async fn a_password_of_more_than_five_minutes_ago_has_to_be_given_again() {
    let stage = stage().await;
    let mut browser = stage.signed_in(Role::Helpdesk).await;
    stage.clock.advance_ms(5 * MINUTE_MS);
    assert_eq!(ask(&browser, &host_key()).await.status, StatusCode::OK);
    stage.clock.advance_ms(1);
    let answer = ask(&browser, &host_key()).await;
    assert_eq!((answer.status, answer.kind().as_str()), (StatusCode::FORBIDDEN, "recent_sign_in_required"));
    assert_eq!(stage.record().await.pop().unwrap()["problem"], "recent_sign_in_required");
    assert_eq!(calls(&stage).await, 1);
    // Being busy is not giving the password.
    assert_eq!(browser.get("/auth/me").await.status, StatusCode::OK);
    assert_eq!(ask(&browser, &host_key()).await.kind(), "recent_sign_in_required");
    let before = browser.cookie.clone();
    assert_eq!(browser.sign_in("helpdesk", PASSWORD).await.status, StatusCode::NO_CONTENT);
    assert_eq!(ask(&browser, &host_key()).await.status, StatusCode::OK);
    let old = Browser { cookie: before, ..stage.browser() };
    assert_eq!(ask(&old, &host_key()).await.kind(), "session_required", "the session has a new id");
}

#[tokio::test]
async fn the_eleventh_within_an_hour_is_refused_to_that_person_and_after_a_restart_too() {
    let stage = stage().await;
    let mut browser = stage.signed_in(Role::Helpdesk).await;
    for _ in 0..10 {
        assert_eq!(ask(&browser, &host_key()).await.status, StatusCode::OK);
        stage.clock.advance_ms(MINUTE_MS / 4);
    }
    let answer = ask(&browser, &host_key()).await;
    assert_eq!((answer.status, answer.kind().as_str()), (StatusCode::TOO_MANY_REQUESTS, "reveal_limit"));
    // The first was two and a half minutes ago.
    assert_eq!(answer.json()["retry_at"], in_ms(&stage, 60 * MINUTE_MS - 10 * MINUTE_MS / 4));
    assert!(!answer.header("retry-after").is_empty());
    assert_eq!(stage.record().await.pop().unwrap()["problem"], "reveal_limit");
    assert_eq!(ask(&stage.signed_in(Role::Admin).await, &host_key()).await.status, StatusCode::OK, "others go on");

    stage.app.store.close().await;
    let again = App::new(stage.app.config.clone(), stage.clock.clone(), random()).await.unwrap();
    browser.router = again.router();
    assert_eq!(ask(&browser, &host_key()).await.kind(), "reveal_limit");
    stage.clock.advance_ms(60 * MINUTE_MS - 10 * MINUTE_MS / 4 + 1);
    assert_eq!(browser.sign_in("helpdesk", PASSWORD).await.status, StatusCode::NO_CONTENT);
    assert_eq!(ask(&browser, &host_key()).await.status, StatusCode::OK, "the first no longer counts");
    assert_eq!(calls(&stage).await, 12);
}

#[tokio::test]
async fn many_at_once_do_not_slip_past_the_limit() {
    let stage = stage().await;
    let browser = stage.signed_in(Role::Admin).await;
    let asking = (0..15).map(|_| {
        let browser = Browser { router: browser.router.clone(), cookie: browser.cookie.clone() };
        tokio::spawn(async move { ask(&browser, &host_key()).await.status })
    });
    let mut shown = 0;
    for status in asking.collect::<Vec<_>>() {
        shown += usize::from(status.await.unwrap() == StatusCode::OK);
    }
    assert_eq!((shown, calls(&stage).await), (10, 10));
}

#[tokio::test]
async fn one_secret_of_one_object_and_nothing_else_can_be_shown() {
    let stage = stage().await;
    let browser = stage.signed_in(Role::Admin).await;
    for pointer in ["/first_name", "", "/", "/host_key/0", "host_key", "/users/0/host_key"] {
        let answer = ask(&browser, &but("pointer", json!(pointer))).await;
        let entry = is_refused(&stage, &answer, StatusCode::BAD_REQUEST, "validation").await;
        assert_eq!(answer.json()["fields"][0]["pointer"], "pointer", "{pointer}");
        assert_eq!(entry.get("secret"), None, "what is no secret is nothing to write down");
    }
    for pointer in ["/users/0/host_key", "/users/*/host_key"] {
        let mut list = but("pointer", json!(pointer));
        (list["operation"], list["params"]) = (json!("zoom.users.list"), json!({"include_fields": "host_key"}));
        is_refused(&stage, &ask(&browser, &list).await, StatusCode::BAD_REQUEST, "validation").await;
    }
    let unknown = but("params", json!({"userId": "p", "everything": "1"}));
    let answer = ask(&browser, &unknown).await;
    is_refused(&stage, &answer, StatusCode::BAD_REQUEST, "validation").await;
    assert_eq!(answer.json()["fields"][0]["pointer"], "everything");
}

#[tokio::test]
async fn a_reason_of_three_to_two_hundred_characters_is_wanted() {
    let stage = stage().await;
    let browser = stage.signed_in(Role::Admin).await;
    for reason in [String::new(), "  ab  ".to_owned(), "ä".repeat(201)] {
        let answer = ask(&browser, &but("reason", json!(reason))).await;
        let entry = is_refused(&stage, &answer, StatusCode::BAD_REQUEST, "validation").await;
        assert_eq!(answer.json()["fields"][0]["pointer"], "reason");
        assert_eq!(entry.get("reason"), None);
    }
    for reason in ["abc".to_owned(), "ä".repeat(200)] {
        assert_eq!(ask(&browser, &but("reason", json!(reason))).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn what_is_not_in_the_table_and_ids_that_are_none_do_not_exist() {
    let stage = stage().await;
    let browser = stage.signed_in(Role::Admin).await;
    for operation in ["zoom.users.nothing", "zoom.users.update", "acme.doors.get", ""] {
        let answer = ask(&browser, &but("operation", json!(operation))).await;
        let entry = is_refused(&stage, &answer, StatusCode::NOT_FOUND, "not_found").await;
        assert_eq!(entry.get("operation"), None);
    }
    for params in [json!({}), json!({"userId": ""}), json!({"userId": ".."}), json!({"userId": "a/b"})] {
        let answer = ask(&browser, &but("params", params)).await;
        is_refused(&stage, &answer, StatusCode::NOT_FOUND, "not_found").await;
    }
    stage.faults(json!([])).await;
    let stranger = but("params", json!({"userId": "nobody@example.com"}));
    let answer = ask(&browser, &stranger).await;
    assert_eq!((answer.status, answer.kind().as_str()), (StatusCode::NOT_FOUND, "vendor_refused"), "{}", answer.text);
    let outcome = stage.record().await.pop().unwrap();
    assert_eq!((outcome["result"].as_str(), outcome["problem"].as_str()), (Some("refused"), Some("vendor_refused")));
    assert!(!outcome["tracking_id"].as_str().unwrap().is_empty());
}

#[tokio::test]
async fn requests_of_another_shape_are_refused() {
    let stage = stage().await;
    let browser = stage.signed_in(Role::Admin).await;
    let shapes = [
        json!(null),
        json!([]),
        json!({"operation": "zoom.users.get"}),
        but("params", json!({"userId": 5})),
        but("pointer", json!(["/host_key"])),
        but("more", json!(true)),
    ];
    for body in shapes {
        assert_eq!(ask(&browser, &body).await.kind(), "bad_request", "{body}");
    }
    let many: serde_json::Map<String, Value> = (0..17).map(|number| (number.to_string(), json!("x"))).collect();
    for body in [but("pointer", json!("x".repeat(1_025))), but("params", Value::Object(many))] {
        assert_eq!(ask(&browser, &body).await.kind(), "too_large");
    }
    assert_eq!(calls(&stage).await, 0);
}

#[tokio::test]
async fn what_is_not_set_or_not_told_cannot_be_shown() {
    let stage = stage().await;
    let browser = stage.signed_in(Role::Admin).await;
    for held in [json!({"host_key": ""}), json!({"host_key": true}), json!({"host_key": null}), json!({})] {
        plant(&stage, held.clone()).await;
        let answer = ask(&browser, &host_key()).await;
        assert_eq!((answer.status, answer.kind().as_str()), (StatusCode::NOT_FOUND, "not_found"), "{held}");
        assert_eq!(stage.record().await.pop().unwrap()["result"], "refused");
    }
    plant(&stage, json!({"host_key": 123_456})).await;
    assert_eq!(ask(&browser, &host_key()).await.json(), json!({"value": "123456"}));
}

#[tokio::test]
async fn a_vendor_in_trouble_shows_nothing_and_the_record_says_so() {
    let stage = stage().await;
    let browser = stage.signed_in(Role::Admin).await;
    stage.faults(json!([{"path": "users/*", "fault": {"kind": "cut", "bytes": 5}}])).await;
    let answer = ask(&browser, &host_key()).await;
    assert_eq!((answer.status, answer.kind().as_str()), (StatusCode::BAD_GATEWAY, "vendor_failed"));
    let record = stage.record().await;
    let [intent, outcome] = &record[record.len() - 2..] else { panic!("two rows") };
    assert_eq!((intent["kind"].as_str(), outcome["problem"].as_str()), (Some("reveal"), Some("vendor_failed")));
}

#[tokio::test]
async fn what_cannot_be_recorded_is_not_asked_for_and_not_shown() {
    let broken = Arc::new(AtomicBool::new(false));
    let stage = Stage::over(|_| {}, |inner| Arc::new(Unwritable { inner, broken: broken.clone() })).await;
    plant(&stage, json!({"host_key": HOST_KEY})).await;
    let browser = stage.signed_in(Role::Admin).await;
    broken.store(true, Ordering::SeqCst);
    let answer = ask(&browser, &host_key()).await;
    assert_eq!((answer.status, answer.kind().as_str()), (StatusCode::SERVICE_UNAVAILABLE, "record_unavailable"));
    assert!(answer.json()["detail"].as_str().unwrap().contains("nothing was shown"));
    assert_eq!(calls(&stage).await, 0);
    broken.store(false, Ordering::SeqCst);
    assert_eq!(ask(&browser, &host_key()).await.json(), json!({"value": HOST_KEY}));
}
