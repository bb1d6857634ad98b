//! Addresses, faults, refusals of the whole account, changes behind the client's back, reset, and that a seed repeats
//! itself. Must not judge single actions.

use std::time::Duration;

use axum::body::Body;
use axum::http::StatusCode;
use roomkey_sandbox::Options;
use serde_json::{Value, json};

use super::{ADMIN, Connect, HOST, MEETINGS, PASSCODES, fails, invalid, ok};
use crate::bench::options;

const SHORTCUTS: &str = "action=sco-shortcuts";

#[tokio::test]
async fn other_addresses_and_methods_are_no_part_of_the_api() {
    let connect = Connect::new().await;
    for path in ["/connect/api", "/connect/api/xml/login", "/connect/api/xm", "/connect/"] {
        let mut request = connect.request("GET", SHORTCUTS, None);
        *request.uri_mut() = path.parse().expect("an address");
        assert_eq!(connect.bench.raw(request).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for method in ["PUT", "DELETE", "PATCH"] {
        let answer = connect.bench.raw(connect.request(method, SHORTCUTS, None)).await;
        assert_eq!((answer.status.as_u16(), answer.header("allow")), (405, Some("GET, POST")));
    }
}

#[tokio::test]
async fn body_that_is_no_form_has_no_parameters() {
    let connect = Connect::new().await;
    let mut request = connect.request("POST", "", Some(SHORTCUTS));
    request.headers_mut().insert("content-type", "text/xml".parse().expect("a type"));
    invalid(&connect.bench.raw(request).await, "action", "string", "missing");
    let mut request = connect.request("POST", SHORTCUTS, Some("{}"));
    request.headers_mut().insert("content-type", "application/json".parse().expect("a type"));
    ok(&connect.bench.raw(request).await);
    let request = connect.request("POST", "", Some(&format!("{MEETINGS}&filter-%FF=%")));
    invalid(&connect.bench.raw(request).await, "filter-\u{fffd}", "string", "no-such-item");
}

#[tokio::test]
async fn faults_strike_by_action_or_all_actions() {
    let connect = Connect::new().await;
    for (path, update, list) in [
        ("xml/acl-field-update", 502, 200),
        ("/connect/api/xml/acl-field-update", 502, 200),
        ("xml/acl-field-*", 502, 502),
        ("xml", 502, 502),
        ("xml/login", 200, 200),
    ] {
        connect.bench.faults(json!([{"path": path, "fault": {"kind": "status", "status": 502}}])).await;
        assert_eq!(connect.set_passcode("1", "a").await.status.as_u16(), update, "{path}");
        assert_eq!(connect.get(PASSCODES).await.status.as_u16(), list, "{path}");
    }
}

#[tokio::test]
async fn success_of_http_may_hold_a_page_or_an_internal_error() {
    let connect = Connect::new().await;
    let page = "<!DOCTYPE html><html><body>We will be back soon.</body></html>";
    let failure = "<?xml version=\"1.0\" encoding=\"utf-8\"?><results><status code=\"internal-error\"/></results>";
    let headers = json!({"content-type": "text/xml;charset=utf-8"});
    connect
        .bench
        .faults(json!([
            {"vendor": "connect", "times": 1, "fault": {"kind": "status", "status": 200, "body": page}},
            {"vendor": "connect", "times": 1,
             "fault": {"kind": "status", "status": 200, "body": failure, "headers": headers}},
        ]))
        .await;
    let answer = connect.get(SHORTCUTS).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, Some("text/html;charset=UTF-8")));
    assert_eq!(answer.text, page);
    fails(&connect.get(SHORTCUTS).await, "internal-error", "");
    ok(&connect.get(SHORTCUTS).await);
}

#[tokio::test]
async fn ignored_update_is_ok_without_effect_and_judged_all_the_same() {
    let connect = Connect::new().await;
    let id = connect.ids(MEETINGS, "row").await.remove(0);
    let before = connect.passcode(&id).await;
    connect.bench.faults(json!([{"vendor": "connect", "fault": {"kind": "ignore"}}])).await;
    ok(&connect.set_passcode(&id, "ignored1").await);
    invalid(&connect.set_passcode(&id, "not+allowed").await, "value", "string", "format");
    let feature = "account-id=7&feature-id=fid-meeting-passcode-notallowed&enable=false";
    ok(&connect.get(&format!("action=meeting-feature-update&{feature}")).await);
    assert_eq!(connect.passcode(&id).await, before);
    let features = connect.get("action=meeting-feature-info&account-id=7").await;
    assert!(!features.text.contains("fid-meeting-passcode-notallowed"));
    // Signing in is no write: it goes on.
    let login = format!("action=login&login={ADMIN}&password=demo-password");
    assert!(connect.post(&login).await.header("set-cookie").is_some());
}

#[tokio::test(start_paused = true)]
async fn update_whose_answer_never_comes_has_its_effect_and_one_that_hangs_has_none() {
    let connect = Connect::new().await;
    let id = connect.ids(MEETINGS, "row").await.remove(0);
    ok(&connect.set_passcode(&id, "before1").await);
    for (kind, expect) in [("hang", "before1"), ("apply_then_hang", "after2")] {
        connect.bench.faults(json!([{"path": "xml/acl-field-update", "fault": {"kind": kind}}])).await;
        let never = connect.set_passcode(&id, "after2");
        assert!(tokio::time::timeout(Duration::from_mins(1), never).await.is_err());
        assert_eq!(connect.passcode(&id).await.as_deref(), Some(expect));
        let last = connect.bench.ledger().await.into_iter().rfind(|line| line["service"] == "acl-field-update");
        assert_eq!(last.expect("a line")["status"], json!(null));
    }
}

#[tokio::test]
async fn cut_answer_ends_before_its_announced_length_and_the_update_is_done() {
    let connect = Connect::new().await;
    let id = connect.ids(MEETINGS, "row").await.remove(0);
    connect.bench.faults(json!([{"path": "xml/acl-field-update", "fault": {"kind": "cut", "bytes": 30}}])).await;
    let form = format!("action=acl-field-update&acl-id={id}&field-id=meeting-passcode&value=cut1");
    let request = connect.request("POST", "", Some(&form));
    let response = tower::ServiceExt::oneshot(connect.bench.app.clone(), request).await.expect("an infallible service");
    let announced =
        response.headers()["content-length"].to_str().expect("a number").parse::<usize>().expect("a number");
    assert!(announced > 30 && read(response.into_body()).await.is_err());
    assert_eq!(connect.passcode(&id).await.as_deref(), Some("cut1"));
}

async fn read(body: Body) -> Result<(), axum::Error> {
    http_body_util::BodyExt::collect(body).await.map(|_| ())
}

#[tokio::test]
async fn account_answers_what_it_was_told_to_refuse_with() {
    let mut connect = Connect::new().await;
    for subcode in [
        "account-expired",
        "denied",
        "no-login",
        "no-quota",
        "not-available",
        "not-secure",
        "pending-activation",
        "pending-license",
        "sco-expired",
        "sco-not-started",
    ] {
        assert_eq!(connect.mutate("account", json!({"refusal": subcode})).await.status, StatusCode::NO_CONTENT);
        fails(&connect.get(SHORTCUTS).await, "no-access", subcode);
        let login = format!("action=login&login={ADMIN}&password=demo-password");
        fails(&connect.post(&login).await, "no-access", subcode);
        ok(&connect.get("action=common-info").await);
    }
    connect.mutate("account", json!({"refusal": "internal-error"})).await;
    fails(&connect.get(SHORTCUTS).await, "internal-error", "");
    connect.mutate("account", json!({"refusal": null})).await;
    ok(&connect.get(SHORTCUTS).await);
    connect.sign_in(HOST).await;
}

#[tokio::test]
async fn mutation_changes_meetings_people_and_the_account_without_a_trace() {
    let connect = Connect::new().await;
    let id = connect.ids(MEETINGS, "row").await.remove(0);
    let (meeting, lines) = (format!("meetings/{id}"), connect.bench.ledger().await.len());
    for (path, patch) in [
        (meeting.as_str(), json!({"meeting-passcode": "against the rules", "name": "Renamed"})),
        ("people/host@example.com", json!({"name": "Ada Host"})),
        ("account", json!({"hosts-may-require-passcodes": true, "row-limit": 1000})),
    ] {
        let answer = connect.mutate(path, patch).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text);
    }
    assert_eq!(connect.bench.ledger().await.len(), lines);
    assert_eq!(connect.passcode(&id).await.as_deref(), Some("against the rules"));
    assert_eq!(connect.ids(&format!("{MEETINGS}&filter-name=Renamed"), "row").await, [id.as_str()]);
    let host = connect.read(&format!("action=principal-list&filter-login={HOST}")).await;
    assert_eq!(host.all("principal")[0].text("name"), "Ada Host");
    connect.mutate(&meeting, json!({"meeting-passcode": null})).await;
    assert_eq!(connect.passcode(&id).await, None);

    for (path, patch) in [
        (meeting.as_str(), json!({"meeting-passcode": 1})),
        (meeting.as_str(), json!({"colour": 1})),
        (meeting.as_str(), json!("x")),
        ("meetings/11001", json!({"name": "x"})),
        ("meetings/1", json!({"name": "x"})),
        ("people/nobody@example.com", json!({"name": "x"})),
        ("people/host@example.com", json!({"login": "x"})),
        ("account", json!({"refusal": "whatever"})),
        ("account", json!({"row-limit": -1})),
        ("rooms", json!({"name": "x"})),
    ] {
        let refused = connect.mutate(path, patch).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{path}");
        assert!(refused.json()["error"].as_str().is_some_and(|sentence| sentence.ends_with('.')), "{}", refused.text);
    }
}

#[tokio::test]
async fn reset_brings_meetings_people_and_the_account_back() {
    let connect = Connect::new().await;
    let told = async || {
        let features = connect.get("action=meeting-feature-info&account-id=7").await.text;
        [features, connect.get(PASSCODES).await.text, connect.get("action=principal-list").await.text]
    };
    let before = told().await;
    let id = connect.ids(MEETINGS, "row").await.remove(0);
    ok(&connect.set_passcode(&id, "changed1").await);
    connect.mutate("people/host@example.com", json!({"name": "x"})).await;
    connect.mutate("account", json!({"hosts-may-require-passcodes": true})).await;
    assert!(told().await.iter().zip(&before).all(|(one, other)| one != other));
    connect.bench.control("POST", "reset", Value::Null).await;
    assert_eq!(told().await, before);
}

#[tokio::test]
async fn same_seed_answers_the_same_and_another_seed_differs() {
    let told = async |seed| {
        let connect = Connect::with(Options { seed, ..options() }).await;
        let mut texts = vec![connect.cookie.clone()];
        let folders = "action=sco-contents&sco-id=11001";
        for query in [MEETINGS, PASSCODES, "action=principal-list", folders, "action=common-info"] {
            texts.push(connect.get(query).await.text);
        }
        texts
    };
    let (one, same, other) = (told(7).await, told(7).await, told(8).await);
    assert_eq!(one, same);
    assert!(one.iter().zip(&other).all(|(one, other)| one != other));
}
