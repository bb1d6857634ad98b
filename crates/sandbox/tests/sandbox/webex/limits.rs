//! The organisation's calls a minute. Must not test the counting itself: `limits.rs` does.

use axum::http::StatusCode;
use roomkey_sandbox::Options;
use serde_json::json;

use super::{Webex, is_refused};
use crate::bench::options;

#[tokio::test]
async fn calls_beyond_three_hundred_a_minute_are_refused_with_seconds_to_wait() {
    let webex = Webex::with(Options { limits: true, ..options() }).await;
    webex.bench.advance(20_000).await;
    for _ in 0..300 {
        assert_eq!(webex.get("/people/me").await.status, StatusCode::OK);
    }
    let answer = webex.get("/people/me").await;
    is_refused(&answer, 429, "Too many requests were made; there is room again in 40 seconds.");
    assert_eq!(answer.header("retry-after"), Some("40"));
    webex.bench.advance(40_000).await;
    assert_eq!(webex.get("/people/me").await.status, StatusCode::OK);
}

#[tokio::test]
async fn reset_gives_the_minute_back_and_limits_that_are_off_never_refuse() {
    let webex = Webex::with(Options { limits: true, ..options() }).await;
    for _ in 0..301 {
        webex.get("/people/me").await;
    }
    assert_eq!(webex.get("/people/me").await.status, StatusCode::TOO_MANY_REQUESTS);
    webex.bench.control("POST", "reset", json!(null)).await;
    assert_eq!(webex.get("/people/me").await.status, StatusCode::OK);
    let free = Webex::new().await;
    for _ in 0..400 {
        assert_eq!(free.get("/people/me").await.status, StatusCode::OK);
    }
}
