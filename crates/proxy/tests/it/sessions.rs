//! Signing in, staying signed in, and ceasing to be.

use axum::body::Body;
use axum::http::StatusCode;
use roomkey_schema::Role;

use crate::support::{Browser, PASSWORD, Stage, in_ms};

const MINUTE_MS: i64 = 60_000;

async fn is_signed_in(browser: &Browser) -> bool {
    browser.get("/auth/me").await.status == StatusCode::OK
}

#[tokio::test]
async fn signing_in_gives_a_host_cookie_and_the_role() {
    let stage = Stage::new().await;
    stage.account(Role::Helpdesk).await;
    let mut browser = stage.browser();
    let answer = browser.sign_in("helpdesk", PASSWORD).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    let cookie = answer.header("set-cookie");
    let (pair, attributes) = cookie.split_once("; ").unwrap();
    assert!(pair.starts_with("__Host-roomkey=") && pair.len() == "__Host-roomkey=".len() + 43, "{pair}");
    assert_eq!(attributes, "Path=/; Secure; HttpOnly; SameSite=Strict");
    let me = browser.get("/auth/me").await;
    assert_eq!(me.json(), serde_json::json!({"name": "helpdesk", "role": "helpdesk"}));
    assert_eq!(me.header("cache-control"), "no-store");
}

#[tokio::test]
async fn asking_quietly_who_is_signed_in_is_no_error_when_nobody_is() {
    let stage = Stage::new().await;
    let nobody = stage.browser();
    let answer = nobody.get("/auth/me?quiet").await;
    assert_eq!((answer.status, answer.text.as_str()), (StatusCode::NO_CONTENT, ""));
    assert_eq!(answer.header("cache-control"), "no-store");
    for loud in ["/auth/me", "/auth/me?", "/auth/me?quieter", "/auth/me?loud&quiet"] {
        let answer = nobody.get(loud).await;
        assert_eq!((answer.status, answer.kind().as_str()), (StatusCode::UNAUTHORIZED, "session_required"), "{loud}");
    }
    let browser = stage.signed_in(Role::Auditor).await;
    let me = browser.get("/auth/me?quiet").await;
    assert_eq!(me.json(), serde_json::json!({"name": "auditor", "role": "auditor"}));
    stage.clock.advance_ms(30 * MINUTE_MS + 1);
    assert_eq!(browser.get("/auth/me?quiet").await.status, StatusCode::NO_CONTENT, "the session has ended");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_read_the_same() {
    let stage = Stage::new().await;
    stage.account(Role::Admin).await;
    let mut answers = Vec::new();
    for (name, password) in [("admin", "not the password"), ("nobody", PASSWORD)] {
        let mut browser = stage.browser();
        let answer = browser.sign_in(name, password).await;
        assert_eq!((answer.status, browser.cookie.is_none()), (StatusCode::UNAUTHORIZED, true));
        answers.push((answer.kind(), answer.json()["detail"].clone()));
    }
    assert_eq!(answers[0], answers[1]);
    let record = stage.record().await;
    assert_eq!(record[0]["actor"], "admin");
    assert_eq!(record[1]["actor"], "(unknown name)", "what was typed may be a password");
}

#[tokio::test]
async fn an_idle_session_ends_and_an_active_one_lives() {
    let stage = Stage::new().await;
    let browser = stage.signed_in(Role::Admin).await;
    for _ in 0..3 {
        stage.clock.advance_ms(29 * MINUTE_MS);
        assert!(is_signed_in(&browser).await);
    }
    stage.clock.advance_ms(30 * MINUTE_MS + 1);
    let answer = browser.get("/api/schema").await;
    assert_eq!((answer.status, answer.kind().as_str()), (StatusCode::UNAUTHORIZED, "session_required"));
}

#[tokio::test]
async fn requests_in_the_background_keep_no_session_alive() {
    let stage = Stage::new().await;
    let browser = stage.signed_in(Role::Admin).await;
    for _ in 0..2 {
        stage.clock.advance_ms(14 * MINUTE_MS);
        let request = browser.request("GET", "/auth/me").header("x-roomkey-background", "1");
        assert_eq!(browser.send(request.body(Body::empty()).unwrap()).await.status, StatusCode::OK);
    }
    stage.clock.advance_ms(3 * MINUTE_MS);
    assert!(!is_signed_in(&browser).await);
}

#[tokio::test]
async fn a_session_ends_after_twelve_hours_whatever_happens() {
    let stage = Stage::new().await;
    let browser = stage.signed_in(Role::Admin).await;
    for _ in 0..36 {
        assert!(is_signed_in(&browser).await);
        stage.clock.advance_ms(20 * MINUTE_MS);
    }
    stage.clock.advance_ms(1);
    assert!(!is_signed_in(&browser).await);
}

#[tokio::test]
async fn signing_out_ends_the_session_on_the_server() {
    let stage = Stage::new().await;
    let browser = stage.signed_in(Role::Admin).await;
    let answer = browser.send(browser.writing("POST", "/auth/logout").body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert!(answer.header("set-cookie").starts_with("__Host-roomkey=; Max-Age=0;"));
    assert!(!is_signed_in(&browser).await, "the old cookie is worth nothing");
}

#[tokio::test]
async fn signing_in_again_gives_a_new_id_and_ends_the_old_session() {
    let stage = Stage::new().await;
    let mut browser = stage.signed_in(Role::Admin).await;
    let before = Browser { router: browser.router.clone(), cookie: browser.cookie.clone() };
    assert_eq!(browser.sign_in("admin", PASSWORD).await.status, StatusCode::NO_CONTENT);
    assert_ne!(browser.cookie, before.cookie);
    assert!(is_signed_in(&browser).await);
    assert!(!is_signed_in(&before).await);
}

#[tokio::test]
async fn replacing_an_account_ends_its_sessions_at_once() {
    let stage = Stage::new().await;
    let browser = stage.signed_in(Role::Admin).await;
    stage.account(Role::Admin).await;
    assert!(!is_signed_in(&browser).await);
}

#[tokio::test]
async fn a_session_id_is_not_in_the_database() {
    let stage = Stage::new().await;
    let browser = stage.signed_in(Role::Admin).await;
    let id = browser.cookie.as_deref().unwrap().split_once('=').unwrap().1.as_bytes().to_vec();
    let mut looked_at = 0;
    for entry in std::fs::read_dir(stage.data.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        assert!(!bytes.windows(id.len()).any(|window| window == id));
        looked_at += bytes.len();
    }
    assert!(looked_at > 10_000);
}

#[tokio::test]
async fn too_many_failures_make_a_name_wait_and_no_other() {
    let stage = Stage::new().await;
    stage.account(Role::Admin).await;
    stage.account(Role::Auditor).await;
    let mut browser = stage.browser();
    for _ in 0..5 {
        assert_eq!(browser.sign_in("admin", "guess, guess").await.kind(), "sign_in_failed");
    }
    let answer = browser.sign_in("admin", PASSWORD).await;
    assert_eq!((answer.status, answer.kind().as_str()), (StatusCode::TOO_MANY_REQUESTS, "sign_in_throttled"));
    assert_eq!(answer.json()["retry_at"], in_ms(&stage, 15 * MINUTE_MS));
    assert_eq!(answer.header("retry-after"), "900");
    assert_eq!(browser.sign_in("auditor", PASSWORD).await.status, StatusCode::NO_CONTENT);
    stage.clock.advance_ms(15 * MINUTE_MS + 1);
    assert_eq!(browser.sign_in("admin", PASSWORD).await.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn many_guesses_at_once_do_not_slip_past_the_throttle() {
    let stage = Stage::new().await;
    stage.account(Role::Admin).await;
    let guesses = (0..12).map(|_| {
        let mut browser = stage.browser();
        tokio::spawn(async move { browser.sign_in("admin", "guess, guess").await.kind() })
    });
    let mut failed = 0;
    for guess in guesses.collect::<Vec<_>>() {
        failed += usize::from(guess.await.unwrap() == "sign_in_failed");
    }
    assert_eq!(failed, 5);
}

#[tokio::test]
async fn a_sign_in_of_another_shape_is_refused_before_it_counts() {
    let stage = Stage::new().await;
    let browser = stage.browser();
    for body in [
        serde_json::json!({}),
        serde_json::json!({"username": "admin", "password": 5}),
        serde_json::json!({"username": "", "password": "x"}),
        serde_json::json!({"username": "admin", "password": "x", "role": "admin"}),
        serde_json::json!({"username": "a".repeat(200), "password": "x"}),
    ] {
        assert_eq!(browser.write("POST", "/auth/login", &body).await.kind(), "bad_request", "{body}");
    }
}
