//! Keys of both levels, and on behalf of whom they are used. Must not test what the operations do.

use axum::http::Request;
use serde_json::{Value, json};

use super::{INSTANCE, NOT_ALLOWED, Veeting, id, is_misfit, is_refused, tomorrow};

const WRONG_KEY: (i32, &str) = (-2, "The API key is not valid.");

/// A request of each operation, with ids that are there.
async fn requests(veeting: &Veeting) -> Vec<(&'static str, String, Option<Value>)> {
    let meeting = id(&veeting.open_meeting().await).to_owned();
    let account = id(&veeting.list("/account").await[0]).to_owned();
    vec![
        ("GET", "/account".to_owned(), None),
        ("POST", "/account".to_owned(), Some(json!({}))),
        ("GET", format!("/account/admin/{account}"), None),
        ("GET", "/meeting".to_owned(), None),
        ("POST", "/meeting".to_owned(), Some(tomorrow())),
        ("GET", format!("/meeting/{meeting}"), None),
        ("GET", format!("/meeting/{meeting}/participants"), None),
        ("GET", "/meetingPermission".to_owned(), None),
        ("PUT", format!("/meeting/{meeting}/false"), Some(super::with(&tomorrow(), "id", json!(meeting)))),
        ("POST", "/meeting/close".to_owned(), Some(json!({"meetingId": meeting}))),
        ("DELETE", format!("/meeting/{meeting}"), None),
    ]
}

#[tokio::test]
async fn without_a_key_that_is_known_every_operation_is_refused() {
    let mut veeting = Veeting::new().await;
    let requests = requests(&veeting).await;
    for key in ["", "made-up", "demo-instance-keys", "DEMO-INSTANCE-KEY"] {
        veeting.key(key);
        for (method, path, body) in &requests {
            is_refused(&veeting.send(method, path, body.as_ref()).await, WRONG_KEY);
        }
    }
    let request = Request::get("/veeting/api/v6/meeting").body(axum::body::Body::empty()).expect("a request");
    is_refused(&veeting.bench.raw(request).await, WRONG_KEY);
}

#[tokio::test]
async fn account_key_does_what_is_the_account_s_and_nothing_of_the_instance_s() {
    let veeting = Veeting::new().await;
    for (method, path, body) in requests(&veeting).await {
        let answer = veeting.send(method, &path, body.as_ref()).await;
        if path.starts_with("/account/admin") || (method == "POST" && path == "/account") {
            is_refused(&answer, NOT_ALLOWED);
        } else {
            assert_eq!(answer.json()["responseCode"], 0, "{method} {path}: {}", answer.text);
        }
    }
}

#[tokio::test]
async fn account_key_acts_for_nobody_else_not_even_for_its_own_organizer() {
    let mut veeting = Veeting::new().await;
    let requests = requests(&veeting).await;
    let made = veeting.schedule(&tomorrow()).await;
    veeting.also("x-user-email", made["addedByUserEmail"].as_str().expect("an address"));
    for (method, path, body) in requests {
        is_refused(&veeting.send(method, &path, body.as_ref()).await, NOT_ALLOWED);
    }
}

#[tokio::test]
async fn instance_key_reads_alone_and_writes_meetings_on_behalf_of_somebody_only() {
    let mut veeting = Veeting::new().await;
    let requests = requests(&veeting).await;
    veeting.key(INSTANCE);
    for (method, path, body) in requests {
        let answer = veeting.send(method, &path, body.as_ref()).await;
        if method != "GET" && path != "/account" {
            let sentence = "X-USER-ID or X-USER-EMAIL is missing: an instance key acts on behalf of somebody.";
            is_misfit(&answer, sentence);
        } else if method == "GET" {
            assert_eq!(answer.json()["responseCode"], 0, "{method} {path}: {}", answer.text);
        }
    }
}

#[tokio::test]
async fn somebody_is_named_by_id_or_address_and_sees_their_own_account() {
    let mut veeting = Veeting::new().await;
    let stranger = veeting.stranger().await;
    let email = stranger["email"].as_str().expect("an address");
    let mut meetings = Vec::new();
    for (header, who) in
        [("x-user-id", id(&stranger)), ("x-user-email", email), ("x-user-email", &email.to_uppercase())]
    {
        veeting.behalf(header, who);
        let made = veeting.schedule(&tomorrow()).await;
        assert_eq!((&made["addedByUserId"], &made["addedByUserEmail"]), (&stranger["id"], &stranger["email"]));
        assert_eq!(veeting.list("/account").await.len(), 1);
        assert_eq!(veeting.read("/account").await[0]["id"], made["accountId"]);
        meetings.push(id(&made).to_owned());
    }
    let listed = veeting.list("/meeting").await;
    assert!(listed.iter().all(|meeting| meeting["addedByUserId"] == stranger["id"]));
    assert!(meetings.iter().all(|made| listed.iter().any(|meeting| id(meeting) == made)));
}

#[tokio::test]
async fn nobody_known_is_not_allowed_and_two_at_once_are_not_valid() {
    let mut veeting = Veeting::new().await;
    let stranger = veeting.stranger().await;
    for (header, who) in [("x-user-id", "made-up"), ("x-user-email", "nobody@example.com"), ("x-user-id", "")] {
        veeting.behalf(header, who);
        is_refused(&veeting.get("/meeting").await, NOT_ALLOWED);
    }
    veeting.behalf("x-user-id", id(&stranger));
    veeting.also("x-user-email", stranger["email"].as_str().expect("an address"));
    let sentence = "Only one of X-USER-ID and X-USER-EMAIL may say on behalf of whom this is.";
    is_misfit(&veeting.get("/meeting").await, sentence);
    veeting.behalf("x-user-id", id(&stranger));
    veeting.also("x-user-id", id(&stranger));
    is_misfit(&veeting.get("/meeting").await, sentence);
}

#[tokio::test]
async fn what_belongs_to_another_account_is_refused_like_what_is_not_there() {
    let mut veeting = Veeting::new().await;
    let open = veeting.open_meeting().await;
    let stranger = veeting.stranger().await;
    veeting.behalf("x-user-id", id(&stranger));
    for meeting in [id(&open), "made-up"] {
        for (method, path, body) in [
            ("GET", format!("/meeting/{meeting}"), None),
            ("GET", format!("/meeting/{meeting}/participants"), None),
            ("PUT", format!("/meeting/{meeting}/true"), Some(super::with(&tomorrow(), "id", json!(meeting)))),
            ("POST", "/meeting/close".to_owned(), Some(json!({"meetingId": meeting}))),
            ("DELETE", format!("/meeting/{meeting}"), None),
        ] {
            is_refused(&veeting.send(method, &path, body.as_ref()).await, NOT_ALLOWED);
        }
    }
    let account = open["accountId"].as_str().expect("an id");
    is_refused(&veeting.get(&format!("/account/admin/{account}")).await, NOT_ALLOWED);
    is_refused(&veeting.get("/account/admin/made-up").await, NOT_ALLOWED);
    veeting.key(super::ACCOUNT);
    assert_eq!(veeting.open_meeting().await, open);
}
