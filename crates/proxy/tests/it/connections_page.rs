//! How it stands with the vendors: working, broken, down, short of a permission, without an administrator. Must not look at
//! a vendor's own answers.

use axum::http::StatusCode;
use roomkey_proxy::config::{Config, Webex};
use roomkey_schema::Role;
use serde_json::{Value, json};

use crate::support::{BEGIN_MS, Browser, Stage, client, config, random};
use crate::webex::site;

async fn test(browser: &Browser, vendor: &str) -> Value {
    let answer = browser.write("POST", &format!("/api/connections/{vendor}/test"), &json!({})).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.json()
}

fn with_webex_over_xml(config: &mut Config, administrators: u8) {
    let base = config.vendors.zoom.as_ref().unwrap().base_url.replace("/zoom/v2", "");
    let xml = site(&format!("{base}/webex-xml/WBXService/XMLService"), administrators);
    let pin_digits_by_site = std::collections::BTreeMap::new();
    config.vendors.webex = Some(Webex { pin_digits: 4, pin_digits_by_site, rest: None, xml: Some(xml) });
}

#[tokio::test]
async fn a_test_shows_that_it_works_and_looking_asks_nobody() {
    let stage = Stage::new().await;
    let admin = stage.signed_in(Role::Admin).await;
    let untested = admin.get("/api/connections").await.json();
    let people = json!({"vendor": "zoom", "reading": false, "count": 0});
    let zoom = json!({"vendor": "zoom", "state": "untested", "notices": [], "budgets": [], "people": people});
    assert_eq!(untested, json!([zoom]));
    assert_eq!(stage.ledger().await, [""; 0]);
    let tested = test(&admin, "zoom").await;
    assert_eq!((tested["state"].as_str(), &tested["notices"]), (Some("works"), &json!([])));
    assert_eq!(tested["tested_at"], roomkey_proxy::clock::rfc3339(BEGIN_MS));
    assert_eq!(tested["token_since"], tested["tested_at"]);
    assert!(tested["token_until"].as_str().unwrap() > tested["token_since"].as_str().unwrap());
    let asked = stage.ledger().await;
    assert_eq!(asked, ["GET /zoom/v2/users"]);
    for role in [Role::Admin, Role::Auditor] {
        assert_eq!(stage.signed_in(role).await.get("/api/connections").await.json(), json!([tested]));
    }
    assert_eq!(stage.ledger().await, asked);
}

#[tokio::test]
async fn what_is_left_of_the_budget_is_told() {
    let stage = Stage::with(|config| {
        let budget = roomkey_proxy::config::Budget { medium_per_second: 3, heavy_per_day: 500, ..Default::default() };
        config.vendors.zoom.as_mut().unwrap().budget = budget;
    })
    .await;
    let admin = stage.signed_in(Role::Admin).await;
    let budgets = test(&admin, "zoom").await["budgets"].clone();
    let budget = |name: &str, left: u64, of: u64, seconds: u64| json!({"name": name, "left": left, "of": of, "seconds": seconds});
    let expected = [
        budget("light", 30, 30, 1),
        budget("medium", 2, 3, 1),
        budget("heavy", 10, 10, 1),
        budget("heavy", 500, 500, 86_400),
    ];
    assert_eq!(budgets, json!(expected));
}

#[tokio::test]
async fn a_broken_credential_and_a_vendor_that_is_down_say_why() {
    let stage = Stage::with(|config| {
        let zoom = config.vendors.zoom.as_mut().unwrap();
        zoom.client_secret = Some("canary-wrong-secret".into());
        let down = "http://127.0.0.1:1".to_owned();
        let mut rest = crate::webex::app(&down);
        rest.timeout_ms = 2_000;
        let pin_digits_by_site = std::collections::BTreeMap::new();
        config.vendors.webex = Some(Webex { pin_digits: 4, pin_digits_by_site, rest: Some(rest), xml: None });
    })
    .await;
    let admin = stage.signed_in(Role::Admin).await;
    let zoom = test(&admin, "zoom").await;
    assert_eq!((zoom["state"].as_str(), zoom["problem"]["kind"].as_str()), (Some("fails"), Some("vendor_credentials")));
    let detail = zoom["problem"]["detail"].as_str().unwrap();
    assert!(detail.contains("Zoom does not accept the credentials") && !detail.contains("canary"), "{detail}");
    let webex = test(&admin, "webex").await;
    assert_eq!(
        (webex["state"].as_str(), webex["problem"]["kind"].as_str()),
        (Some("fails"), Some("vendor_unreachable"))
    );
    assert_eq!(webex["token_since"], Value::Null);
    let all = admin.get("/api/connections").await.json();
    assert_eq!(all, json!([webex, zoom]));
}

#[tokio::test]
async fn the_vendors_code_and_tracking_id_are_told() {
    let stage = Stage::new().await;
    let admin = stage.signed_in(Role::Admin).await;
    stage.faults(json!([{"path": "users", "fault": {"kind": "status", "status": 500}}])).await;
    let zoom = test(&admin, "zoom").await;
    assert_eq!((zoom["state"].as_str(), zoom["problem"]["kind"].as_str()), (Some("fails"), Some("vendor_failed")));
    assert!(!zoom["problem"]["tracking_id"].as_str().unwrap().is_empty(), "{zoom}");
    assert_eq!(zoom["problem"]["request_id"], "");
    stage.faults(json!([])).await;
    assert_eq!(test(&admin, "zoom").await["state"], "works");
}

#[tokio::test]
async fn a_missing_scope_names_the_operations_that_need_it_to_those_who_may_call_them() {
    let stage = Stage::new().await;
    let (admin, helpdesk) = (stage.signed_in(Role::Admin).await, stage.signed_in(Role::Helpdesk).await);
    // A token of the vendor's own, handed out with fewer scopes than it has.
    let url =
        format!("http://{}/zoom/oauth/token?grant_type=account_credentials&account_id=demo-account", stage.sandbox);
    let granted = client().post(url).basic_auth("demo-client", Some("demo-secret")).send().await.unwrap();
    let mut granted: Value = granted.json().await.unwrap();
    let scopes = granted["scope"].as_str().unwrap().split(' ').filter(|scope| !scope.starts_with("group:"));
    granted["scope"] = json!(scopes.collect::<Vec<_>>().join(" "));
    stage
        .faults(json!([{"path": "/zoom/oauth/token", "fault": {"kind": "status", "status": 200, "body": granted}}]))
        .await;
    let zoom = test(&admin, "zoom").await;
    assert_eq!(zoom["state"], "partly");
    let notices = zoom["notices"].as_array().unwrap();
    let about = |operation: &str| {
        notices.iter().filter(|notice| notice["operations"].as_array().unwrap().contains(&json!(operation))).count()
    };
    assert_eq!((about("zoom.group_settings.update"), about("zoom.users.get")), (1, 0), "{notices:?}");
    assert!(notices.iter().any(|notice| notice["text"].as_str().unwrap().contains("group:write:admin")));
    assert_eq!(admin.get("/api/schema").await.json()["notices"], zoom["notices"]);
    // The help desk reads which groups' locks bind a person, and nothing else of groups.
    let theirs = helpdesk.get("/api/schema").await.json()["notices"].clone();
    let theirs = theirs.as_array().unwrap();
    let concerns = |operations: &Value| {
        ["zoom.groups.get", "zoom.group_locks.get"].iter().any(|id| operations.as_array().unwrap().contains(&json!(id)))
    };
    assert!(!theirs.is_empty() && theirs.iter().all(|notice| concerns(&notice["operations"])), "{theirs:?}");
}

#[tokio::test]
async fn an_account_that_is_no_administrator_is_named_with_what_will_fail() {
    let stage = Stage::with(|config| with_webex_over_xml(config, 6)).await;
    let (admin, helpdesk) = (stage.signed_in(Role::Admin).await, stage.signed_in(Role::Helpdesk).await);
    let webex = test(&admin, "webex").await;
    assert_eq!(webex["state"], "partly", "{webex}");
    let [notice] = webex["notices"].as_array().unwrap().as_slice() else { panic!("one notice: {webex}") };
    assert!(
        notice["text"].as_str().unwrap().starts_with("admin6@example.com is no administrator at Webex"),
        "{notice}"
    );
    assert_eq!(notice["operations"], json!(["webex.room.update"]));
    let accounts = webex["budgets"].as_array().unwrap().iter().filter(|budget| budget["seconds"] == 86_400);
    let accounts: Vec<_> = accounts.map(|budget| (budget["name"].as_str().unwrap(), &budget["left"])).collect();
    assert_eq!((accounts.len(), accounts[0]), (6, ("admin1@example.com", &json!(700))));
    assert_eq!(admin.get("/api/schema").await.json()["notices"], json!([notice]));
    assert_eq!(helpdesk.get("/api/schema").await.json()["notices"], json!([notice]), "the help desk resets PINs");
}

#[tokio::test]
async fn an_account_that_cannot_sign_in_is_named_with_the_reason() {
    let stage = Stage::with(|config| {
        with_webex_over_xml(config, 2);
        let xml = config.vendors.webex.as_mut().unwrap().xml.as_mut().unwrap();
        xml.administrators[1].password = Some("canary-wrong-password".into());
    })
    .await;
    let admin = stage.signed_in(Role::Admin).await;
    let webex = test(&admin, "webex").await;
    let text = webex["notices"][0]["text"].as_str().unwrap();
    assert!(text.starts_with("admin2@example.com cannot be used at Webex") && !text.contains("canary"), "{text}");
    assert_eq!(webex["notices"][0]["operations"], json!(["webex.room.update"]));
}

#[tokio::test]
async fn roles_look_and_test_as_they_may() {
    let stage = Stage::new().await;
    let helpdesk = stage.signed_in(Role::Helpdesk).await;
    let auditor = stage.signed_in(Role::Auditor).await;
    let look = helpdesk.get("/api/connections").await;
    let tests = [
        helpdesk.write("POST", "/api/connections/zoom/test", &json!({})).await,
        auditor.write("POST", "/api/connections/zoom/test", &json!({})).await,
    ];
    for answer in [look].iter().chain(&tests) {
        assert_eq!((answer.status, answer.kind().as_str()), (StatusCode::FORBIDDEN, "forbidden"));
    }
    let denied = stage.record().await.into_iter().filter(|entry| entry["kind"] == "denied");
    assert_eq!(denied.filter(|entry| entry["operation"] == "connections").count(), 3);
    let admin = stage.signed_in(Role::Admin).await;
    let unknown = admin.write("POST", "/api/connections/acme/test", &json!({})).await;
    assert_eq!((unknown.status, unknown.kind().as_str()), (StatusCode::NOT_FOUND, "not_found"));
    assert_eq!(stage.browser().get("/api/connections").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(stage.ledger().await, [""; 0]);
}

#[tokio::test]
async fn every_connection_is_tested_when_the_server_starts() {
    let stage = Stage::new().await;
    let config = config(&stage.data.path().join("second"), stage.sandbox);
    let app = roomkey_proxy::App::new(config, stage.clock.clone(), random()).await.unwrap();
    roomkey_proxy::connections::test_all(&app).await;
    roomkey_proxy::connections::test_all(&app).await;
    assert_eq!(stage.ledger().await, ["GET /zoom/v2/users"], "once");
}
