//! The token endpoint, and what becomes of tokens. Must not read rooms but to see whether a token holds.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::json;

use super::{FORM, Webex, is_refused};

const REFRESH: &str = "grant_type=refresh_token&client_id=demo-webex-client&client_secret=demo-webex-secret\
                       &refresh_token=demo-webex-refresh";
const CODE: &str = "grant_type=authorization_code&client_id=demo-webex-client&client_secret=demo-webex-secret\
                    &code=demo-webex-code&redirect_uri=http%3A%2F%2Flocalhost%2F";
const NO_TOKEN: &str = "A valid access token is wanted in the Authorization header.";

#[tokio::test]
async fn refresh_token_and_code_get_a_token_that_holds_for_a_fortnight() {
    let mut webex = Webex::new().await;
    for form in [REFRESH, CODE] {
        let answer = webex.ask_token(form).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let body = answer.json();
        assert_eq!((&body["expires_in"], &body["token_type"]), (&json!(1_209_599), &json!("Bearer")));
        assert_eq!(body["refresh_token"], "demo-webex-refresh");
        assert_eq!(body["refresh_token_expires_in"], 7_775_999);
        assert_ne!(body["access_token"], webex.token.as_str());
        body["access_token"].as_str().expect("a token").clone_into(&mut webex.token);
        assert_eq!(webex.get("/people/me").await.status, StatusCode::OK);
    }
    webex.bench.advance(1_209_598_999).await;
    assert_eq!(webex.get("/people/me").await.status, StatusCode::OK);
    webex.bench.advance(1).await;
    is_refused(&webex.get("/people/me").await, 401, NO_TOKEN);
}

#[tokio::test]
async fn wrong_credentials_grants_and_forms_are_refused() {
    let webex = Webex::new().await;
    let grant = "The grant type has to be authorization_code or refresh_token.";
    let client = "The client id or the client secret is wrong.";
    for (form, status, message) in [
        ("", 400, grant),
        ("grant_type=password", 400, grant),
        ("grant_type=refresh_token&client_id=demo-webex-client&client_secret=x", 401, client),
        ("grant_type=refresh_token", 401, client),
        (
            "grant_type=refresh_token&client_id=demo-webex-client&client_secret=demo-webex-secret&refresh_token=x",
            400,
            "The refresh token or the authorization code is wrong.",
        ),
    ] {
        is_refused(&webex.ask_token(form).await, status, message);
    }
    let json = Request::post("/webex/v1/access_token").header("content-type", "application/json").body(Body::empty());
    let answer = webex.bench.raw(json.expect("a request")).await;
    is_refused(&answer, 415, &format!("The content type {FORM} is wanted."));
    let get = Request::get("/webex/v1/access_token").body(Body::empty()).expect("a request");
    let answer = webex.bench.raw(get).await;
    is_refused(&answer, 405, "This address is not used with this method.");
    assert_eq!(answer.header("allow"), Some("POST"));
}

#[tokio::test]
async fn missing_and_made_up_tokens_are_refused_with_a_challenge() {
    let webex = Webex::new().await;
    for authorization in ["", "Bearer made-up", "Basic demo-webex-token", "demo-webex-token"] {
        let mut request = webex.request("GET", "/people", None);
        request.headers_mut().insert("authorization", authorization.parse().expect("a header"));
        let answer = webex.bench.raw(request).await;
        is_refused(&answer, 401, NO_TOKEN);
        assert_eq!(answer.header("www-authenticate"), Some("Bearer realm=\"webex\""));
    }
}

#[tokio::test]
async fn expired_tokens_are_replaced_by_refreshing_and_the_demo_s_by_a_reset() {
    let mut webex = Webex::new().await;
    let rule = json!([{"vendor": "webex", "path": "people/me", "times": 1, "fault": {"kind": "expire_token"}}]);
    webex.bench.faults(rule).await;
    is_refused(&webex.get("/people/me").await, 401, NO_TOKEN);
    is_refused(&webex.get("/people").await, 401, NO_TOKEN);
    let demo = webex.token.clone();
    webex.token = webex.ask_token(REFRESH).await.json()["access_token"].as_str().expect("a token").to_owned();
    assert_eq!(webex.get("/people/me").await.status, StatusCode::OK);
    webex.bench.control("POST", "reset", json!(null)).await;
    assert_eq!(webex.get("/people/me").await.status, StatusCode::OK, "tokens outlive a reset");
    webex.token = demo;
    assert_eq!(webex.get("/people/me").await.status, StatusCode::OK);
}

#[tokio::test]
async fn ledger_tells_the_form_without_its_secrets() {
    let webex = Webex::new().await;
    webex.ask_token(REFRESH).await;
    let line = webex.bench.ledger().await.pop().expect("a line");
    assert_eq!((&line["vendor"], &line["status"]), (&json!("webex"), &json!(200)));
    assert_eq!(
        line["body"],
        json!({
            "grant_type": "refresh_token",
            "client_id": "demo-webex-client",
            "client_secret": "***",
            "refresh_token": "***",
        })
    );
}
