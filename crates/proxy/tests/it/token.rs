//! Zoom's token: one for everybody, one renewal in flight. The vendor is a few lines here, because it must count.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use roomkey_proxy::clock::ManualClock;
use roomkey_proxy::config::{Budget, Zoom as ZoomConfig};
use roomkey_proxy::vendors::zoom::Zoom;
use roomkey_proxy::vendors::{Call, Trouble, Vendor};
use roomkey_schema::{Method, RateClass};
use serde_json::json;
use tokio::task::JoinSet;

use crate::support::{BEGIN_MS, listen};

struct Account {
    vendor: Arc<Zoom>,
    clock: Arc<ManualClock>,
    /// Tokens handed out; only the last one is worth something.
    issued: Arc<AtomicUsize>,
}

/// An account whose tokens live for an hour; with `refuse`, none are handed out.
async fn account(refuse: bool) -> Account {
    let issued = Arc::new(AtomicUsize::new(0));
    let (on_token, on_call) = (issued.clone(), issued.clone());
    let router = Router::new()
        .route(
            "/oauth/token",
            post(move || {
                let number = on_token.fetch_add(1, Ordering::SeqCst) + 1;
                async move { token(number, refuse) }
            }),
        )
        .route("/v2/groups", get(move |headers: HeaderMap| async move { call(&headers, &on_call) }));
    let address = listen(router).await;
    let config = ZoomConfig {
        base_url: format!("http://{address}/v2"),
        token_url: format!("http://{address}/oauth/token"),
        account_id: "account".to_owned(),
        client_id: "client".to_owned(),
        client_secret: Some("secret".into()),
        client_secret_file: None,
        timeout_ms: 10_000,
        budget: Budget::unlimited(),
    };
    let clock = Arc::new(ManualClock::at(BEGIN_MS));
    Account { vendor: Arc::new(Zoom::new(&config, clock.clone()).unwrap()), clock, issued }
}

fn token(number: usize, refuse: bool) -> Response {
    if refuse {
        let body = json!({"reason": "Invalid client_id or client_secret", "error": "invalid_client"});
        return (StatusCode::BAD_REQUEST, Json(body)).into_response();
    }
    let body = json!({"access_token": format!("token-{number}"), "token_type": "bearer", "expires_in": 3600});
    Json(body).into_response()
}

fn call(headers: &HeaderMap, issued: &AtomicUsize) -> Response {
    let current = format!("Bearer token-{}", issued.load(Ordering::SeqCst));
    if headers.get("authorization").is_some_and(|value| *value == current) {
        Json(json!({"groups": []})).into_response()
    } else {
        let body = json!({"code": 124, "message": "Access token is expired."});
        (StatusCode::UNAUTHORIZED, Json(body)).into_response()
    }
}

fn list_groups() -> Call {
    Call {
        method: Method::Get,
        segments: vec!["groups".to_owned()],
        query: Vec::new(),
        body: None,
        upload: None,
        rate: RateClass::Medium,
        lane: None,
    }
}

/// A hundred calls at once; how many went well.
async fn hundred(account: &Account) -> usize {
    let mut calls = JoinSet::new();
    for _ in 0..100 {
        let vendor = account.vendor.clone();
        calls.spawn(async move { vendor.call(&list_groups()).await.is_ok() });
    }
    calls.join_all().await.into_iter().filter(|ok| *ok).count()
}

#[tokio::test]
async fn a_hundred_calls_without_a_token_fetch_one() {
    let account = account(false).await;
    assert_eq!(hundred(&account).await, 100);
    assert_eq!(account.issued.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_hundred_expiries_at_once_fetch_one() {
    let account = account(false).await;
    assert_eq!(hundred(&account).await, 100);
    // Somebody else's token has ended ours: each call is told 401 and is tried again.
    account.issued.fetch_add(1, Ordering::SeqCst);
    assert_eq!(hundred(&account).await, 100);
    assert_eq!(account.issued.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn a_token_is_renewed_before_it_ends() {
    let account = account(false).await;
    assert!(account.vendor.call(&list_groups()).await.is_ok());
    account.clock.advance_ms(3_470_000);
    assert!(account.vendor.call(&list_groups()).await.is_ok());
    assert_eq!(account.issued.load(Ordering::SeqCst), 1);
    account.clock.advance_ms(20_000);
    assert!(account.vendor.call(&list_groups()).await.is_ok());
    assert_eq!(account.issued.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_hundred_calls_with_bad_credentials_ask_once_and_say_why() {
    let account = account(true).await;
    assert_eq!(hundred(&account).await, 0);
    assert_eq!(account.issued.load(Ordering::SeqCst), 1);
    let fault = account.vendor.call(&list_groups()).await.unwrap_err();
    assert_eq!(fault.trouble, Trouble::Credentials(Some("Invalid client_id or client_secret".to_owned())));
}
