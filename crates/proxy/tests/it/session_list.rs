//! Sessions as people see them: one's own, everybody's for an administrator, and over at once when somebody says so.

use axum::body::Body;
use axum::http::StatusCode;
use roomkey_schema::Role;
use serde_json::{Value, json};

use crate::support::{Answer, Browser, PASSWORD, Stage};

async fn sessions(browser: &Browser) -> Vec<Value> {
    browser.get("/api/sessions").await.json().as_array().unwrap().clone()
}

async fn end(browser: &Browser, path: &str) -> Answer {
    browser.send(browser.writing("DELETE", &format!("/api/sessions{path}")).body(Body::empty()).unwrap()).await
}

async fn lives(browser: &Browser) -> bool {
    browser.get("/auth/me").await.status == StatusCode::OK
}

/// One more browser of an account that is there.
async fn another(stage: &Stage, role: Role) -> Browser {
    let mut browser = stage.browser();
    assert_eq!(browser.sign_in(role.as_str(), PASSWORD).await.status, StatusCode::NO_CONTENT);
    browser
}

fn id_of(session: &Value) -> String {
    format!("/{}", session["id"].as_str().unwrap())
}

#[tokio::test]
async fn a_session_says_when_how_and_with_what_and_opens_nothing() {
    let stage = Stage::new().await;
    stage.account(Role::Helpdesk).await;
    let mut browser = stage.browser();
    let body = json!({"username": "helpdesk", "password": PASSWORD}).to_string();
    let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
    let request = browser.writing("POST", "/auth/login").header("user-agent", agent);
    let answer = browser.send(request.body(Body::from(body)).unwrap()).await;
    browser.cookie = answer.header("set-cookie").split(';').next().map(str::to_owned);
    stage.clock.advance_ms(60_000);
    let listed = sessions(&browser).await;
    let id = listed[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(
        listed,
        [json!({"id": id, "name": "helpdesk", "role": "helpdesk", "way": "password", "browser": "Firefox, Linux",
            "began_at": "2027-01-15T08:00:00Z", "active_at": "2027-01-15T08:01:00Z", "current": true})]
    );
    let thief = Browser { router: browser.router.clone(), cookie: Some(format!("__Host-roomkey={id}")) };
    assert!(!lives(&thief).await);
    let secret = browser.cookie.as_deref().unwrap().split_once('=').unwrap().1.to_owned();
    assert!(!secret.contains(&id) && !id.contains(&secret));
}

#[tokio::test]
async fn one_sees_and_ends_ones_own_and_an_administrator_everybodys() {
    let stage = Stage::new().await;
    let desk = stage.signed_in(Role::Helpdesk).await;
    let other_desk = another(&stage, Role::Helpdesk).await;
    let auditor = stage.signed_in(Role::Auditor).await;
    let admin = stage.signed_in(Role::Admin).await;
    assert_eq!((sessions(&desk).await.len(), sessions(&auditor).await.len(), sessions(&admin).await.len()), (2, 1, 4));
    let theirs = id_of(&sessions(&auditor).await[0]);
    for wrong in [theirs.as_str(), "/nothing", "/..%2fx"] {
        let status = end(&desk, wrong).await.status;
        assert!(matches!(status, StatusCode::NOT_FOUND | StatusCode::BAD_REQUEST), "{wrong}: {status}");
    }
    assert!(lives(&auditor).await);
    let mine = sessions(&desk).await.into_iter().find(|session| session["current"] == false).unwrap();
    assert_eq!(end(&desk, &id_of(&mine)).await.status, StatusCode::NO_CONTENT);
    assert_eq!((lives(&desk).await, lives(&other_desk).await), (true, false));
    assert_eq!(end(&admin, &theirs).await.status, StatusCode::NO_CONTENT);
    assert_eq!((lives(&auditor).await, end(&admin, &theirs).await.status), (false, StatusCode::NOT_FOUND));
    let entry = stage.record().await.pop().unwrap();
    assert_eq!((entry["kind"].as_str(), entry["actor"].as_str()), (Some("session_ended"), Some("admin")));
    assert_eq!(entry["objects"]["account"], "auditor");
}

#[tokio::test]
async fn signing_out_everywhere_ends_all_of_ones_own_and_takes_the_cookie_away() {
    let stage = Stage::new().await;
    let (first, admin) = (stage.signed_in(Role::Helpdesk).await, stage.signed_in(Role::Admin).await);
    let second = another(&stage, Role::Helpdesk).await;
    let answer = end(&first, "").await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert!(answer.header("set-cookie").starts_with("__Host-roomkey=; Max-Age=0;"));
    assert_eq!((lives(&first).await, lives(&second).await, lives(&admin).await), (false, false, true));
    let entry = stage.record().await.pop().unwrap();
    assert_eq!(
        (entry["kind"].as_str(), entry["objects"]["account"].as_str()),
        (Some("session_ended"), Some("helpdesk"))
    );
}

#[tokio::test]
async fn sessions_that_are_over_are_not_listed_and_strangers_see_none() {
    let stage = Stage::new().await;
    let admin = stage.signed_in(Role::Admin).await;
    stage.signed_in(Role::Auditor).await;
    stage.clock.advance_ms(29 * 60_000);
    assert_eq!(sessions(&admin).await.len(), 2);
    stage.clock.advance_ms(2 * 60_000);
    assert_eq!(sessions(&admin).await.len(), 1);
    assert_eq!(stage.browser().get("/api/sessions").await.status, StatusCode::UNAUTHORIZED);
    let forged = admin.request("DELETE", "/api/sessions").header("origin", "https://evil.example");
    assert_eq!(admin.send(forged.body(Body::empty()).unwrap()).await.kind(), "csrf");
    assert!(lives(&admin).await);
}
