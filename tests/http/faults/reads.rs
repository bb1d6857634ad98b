//! Reads that go wrong: each way has its kind, its code and its sentence. Must not be about tokens or limits.

use roomkey_schema::Role;
use roomkey_schema::wire::Problem;
use roomkey_tests::{Setup, Site};
use serde_json::{Value, json};

use super::can_be_quoted;

/// The problem that reading a group's settings ends with under that fault.
async fn reading_under(fault: Value, status: u16, kind: &str) -> Problem {
    let site = Site::new().await;
    let settings = format!("{}/settings", site.story().await);
    site.vendor.faults(json!([{"method": "GET", "path": "groups/*", "fault": fault}])).await;
    let answer = site.get(Role::Auditor, &settings).await;
    // Reading again once the fault is over finds everything in order.
    site.vendor.faults(json!([])).await;
    site.get(Role::Auditor, &settings).await.ok();
    answer.problem(status, kind)
}

fn status(status: u16, body: &Value) -> Value {
    json!({"kind": "status", "status": status, "body": body})
}

#[tokio::test]
async fn status_500_is_a_failure_of_the_vendor() {
    let problem = reading_under(status(500, &json!("<h1>Oops</h1>")), 502, "vendor_failed").await;
    can_be_quoted(&problem);
    assert!(problem.detail.contains("status 500") && !problem.detail.contains("Oops"), "{}", problem.detail);
}

#[tokio::test]
async fn answer_that_breaks_off_is_a_failure_of_the_vendor() {
    let problem = reading_under(json!({"kind": "cut", "bytes": 20}), 502, "vendor_failed").await;
    assert_eq!(problem.vendor.as_deref(), Some("zoom"));
    assert!(problem.detail.contains("broke off"), "{}", problem.detail);
}

#[tokio::test]
async fn answer_that_breaks_off_keeps_the_tracking_id_that_came_with_its_head() {
    can_be_quoted(&reading_under(json!({"kind": "cut", "bytes": 20}), 502, "vendor_failed").await);
}

#[tokio::test]
async fn failures_and_limits_keep_the_vendors_code_too() {
    for (of, kind) in [(500, "vendor_failed"), (429, "vendor_rate_limited")] {
        let site = Site::new().await;
        let fault = status(of, &json!({"code": of, "message": "No."}));
        site.vendor.faults(json!([{"path": "groups", "fault": fault}])).await;
        let answer = site.get(Role::Admin, "/api/zoom/groups").await;
        let problem = answer.problem(if of == 500 { 502 } else { of }, kind);
        can_be_quoted(&problem);
        assert_eq!(problem.vendor_code, Some(of.to_string()));
    }
}

#[tokio::test]
async fn answer_that_is_no_json_is_a_failure_of_the_vendor() {
    for body in [json!("<html>sign in</html>"), json!("{\"in_meeting\":{\"waiting_room\":true")] {
        let problem = reading_under(status(200, &body), 502, "vendor_failed").await;
        can_be_quoted(&problem);
        assert!(problem.detail.contains("makes no sense"), "{}", problem.detail);
    }
}

#[tokio::test]
async fn refusal_inside_a_200_is_a_refusal() {
    let body = json!({
        "code": 300,
        "message": "Validation Failed.",
        "errors": [{"field": "in_meeting.waiting_room", "message": "Invalid field."}],
    });
    let problem = reading_under(status(200, &body), 422, "vendor_refused").await;
    can_be_quoted(&problem);
    assert_eq!(problem.vendor_code.as_deref(), Some("300"));
    assert_eq!(problem.fields[0].pointer, "/in_meeting/waiting_room");
    assert!(problem.detail.contains("“Validation Failed.”"), "{}", problem.detail);
}

#[tokio::test]
async fn refusal_keeps_the_vendors_code_and_words() {
    let body = json!({"code": 200, "message": "Your plan does not include this."});
    let problem = reading_under(status(400, &body), 422, "vendor_refused").await;
    can_be_quoted(&problem);
    assert_eq!(problem.vendor_code.as_deref(), Some("200"));
    assert!(problem.detail.contains("“Your plan does not include this.”"), "{}", problem.detail);
    let unheard_of = json!({"code": 31337, "message": ""});
    let problem = reading_under(status(403, &unheard_of), 422, "vendor_refused").await;
    assert!(problem.detail.contains("31337"), "{}", problem.detail);
}

#[tokio::test]
async fn vendors_essay_is_shortened_and_loses_its_control_characters() {
    let body = json!({"code": 300, "message": format!("First line\n\u{7}{}", "x".repeat(5_000))});
    let problem = reading_under(status(400, &body), 422, "vendor_refused").await;
    assert!(problem.detail.contains("“First linexxx"), "{}", problem.detail);
    assert!(problem.detail.chars().count() < 1_000, "{}", problem.detail);
}

#[tokio::test]
async fn missing_permission_of_the_app_is_told_as_such() {
    let body = json!({"code": 4711, "message": "Invalid access token, does not contain scopes."});
    let problem = reading_under(status(400, &body), 422, "vendor_refused").await;
    assert_eq!(problem.vendor_code.as_deref(), Some("4711"));
    assert!(problem.detail.contains("roomkey check"), "{}", problem.detail);
}

#[tokio::test]
async fn group_that_does_not_exist_is_not_found_in_the_vendors_name() {
    let site = Site::new().await;
    let problem = site.get(Role::Admin, "/api/zoom/groups/nobody/settings").await.problem(404, "vendor_refused");
    can_be_quoted(&problem);
    assert_eq!(problem.vendor_code.as_deref(), Some("4130"));
}

#[tokio::test]
async fn redirection_is_not_followed() {
    let headers = json!({"location": "/zoom/v2/groups"});
    let fault = json!({"kind": "status", "status": 302, "headers": headers});
    let problem = reading_under(fault, 502, "vendor_failed").await;
    can_be_quoted(&problem);
}

#[tokio::test]
async fn vendor_that_does_not_answer_is_given_up_and_others_are_served_meanwhile() {
    let site = Site::with(Setup { timeout_ms: 2_000, ..Setup::default() }).await;
    let group = site.story().await;
    site.vendor.faults(json!([{"path": "groups/*/settings", "fault": {"kind": "hang"}}])).await;
    let settings = format!("{group}/settings");
    let (hanging, other) = tokio::join!(site.get(Role::Admin, &settings), site.get(Role::Admin, &group));
    let problem = hanging.problem(504, "vendor_timeout");
    assert_eq!(problem.vendor.as_deref(), Some("zoom"));
    other.ok();
    let reads = site.vendor.calls().await.into_iter().filter(|line| line.fault.is_some()).count();
    assert_eq!(reads, 1);
}
