//! The provider's notices that somebody has signed out there: those that hold end sessions at once, others nothing.

use axum::body::Body;
use axum::http::StatusCode;
use roomkey_proxy::clock::Clock as _;
use serde_json::{Value, json};

use super::Bench;
use super::provider::{Says, Sign};
use crate::support::{Answer, Browser};

impl Bench {
    fn notice(&self) -> Says {
        let now_s = self.stage.clock.now_ms() / 1_000;
        let claims = json!({"iss": self.provider.issuer(), "aud": "roomkey", "iat": now_s, "exp": now_s + 120, "jti": "j-1",
            "sub": "248", "sid": "sid-1", "events": {"http://schemas.openid.net/event/backchannel-logout": {}}});
        Says { head: json!({"alg": "RS256", "kid": "rsa-1", "typ": "logout+jwt"}), claims, sign: Sign::Rsa }
    }

    /// As a provider sends it: no cookie, no origin.
    async fn notify(&self, says: &Says) -> Answer {
        let browser = self.stage.browser();
        let request = browser.request("POST", "/auth/oidc/backchannel-logout");
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let body = format!("logout_token={}", self.provider.token(says));
        browser.send(request.body(Body::from(body)).unwrap()).await
    }

    async fn signed_in_as(&self, subject: &str, sid: &str) -> Browser {
        let answer = self.sign_in(|says| (says.claims["sub"], says.claims["sid"]) = (json!(subject), json!(sid))).await;
        self.browser(&answer)
    }
}

/// What is done to a token that would hold.
type Change = fn(&mut Says);

fn set(says: &mut Says, name: &str, value: Value) {
    says.claims[name] = value;
}

fn remove(says: &mut Says, name: &str) {
    says.claims.as_object_mut().unwrap().remove(name);
}

async fn lives(browser: &Browser) -> bool {
    browser.get("/auth/me").await.status == StatusCode::OK
}

#[tokio::test]
async fn a_notice_with_anything_wrong_in_it_ends_nothing() {
    let bench = Bench::new().await;
    let browser = bench.signed_in_as("248", "sid-1").await;
    let wrong: [(&str, Change); 20] = [
        ("another issuer", |says| set(says, "iss", json!("https://evil.example"))),
        ("no issuer", |says| remove(says, "iss")),
        ("another audience", |says| set(says, "aud", json!(["somebody-else"]))),
        ("one more audience", |says| set(says, "aud", json!(["roomkey", "somebody-else"]))),
        ("no beginning", |says| remove(says, "iat")),
        ("old", |says| set(says, "iat", json!(says.claims["iat"].as_i64().unwrap() - 600))),
        ("of the future", |says| set(says, "iat", json!(says.claims["iat"].as_i64().unwrap() + 600))),
        ("expired", |says| set(says, "exp", says.claims["iat"].clone())),
        ("no id", |says| remove(says, "jti")),
        ("no event", |says| remove(says, "events")),
        ("another event", |says| set(says, "events", json!({"http://example.com/": {}}))),
        ("a nonce", |says| set(says, "nonce", json!("n"))),
        ("nobody", |says| {
            remove(says, "sub");
            remove(says, "sid");
        }),
        ("unsigned", |says| (says.head["alg"], says.sign) = (json!("none"), Sign::Nothing)),
        ("the public key as a secret", |says| (says.head["alg"], says.sign) = (json!("HS256"), Sign::HmacOfPublic)),
        ("a stranger's key", |says| {
            (says.head["alg"], says.head["kid"], says.sign) = (json!("ES256"), json!("ec-1"), Sign::Stranger);
        }),
        ("a key that nobody knows", |says| says.head["kid"] = json!("rsa-9")),
        ("no key's name", |says| says.head["kid"] = Value::Null),
        ("one bit of the signature", |says| says.sign = Sign::Garbled),
        ("a token of another kind", |says| says.head["typ"] = json!("at+jwt")),
    ];
    for (what, change) in wrong {
        let mut notice = bench.notice();
        change(&mut notice);
        let answer = bench.notify(&notice).await;
        assert_eq!((answer.status, lives(&browser).await), (StatusCode::BAD_REQUEST, true), "{what}: {}", answer.text);
    }
    let answer = bench.notify(&bench.notice()).await;
    assert_eq!((answer.status, lives(&browser).await), (StatusCode::OK, false), "{}", answer.text);
}

#[tokio::test]
async fn a_notice_ends_the_sessions_that_it_names_and_no_others_and_counts_once() {
    let bench = Bench::new().await;
    let (first, second) = (bench.signed_in_as("248", "sid-1").await, bench.signed_in_as("248", "sid-2").await);
    let other = bench.signed_in_as("249", "sid-3").await;
    let mut notice = bench.notice();
    notice.claims.as_object_mut().unwrap().remove("sub");
    assert_eq!(bench.notify(&notice).await.status, StatusCode::OK);
    assert_eq!((lives(&first).await, lives(&second).await, lives(&other).await), (false, true, true), "by session");
    let entry = bench.stage.record().await.pop().unwrap();
    let issuer = bench.provider.issuer();
    assert_eq!(entry["kind"], "session_ended");
    assert_eq!(entry["actor"], format!("(notice from {issuer})"));
    assert_eq!(entry["objects"]["account"], format!("Dana Fox [248 at {issuer}]"));

    let again = bench.signed_in_as("248", "sid-1").await;
    assert_eq!(bench.notify(&notice).await.status, StatusCode::BAD_REQUEST, "that one was sent before");
    assert!(lives(&again).await);
    let mut notice = bench.notice();
    notice.claims["jti"] = json!("j-2");
    notice.claims.as_object_mut().unwrap().remove("sid");
    assert_eq!(bench.notify(&notice).await.status, StatusCode::OK);
    assert_eq!((lives(&second).await, lives(&again).await, lives(&other).await), (false, false, true), "by person");
}

#[tokio::test]
async fn a_notice_of_another_type_or_twice_in_one_is_refused() {
    let bench = Bench::new().await;
    let browser = bench.stage.browser();
    let token = bench.provider.token(&bench.notice());
    for (kind, body, status) in [
        ("application/json", json!({"logout_token": token}).to_string(), StatusCode::UNSUPPORTED_MEDIA_TYPE),
        (
            "application/x-www-form-urlencoded",
            format!("logout_token={token}&logout_token={token}"),
            StatusCode::BAD_REQUEST,
        ),
        ("application/x-www-form-urlencoded", String::new(), StatusCode::BAD_REQUEST),
    ] {
        let request = browser.request("POST", "/auth/oidc/backchannel-logout").header("content-type", kind);
        assert_eq!(browser.send(request.body(Body::from(body)).unwrap()).await.status, status);
    }
}
