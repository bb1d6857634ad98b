//! The token endpoint, and what becomes of tokens. Must not use the signed-in client but to compare.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::json;

use crate::bench::{Answer, BASIC, Bench, TOKEN_QUERY};

async fn ask(bench: &Bench, query: &str, authorization: &str, form: &'static str) -> Answer {
    let request = Request::post(format!("/zoom/oauth/token?{query}"))
        .header("authorization", authorization)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(form));
    bench.raw(request.expect("a request")).await
}

#[tokio::test]
async fn right_credentials_in_query_or_form_get_a_token_for_an_hour() {
    let bench = Bench::new().await;
    for (query, form) in [(TOKEN_QUERY, ""), ("", TOKEN_QUERY)] {
        let answer = ask(&bench, query, BASIC, form).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let body = answer.json();
        assert_eq!((&body["token_type"], &body["expires_in"]), (&json!("bearer"), &json!(3600)));
        let scopes: Vec<&str> = body["scope"].as_str().expect("scopes").split(' ').collect();
        assert!(scopes.contains(&"group:write:admin") && scopes.contains(&"group:update:settings:admin"));
        assert!(body.get("refresh_token").is_none());
    }
}

#[tokio::test]
async fn wrong_credentials_get_a_reason_and_no_token() {
    let bench = Bench::new().await;
    // "demo-client:wrong"
    let wrong = "Basic ZGVtby1jbGllbnQ6d3Jvbmc=";
    let wrong_account = "grant_type=account_credentials&account_id=other";
    let wrong_grant = "grant_type=authorization_code&account_id=demo-account";
    for (query, authorization, status, code, error) in [
        (TOKEN_QUERY, wrong, 401, 4702, "invalid_client"),
        (TOKEN_QUERY, "Bearer x", 400, 4706, "invalid_request"),
        (wrong_grant, BASIC, 400, 4705, "unsupported_grant_type"),
        (wrong_account, BASIC, 400, 4704, "invalid_request"),
        ("account_id=demo-account", BASIC, 400, 4705, "unsupported_grant_type"),
    ] {
        let answer = ask(&bench, query, authorization, "").await;
        let body = answer.json();
        assert_eq!((answer.status.as_u16(), &body["code"]), (status, &json!(code)), "{query} {authorization}");
        assert_eq!(body["error"], error);
        assert!(body["reason"].as_str().is_some_and(|reason| reason.ends_with('.')));
        assert!(body.get("access_token").is_none());
    }
}

#[tokio::test]
async fn missing_or_made_up_token_is_refused_as_invalid() {
    let bench = Bench::new().await;
    for authorization in [None, Some("Bearer made-up"), Some(BASIC)] {
        let mut request = Request::get("/zoom/v2/groups");
        if let Some(value) = authorization {
            request = request.header("authorization", value);
        }
        let answer = bench.raw(request.body(Body::empty()).expect("a request")).await;
        answer.is_refused(401, 124, "Invalid access token.");
    }
}

#[tokio::test]
async fn token_is_refused_as_expired_after_an_hour_and_not_before() {
    let bench = Bench::new().await;
    bench.control("POST", "clock", json!({"advance_ms": 3_599_999})).await;
    assert_eq!(bench.get("/groups").await.status, StatusCode::OK);
    bench.control("POST", "clock", json!({"advance_ms": 1})).await;
    bench.get("/groups").await.is_refused(401, 124, "Access token is expired.");
}

#[tokio::test]
async fn fifth_token_ends_the_first() {
    let mut bench = Bench::new().await;
    let first = bench.request("GET", "/groups", None);
    for _ in 0..3 {
        bench.sign_in().await;
    }
    let still = bench.request("GET", "/groups", None);
    bench.sign_in().await;
    bench.raw(first).await.is_refused(401, 124, "Invalid access token.");
    assert_eq!(bench.raw(still).await.status, StatusCode::OK);
    assert_eq!(bench.get("/groups").await.status, StatusCode::OK);
}
