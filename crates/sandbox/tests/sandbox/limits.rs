//! Rate limits and simultaneous writes as a client sees them. Must not test the counting itself: `limits.rs` does.

use axum::http::StatusCode;
use roomkey_sandbox::Options;
use serde_json::json;

use crate::bench::{Answer, Bench, options};

async fn limited() -> Bench {
    Bench::with(Options { limits: true, ..options() }).await
}

#[track_caller]
fn says(answer: &Answer, category: &str, limit: &str, remaining: &str) {
    let said = ["x-ratelimit-category", "x-ratelimit-type", "x-ratelimit-limit", "x-ratelimit-remaining"]
        .map(|name| answer.header(name).unwrap_or_default());
    assert_eq!(said, [category, "Per-second-limit", limit, remaining]);
}

#[tokio::test]
async fn medium_calls_beyond_sixty_a_second_are_refused_until_the_date_in_retry_after() {
    let bench = limited().await;
    for call in 0..60_u32 {
        let answer = bench.get("/groups").await;
        assert_eq!(answer.status, StatusCode::OK);
        says(&answer, "Medium", "60", &(59 - call).to_string());
    }
    let refused = bench.get("/groups").await;
    refused.is_refused(429, 429, "The per-second rate limit of this account is reached.");
    says(&refused, "Medium", "60", "0");
    assert_eq!(refused.header("retry-after"), Some("2026-03-01T10:00:01Z"));
    bench.control("POST", "clock", json!({"advance_ms": 1000})).await;
    assert_eq!(bench.get("/groups").await.status, StatusCode::OK);
}

#[tokio::test]
async fn light_calls_have_eighty_of_their_own() {
    let bench = limited().await;
    let path = bench.clinical("").await;
    for _ in 0..80 {
        assert_eq!(bench.get(&path).await.status, StatusCode::OK);
    }
    says(&bench.get(&path).await, "Light", "80", "0");
    assert_eq!(bench.get("/groups").await.status, StatusCode::OK);
}

#[tokio::test]
async fn refused_bodies_count_too() {
    let bench = limited().await;
    let path = bench.clinical("/settings").await;
    let answer = bench.patch(&path, json!({"in_meeting": {"chat": 1}})).await;
    answer.names_fields(&["in_meeting.chat"]);
    says(&answer, "Medium", "60", "58");
}

#[tokio::test]
async fn reset_gives_the_second_back() {
    let bench = limited().await;
    for _ in 0..60 {
        bench.get("/groups").await;
    }
    assert_eq!(bench.get("/groups").await.status, StatusCode::TOO_MANY_REQUESTS);
    bench.control("POST", "reset", json!(null)).await;
    assert_eq!(bench.get("/groups").await.status, StatusCode::OK);
}

#[tokio::test]
async fn limits_that_are_off_do_not_show() {
    let bench = Bench::new().await;
    for _ in 0..100 {
        assert_eq!(bench.get("/groups").await.status, StatusCode::OK);
    }
    assert_eq!(bench.get("/groups").await.header("x-ratelimit-limit"), None);
}
