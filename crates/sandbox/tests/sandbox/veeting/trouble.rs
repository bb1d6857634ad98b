//! Faults, the ledger, changes behind the client's back, reset, and that a seed repeats itself.
//! Must not judge bodies: `refusals.rs` does.

use axum::http::StatusCode;
use roomkey_sandbox::Options;
use serde_json::{Value, json};

use super::{INSTANCE, NOT_ALLOWED, Veeting, id, is_refused, tomorrow, with};
use crate::bench::options;

#[tokio::test]
async fn ledger_tells_on_behalf_of_whom_and_never_the_key() {
    let mut veeting = Veeting::new().await;
    let stranger = veeting.stranger().await;
    veeting.behalf("x-user-id", id(&stranger));
    veeting.schedule(&tomorrow()).await;
    veeting.behalf("x-user-email", "nobody@example.com");
    veeting.get("/meeting?start=2026-03-01T10:00:00.000Z").await;
    let ledger = veeting.bench.ledger().await;
    let [.., first, second] = &ledger[..] else { panic!("two lines") };
    assert_eq!(
        first,
        &json!({
            "seq": first["seq"],
            "time": "2026-03-01T10:00:00Z",
            "vendor": "veeting",
            "method": "POST",
            "path": "/veeting/api/v6/meeting",
            "query": "",
            "headers": {"content-type": "application/json", "x-api-key": "***", "x-user-id": stranger["id"]},
            "body": tomorrow(),
            "status": 200,
            "fault": null,
        })
    );
    assert_eq!(second["headers"], json!({"x-api-key": "***", "x-user-email": "nobody@example.com"}));
    assert_eq!((&second["query"], &second["status"]), (&json!("start=2026-03-01T10:00:00.000Z"), &json!(200)));
    let text = veeting.bench.control("GET", "ledger", Value::Null).await.text;
    assert!(!text.contains(INSTANCE) && !text.contains(super::ACCOUNT));
}

#[tokio::test]
async fn fault_answers_as_told_and_the_rule_names_the_vendor_and_its_paths() {
    let veeting = Veeting::new().await;
    let html = json!({"kind": "status", "status": 200, "body": "<html>oops</html>"});
    let unknown = json!({"kind": "status", "status": 200, "body": {"responseCode": -99, "data": null}});
    veeting
        .bench
        .faults(json!([
            {"vendor": "veeting", "method": "GET", "path": "meeting/*/participants", "fault": html},
            {"vendor": "veeting", "path": "meeting/close", "times": 1, "fault": unknown},
            {"vendor": "zoom", "fault": html},
        ]))
        .await;
    let open = veeting.open_meeting().await;
    let answer = veeting.get(&format!("/meeting/{}/participants", id(&open))).await;
    assert_eq!((answer.status, answer.text.as_str()), (StatusCode::OK, "<html>oops</html>"));
    let body = json!({"meetingId": open["id"]});
    assert_eq!(veeting.send("POST", "/meeting/close", Some(&body)).await.json()["responseCode"], -99);
    assert_eq!(veeting.open_meeting().await, open);
    assert_eq!(veeting.close(id(&open)).await["isClosed"], true);
}

#[tokio::test]
async fn ignored_write_is_answered_as_done_and_changes_nothing() {
    let veeting = Veeting::new().await;
    veeting.bench.faults(json!([{"vendor": "veeting", "fault": {"kind": "ignore"}}])).await;
    let before = veeting.list("/meeting").await;
    let open = veeting.open_meeting().await;
    assert_eq!(veeting.schedule(&tomorrow()).await["topic"], "Ward rounds");
    assert_eq!(veeting.change(id(&open), true, &with(&tomorrow(), "topic", json!("Not so"))).await["topic"], "Not so");
    assert_eq!(veeting.close(id(&open)).await["isClosed"], true);
    assert_eq!(veeting.done("DELETE", &format!("/meeting/{}", id(&open)), None).await, Value::Null);
    assert_eq!(veeting.list("/meeting").await, before);
    let answer = veeting.send("POST", "/meeting", Some(&json!({}))).await;
    assert_eq!(answer.json()["responseCode"], -4, "and it is still judged");
}

#[tokio::test(start_paused = true)]
async fn hang_with_a_time_is_handled_after_it() {
    let veeting = Veeting::new().await;
    let hang = json!({"kind": "hang", "ms": 30_000});
    veeting.bench.faults(json!([{"vendor": "veeting", "path": "account", "times": 1, "fault": hang}])).await;
    let start = tokio::time::Instant::now();
    assert_eq!(veeting.list("/account").await.len(), 1);
    assert_eq!(start.elapsed().as_millis(), 30_000);
}

#[tokio::test]
async fn keys_that_were_taken_back_hold_again_after_a_reset() {
    let mut veeting = Veeting::new().await;
    veeting.bench.faults(json!([{"vendor": "veeting", "times": 1, "fault": {"kind": "expire_token"}}])).await;
    for key in [super::ACCOUNT, INSTANCE] {
        veeting.key(key);
        is_refused(&veeting.get("/account").await, (-2, "The API key is not valid."));
    }
    veeting.bench.control("POST", "reset", Value::Null).await;
    assert_eq!(veeting.list("/account").await.len(), 30);
}

#[tokio::test]
async fn mutation_changes_accounts_organizers_and_meetings_without_a_trace() {
    let mut veeting = Veeting::new().await;
    let (open, account) = (veeting.open_meeting().await, veeting.list("/account").await[0].clone());
    let (email, lines) = (open["addedByUserEmail"].as_str().expect("an address"), veeting.bench.ledger().await.len());
    let (of_account, of_meeting) = (format!("accounts/{}", id(&account)), format!("meetings/{}", id(&open)));
    veeting.mutated(&of_account, json!({"name": "Other", "accountType": "trial", "paidUntil": super::NOW})).await;
    veeting
        .mutated(&format!("organizers/{email}"), json!({"firstName": "Ada", "lastName": "L", "email": "ada@x.org"}))
        .await;
    let change =
        json!({"topic": "Changed", "startTime": "2026-03-01T09:15:00.000Z", "duration": 75, "isRecorded": true});
    veeting.mutated(&of_meeting, change).await;
    veeting.mutated(&of_meeting, json!({"isDialin": true})).await;
    assert_eq!(veeting.bench.ledger().await.len(), lines);

    let read = veeting.list("/account").await[0].clone();
    assert_eq!((&read["name"], &read["accountType"]), (&json!("Other"), &json!("trial")));
    assert_eq!(read["paidUntil"], super::NOW);
    let meeting = veeting.read(&format!("/meeting/{}", id(&open))).await;
    assert_eq!((&meeting["topic"], &meeting["duration"]), (&json!("Changed"), &json!("75")));
    assert_eq!((&meeting["endTime"], &meeting["isRecorded"]), (&json!("2026-03-01T10:30:00.000Z"), &json!(true)));
    assert_eq!((&meeting["addedByUserName"], &meeting["addedByUserEmail"]), (&json!("Ada L"), &json!("ada@x.org")));
    assert!(meeting["dialInPin"].is_string());
    veeting.mutated(&of_meeting, Value::Null).await;
    is_refused(&veeting.get(&format!("/meeting/{}", id(&open))).await, NOT_ALLOWED);

    for (path, patch) in [
        (of_account.as_str(), json!({"colour": 1})),
        (of_account.as_str(), json!({"paidUntil": "soon"})),
        (of_account.as_str(), json!([])),
        ("accounts/made-up", json!({})),
        ("organizers/ada@x.org", json!({"id": "x"})),
        ("organizers/nobody@example.com", json!({})),
        (of_meeting.as_str(), json!({"topic": "Gone"})),
        (of_meeting.as_str(), Value::Null),
        ("meetings/made-up/participants", json!([])),
        ("rooms", json!({})),
    ] {
        let refused = veeting.mutate(path, patch).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{path}");
        assert!(refused.json()["error"].as_str().is_some_and(|sentence| sentence.ends_with('.')), "{}", refused.text);
    }
    veeting.behalf("x-user-email", "ada@x.org");
    assert_eq!(veeting.list("/account").await, [with(&read, "numberOfMeetings", json!(10))]);
}

#[tokio::test]
async fn reset_brings_everything_back() {
    let veeting = Veeting::new().await;
    let before = (veeting.read("/account").await, veeting.read("/meeting").await);
    veeting.schedule(&tomorrow()).await;
    veeting.close(id(&veeting.open_meeting().await)).await;
    veeting.hours_pass(100).await;
    veeting.bench.control("POST", "reset", Value::Null).await;
    assert_eq!((veeting.read("/account").await, veeting.read("/meeting").await), before);
}

#[tokio::test]
async fn same_seed_answers_the_same_and_another_seed_differs() {
    let told = async |seed| {
        let mut veeting = Veeting::with(Options { seed, ..options() }).await;
        let made = veeting.schedule(&tomorrow()).await;
        let mut texts = vec![made.to_string()];
        veeting.key(INSTANCE);
        let accounts = veeting.list("/account").await;
        for path in ["/meeting", "/account", "/meetingPermission", &format!("/account/admin/{}", id(&accounts[7]))] {
            texts.push(veeting.get(path).await.text);
        }
        texts
    };
    let (one, same, other) = (told(7).await, told(7).await, told(8).await);
    assert_eq!(one, same);
    assert!(one.iter().zip(&other).all(|(one, other)| one != other));
}
