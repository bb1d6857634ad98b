//! Faults that can be seen in this process. Must not test hangs and cuts on the wire: `wire.rs` does.

use axum::http::StatusCode;
use serde_json::json;

use crate::bench::Bench;

#[tokio::test]
async fn status_fault_answers_as_told_as_often_as_told_and_does_nothing() {
    let bench = Bench::new().await;
    let path = bench.clinical("/settings").await;
    let before = bench.read(&path).await;
    bench
        .faults(json!([{
            "vendor": "zoom", "method": "PATCH", "path": "groups/*/settings", "times": 2,
            "fault": {
                "kind": "status", "status": 429, "body": {"code": 429, "message": "Slow down."},
                "retry_after": "2026-03-01T10:00:05Z", "headers": {"X-RateLimit-Type": "QPS"},
            },
        }]))
        .await;
    let body = json!({"recording": {"auto_recording": "cloud"}});
    for _ in 0..2 {
        let answer = bench.patch(&path, body.clone()).await;
        answer.is_refused(429, 429, "Slow down.");
        assert_eq!(answer.header("retry-after"), Some("2026-03-01T10:00:05Z"));
        assert_eq!(answer.header("x-ratelimit-type"), Some("QPS"));
        assert!(answer.header("x-zm-trackingid").is_some());
        assert_eq!(bench.read(&path).await, before);
    }
    assert_eq!(bench.patch(&path, body).await.status, StatusCode::NO_CONTENT);
    assert_eq!(bench.read(&path).await["recording"]["auto_recording"], "cloud");
}

#[tokio::test]
async fn rule_lets_so_many_pass_first_and_others_alone() {
    let bench = Bench::new().await;
    let fault = json!({"kind": "status", "status": 500, "body": "<html>oops</html>"});
    bench
        .faults(json!([{"path": "/zoom/v2/groups", "query": "page_size=5", "after": 2, "times": 1, "fault": fault}]))
        .await;
    let mut statuses = Vec::new();
    for path in [
        "/groups",
        "/groups?page_size=5",
        "/groups?page_size=5",
        "/users",
        "/groups?page_size=5",
        "/groups?page_size=5",
    ] {
        statuses.push(bench.get(path).await.status.as_u16());
    }
    assert_eq!(statuses, [200, 200, 200, 200, 500, 200]);
    let rules = bench.control("GET", "faults", json!(null)).await.json();
    assert_eq!((&rules[0]["seen"], &rules[0]["struck"]), (&json!(4), &json!(1)));
}

#[tokio::test]
async fn rule_for_every_third_request_strikes_these_after_those_that_pass_and_so_often() {
    let bench = Bench::new().await;
    let fault = json!({"kind": "status", "status": 500});
    bench.faults(json!([{"path": "groups", "after": 1, "every": 3, "times": 2, "fault": fault}])).await;
    let mut statuses = Vec::new();
    for _ in 0..11 {
        statuses.push(bench.get("/groups").await.status.as_u16());
    }
    assert_eq!(statuses, [200, 200, 200, 500, 200, 200, 500, 200, 200, 200, 200]);
    let refused = bench.control("PUT", "faults", json!([{"every": 0, "fault": fault}])).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST, "never is no number of times");
}

#[tokio::test]
async fn rule_of_another_vendor_or_method_does_not_strike() {
    let bench = Bench::new().await;
    let fault = json!({"kind": "status", "status": 503});
    bench.faults(json!([{"vendor": "webex", "fault": fault}, {"method": "POST", "fault": fault}])).await;
    assert_eq!(bench.get("/groups").await.status, StatusCode::OK);
    assert_eq!(bench.post("/groups", json!({"name": "New"})).await.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn ignored_write_is_answered_as_done_and_changes_nothing() {
    let bench = Bench::new().await;
    let path = bench.clinical("/settings").await;
    let before = bench.read(&path).await;
    bench.faults(json!([{"path": "groups/*", "fault": {"kind": "ignore"}}])).await;
    let answer = bench.patch(&path, json!({"recording": {"auto_recording": "cloud"}})).await;
    assert_eq!((answer.status, answer.text.as_str()), (StatusCode::NO_CONTENT, ""));
    assert_eq!(bench.read(&path).await, before, "and reads go on");
    // It is still judged: a lie about success is no lie about sense.
    bench.patch(&path, json!({"in_meeting": {"chat": 1}})).await.names_fields(&["in_meeting.chat"]);
}

#[tokio::test]
async fn expired_tokens_are_refused_until_a_new_one_is_fetched() {
    let mut bench = Bench::new().await;
    bench.faults(json!([{"path": "groups", "times": 1, "fault": {"kind": "expire_token"}}])).await;
    bench.get("/groups").await.is_refused(401, 124, "Access token is expired.");
    bench.get("/users").await.is_refused(401, 124, "Access token is expired.");
    bench.sign_in().await;
    assert_eq!(bench.get("/groups").await.status, StatusCode::OK);
}

#[tokio::test]
async fn token_endpoint_can_fail_too() {
    let bench = Bench::new().await;
    bench.faults(json!([{"path": "/zoom/oauth/token", "fault": {"kind": "status", "status": 500}}])).await;
    let request = axum::http::Request::post(format!("/zoom/oauth/token?{}", crate::bench::TOKEN_QUERY));
    let request = request.header("authorization", crate::bench::BASIC).body(axum::body::Body::empty());
    let answer = bench.raw(request.expect("a request")).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
}

#[tokio::test(start_paused = true)]
async fn hang_with_a_time_is_handled_after_it() {
    let bench = Bench::new().await;
    bench.faults(json!([{"times": 1, "fault": {"kind": "hang", "ms": 30_000}}])).await;
    let start = tokio::time::Instant::now();
    assert_eq!(bench.get("/groups").await.status, StatusCode::OK);
    assert_eq!(start.elapsed().as_millis(), 30_000);
    assert_eq!(bench.get("/groups").await.status, StatusCode::OK);
    assert_eq!(start.elapsed().as_millis(), 30_000);
}

#[tokio::test]
async fn unknown_kind_or_field_of_a_rule_is_refused_and_the_old_rules_stay() {
    let bench = Bench::new().await;
    bench.faults(json!([{"fault": {"kind": "ignore"}}])).await;
    for rules in [
        json!([{"fault": {"kind": "explode"}}]),
        json!([{"fault": {"kind": "ignore"}, "often": 2}]),
        json!({"fault": {"kind": "ignore"}}),
    ] {
        let answer = bench.control("PUT", "faults", rules).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        assert!(answer.json()["error"].as_str().is_some_and(|sentence| sentence.contains("fault rules")));
    }
    let rules = bench.control("GET", "faults", json!(null)).await.json();
    assert_eq!(rules[0]["fault"]["kind"], "ignore");
}

#[tokio::test]
async fn ledger_names_the_fault_that_struck() {
    let bench = Bench::new().await;
    bench.faults(json!([{"method": "PATCH", "fault": {"kind": "ignore"}}])).await;
    bench.patch("/groups/x", json!({"name": "Y"})).await;
    bench.get("/groups").await;
    let ledger = bench.ledger().await;
    assert_eq!((&ledger[1]["fault"], &ledger[2]["fault"]), (&json!("ignore"), &json!(null)));
}
