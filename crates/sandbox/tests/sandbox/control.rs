//! `/_sandbox`: ledger, reset, changes behind the client's back, and that a seed repeats itself.
//! Must not test faults: they have their own files.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use roomkey_sandbox::Options;
use serde_json::{Value, json};

use crate::bench::{Bench, options};

#[tokio::test]
async fn ledger_tells_each_vendor_request_and_no_secret() {
    let bench = Bench::new().await;
    let path = bench.clinical("/settings").await;
    bench.patch(&format!("{path}?option=meeting_security"), json!({"meeting_security": {"waiting_room": true}})).await;
    let ledger = bench.ledger().await;
    assert_eq!(ledger.iter().map(|line| line["seq"].as_u64()).collect::<Vec<_>>(), [Some(1), Some(2), Some(3)]);
    let last = &ledger[2];
    assert_eq!(
        last,
        &json!({
            "seq": 3,
            "time": "2026-03-01T10:00:00Z",
            "vendor": "zoom",
            "method": "PATCH",
            "path": format!("/zoom/v2{path}"),
            "query": "option=meeting_security",
            "headers": {"authorization": "Bearer", "content-type": "application/json"},
            "body": {"meeting_security": {"waiting_room": true}},
            "status": 204,
            "fault": null,
        })
    );
    let text = bench.control("GET", "ledger", Value::Null).await.text;
    assert!(!text.contains(bench.token()) && !text.contains("ZGVtby1jbGllbnQ6"));
}

#[tokio::test]
async fn ledger_is_read_from_a_number_on() {
    let bench = Bench::new().await;
    bench.get("/groups").await;
    bench.get("/users").await;
    let answer = bench.control("GET", "ledger?since=2", Value::Null).await;
    assert_eq!(answer.header("content-type"), Some("application/x-ndjson"));
    let line: Value = serde_json::from_str(&answer.text).expect("one line");
    assert_eq!((&line["seq"], &line["path"]), (&json!(3), &json!("/zoom/v2/users")));
}

#[tokio::test]
async fn ledger_tells_refused_requests_and_text_bodies_too() {
    let bench = Bench::new().await;
    let request = Request::patch("/zoom/v2/groups/x").body(Body::from("not json")).expect("a request");
    bench.raw(request).await.is_refused(401, 124, "Invalid access token.");
    let ledger = bench.ledger().await;
    assert_eq!((&ledger[1]["status"], &ledger[1]["body"]), (&json!(401), &json!("not json")));
    assert_eq!(ledger[1]["headers"], json!({}));
}

#[tokio::test]
async fn ledger_file_has_the_same_lines_and_survives_a_reset() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("ledger.ndjson");
    let bench = Bench::with(Options { ledger: Some(file.clone()), ..options() }).await;
    bench.get("/groups").await;
    let text = bench.control("GET", "ledger", Value::Null).await.text;
    assert_eq!(std::fs::read_to_string(&file).expect("the file"), text);
    bench.control("POST", "reset", Value::Null).await;
    assert_eq!(bench.ledger().await, [json!(null); 0]);
    assert_eq!(std::fs::read_to_string(&file).expect("the file"), text);
}

#[tokio::test]
async fn ledger_file_that_cannot_be_opened_stops_the_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let options = Options { ledger: Some(folder.path().to_owned()), ..options() };
    let problem = roomkey_sandbox::router(options).expect_err("a folder is no file");
    assert!(problem.to_string().starts_with("the ledger file cannot be opened"));
}

#[tokio::test]
async fn account_and_people_are_changed_by_fields_that_they_have() {
    let bench = Bench::new().await;
    let change = async |path: &str, patch: Value| {
        let body = json!({"vendor": "zoom", "path": path, "patch": patch});
        bench.control("POST", "mutate", body).await
    };
    let me = "/users/me";
    assert_eq!(change("users/me", json!({"first_name": "Olga", "type": 1})).await.status, StatusCode::NO_CONTENT);
    let read = bench.read(me).await;
    assert_eq!((&read["first_name"], &read["type"]), (&json!("Olga"), &json!(1)));
    let settings = json!({"in_meeting": {"annotation": true}});
    assert_eq!(change("users/me/settings", settings).await.status, StatusCode::NO_CONTENT);
    assert_eq!(bench.read("/users/me/settings").await["in_meeting"]["annotation"], true);
    for (path, patch) in
        [("account", json!({"paid": "no"})), ("account", json!({"colour": 1})), ("users/me", json!({"id": "x"}))]
    {
        let refused = change(path, patch).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        assert!(refused.json()["error"].as_str().is_some_and(|sentence| !sentence.is_empty()));
    }
}

#[tokio::test]
async fn reset_brings_back_state_faults_and_ledger_and_keeps_the_client_signed_in() {
    let bench = Bench::new().await;
    let path = bench.clinical("/settings").await;
    let before = bench.read(&path).await;
    bench.patch(&path, json!({"recording": {"auto_recording": "cloud"}})).await;
    bench.post("/groups", json!({"name": "New"})).await;
    bench.faults(json!([{"fault": {"kind": "status", "status": 500}}])).await;
    assert_eq!(bench.control("POST", "reset", Value::Null).await.status, StatusCode::NO_CONTENT);
    assert_eq!(bench.control("GET", "faults", Value::Null).await.json(), json!([]));
    assert_eq!(bench.read(&path).await, before);
    assert_eq!(bench.read("/groups").await["total_records"], 40);
    assert_eq!(bench.ledger().await[0]["seq"], 1);
}

#[tokio::test]
async fn mutation_changes_settings_locks_and_names_without_a_trace() {
    let bench = Bench::new().await;
    let group = bench.group("Clinical staff").await;
    let lines = bench.ledger().await.len();
    for (path, option, patch) in [
        ("settings", None, json!({"in_meeting": {"waiting_room": true}})),
        ("settings", Some("meeting_security"), json!({"meeting_security": {"waiting_room": true}})),
        ("lock_settings", None, json!({"in_meeting": {"chat": true}})),
        ("settings/registration", None, json!({"approve_type": 1})),
    ] {
        let change =
            json!({"vendor": "zoom", "path": format!("groups/{group}/{path}"), "option": option, "patch": patch});
        let answer = bench.control("POST", "mutate", change).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text);
    }
    let rename = json!({"vendor": "zoom", "path": format!("groups/{group}"), "patch": {"name": "Renamed"}});
    assert_eq!(bench.control("POST", "mutate", rename).await.status, StatusCode::NO_CONTENT);
    assert_eq!(bench.ledger().await.len(), lines);

    let path = format!("/groups/{group}");
    assert_eq!(bench.read(&path).await["name"], "Renamed");
    assert_eq!(bench.read(&format!("{path}/settings")).await["in_meeting"]["waiting_room"], true);
    let security = bench.read(&format!("{path}/settings?option=meeting_security")).await;
    assert_eq!(security["meeting_security"]["waiting_room"], true);
    assert_eq!(bench.read(&format!("{path}/lock_settings")).await["in_meeting"]["chat"], true);
    assert_eq!(bench.read(&format!("{path}/settings/registration")).await["approve_type"], 1);
}

#[tokio::test]
async fn mutation_of_what_is_not_there_is_refused_with_a_sentence() {
    let bench = Bench::new().await;
    let group = bench.group("Clinical staff").await;
    for (vendor, path, option, patch) in [
        ("zoom", "groups/none/settings".to_owned(), None, json!({})),
        ("zoom", format!("groups/{group}/settings"), Some("none"), json!({})),
        ("zoom", format!("groups/{group}"), None, json!({"size": 1})),
        ("zoom", "nowhere".to_owned(), None, json!({})),
        ("nobody", "groups".to_owned(), None, json!({})),
    ] {
        let change = json!({"vendor": vendor, "path": path, "option": option, "patch": patch});
        let answer = bench.control("POST", "mutate", change).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}");
        assert!(answer.json()["error"].as_str().is_some_and(|sentence| sentence.ends_with('.')), "{}", answer.text);
    }
}

#[tokio::test]
async fn same_seed_answers_the_same_and_another_seed_differs() {
    let told = async |seed| {
        let bench = Bench::with(Options { seed, ..options() }).await;
        let mut texts = Vec::new();
        let path = bench.clinical("/settings").await;
        for path in
            ["/users", "/groups", &path, &bench.clinical("/lock_settings").await, &bench.clinical("/admins").await]
        {
            let answer = bench.get(path).await;
            texts.push((answer.text.clone(), answer.header("x-zm-trackingid").map(str::to_owned)));
        }
        bench.post("/groups", json!({"name": "New"})).await;
        texts.push((bench.get("/groups").await.text, None));
        texts
    };
    let (one, same, other) = (told(7).await, told(7).await, told(8).await);
    assert_eq!(one, same);
    assert!(one.iter().zip(&other).all(|(one, other)| one.0 != other.0));
}

#[tokio::test]
async fn order_of_reading_does_not_change_what_is_read() {
    let (one, two) = (Bench::new().await, Bench::new().await);
    let (clinical, library) =
        (one.clinical("/settings").await, format!("/groups/{}/settings", one.group("Library").await));
    let forward = [one.read(&clinical).await, one.read(&library).await];
    let backward = [two.read(&library).await, two.read(&clinical).await];
    assert_eq!(forward[0], backward[1]);
    assert_eq!(forward[1], backward[0]);
    assert_ne!(forward[0], forward[1]);
}

#[tokio::test]
async fn root_of_the_controls_names_the_vendors() {
    let bench = Bench::new().await;
    let about = bench.control("GET", "", Value::Null).await.json();
    let vendors = json!([
        {"name": "zoom", "base": "/zoom/v2"},
        {"name": "webex", "base": "/webex/v1"},
        {"name": "webex_xml", "base": "/webex-xml/WBXService"},
        {"name": "connect", "base": "/connect/api"},
        {"name": "veeting", "base": "/veeting/api/v6"},
    ]);
    assert_eq!(about, json!({"vendors": vendors, "time": "2026-03-01T10:00:00Z"}));
}
