//! ID tokens that do not hold give no session; those that do, do.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::provider::{Says, Sign};
use super::{Bench, problem, session};

/// What is done to a token that would hold.
type Change = fn(&mut Says);

fn set(says: &mut Says, name: &str, value: Value) {
    says.claims[name] = value;
}

fn remove(says: &mut Says, name: &str) {
    says.claims.as_object_mut().unwrap().remove(name);
}

fn by(says: &mut Says, alg: &str, kid: &str, sign: Sign) {
    (says.head["alg"], says.head["kid"], says.sign) = (json!(alg), json!(kid), sign);
}

fn later(says: &mut Says, name: &str, by_s: i64) {
    let now_s = says.claims["iat"].as_i64().unwrap();
    set(says, name, json!(now_s + by_s));
}

#[tokio::test]
async fn a_token_with_anything_wrong_in_it_gives_no_session() {
    let bench = Bench::new().await;
    let wrong: [(&str, Change); 26] = [
        ("another issuer", |says| set(says, "iss", json!("https://evil.example"))),
        ("no issuer", |says| remove(says, "iss")),
        ("another audience", |says| set(says, "aud", json!("somebody-else"))),
        ("one more audience", |says| set(says, "aud", json!(["roomkey", "somebody-else"]))),
        ("no audience", |says| remove(says, "aud")),
        ("another authorized party", |says| set(says, "azp", json!("somebody-else"))),
        ("expired", |says| later(says, "exp", 0)),
        ("without an end", |says| remove(says, "exp")),
        ("of the future", |says| later(says, "iat", 3_600)),
        ("very old", |says| later(says, "iat", -3_600)),
        ("without a beginning", |says| remove(says, "iat")),
        ("another nonce", |says| set(says, "nonce", json!("another"))),
        ("no nonce", |says| remove(says, "nonce")),
        ("nobody", |says| remove(says, "sub")),
        ("somebody without a name", |says| set(says, "sub", json!(""))),
        ("unsigned", |says| by(says, "none", "rsa-1", Sign::Nothing)),
        ("unsigned, and says so nowhere", |says| says.sign = Sign::Nothing),
        ("the public key as a secret", |says| by(says, "HS256", "rsa-1", Sign::HmacOfPublic)),
        ("the client's secret as a key", |says| by(says, "HS256", "rsa-1", Sign::HmacOfSecret)),
        ("another kind of signature", |says| by(says, "RS256", "rsa-1", Sign::Ec)),
        ("the key of another kind", |says| by(says, "ES256", "rsa-1", Sign::Ec)),
        ("a stranger's key by our key's name", |says| by(says, "ES256", "ec-1", Sign::Stranger)),
        ("a key that nobody knows", |says| by(says, "ES256", "ec-9", Sign::Ec)),
        ("one bit of the signature", |says| says.sign = Sign::Garbled),
        ("another access token", |says| set(says, "at_hash", json!("AAAAAAAAAAAAAAAAAAAAAA"))),
        ("something critical that we do not know", |says| says.head["crit"] = json!(["b64"])),
    ];
    for (what, change) in wrong {
        let answer = bench.sign_in(change).await;
        assert_eq!(session(&answer), None, "{what}");
        let expected = if what == "somebody without a name" { "no_role" } else { "refused" };
        assert_eq!(problem(&answer).as_deref(), Some(expected), "{what}");
    }
    let record = bench.stage.record().await;
    assert_eq!(record.len(), wrong.len());
    assert!(record.iter().all(|entry| entry["kind"] == "sign_in_failed"), "{record:?}");
    assert_eq!(problem(&bench.sign_in(|_| {}).await), None, "and the same one without a fault is taken");
}

#[tokio::test]
async fn both_kinds_of_signature_are_taken() {
    let bench = Bench::new().await;
    let changes: [Change; 4] = [
        |_| {},
        |says| by(says, "ES256", "ec-1", Sign::Ec),
        |says| set(says, "azp", json!("roomkey")),
        |says| remove(says, "at_hash"),
    ];
    for change in changes {
        let answer = bench.sign_in(change).await;
        assert_eq!((problem(&answer), bench.browser(&answer).get("/auth/me").await.status), (None, StatusCode::OK));
    }
}

#[tokio::test]
async fn a_new_key_is_asked_for_once_and_not_for_every_stranger() {
    let bench = Bench::new().await;
    assert_eq!(problem(&bench.sign_in(|_| {}).await), None);
    bench.provider.does(|does| does.ec_kid = "ec-2");
    bench.stage.clock.advance_ms(60_000);
    assert_eq!(problem(&bench.sign_in(|says| by(says, "ES256", "ec-2", Sign::Ec)).await), None);
    assert_eq!(bench.provider.asked("jwks"), 2);
    for _ in 0..3 {
        assert!(problem(&bench.sign_in(|says| by(says, "ES256", "ec-3", Sign::Ec)).await).is_some());
    }
    assert_eq!(bench.provider.asked("jwks"), 2, "it was asked a moment ago");
}

#[tokio::test]
async fn groups_decide_role_and_scope_at_each_sign_in_and_nobody_comes_in_without() {
    let bench = Bench::new().await;
    let me = async |groups: Value| {
        let answer = bench.sign_in(|says| set(says, "groups", groups)).await;
        match problem(&answer) {
            None => bench.browser(&answer).get("/auth/me").await.json(),
            Some(problem) => json!(problem),
        }
    };
    let issuer = bench.provider.issuer();
    let name = format!("Dana Fox [248 at {issuer}]");
    assert_eq!(me(json!(["boss"])).await, json!({"name": name, "role": "admin", "way": "provider"}));
    assert_eq!(
        me(json!(["boss", "desk"])).await,
        json!({"name": name, "role": "helpdesk", "way": "provider"}),
        "the first rule that fits"
    );
    let north = json!({"name": name, "role": "helpdesk", "scope": ["zoom.group:north"], "way": "provider"});
    assert_eq!(me(json!("desk-north")).await, north);
    for none in [json!([]), json!(["staff", "Desk"]), json!(null), json!({"desk": true}), json!([1])] {
        assert_eq!(me(none.clone()).await, json!("no_role"), "{none}");
    }
    let refused = bench.stage.record().await.pop().unwrap();
    assert_eq!((refused["kind"].as_str(), refused["actor"].as_str()), (Some("sign_in_failed"), Some(name.as_str())));
}

#[tokio::test]
async fn somebody_is_issuer_and_subject_whatever_name_and_address_say() {
    let bench = Bench::new().await;
    let name = async |subject: &str, label: &str| {
        let answer = bench.sign_in(|says| {
            set(says, "sub", json!(subject));
            set(says, "name", json!(label));
        });
        bench.browser(&answer.await).get("/auth/me").await.json()["name"].as_str().unwrap().to_owned()
    };
    let issuer = bench.provider.issuer();
    let dana = name("248", "Dana Fox").await;
    assert_eq!(name("248", "Dana Wolf").await, dana, "a person keeps the name in the record");
    assert_eq!(name("249", "Dana Fox").await, format!("Dana Fox [249 at {issuer}]"), "and nobody else gets it");
    bench.stage.account(roomkey_schema::Role::Admin).await;
    assert_eq!(name("250", "admin").await, format!("admin [250 at {issuer}]"), "nor that of a local account");
    let mut browser = bench.stage.browser();
    for password in ["", "x"] {
        assert_eq!(browser.sign_in(&dana, password).await.status, StatusCode::UNAUTHORIZED, "there is no password");
    }
}

#[tokio::test]
async fn groups_are_asked_for_at_userinfo_when_the_token_has_none_and_only_of_the_same_person() {
    let bench = Bench::new().await;
    let without = |says: &mut Says| remove(says, "groups");
    bench.provider.does(|does| does.userinfo = json!({"sub": "248", "groups": ["boss"]}));
    let answer = bench.sign_in(without).await;
    assert_eq!(bench.browser(&answer).get("/auth/me").await.json()["role"], "admin");
    bench.provider.does(|does| does.userinfo = json!({"sub": "249", "groups": ["boss"]}));
    assert_eq!(problem(&bench.sign_in(without).await).as_deref(), Some("refused"));
    assert_eq!(bench.provider.asked("userinfo"), 2);
    assert_eq!(problem(&bench.sign_in(|_| {}).await), None);
    assert_eq!(bench.provider.asked("userinfo"), 2, "it is not asked for what the token says");
}
