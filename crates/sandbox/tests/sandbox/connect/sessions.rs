//! What a session opens and how it ends: time, signing out, faults. Must not test how it begins.

use serde_json::json;

use super::{Connect, HOST, fails, invalid, ok};

/// Every action that wants a session, with parameters that would do.
const ACTIONS: [&str; 13] = [
    "logout",
    "meeting-feature-update&account-id=7&feature-id=fid-meeting-passcode-notallowed&enable=false",
    "meeting-feature-info&account-id=7",
    "acl-field-update&acl-id=11001&field-id=meeting-passcode&value=",
    "acl-field-info&acl-id=11001",
    "acl-field-list&field-id=meeting-passcode",
    "permissions-info&acl-id=11001",
    "principal-list",
    "report-bulk-objects",
    "report-my-meetings",
    "sco-shortcuts",
    "sco-contents&sco-id=11001",
    "sco-info&sco-id=11001",
];

#[tokio::test]
async fn without_a_session_every_action_but_two_wants_a_login() {
    let mut connect = Connect::new().await;
    for cookie in ["", "BREEZESESSION=made-up", "BREEZESESSION=", "BREEZESESSION"] {
        connect.cookie = cookie.to_owned();
        for action in ACTIONS {
            fails(&connect.get(&format!("action={action}")).await, "no-access", "no-login");
            fails(&connect.post(&format!("action={action}")).await, "no-access", "no-login");
        }
    }
}

#[tokio::test]
async fn host_is_denied_what_is_for_administrators() {
    let connect = Connect::of_host().await;
    for action in &ACTIONS[1..] {
        let answer = connect.get(&format!("action={action}")).await;
        let own = ["report-my-meetings", "sco-shortcuts", "sco-contents", "sco-info"];
        if own.iter().any(|name| action.starts_with(name)) {
            ok(&answer);
        } else {
            fails(&answer, "no-access", "denied");
        }
    }
}

#[tokio::test]
async fn missing_and_unknown_actions_are_invalid_with_and_without_a_session() {
    let mut connect = Connect::new().await;
    for _ in 0..2 {
        invalid(&connect.get("").await, "action", "string", "missing");
        invalid(&connect.get("action=").await, "action", "string", "missing");
        invalid(&connect.get("action=meeting-delete").await, "action", "string", "no-such-item");
        invalid(&connect.post("action=Login").await, "action", "string", "no-such-item");
        connect.cookie.clear();
    }
}

#[tokio::test]
async fn session_ends_half_an_hour_after_its_last_call() {
    let connect = Connect::new().await;
    for _ in 0..3 {
        connect.bench.advance(30 * 60_000 - 1).await;
        ok(&connect.get("action=sco-shortcuts").await);
    }
    connect.bench.advance(30 * 60_000).await;
    fails(&connect.get("action=sco-shortcuts").await, "no-access", "no-login");
    let info = connect.read("action=common-info").await;
    assert!(info.all("user").is_empty() && !connect.cookie.ends_with(info.all("common")[0].text("cookie")));
}

#[tokio::test]
async fn logout_ends_its_own_session_only() {
    let mut connect = Connect::new().await;
    let first = connect.cookie.clone();
    connect.sign_in(HOST).await;
    ok(&connect.get("action=logout").await);
    fails(&connect.get("action=sco-shortcuts").await, "no-access", "no-login");
    fails(&connect.get("action=logout").await, "no-access", "no-login");
    connect.cookie = first;
    ok(&connect.get("action=sco-shortcuts").await);
}

#[tokio::test]
async fn session_that_ends_at_every_second_call_is_fetched_anew_each_time() {
    let mut connect = Connect::new().await;
    // Of the actions, all but login and logout have a hyphen in their names.
    let rule = json!({"vendor": "connect", "path": "xml/*-*", "every": 2, "fault": {"kind": "expire_token"}});
    connect.bench.faults(json!([rule])).await;
    for _ in 0..3 {
        ok(&connect.get("action=sco-shortcuts").await);
        fails(&connect.post("action=sco-shortcuts").await, "no-access", "no-login");
        connect.sign_in(super::ADMIN).await;
    }
    let rules = connect.bench.control("GET", "faults", json!(null)).await.json();
    assert_eq!((&rules[0]["seen"], &rules[0]["struck"], &rules[0]["every"]), (&json!(6), &json!(3), &json!(2)));
}

#[tokio::test]
async fn sessions_outlive_a_reset() {
    let connect = Connect::new().await;
    connect.bench.control("POST", "reset", json!(null)).await;
    ok(&connect.get("action=principal-list&filter-rows=1").await);
}

#[tokio::test]
async fn ledger_tells_action_and_parameters_as_they_were_sent_and_no_session() {
    let mut connect = Connect::new().await;
    connect.sign_in("admin%40example.com").await;
    connect.set_passcode("20000", "abc%20").await;
    connect.get("sort-name=asc&action=report-bulk-objects&filter-rows=1").await;
    let ledger = connect.bench.ledger().await;
    let told: Vec<_> = ledger[2..].iter().map(|line| (&line["service"], &line["query"], &line["body"])).collect();
    assert_eq!(
        told,
        [
            (&json!("login"), &json!(""), &json!("action=login&login=admin%40example.com&password=demo-password")),
            (
                &json!("acl-field-update"),
                &json!(""),
                &json!("action=acl-field-update&acl-id=20000&field-id=meeting-passcode&value=abc%20"),
            ),
            (
                &json!("report-bulk-objects"),
                &json!("sort-name=asc&action=report-bulk-objects&filter-rows=1"),
                &json!(null),
            ),
        ]
    );
    assert_eq!((&ledger[3]["vendor"], &ledger[3]["status"]), (&json!("connect"), &json!(200)));
    let text = connect.bench.control("GET", "ledger", json!(null)).await.text;
    assert!(!text.contains(connect.cookie.split_once('=').expect("a pair").1));
}
