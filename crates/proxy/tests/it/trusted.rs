//! A reverse proxy that says in headers who somebody is: believed from its addresses and with its proof, and nobody else.

use std::net::SocketAddr;

use axum::body::Body;
use axum::http::StatusCode;
use roomkey_proxy::config::{RoleRule, TrustedHeader};
use roomkey_proxy::http::peer::Peer;
use roomkey_schema::{Role, Scope};
use serde_json::json;

use crate::support::{Answer, Browser, Stage};

const PROOF: &str = "what only the proxy and this server know";
const PROXY: &str = "10.0.0.5:4711";
const PERSON: [(&str, &str); 3] =
    [("x-remote-user", "dana"), ("x-remote-groups", "staff, desk"), ("x-roomkey-proof", PROOF)];

async fn stage() -> Stage {
    Stage::with(|config| {
        config.trusted_header = Some(TrustedHeader {
            header: "X-Remote-User".to_owned(),
            groups_header: "X-Remote-Groups".to_owned(),
            email_header: None,
            from: vec!["10.0.0.5/32".parse().unwrap()],
            proof_header: "x-roomkey-proof".to_owned(),
            proof: Some(PROOF.into()),
            proof_file: None,
        });
        let rule = |group: &str, role| RoleRule { groups: vec![group.to_owned()], role, scope: Scope::default() };
        config.roles = vec![rule("desk", Role::Helpdesk), rule("boss", Role::Admin)];
    })
    .await
}

/// A request with these headers, from there.
async fn ask(browser: &Browser, method: &str, path: &str, from: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = if method == "GET" { browser.request(method, path) } else { browser.writing(method, path) };
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let peer = Peer(Some(from.parse::<SocketAddr>().unwrap()));
    browser.send(request.extension(peer).body(Body::empty()).unwrap()).await
}

async fn signed_in(stage: &Stage) -> Browser {
    let mut browser = stage.browser();
    let answer = ask(&browser, "POST", "/auth/trusted", PROXY, &PERSON).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text);
    browser.cookie = answer.header("set-cookie").split(';').next().map(str::to_owned);
    browser
}

#[tokio::test]
async fn who_the_proxy_names_gets_a_session_with_the_role_of_the_groups() {
    let stage = stage().await;
    let ways = ask(&stage.browser(), "GET", "/auth/ways", PROXY, &PERSON).await;
    assert_eq!(ways.json(), json!({"local": true, "header": "dana"}));
    let browser = signed_in(&stage).await;
    let me = ask(&browser, "GET", "/auth/me", PROXY, &PERSON).await.json();
    assert_eq!(me, json!({"name": "dana [dana at header:x-remote-user]", "role": "helpdesk", "way": "header"}));
    let entry = stage.record().await.pop().unwrap();
    assert_eq!((entry["kind"].as_str(), entry["actor"].as_str()), (Some("signed_in"), me["name"].as_str()));
}

#[tokio::test]
async fn headers_from_elsewhere_or_without_proof_are_refused_and_not_overlooked() {
    let stage = stage().await;
    let browser = stage.browser();
    let from_elsewhere = ["10.0.0.6:4711", "127.0.0.1:4711", "[::1]:4711"];
    for path in ["/auth/me?quiet", "/auth/ways", "/healthz", "/", "/api/schema"] {
        for from in from_elsewhere {
            assert_eq!(ask(&browser, "GET", path, from, &PERSON).await.status, StatusCode::FORBIDDEN, "{path} {from}");
        }
        for headers in [
            &PERSON[..2],
            &[PERSON[0]],
            &[PERSON[0], ("x-roomkey-proof", "a guess")],
            &[PERSON[0], ("x-roomkey-proof", "")],
        ] {
            assert_eq!(ask(&browser, "GET", path, PROXY, headers).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        assert_eq!(
            ask(&browser, "GET", path, "10.0.0.6:1", &PERSON[2..]).await.status,
            StatusCode::FORBIDDEN,
            "the proof alone"
        );
    }
    assert_eq!(browser.get("/healthz").await.status, StatusCode::OK, "without the headers all is as ever");
    assert_eq!(
        browser
            .send(browser.request("GET", "/healthz").header(PERSON[0].0, "x").body(Body::empty()).unwrap())
            .await
            .status,
        StatusCode::FORBIDDEN,
        "from nowhere"
    );
}

#[tokio::test]
async fn a_second_header_or_one_that_reads_alike_is_refused_from_everybody() {
    let stage = stage().await;
    for more in [
        ("x-remote-user", "boss"),
        ("x_remote_user", "boss"),
        ("x-remote_user", "boss"),
        ("X_Remote-Groups", "boss"),
        ("x-remote-groups", "boss"),
        ("x_roomkey_proof", PROOF),
        ("x-roomkey-proof", PROOF),
    ] {
        let headers = [PERSON[0], PERSON[1], PERSON[2], more];
        for from in [PROXY, "10.0.0.6:1"] {
            let answer = ask(&stage.browser(), "POST", "/auth/trusted", from, &headers).await;
            assert_eq!((answer.status, answer.kind().as_str()), (StatusCode::BAD_REQUEST, "bad_request"), "{more:?}");
            assert_eq!(answer.header("set-cookie"), "");
        }
    }
}

#[tokio::test]
async fn the_session_stands_as_long_as_the_proxy_names_the_person_with_the_same_role() {
    let stage = stage().await;
    let browser = signed_in(&stage).await;
    let status = async |headers: &[(&str, &str)]| ask(&browser, "GET", "/api/schema", PROXY, headers).await.status;
    let proof = PERSON[2];
    assert_eq!(status(&PERSON).await, StatusCode::OK);
    assert_eq!(status(&[PERSON[0], ("x-remote-groups", "desk"), proof]).await, StatusCode::OK);
    assert_eq!(status(&[("x-remote-user", "ben"), PERSON[1], proof]).await, StatusCode::UNAUTHORIZED, "somebody else");
    assert_eq!(
        status(&[PERSON[0], ("x-remote-groups", "boss"), proof]).await,
        StatusCode::UNAUTHORIZED,
        "another role"
    );
    assert_eq!(status(&[PERSON[0], proof]).await, StatusCode::UNAUTHORIZED, "no group any more");
    assert_eq!(status(&[]).await, StatusCode::UNAUTHORIZED, "around the proxy");
}

#[tokio::test]
async fn nobody_gets_in_without_a_group_a_name_or_the_consoles_own_request() {
    let stage = stage().await;
    let browser = stage.browser();
    let sign_in = async |headers: &[(&str, &str)]| ask(&browser, "POST", "/auth/trusted", PROXY, headers).await;
    let refused = sign_in(&[PERSON[0], ("x-remote-groups", "staff"), PERSON[2]]).await;
    assert_eq!((refused.status, refused.header("set-cookie")), (StatusCode::FORBIDDEN, ""));
    assert!(refused.json()["detail"].as_str().unwrap().contains("none of your groups"));
    assert_eq!(stage.record().await.pop().unwrap()["actor"], "dana [dana at header:x-remote-user]");
    assert_eq!(sign_in(&PERSON[2..]).await.kind(), "session_required", "the proxy names nobody");
    assert_eq!(sign_in(&[("x-remote-user", " "), PERSON[1], PERSON[2]]).await.kind(), "session_required");
    let long = "x".repeat(300);
    assert_eq!(sign_in(&[("x-remote-user", &long), PERSON[1], PERSON[2]]).await.kind(), "forbidden");
    let request =
        PERSON.iter().fold(browser.request("POST", "/auth/trusted"), |it, (name, value)| it.header(*name, *value));
    let peer = Peer(Some(PROXY.parse().unwrap()));
    let answer = browser.send(request.extension(peer).body(Body::empty()).unwrap()).await;
    assert_eq!(answer.kind(), "csrf", "another page cannot begin one");
}

#[tokio::test]
async fn nobody_is_shown_a_secret_whom_only_the_proxy_knows() {
    let stage = stage().await;
    let browser = signed_in(&stage).await;
    let body = json!({"operation": "zoom.users.get", "params": {}, "pointer": "/host_key", "reason": "test"});
    let request =
        PERSON.iter().fold(browser.writing("POST", "/api/reveal"), |it, (name, value)| it.header(*name, *value));
    let peer = Peer(Some(PROXY.parse().unwrap()));
    let answer = browser.send(request.extension(peer).body(Body::from(body.to_string())).unwrap()).await;
    assert_eq!(answer.kind(), "recent_sign_in_required");
}
