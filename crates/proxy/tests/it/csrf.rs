//! Unsafe methods need proof that our own page asked.

use axum::body::Body;
use axum::http::StatusCode;
use roomkey_schema::Role;

use crate::support::{Browser, HOST, Stage};

/// A sign-out with these headers beside Host and Cookie.
async fn sign_out(browser: &Browser, headers: &[(&str, &str)]) -> (StatusCode, String) {
    let mut request = browser.request("POST", "/auth/logout");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = browser.send(request.body(Body::empty()).unwrap()).await;
    (answer.status, if answer.text.is_empty() { String::new() } else { answer.kind() })
}

#[tokio::test]
async fn without_proof_nothing_is_carried_out() {
    let stage = Stage::new().await;
    let browser = stage.signed_in(Role::Admin).await;
    let own = format!("http://{HOST}");
    let with = ("x-requested-with", "roomkey");
    let cases: &[&[(&str, &str)]] = &[
        &[],
        &[("origin", &own)],
        &[with],
        &[("origin", "https://roomkey.test"), with],
        &[("origin", "http://roomkey.test.evil.example"), with],
        &[("origin", "null"), with],
        &[("origin", &own), ("origin", &own), with],
        &[("origin", &own), ("x-requested-with", "XMLHttpRequest")],
        &[("origin", &own), with, ("sec-fetch-site", "same-site")],
        &[("origin", &own), with, ("sec-fetch-site", "cross-site")],
        &[("origin", &own), with, ("sec-fetch-site", "none")],
    ];
    for case in cases {
        assert_eq!(sign_out(&browser, case).await, (StatusCode::FORBIDDEN, "csrf".to_owned()), "{case:?}");
    }
    assert_eq!(browser.get("/auth/me").await.status, StatusCode::OK);
}

#[tokio::test]
async fn old_browsers_without_fetch_metadata_are_served() {
    let stage = Stage::new().await;
    let browser = stage.signed_in(Role::Admin).await;
    let own = format!("http://{HOST}");
    let result = sign_out(&browser, &[("origin", &own), ("x-requested-with", "roomkey")]).await;
    assert_eq!(result, (StatusCode::NO_CONTENT, String::new()));
}

#[tokio::test]
async fn a_body_that_is_not_json_is_refused() {
    let stage = Stage::new().await;
    let browser = stage.browser();
    for media in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"] {
        let request = browser
            .request("POST", "/auth/login")
            .header("origin", format!("http://{HOST}"))
            .header("x-requested-with", "roomkey")
            .header("content-type", media)
            .body(Body::from("{}"))
            .unwrap();
        let answer = browser.send(request).await;
        assert_eq!(
            (answer.status, answer.kind().as_str()),
            (StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type")
        );
    }
}

#[tokio::test]
async fn no_answer_allows_another_origin() {
    let stage = Stage::new().await;
    let browser = stage.signed_in(Role::Admin).await;
    for method in ["GET", "OPTIONS"] {
        let request = browser
            .request(method, "/api/schema")
            .header("origin", "https://evil.example")
            .header("access-control-request-method", "PATCH");
        let answer = browser.send(request.body(Body::empty()).unwrap()).await;
        assert!(answer.headers.keys().all(|name| !name.as_str().starts_with("access-control-")));
    }
}

#[tokio::test]
async fn a_configured_origin_is_the_only_one() {
    let stage = Stage::with(|config| config.public_origin = Some("https://roomkey.example.com".to_owned())).await;
    let browser = stage.signed_in_from("https://roomkey.example.com", Role::Admin).await;
    let with = ("x-requested-with", "roomkey");
    let other = format!("http://{HOST}");
    assert_eq!(sign_out(&browser, &[("origin", &other), with]).await.0, StatusCode::FORBIDDEN);
    let own = ("origin", "https://roomkey.example.com");
    assert_eq!(sign_out(&browser, &[own, with]).await.0, StatusCode::NO_CONTENT);
}
