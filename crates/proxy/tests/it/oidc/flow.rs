//! To the provider and back: what is asked, what must come back, and where one goes on to.

use axum::http::StatusCode;
use roomkey_schema::Role;
use serde_json::json;

use super::{Bench, problem, session};
use crate::support::{Browser, Stage};

#[tokio::test]
async fn the_provider_is_asked_for_a_code_with_everything_that_binds_it() {
    let bench = Bench::new().await;
    let journey = bench.begin("?to=/zoom/groups", None).await;
    let asked = |name: &str| journey.asked.get(name).map(String::as_str);
    assert_eq!((asked("response_type"), asked("client_id")), (Some("code"), Some("roomkey")));
    assert_eq!(asked("redirect_uri"), Some("http://roomkey.test/auth/oidc/callback"));
    assert_eq!((asked("code_challenge_method"), asked("scope")), (Some("S256"), Some("openid profile")));
    assert!(["state", "nonce", "code_challenge"].iter().all(|name| asked(name).unwrap().len() == 43));
    assert_eq!((asked("prompt"), asked("max_age")), (None, None));
    let answer = bench.stage.browser().get("/auth/oidc").await;
    let (_, attributes) = answer.header("set-cookie").split_once("; ").unwrap();
    assert_eq!(attributes, "Max-Age=600; Path=/; Secure; HttpOnly; SameSite=Lax");
    assert!(answer.header("set-cookie").starts_with("__Host-roomkey-oidc-"));
    assert!(!answer.header("set-cookie").contains(asked("nonce").unwrap()), "it is sealed");
}

#[tokio::test]
async fn who_comes_back_has_a_strict_session_and_goes_on() {
    let bench = Bench::new().await;
    let journey = bench.begin("?to=/zoom/groups%3Fq%3Da", None).await;
    let answer = bench.back(&journey, bench.says(&journey)).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/zoom/groups?q=a"));
    let cookies: Vec<&str> = answer.headers.get_all("set-cookie").iter().map(|it| it.to_str().unwrap()).collect();
    assert!(cookies[0].starts_with("__Host-roomkey=") && cookies[0].ends_with("SameSite=Strict"), "{cookies:?}");
    assert!(cookies[1].starts_with("__Host-roomkey-oidc-") && cookies[1].contains("=; Max-Age=0"), "{cookies:?}");
    assert_eq!(answer.header("cache-control"), "no-store");
    let browser = bench.browser(&answer);
    assert_eq!(browser.get("/api/schema").await.status, StatusCode::OK);
    let entry = bench.stage.record().await.pop().unwrap();
    assert_eq!((entry["kind"].as_str(), entry["role"].as_str()), (Some("signed_in"), Some("helpdesk")));
    assert_eq!(entry["actor"], format!("Dana Fox [248 at {}]", bench.provider.issuer()));
}

#[tokio::test]
async fn somebody_is_sent_on_to_a_place_of_ours_only() {
    let bench = Bench::new().await;
    for to in ["https://evil.example/", "//evil.example", "/%5Cevil.example", "/auth/logout", "/api/schema", "%09/x"] {
        let journey = bench.begin(&format!("?to={to}"), None).await;
        let answer = bench.back(&journey, bench.says(&journey)).await;
        assert_eq!(answer.header("location"), "/", "{to}");
    }
}

#[tokio::test]
async fn an_answer_that_this_browser_did_not_ask_for_is_stale() {
    let bench = Bench::new().await;
    let (mine, yours) = (bench.begin("", None).await, bench.begin("", None).await);
    let code = || bench.provider.code(&yours.asked["code_challenge"], bench.says(&yours));
    let (my_state, your_state) = (&mine.asked["state"], &yours.asked["state"]);
    let swapped = format!("{}={}", yours.cookie.split_once('=').unwrap().0, mine.cookie.split_once('=').unwrap().1);
    let unsealed = format!("{}={}", yours.cookie.split_once('=').unwrap().0, "e30");
    for (what, cookie, state) in [
        ("no cookie", None, your_state.as_str()),
        ("somebody else's cookie", Some(&mine.cookie), your_state),
        ("somebody else's cookie under the right name", Some(&swapped), your_state),
        ("a cookie of one's own making", Some(&unsealed), your_state),
        ("somebody else's state", Some(&yours.cookie), my_state),
        ("no state", Some(&yours.cookie), ""),
        ("a state that is none", Some(&yours.cookie), "../../x"),
    ] {
        let answer = bench.come(cookie.map(String::as_str), &format!("code={}&state={state}", code())).await;
        assert_eq!((session(&answer), problem(&answer).as_deref()), (None, Some("stale")), "{what}");
    }
    assert_eq!(bench.provider.asked("token"), 0, "nothing was redeemed");
    bench.stage.clock.advance_ms(601_000);
    let answer = bench.come(Some(&yours.cookie), &format!("code={}&state={your_state}", code())).await;
    assert_eq!(problem(&answer).as_deref(), Some("stale"), "that was too long ago");
}

#[tokio::test]
async fn an_answer_counts_once() {
    let bench = Bench::new().await;
    let journey = bench.begin("", None).await;
    assert!(session(&bench.back(&journey, bench.says(&journey)).await).is_some());
    let again = bench.back(&journey, bench.says(&journey)).await;
    assert_eq!((session(&again), problem(&again).as_deref()), (None, Some("stale")), "with a fresh code, even");
    let replay = bench.begin("", None).await;
    let answer = bench.come(Some(&replay.cookie), &format!("code=code-0&state={}", replay.asked["state"])).await;
    assert_eq!(problem(&answer).as_deref(), Some("refused"), "the code was used before");
}

#[tokio::test]
async fn an_answer_of_another_issuer_is_refused_before_the_code_goes_anywhere() {
    let bench = Bench::new().await;
    let come = async |iss: &str| {
        let journey = bench.begin("", None).await;
        let code = bench.provider.code(&journey.asked["code_challenge"], bench.says(&journey));
        bench.come(Some(&journey.cookie), &format!("code={code}&state={}{iss}", journey.asked["state"])).await
    };
    assert_eq!(problem(&come("&iss=https%3A%2F%2Fevil.example").await).as_deref(), Some("refused"));
    assert_eq!(bench.provider.asked("token"), 0);
    assert_eq!(problem(&come(&format!("&iss={}", bench.provider.issuer())).await), None);
    bench.stage.clock.advance_ms(3_600_000);
    bench.provider.does(|does| does.metadata = json!({"authorization_response_iss_parameter_supported": true}));
    assert_eq!(problem(&come("").await).as_deref(), Some("refused"), "the provider says that it names itself");
}

#[tokio::test]
async fn what_goes_wrong_at_the_provider_is_told_on_the_sign_in_page() {
    let bench = Bench::new().await;
    let denied = bench.begin("?to=/bulk", None).await;
    let answer =
        bench.come(Some(&denied.cookie), &format!("error=access_denied&state={}", denied.asked["state"])).await;
    assert_eq!(problem(&answer).as_deref(), Some("denied"));
    assert!(answer.header("location").ends_with("&to=%2Fbulk"), "{}", answer.header("location"));
    for (status, body, expected) in [
        (400, json!({"error": "invalid_client"}), "refused"),
        (200, json!({"access_token": "x", "token_type": "Bearer"}), "refused"),
        (200, json!({"access_token": "x", "token_type": "Bearer", "id_token": "x.y.z"}), "refused"),
        (500, json!("down"), "refused"),
    ] {
        let status = StatusCode::from_u16(status).unwrap();
        bench.provider.does(|does| does.token_answer = Some((status, body)));
        assert_eq!(problem(&bench.sign_in(|_| {}).await).as_deref(), Some(expected), "{status}");
    }
    let down = Stage::with(|config| super::configure(config, "http://127.0.0.1:9".to_owned())).await;
    let answer = down.browser().get("/auth/oidc?to=/bulk").await;
    assert_eq!(problem(&answer).as_deref(), Some("provider_down"));
}

#[tokio::test]
async fn a_description_of_another_issuer_or_in_clear_is_not_believed() {
    for more in [json!({"issuer": "https://evil.example"}), json!({"jwks_uri": "http://192.0.2.1/jwks"})] {
        let bench = Bench::new().await;
        bench.provider.does(|does| does.metadata = more);
        assert_eq!(problem(&bench.stage.browser().get("/auth/oidc").await).as_deref(), Some("provider_down"));
    }
}

#[tokio::test]
async fn proving_it_again_asks_the_person_ends_the_old_session_and_counts_from_then() {
    let bench = Bench::new().await;
    let old =
        bench.sign_in(|says| says.claims["auth_time"] = json!(says.claims["iat"].as_i64().unwrap() - 5_000)).await;
    let old = bench.browser(&old);
    let reveal = json!({"operation": "zoom.users.get", "params": {}, "pointer": "/host_key", "reason": "test"});
    let kind = async |browser: &Browser| browser.write("POST", "/api/reveal", &reveal).await.kind();
    assert_eq!(kind(&old).await, "recent_sign_in_required", "the provider knew the person from earlier");
    let journey = bench.begin("?prove=1&to=/sign-in/done", old.cookie.as_deref()).await;
    assert_eq!((journey.asked["prompt"].as_str(), journey.asked["max_age"].as_str()), ("login", "0"));
    let mut says = bench.says(&journey);
    says.claims["auth_time"] = json!(says.claims["iat"].as_i64().unwrap() - 3_600);
    let answer = bench.back(&journey, says).await;
    assert_eq!((session(&answer), problem(&answer).as_deref()), (None, Some("not_proven")), "it was not asked again");
    let journey = bench.begin("?prove=1", old.cookie.as_deref()).await;
    let mut says = bench.says(&journey);
    says.claims.as_object_mut().unwrap().remove("auth_time");
    assert_eq!(problem(&bench.back(&journey, says).await).as_deref(), Some("not_proven"), "it does not say when");
    assert_eq!(old.get("/auth/me").await.status, StatusCode::OK);
    let journey = bench.begin("?prove=1", old.cookie.as_deref()).await;
    let answer = bench.back(&journey, bench.says(&journey)).await;
    assert_ne!(kind(&bench.browser(&answer)).await, "recent_sign_in_required", "the proof counts");
    assert_eq!(old.get("/auth/me").await.status, StatusCode::UNAUTHORIZED, "the old session has ended");
}

#[tokio::test]
async fn signing_out_says_where_the_provider_ends_its_own_session() {
    let bench = Bench::new().await;
    let browser = bench.browser(&bench.sign_in(|_| {}).await);
    let answer = browser.write("POST", "/auth/logout", &json!({})).await;
    let to = answer.json()["to"].as_str().unwrap().to_owned();
    let afterwards = "post_logout_redirect_uri=http%3A%2F%2Froomkey.test%2Fsign-in";
    assert!(to.starts_with(&format!("{}/end?", bench.provider.issuer())), "{to}");
    assert!(to.contains("client_id=roomkey") && to.contains(afterwards), "{to}");
    assert_eq!(browser.get("/auth/me").await.status, StatusCode::UNAUTHORIZED);
    let local = bench.stage.signed_in(Role::Admin).await;
    assert_eq!(local.write("POST", "/auth/logout", &json!({})).await.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn the_ways_in_are_told_and_those_that_are_not_offered_give_nothing() {
    let bench = Bench::new().await;
    let ways = bench.stage.browser().get("/auth/ways").await.json();
    assert_eq!(ways, json!({"local": true, "provider": "Example"}));
    let stage = Stage::new().await;
    assert_eq!(stage.browser().get("/auth/ways").await.json(), json!({"local": true}));
    for path in ["/auth/oidc", "/auth/oidc/callback?state=x&code=y"] {
        assert_eq!(stage.browser().get(path).await.kind(), "not_found");
    }
    let issuer = bench.provider.issuer();
    let only_there = Stage::with(|config| {
        super::configure(config, issuer);
        config.sign_in.local = false;
    });
    let only_there = only_there.await;
    only_there.account(Role::Admin).await;
    assert_eq!(only_there.browser().sign_in("admin", crate::support::PASSWORD).await.kind(), "forbidden");
}
