//! Security headers stand on every answer of every status.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::StatusCode;
use roomkey_schema::Role;
use serde_json::json;

use crate::support::{Answer, Stage};

fn assert_dressed(answer: &Answer, what: &str) {
    let policy = answer.header("content-security-policy");
    for part in [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ] {
        assert!(policy.contains(part), "{what}: {policy}");
    }
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{what}: {policy}");
    assert_eq!(answer.header("x-content-type-options"), "nosniff", "{what}");
    assert_eq!(answer.header("referrer-policy"), "no-referrer", "{what}");
    assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{what}");
    assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{what}");
    assert!(answer.header("permissions-policy").contains("camera=()"), "{what}");
    assert_eq!(answer.header("x-request-id").len(), 32, "{what}");
}

#[tokio::test]
async fn every_status_carries_the_headers() {
    let stage = Stage::with(|config| config.limits.body_bytes = 1_000).await;
    stage.account(Role::Auditor).await;
    let auditor = stage.signed_in(Role::Auditor).await;
    let stranger = stage.browser();
    let group = stage.group(&auditor).await;
    let settings = format!("/api/zoom/groups/{group}/settings");
    let large = json!({"username": "x".repeat(2_000), "password": "y"});
    let plain = auditor.request("POST", "/auth/logout").body(Body::empty()).unwrap();
    let text = auditor.writing("PATCH", &settings).header("content-type", "text/plain");
    stage
        .faults(json!([{"method": "GET", "path": "groups/*/settings", "fault": {"kind": "status", "status": 500}}]))
        .await;

    let answers = [
        ("200", auditor.get("/auth/me").await),
        ("204", auditor.send(auditor.writing("POST", "/auth/logout").body(Body::empty()).unwrap()).await),
        ("400", stranger.get("/api/%2e%2e/x").await),
        ("401", stranger.get("/api/schema").await),
        ("403", auditor.send(plain).await),
        ("404", stranger.get("/nothing.js").await),
        ("405", stranger.get("/auth/login").await),
        ("413", stranger.write("POST", "/auth/login", &large).await),
        ("502", stage.signed_in(Role::Auditor).await.get(&settings).await),
    ];
    for (status, answer) in &answers {
        assert_eq!(answer.status.as_str(), *status, "{}", answer.text);
        assert_dressed(answer, status);
        if answer.status.is_client_error() || answer.status.is_server_error() {
            assert_eq!(answer.header("content-type"), "application/problem+json", "{status}");
            assert_eq!(answer.json()["request_id"], answer.header("x-request-id"));
            assert_eq!(answer.json()["status"], answer.status.as_u16());
            assert!(answer.json()["detail"].as_str().unwrap().ends_with('.'));
        }
    }
    let text = auditor.send(text.body(Body::from("{}")).unwrap()).await;
    assert_dressed(&text, "a text body");
    let seen: BTreeSet<StatusCode> = answers.iter().map(|(_, answer)| answer.status).collect();
    assert_eq!(seen.len(), answers.len());
}

#[tokio::test]
async fn strict_transport_is_promised_where_there_is_tls_and_only_there() {
    let plain = Stage::new().await;
    assert_eq!(plain.browser().get("/healthz").await.header("strict-transport-security"), "");
    let public = Stage::with(|config| config.public_origin = Some("https://roomkey.example.com".to_owned())).await;
    let answer = public.browser().get("/healthz").await;
    assert!(answer.header("strict-transport-security").starts_with("max-age=63072000"));
}

#[tokio::test]
async fn what_the_api_says_is_not_stored() {
    let stage = Stage::new().await;
    let browser = stage.signed_in(Role::Admin).await;
    for path in ["/api/schema", "/api/zoom/groups", "/api/nothing/here", "/auth/me", "/api/openapi.json"] {
        assert_eq!(browser.get(path).await.header("cache-control"), "no-store", "{path}");
    }
}

#[tokio::test]
async fn a_form_is_immutable_under_its_own_hash_only() {
    let stage = Stage::new().await;
    let browser = stage.signed_in(Role::Admin).await;
    let index = browser.get("/api/schema").await.json();
    let form = index["forms"].as_array().unwrap().iter().find(|form| form["id"] == "zoom.group_settings").unwrap();
    let hash = form["hash"].as_str().unwrap();
    let caching = |answer: &Answer| answer.header("cache-control").to_owned();
    let at = |query: &str| format!("/api/schema/zoom.group_settings{query}");
    let under_hash = browser.get(&at(&format!("?v={hash}"))).await;
    assert_eq!(caching(&under_hash), "private, max-age=31536000, immutable");
    assert_eq!(under_hash.json()["id"], "zoom.group_settings");
    assert_eq!(caching(&browser.get(&at("?v=other")).await), "private, no-cache");
    assert_eq!(caching(&browser.get(&at("")).await), "private, no-cache");
    assert_eq!(browser.get("/api/schema/zoom.nothing").await.kind(), "not_found");
}

#[tokio::test]
async fn help_desk_sees_only_what_it_may_reach() {
    let stage = Stage::new().await;
    let browser = stage.signed_in(Role::Helpdesk).await;
    let index = browser.get("/api/schema").await.json();
    let forms: Vec<&str> = index["forms"].as_array().unwrap().iter().map(|form| form["id"].as_str().unwrap()).collect();
    assert!(forms.contains(&"zoom.user_profile") && !forms.iter().any(|id| id.contains("group")), "{forms:?}");
    let operations = index["operations"].as_object().unwrap();
    assert!(operations.contains_key("zoom.users.update") && !operations.contains_key("zoom.group_settings.get"));
    assert_eq!(browser.get("/api/schema/zoom.group_settings").await.kind(), "not_found");
    let openapi = browser.get("/api/openapi.json").await.json();
    let paths: Vec<&String> = openapi["paths"].as_object().unwrap().keys().collect();
    let people = ["/zoom/users", "/zoom/groups/{groupId}", "/webex/people", "/webex/meetingPreferences"];
    let meetings = ["/connect/meetings", "/connect/passcodes", "/connect/hosts", "/connect/folders"];
    let veeting = ["/veeting/account", "/veeting/meeting"];
    let reached = |path: &&String| people.iter().chain(&meetings).chain(&veeting).any(|known| path.starts_with(known));
    assert!(paths.iter().all(reached), "{paths:?}");
    assert!(openapi["paths"]["/zoom/groups/{groupId}/settings"].is_null());
    assert!(openapi["paths"]["/zoom/groups/{groupId}"]["patch"].is_null());
    // Of what it may change, the description names what it may and nothing else.
    let users = openapi["paths"]["/zoom/users/{userId}"]["patch"].to_string();
    assert!(users.contains("host_key") && !users.contains("first_name"), "{users}");
}

#[tokio::test]
async fn metrics_are_for_this_machine_or_for_the_token() {
    let stage = Stage::with(|config| config.metrics.token = Some("metrics token".into())).await;
    let browser = stage.browser();
    assert_eq!(browser.get("/metrics").await.kind(), "forbidden");
    for (token, status) in [("Bearer metrics token", StatusCode::OK), ("Bearer other", StatusCode::FORBIDDEN)] {
        let request = browser.request("GET", "/metrics").header("authorization", token);
        assert_eq!(browser.send(request.body(Body::empty()).unwrap()).await.status, status);
    }
}
