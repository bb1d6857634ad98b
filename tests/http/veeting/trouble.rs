//! Veeting fails: in its envelope, without one, late or not at all. What is said, what is known of a change, and that
//! nobody else notices. Its key and its tokens come out nowhere.

use roomkey_proxy::config::VeetingLevel;
use roomkey_schema::Role;
use roomkey_schema::wire::Problem;
use roomkey_tests::log::Log;
use roomkey_tests::{INSTANCE_KEY, Setup, Site};
use serde_json::{Value, json};

use super::{ACCOUNT, MEETING, ask, least, organizer, scheduled, site};

/// What reading says while Veeting answers so.
async fn reading(fault: Value, status: u16, kind: &str) -> Problem {
    let site = site(VeetingLevel::Instance).await;
    site.vendor.faults(json!([{"vendor": "veeting", "fault": fault}])).await;
    let problem = site.get(Role::Admin, ACCOUNT).await.problem(status, kind);
    site.get(Role::Admin, "/api/zoom/groups").await.ok();
    assert_eq!(problem.vendor.as_deref(), Some("veeting"));
    problem
}

fn envelope(code: i64, message: &str) -> Value {
    json!({"kind": "status", "status": 200, "body": {"responseCode": code, "data": null, "message": message}})
}

#[tokio::test]
async fn every_code_in_a_200_is_a_sentence() {
    for (code, status, kind, said) in [
        (-99, 502, "vendor_failed", "Veeting failed and does not say why."),
        (-10, 422, "vendor_refused", "An account with this e-mail address exists already."),
        (-4, 422, "vendor_refused", "Veeting does not take one of the values."),
        (-3, 422, "vendor_refused", "Veeting does not allow this"),
        (-2, 503, "vendor_credentials", "Veeting does not accept"),
    ] {
        let problem = reading(envelope(code, "Not today."), status, kind).await;
        assert!(problem.detail.starts_with(said), "{code}: {}", problem.detail);
        assert_eq!(problem.vendor_code, Some(code.to_string()));
    }
    let quoted = reading(envelope(-4, "topic is missing."), 422, "vendor_refused").await;
    assert!(quoted.detail.ends_with("Veeting said: “topic is missing.”"), "{}", quoted.detail);
    let unknown = reading(envelope(-77, ""), 422, "vendor_refused").await;
    assert!(unknown.detail.contains("-77"), "{}", unknown.detail);
}

#[tokio::test]
async fn html_and_half_an_answer_and_a_failed_service_are_sentences() {
    let html = json!({"kind": "status", "status": 200, "body": "<html>Maintenance</html>"});
    let said = reading(html, 502, "vendor_failed").await.detail;
    assert!(said.contains("Veeting") && !said.contains('<'), "{said}");
    reading(json!({"kind": "cut", "bytes": 20}), 502, "vendor_failed").await;
    let failed = reading(json!({"kind": "status", "status": 500}), 502, "vendor_failed").await;
    assert!(failed.detail.starts_with("Veeting's service failed with status 500."), "{}", failed.detail);
    let limited = json!({"kind": "status", "status": 429, "retry_after": "7"});
    assert!(reading(limited, 429, "vendor_rate_limited").await.retry_at.is_some());
}

#[tokio::test]
async fn silence_is_a_timeout_and_others_answer_meanwhile() {
    let site = Site::with(Setup { timeout_ms: 300, ..Setup::default() }).await;
    site.vendor.faults(json!([{"vendor": "veeting", "fault": {"kind": "hang"}}])).await;
    let (silent, other) = tokio::join!(site.get(Role::Admin, ACCOUNT), site.get(Role::Admin, "/api/zoom/groups"));
    silent.problem(504, "vendor_timeout");
    other.ok();
}

#[tokio::test]
async fn nobody_there_is_said_and_nothing_was_changed() {
    let site = Site::with(Setup { vendor_is_up: false, ..Setup::default() }).await;
    let problem = ask(&site, "POST", &format!("{MEETING}?userId=x"), &least()).await.problem(503, "vendor_unreachable");
    assert!(problem.detail.contains("nothing was changed"), "{}", problem.detail);
}

#[tokio::test]
async fn closing_whose_answer_is_lost_is_said_to_be_unknown_and_shows_what_is_there() {
    let site = Site::with(Setup { timeout_ms: 1_000, ..Setup::default() }).await;
    let (user, _) = organizer(&site).await;
    let behalf = format!("userId={user}");
    let id = scheduled(&site, &behalf, &least()).await;
    let lost = json!([{"vendor": "veeting", "method": "POST", "times": 1, "fault": {"kind": "apply_then_hang"}}]);
    site.vendor.faults(lost).await;
    let answer = ask(&site, "POST", &format!("{MEETING}/close?{behalf}"), &json!({"meetingId": id})).await;
    let problem = answer.problem(504, "vendor_timeout");
    assert_eq!(problem.current.expect("what is there")["isClosed"], true);
    let closes = site.vendor.writes().await.into_iter().filter(|line| line.path.ends_with("/close")).count();
    assert_eq!(closes, 1, "it is not repeated");
}

#[tokio::test]
async fn change_whose_answer_is_lost_is_found_to_be_made() {
    let site = Site::with(Setup { timeout_ms: 1_000, ..Setup::default() }).await;
    let (user, _) = organizer(&site).await;
    let behalf = format!("userId={user}");
    let id = scheduled(&site, &behalf, &least()).await;
    let lost = json!([{"vendor": "veeting", "method": "PUT", "times": 1, "fault": {"kind": "apply_then_hang"}}]);
    site.vendor.faults(lost).await;
    let written =
        ask(&site, "PUT", &format!("{MEETING}/{id}/false?{behalf}"), &json!({"topic": "Moved"})).await.written();
    assert_eq!(written.value.expect("read back")["topic"], "Moved");
}

#[tokio::test]
async fn key_and_tokens_come_out_nowhere() {
    let log = Log::capture();
    let site = site(VeetingLevel::Instance).await;
    let canary = "canary-veeting-7Q";
    let meeting = json!({"id": "m", "icsToken": canary, "dialInPin": canary, "sipProxy": canary});
    let people = json!([{"id": "p", "icsToken": canary, "icsPath": format!("/calendar/{canary}")}]);
    let data = |data: Value| json!({"kind": "status", "status": 200, "body": {"responseCode": 0, "data": data}});
    let mut answers = Vec::new();
    for (path, told, pointer) in [
        (format!("{MEETING}/m"), meeting.clone(), "/icsToken"),
        (MEETING.to_owned(), json!([meeting]), "/0/dialInPin"),
        (format!("{ACCOUNT}/admin/a"), people, "/0/icsPath"),
    ] {
        site.vendor.faults(json!([{"vendor": "veeting", "fault": data(told)}])).await;
        let answer = site.get(Role::Admin, &path).await;
        assert_eq!(answer.ok().pointer(pointer), Some(&json!(true)), "{}", answer.text);
        answers.push(answer);
    }
    site.vendor
        .faults(json!([{"vendor": "veeting", "fault": envelope(-2, &format!("{INSTANCE_KEY} is no key."))}]))
        .await;
    let refused = site.get(Role::Admin, ACCOUNT).await;
    refused.problem(503, "vendor_credentials");
    answers.push(refused);
    for secret in [canary, INSTANCE_KEY] {
        assert!(answers.iter().all(|answer| !answer.text.contains(secret)), "{secret} in an answer");
        assert!(site.files_with(secret).is_empty() && !log.text().contains(secret), "{secret} is kept");
    }
    assert!(log.text().contains(answers[3].header("x-request-id")), "the log was listened to");
}
