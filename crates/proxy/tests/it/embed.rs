//! The console in a frame of another site's page: which documents may be framed, by whom, and how a session comes there.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use roomkey_proxy::config;
use roomkey_schema::Role;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support::{Answer, Browser, HOST, PASSWORD, Stage};

const PORTAL: &str = "https://portal.example.com";
const OTHER: &str = "http://localhost:3000";
const MINUTE_MS: i64 = 60_000;

async fn stage() -> Stage {
    Stage::with(|config| config.embed.origins = vec![PORTAL.to_owned(), OTHER.to_owned()]).await
}

/// What a browser asks for when it is led to a document.
async fn document(browser: &Browser, path: &str) -> Answer {
    let request = browser.request("GET", path).header("accept", "text/html,application/xhtml+xml");
    browser.send(request.body(Body::empty()).unwrap()).await
}

/// The console in a frame.
struct Frame {
    browser: Browser,
    verifier: String,
}

impl Frame {
    fn new(stage: &Stage, seed: u8) -> Self {
        Self { browser: stage.browser(), verifier: URL_SAFE_NO_PAD.encode([seed; 32]) }
    }

    fn challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(self.verifier.as_bytes()))
    }

    fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        self.browser.writing(method, path).header("x-roomkey-embed", "1").header("sec-fetch-dest", "empty")
    }

    async fn redeem_with(&self, code: &str, verifier: &str) -> Answer {
        let body = json!({"code": code, "verifier": verifier}).to_string();
        self.browser.send(self.request("POST", "/auth/embed-session").body(Body::from(body)).unwrap()).await
    }

    /// Exchanges a code and keeps the cookie.
    async fn redeem(&mut self, code: &str) -> Answer {
        let answer = self.redeem_with(code, &self.verifier).await;
        if let Some(cookie) = answer.header("set-cookie").split(';').next().filter(|cookie| !cookie.is_empty()) {
            self.browser.cookie = Some(cookie.to_owned());
        }
        answer
    }

    /// Who is signed in here; null when nobody is.
    async fn me(&self) -> Value {
        let answer = self.browser.send(self.request("GET", "/auth/me?quiet").body(Body::empty()).unwrap()).await;
        if answer.status == StatusCode::NO_CONTENT { Value::Null } else { answer.json()["name"].clone() }
    }
}

/// A code for the session of our own pages.
async fn code(window: &Browser, frame: &Frame) -> String {
    let answer = window.write("POST", "/auth/embed-code", &json!({"challenge": frame.challenge()})).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert_eq!(answer.header("cache-control"), "no-store");
    answer.json()["code"].as_str().unwrap().to_owned()
}

fn refused(answer: &Answer) -> bool {
    let by_sentence = answer.json()["detail"].as_str().unwrap_or_default().starts_with("This sign-in was used already");
    answer.status == StatusCode::UNAUTHORIZED && by_sentence && answer.header("set-cookie").is_empty()
}

fn ancestors(answer: &Answer) -> &str {
    answer.header("content-security-policy").split("frame-ancestors ").nth(1).unwrap()
}

#[tokio::test]
async fn only_places_for_frames_may_be_framed_and_only_by_origins_of_the_list() {
    let stage = stage().await;
    let browser = stage.browser();
    for path in ["/embed", "/embed/desk", "/embed/zoom/groups/7/settings", "/embed/people/a%40b.c"] {
        let answer = document(&browser, path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(ancestors(&answer), format!("{PORTAL} {OTHER}"), "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "cross-origin", "{path}");
        assert_eq!(answer.header("cross-origin-embedder-policy"), "require-corp", "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}: an origin may be taken off the list");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
    }
    for path in ["/", "/zoom/groups", "/embedded", "/sign-in", "/sign-in/window", "/sign-out", "/bulk"] {
        let answer = document(&browser, path).await;
        assert_eq!((answer.status, ancestors(&answer)), (StatusCode::OK, "'none'"), "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{path}");
    }
    for path in ["/auth/me", "/auth/embed", "/api/schema", "/embed/%2e%2e/x", "/embed/a.js", "/healthz"] {
        assert_eq!(ancestors(&browser.get(path).await), "'none'", "{path}");
    }
}

#[tokio::test]
async fn without_a_list_nothing_may_be_framed_and_no_code_is_given() {
    let stage = Stage::new().await;
    let browser = stage.signed_in(Role::Admin).await;
    for path in ["/embed/desk", "/sign-in/window", "/"] {
        let answer = document(&browser, path).await;
        assert_eq!(ancestors(&answer), "'none'", "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
    }
    let frame = Frame::new(&stage, 1);
    let answer = browser.write("POST", "/auth/embed-code", &json!({"challenge": frame.challenge()})).await;
    assert_eq!(answer.kind(), "not_found");
    assert_eq!(frame.redeem_with(&frame.verifier, &frame.verifier).await.kind(), "not_found");
    assert_eq!(browser.get("/auth/embed").await.json(), json!({"origins": []}));
}

#[tokio::test]
async fn only_the_sign_in_window_keeps_its_opener() {
    let stage = stage().await;
    let browser = stage.browser();
    let opener = |answer: &Answer| answer.header("cross-origin-opener-policy").to_owned();
    let window = document(&browser, "/sign-in/window?challenge=x").await;
    assert_eq!(opener(&window), "unsafe-none");
    for path in ["/", "/sign-in", "/sign-in/", "/sign-in/windows", "/embed/sign-in/window", "/embed/desk"] {
        assert_eq!(opener(&document(&browser, path).await), "same-origin", "{path}");
    }
    assert_eq!(opener(&browser.get("/auth/me").await), "same-origin");
}

#[tokio::test]
async fn an_origin_that_is_none_is_refused_at_the_start() {
    for bad in ["https://*.example.com", "https://portal.example.com/", "http://portal.example.com", "*", "null"] {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("roomkey.toml");
        std::fs::write(&path, format!("data = \"d\"\n[embed]\norigins = [\"{PORTAL}\", \"{bad}\"]")).unwrap();
        let refusal = config::from_file(&path).unwrap_err().to_string();
        assert!(refusal.contains("embed.origins") && refusal.contains(bad), "{refusal}");
        std::fs::write(&path, format!("data = \"d\"\n[embed]\norigins = [\"{PORTAL}\", \"{OTHER}\"]")).unwrap();
        assert_eq!(config::from_file(&path).unwrap().embed.origins, [PORTAL, OTHER]);
    }
}

#[tokio::test]
async fn a_code_becomes_a_session_of_the_frame_once() {
    let stage = stage().await;
    let window = stage.signed_in(Role::Helpdesk).await;
    let mut frame = Frame::new(&stage, 1);
    assert_eq!(frame.me().await, Value::Null);
    let code = code(&window, &frame).await;
    let answer = frame.redeem(&code).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text);
    let (pair, attributes) = answer.header("set-cookie").split_once("; ").unwrap();
    assert!(pair.starts_with("__Host-roomkey-embed=") && pair.len() == "__Host-roomkey-embed=".len() + 43, "{pair}");
    assert_eq!(attributes, "Path=/; Secure; HttpOnly; SameSite=None; Partitioned");
    assert_eq!(frame.me().await, "helpdesk");
    let kinds: Vec<String> = stage.record().await.iter().map(|row| row["kind"].as_str().unwrap().to_owned()).collect();
    assert_eq!(kinds, ["signed_in", "embed_signed_in"]);

    let other = Frame::new(&stage, 1);
    assert!(refused(&other.redeem_with(&code, &other.verifier).await), "used twice");
    assert_eq!(frame.me().await, "helpdesk", "the first one stays");
}

#[tokio::test]
async fn a_late_code_is_refused() {
    let stage = stage().await;
    let window = stage.signed_in(Role::Admin).await;
    let mut frame = Frame::new(&stage, 1);
    let in_time = code(&window, &frame).await;
    stage.clock.advance_ms(MINUTE_MS);
    assert_eq!(frame.redeem(&in_time).await.status, StatusCode::NO_CONTENT);
    let late = code(&window, &frame).await;
    stage.clock.advance_ms(MINUTE_MS + 1);
    assert!(refused(&frame.redeem_with(&late, &frame.verifier).await));
}

#[tokio::test]
async fn a_stolen_code_is_worth_nothing_and_used_up_by_trying() {
    let stage = stage().await;
    let window = stage.signed_in(Role::Admin).await;
    let (frame, thief) = (Frame::new(&stage, 1), Frame::new(&stage, 2));
    let code = code(&window, &frame).await;
    assert!(refused(&thief.redeem_with(&code, &thief.verifier).await), "another verifier");
    assert!(refused(&frame.redeem_with(&code, &frame.verifier).await), "used up");
    assert!(refused(&thief.redeem_with(&thief.verifier, &thief.verifier).await), "never given");
}

#[tokio::test]
async fn a_code_brings_the_session_of_who_asked_for_it_whoever_is_signed_in_where_it_is_used() {
    let stage = stage().await;
    let (admin, auditor) = (stage.signed_in(Role::Admin).await, stage.signed_in(Role::Auditor).await);
    let mut frame = Frame::new(&stage, 1);
    frame.browser.cookie.clone_from(&auditor.cookie);
    assert_eq!(frame.me().await, "auditor", "a portal of the same site needs no session of its own");
    let code = code(&admin, &frame).await;
    assert_eq!(frame.redeem(&code).await.status, StatusCode::NO_CONTENT);
    assert_eq!(frame.me().await, "admin");
    assert_eq!(auditor.get("/auth/me").await.status, StatusCode::OK, "the other session lives on");
}

#[tokio::test]
async fn code_and_session_end_with_the_session_that_they_came_from() {
    let stage = stage().await;
    let mut window = stage.signed_in(Role::Admin).await;
    let mut frame = Frame::new(&stage, 1);
    let first = code(&window, &frame).await;
    frame.redeem(&first).await;
    let unused = code(&window, &frame).await;
    window.send(window.writing("POST", "/auth/logout").body(Body::empty()).unwrap()).await;
    assert_eq!(frame.me().await, Value::Null, "signed out everywhere");
    assert!(refused(&frame.redeem_with(&unused, &frame.verifier).await), "revoked");

    window.sign_in("admin", PASSWORD).await;
    let second = code(&window, &frame).await;
    frame.redeem(&second).await;
    assert_eq!(frame.me().await, "admin");
    stage.account(Role::Admin).await;
    assert_eq!(frame.me().await, Value::Null, "the account was replaced");
}

#[tokio::test]
async fn signing_in_anew_in_a_frame_ends_what_it_had_before() {
    let stage = stage().await;
    let window = stage.signed_in(Role::Admin).await;
    let mut frame = Frame::new(&stage, 1);
    let first = code(&window, &frame).await;
    frame.redeem(&first).await;
    let before = Frame {
        browser: Browser { router: frame.browser.router.clone(), cookie: frame.browser.cookie.clone() },
        verifier: String::new(),
    };
    let second = code(&window, &frame).await;
    frame.redeem(&second).await;
    assert_ne!(before.browser.cookie, frame.browser.cookie);
    assert_eq!((before.me().await, frame.me().await), (Value::Null, Value::from("admin")));
    assert_eq!(window.get("/auth/me").await.status, StatusCode::OK);
}

#[tokio::test]
async fn work_in_a_frame_keeps_both_sessions_alive_and_neither_for_longer_than_twelve_hours() {
    let stage = stage().await;
    let window = stage.signed_in(Role::Admin).await;
    let mut frame = Frame::new(&stage, 1);
    let code = code(&window, &frame).await;
    frame.redeem(&code).await;
    for _ in 0..36 {
        assert_eq!(frame.me().await, "admin");
        stage.clock.advance_ms(20 * MINUTE_MS);
    }
    stage.clock.advance_ms(1);
    assert_eq!(frame.me().await, Value::Null);
    assert_eq!(window.get("/auth/me").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_frames_session_counts_in_frames_only() {
    let stage = stage().await;
    let window = stage.signed_in(Role::Admin).await;
    let mut frame = Frame::new(&stage, 1);
    let code = code(&window, &frame).await;
    frame.redeem(&code).await;
    let get = |pairs: &[(&str, &str)]| {
        let mut request = frame.browser.request("GET", "/api/schema");
        for (name, value) in pairs {
            request = request.header(*name, *value);
        }
        frame.browser.send(request.body(Body::empty()).unwrap())
    };
    let ours = ("x-roomkey-embed", "1");
    assert_eq!(get(&[ours]).await.status, StatusCode::OK);
    for pairs in [
        &[][..],
        &[ours, ("sec-fetch-site", "cross-site")],
        &[ours, ("sec-fetch-site", "same-site")],
        &[ours, ("sec-fetch-dest", "iframe")],
        &[("sec-fetch-site", "same-origin")],
    ] {
        assert_eq!(get(pairs).await.kind(), "session_required", "{pairs:?}");
    }
    // Its id means nothing in the cookie of our own pages, and the other way round.
    let id = frame.browser.cookie.clone().unwrap().split_once('=').unwrap().1.to_owned();
    let moved = Browser { cookie: Some(format!("__Host-roomkey={id}")), ..frame.browser };
    assert_eq!(moved.get("/api/schema").await.kind(), "session_required");
    let id = window.cookie.unwrap().split_once('=').unwrap().1.to_owned();
    let mut moved = Frame::new(&stage, 1);
    moved.browser.cookie = Some(format!("__Host-roomkey-embed={id}"));
    assert_eq!(moved.me().await, Value::Null);
}

#[tokio::test]
async fn a_frame_begets_no_further_frames() {
    let stage = stage().await;
    let window = stage.signed_in(Role::Admin).await;
    let mut frame = Frame::new(&stage, 1);
    let code = code(&window, &frame).await;
    frame.redeem(&code).await;
    let body = json!({"challenge": frame.challenge()}).to_string();
    let asked = frame.request("POST", "/auth/embed-code").body(Body::from(body.clone())).unwrap();
    assert_eq!(frame.browser.send(asked).await.kind(), "forbidden");
    let without = frame.browser.writing("POST", "/auth/embed-code").body(Body::from(body)).unwrap();
    assert_eq!(frame.browser.send(without).await.kind(), "session_required");
    let outside = json!({"code": frame.verifier, "verifier": frame.verifier});
    assert_eq!(window.write("POST", "/auth/embed-session", &outside).await.kind(), "forbidden");
}

#[tokio::test]
async fn a_write_with_a_frames_session_needs_the_same_proof_as_any() {
    let stage = stage().await;
    let window = stage.signed_in(Role::Admin).await;
    let mut frame = Frame::new(&stage, 1);
    let code = code(&window, &frame).await;
    frame.redeem(&code).await;
    let own = format!("http://{HOST}");
    let with = ("x-requested-with", "roomkey");
    let ours = ("x-roomkey-embed", "1");
    let send = |pairs: &[(&str, &str)]| {
        let mut request = Request::builder().method("DELETE").uri("/api/zoom/groups/g1").header("host", HOST);
        request = request.header("cookie", frame.browser.cookie.clone().unwrap());
        for (name, value) in pairs {
            request = request.header(*name, *value);
        }
        frame.browser.send(request.body(Body::empty()).unwrap())
    };
    for pairs in [
        &[ours, with, ("origin", PORTAL)][..],
        &[ours, with, ("origin", "null")],
        &[ours, ("origin", &own)],
        &[ours, with],
    ] {
        assert_eq!(send(pairs).await.kind(), "csrf", "{pairs:?}");
    }
    let cross = [ours, with, ("origin", own.as_str()), ("sec-fetch-site", "cross-site")];
    assert_eq!(send(&cross).await.kind(), "session_required", "the session is not even looked up");
    assert_eq!(stage.ledger().await, Vec::<String>::new());
}

#[tokio::test]
async fn requests_of_another_shape_are_refused() {
    let stage = stage().await;
    let window = stage.signed_in(Role::Admin).await;
    let frame = Frame::new(&stage, 1);
    for body in
        [json!({}), json!({"challenge": "short"}), json!({"challenge": 5}), json!({"challenge": "!".repeat(43)})]
    {
        assert_eq!(window.write("POST", "/auth/embed-code", &body).await.kind(), "bad_request", "{body}");
    }
    assert_eq!(frame.redeem_with("short", &frame.verifier).await.kind(), "bad_request");
    assert_eq!(frame.redeem_with(&frame.verifier, "short").await.kind(), "bad_request");
    let nobody = stage.browser();
    let asked = nobody.write("POST", "/auth/embed-code", &json!({"challenge": frame.challenge()})).await;
    assert_eq!(asked.kind(), "session_required");
}

#[tokio::test]
async fn neither_code_nor_id_is_in_the_database() {
    let stage = stage().await;
    let window = stage.signed_in(Role::Admin).await;
    let mut frame = Frame::new(&stage, 1);
    let used = code(&window, &frame).await;
    frame.redeem(&used).await;
    let open = code(&window, &frame).await;
    let id = frame.browser.cookie.clone().unwrap().split_once('=').unwrap().1.to_owned();
    let mut looked_at = 0;
    for entry in std::fs::read_dir(stage.data.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        for secret in [&used, &open, &id] {
            assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()));
        }
        looked_at += bytes.len();
    }
    assert!(looked_at > 10_000);
}
