//! Accounts and their organizers, as the tutorial makes and reads them.

use roomkey_proxy::config::VeetingLevel;
use roomkey_schema::Role;
use serde_json::{Value, json};

use super::{ACCOUNT, ask, headers, sent, site};

fn asked() -> Value {
    json!({"sendPassword": true, "accountType": "trial", "adminFirstname": "Test", "adminLastname": "User",
        "adminEmail": "test-user@example.com", "adminPreferredLanguage": "en", "paidUntil": "2026-04-19T19:03:41.203Z"})
}

#[tokio::test]
async fn new_account_is_sent_word_for_word_and_read_back() {
    let site = site(VeetingLevel::Instance).await;
    let written = ask(&site, "POST", ACCOUNT, &asked()).await.written();
    let line = sent(&site).await;
    assert_eq!(
        (line.method.as_str(), line.path.as_str(), line.query.as_str()),
        ("POST", "/veeting/api/v6/account", "")
    );
    assert_eq!(line.headers["content-type"], "application/json");
    assert_eq!(headers(&line), (json!("***"), Value::Null, Value::Null));
    assert_eq!(line.body, asked());
    let account = written.value.expect("read back");
    assert_eq!((&account["name"], &account["accountType"]), (&json!("test-user@example.com"), &json!("trial")));
    // A trial runs for so long whatever was asked for; that is said.
    assert_eq!(written.not_applied, ["/paidUntil"]);
}

#[tokio::test]
async fn what_is_usual_of_an_account_need_not_be_said() {
    let site = site(VeetingLevel::Instance).await;
    let mut least = asked();
    for usual in ["sendPassword", "accountType", "adminPreferredLanguage"] {
        least.as_object_mut().expect("an object").remove(usual);
    }
    ask(&site, "POST", ACCOUNT, &least).await.ok();
    assert_eq!(sent(&site).await.body, asked());
}

#[tokio::test]
async fn organizers_of_a_new_account_are_listed_and_their_tokens_are_not_told() {
    let site = site(VeetingLevel::Instance).await;
    let account = ask(&site, "POST", ACCOUNT, &asked()).await.written().answer.expect("an account");
    let id = account["id"].as_str().expect("an id");
    for role in Role::ALL {
        let organizers = site.get(role, &format!("{ACCOUNT}/admin/{id}")).await.ok();
        let [first] = organizers.as_array().expect("a list").as_slice() else { panic!("{organizers}") };
        assert_eq!((&first["email"], &first["firstName"]), (&json!("test-user@example.com"), &json!("Test")));
        assert_eq!((&first["icsToken"], &first["icsPath"]), (&json!(true), &json!(true)));
    }
    let read = site.vendor.calls().await.pop().expect("a call");
    assert_eq!((read.method.as_str(), read.path.clone()), ("GET", format!("/veeting/api/v6/account/admin/{id}")));
    assert_eq!(headers(&read).0, "***");
}

#[tokio::test]
async fn address_that_has_an_account_is_refused_with_a_sentence() {
    let site = site(VeetingLevel::Instance).await;
    ask(&site, "POST", ACCOUNT, &asked()).await.ok();
    let problem = ask(&site, "POST", ACCOUNT, &asked()).await.problem(422, "vendor_refused");
    assert_eq!(problem.vendor_code.as_deref(), Some("-10"));
    assert!(problem.detail.starts_with("An account with this e-mail address exists already."), "{}", problem.detail);
}

#[tokio::test]
async fn one_account_is_found_among_all_and_one_that_is_none_is_not() {
    let site = site(VeetingLevel::Instance).await;
    let all = site.get(Role::Auditor, ACCOUNT).await.ok();
    let third = &all[2];
    let path = format!("{ACCOUNT}/{}", third["id"].as_str().expect("an id"));
    assert_eq!(site.get(Role::Auditor, &path).await.ok(), *third);
    site.get(Role::Auditor, &format!("{ACCOUNT}/nobody")).await.problem(404, "vendor_refused");
}

#[tokio::test]
async fn what_does_not_fit_is_named_and_not_sent() {
    let site = site(VeetingLevel::Instance).await;
    let body = json!({"adminEmail": "nobody", "adminFirstname": "", "paidUntil": "tomorrow", "accountType": "free"});
    let problem = ask(&site, "POST", ACCOUNT, &body).await.problem(400, "validation");
    let mut pointers: Vec<&str> = problem.fields.iter().map(|field| field.pointer.as_str()).collect();
    pointers.sort_unstable();
    assert_eq!(pointers, ["/accountType", "/adminEmail", "/adminFirstname", "/adminLastname", "/paidUntil"]);
    assert!(site.vendor.calls().await.is_empty());
}
