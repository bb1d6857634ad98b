//! Whoever the proxy signs in as: sessions that end, a login that is refused, one that is no administrator's. Must not test
//! what the vendor does wrong.

use roomkey_schema::Role;
use roomkey_tests::{Ask, Setup, Site};
use serde_json::json;

use super::{MEETINGS, POLICY, open_meetings, put, wire, writes};

async fn sign_ins(site: &Site) -> usize {
    site.vendor.ledger().await.iter().filter(|line| line.service.as_deref() == Some("login")).count()
}

#[tokio::test]
async fn session_is_got_once_with_the_password_in_a_body_and_nowhere_else() {
    let site = Site::new().await;
    let id = open_meetings(&site, 1).await.remove(0);
    site.call(put(&id, "connect12")).await.written();
    let ledger = site.vendor.ledger().await;
    let sign_ins: Vec<_> = ledger.iter().filter(|line| line.service.as_deref() == Some("login")).collect();
    assert_eq!((sign_ins.len(), sign_ins[0].method.as_str(), sign_ins[0].query.as_str()), (1, "POST", ""));
    let with_password = ledger.iter().filter(|line| line.body.to_string().contains("password=")).count();
    assert!(with_password == 1 && ledger.iter().all(|line| !line.query.contains("password=")));
    assert!(ledger.iter().all(|line| !line.query.contains("connect12")), "a passcode in an address");
}

#[tokio::test]
async fn session_that_ends_at_every_second_call_is_renewed_each_time_and_nothing_is_done_twice() {
    let site = Site::new().await;
    let id = open_meetings(&site, 1).await.remove(0);
    // All actions but login and logout have a hyphen in their names.
    let rule = json!({"vendor": "connect", "path": "xml/*-*", "every": 2, "fault": {"kind": "expire_token"}});
    site.vendor.faults(json!([rule])).await;
    for passcode in ["first1", "second2", "third3"] {
        assert_eq!(site.call(put(&id, passcode)).await.written().not_applied, [""; 0]);
    }
    site.get(Role::Admin, POLICY).await.ok();
    site.get(Role::Admin, MEETINGS).await.ok();
    assert!(sign_ins(&site).await > 5, "{}", sign_ins(&site).await);
    let sent =
        |passcode: &str| format!("action=acl-field-update&acl-id={id}&field-id=meeting-passcode&value={passcode}");
    let mut took = writes(&site).await;
    // What was sent with a session that had ended was sent again, because the vendor said that it was not carried out.
    took.dedup();
    assert_eq!(took, [sent("first1"), sent("second2"), sent("third3")]);
}

#[tokio::test]
async fn session_that_has_always_ended_is_a_fault_after_one_renewal() {
    let site = Site::new().await;
    site.get(Role::Admin, MEETINGS).await.ok();
    site.vendor.mutate_of("connect", "account", json!({"refusal": "no-login"})).await;
    let before = wire(&site).await.len();
    let problem = site.get(Role::Admin, MEETINGS).await.problem(503, "vendor_credentials");
    assert!(problem.detail.contains("roomkey check"), "{}", problem.detail);
    assert!(wire(&site).await.len() <= before + 2);
}

#[tokio::test]
async fn login_that_is_refused_is_said_and_not_offered_again_soon() {
    let site = Site::with(Setup { connect_login: "nobody@example.com".to_owned(), ..Setup::default() }).await;
    for _ in 0..3 {
        let problem = site.get(Role::Admin, MEETINGS).await.problem(503, "vendor_credentials");
        assert_eq!((problem.vendor.as_deref(), problem.vendor_code.as_deref()), (Some("connect"), Some("no-data")));
        assert!(problem.detail.contains("Adobe Connect does not accept"), "{}", problem.detail);
    }
    assert_eq!(sign_ins(&site).await, 1);
}

#[tokio::test]
async fn login_that_is_no_administrators_is_told_so_wherever_only_they_may() {
    let site = Site::with(Setup { connect_login: "host@example.com".to_owned(), ..Setup::default() }).await;
    let change = json!({"hosts_may_require_passcode": true});
    let refused = [
        site.get(Role::Admin, POLICY).await,
        site.patch(Role::Admin, POLICY, &change).await,
        site.get(Role::Admin, &format!("{MEETINGS}?needs_passcode=true")).await,
        site.call(put("20001", "connect12")).await,
    ];
    for answer in refused {
        let problem = answer.problem(422, "vendor_refused");
        assert_eq!(problem.vendor_code.as_deref(), Some("no-access/denied"));
        assert!(problem.detail.contains("for administrators") && problem.detail.contains("roomkey check"));
    }
    assert!(writes(&site).await.is_empty());
}

#[tokio::test]
async fn login_that_is_no_administrators_is_told_with_the_connection_and_above_what_will_fail() {
    let site = Site::with(Setup { connect_login: "host@example.com".to_owned(), ..Setup::default() }).await;
    site.call(Ask::new("POST", "/api/connections/connect/test").by(Role::Admin)).await.ok();
    let said = "host@example.com is no administrator at Adobe Connect";
    let connections = site.get(Role::Auditor, "/api/connections").await;
    assert!(connections.text.contains(said), "{}", connections.text);
    // Whoever may do none of it is not told.
    for (role, operation) in [(Role::Admin, "connect.policy.update"), (Role::Helpdesk, "connect.passcode.get")] {
        let index = site.get(role, "/api/schema").await.ok();
        let notices = index["notices"].as_array().expect("notices").clone();
        let notice = notices.iter().find(|notice| notice["vendor"] == "connect").expect("a notice");
        assert!(notice["text"].as_str().is_some_and(|text| text.starts_with(said)), "{notice}");
        assert!(notice["operations"].as_array().is_some_and(|all| all.contains(&json!(operation))), "{notice}");
    }
    let good = Site::new().await;
    good.call(Ask::new("POST", "/api/connections/connect/test").by(Role::Admin)).await.ok();
    assert!(!good.get(Role::Admin, "/api/schema").await.text.contains("is no administrator at"));
}
