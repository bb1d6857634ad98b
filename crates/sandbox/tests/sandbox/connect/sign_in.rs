//! `login` and `common-info`: who gets a session, and what is said to whom. Must not test how long a session holds.

use super::{ADMIN, Connect, HOST, fails, invalid, ok};

#[tokio::test]
async fn login_hands_out_a_session_in_a_cookie_and_says_nothing_else() {
    let mut connect = Connect::new().await;
    let first = std::mem::take(&mut connect.cookie);
    let answer = connect.post("action=login&login=admin%40example.com&password=demo-password").await;
    assert_eq!(ok(&answer).children.len(), 1);
    let cookie = answer.header("set-cookie").expect("a cookie");
    assert!(cookie.starts_with("BREEZESESSION=breez") && cookie.ends_with("; HttpOnly; path=/"), "{cookie}");
    assert!(!cookie.starts_with(&first));
    // The query will do as well, and so will the account and its server by name.
    ok(&connect.get("action=login&login=host@example.com&password=demo-password").await);
    ok(&connect
        .post("action=login&login=host@example.com&password=demo-password&account-id=7&domain=connect.example.com")
        .await);
}

#[tokio::test]
async fn bad_login_has_no_data_whatever_is_wrong_with_it() {
    let mut connect = Connect::new().await;
    let member = connect.read("action=principal-list&filter-type=user&filter-start=2&filter-rows=1").await;
    let member = member.all("principal")[0].text("login").to_owned();
    connect.cookie.clear();
    for form in [
        format!("login={ADMIN}&password=x"),
        format!("login={ADMIN}&password=Demo-Password"),
        "login=Admin@example.com&password=demo-password".to_owned(),
        "login=nobody@example.com&password=demo-password".to_owned(),
        format!("login={member}&password=demo-password"),
        format!("login={ADMIN}&password=demo-password&account-id=8"),
        format!("login={ADMIN}&password=demo-password&domain=other.example.com"),
    ] {
        fails(&connect.post(&format!("action=login&{form}")).await, "no-data", "");
    }
    let answer = connect.post("action=login&password=demo-password").await;
    invalid(&answer, "login", "string", "missing");
    let answer = connect.post(&format!("action=login&login={ADMIN}&password=")).await;
    invalid(&answer, "password", "string", "missing");
}

#[tokio::test]
async fn common_info_names_the_account_to_everybody_and_the_person_with_a_session() {
    let mut connect = Connect::new().await;
    let info = connect.read("action=common-info").await;
    let common = info.child("common").expect("the information");
    assert_eq!(connect.cookie, format!("BREEZESESSION={}", common.text("cookie")));
    let user = common.child("user").expect("the person");
    assert_eq!((user.text("login"), user.text("name")), (ADMIN, "Connect Administrator"));
    assert_eq!(user.attribute("type"), "user");
    let found = connect.read(&format!("action=principal-list&filter-login={ADMIN}")).await;
    assert_eq!(found.all("principal")[0].attribute("principal-id"), user.attribute("user-id"));

    connect.cookie.clear();
    let info = connect.read("action=common-info").await;
    let common = info.child("common").expect("the information");
    assert_eq!(common.child("user"), None);
    assert_eq!(common.child("account").expect("the account").attribute("account-id"), "7");
    for (name, text) in [
        ("date", "2026-03-01T10:00:00.000+00:00"),
        ("host", "http://connect.test:4000"),
        ("admin-host", ""),
        ("url", "/api/xml?action=common-info"),
        ("version", "12.8"),
    ] {
        assert_eq!(common.text(name), text);
    }
}

#[tokio::test]
async fn session_of_common_info_can_be_signed_in_to_by_cookie_or_parameter() {
    let mut connect = Connect::new().await;
    connect.cookie.clear();
    let id = async || connect.read("action=common-info").await.all("cookie")[0].content.clone();
    let (one, two) = (id().await, id().await);
    assert_ne!(one, two);
    fails(&connect.get(&format!("action=sco-shortcuts&session={one}")).await, "no-access", "no-login");
    let login = format!("action=login&login={HOST}&password=demo-password");
    ok(&connect.post(&format!("{login}&session={one}")).await);
    ok(&connect.get(&format!("action=sco-shortcuts&session={one}")).await);
    connect.cookie = format!("other=1; BREEZESESSION={two}");
    let answer = connect.post(&login).await;
    assert_eq!(answer.header("set-cookie"), Some(format!("BREEZESESSION={two}; HttpOnly; path=/").as_str()));
    ok(&connect.get("action=sco-shortcuts").await);
    // One that was made up is replaced.
    connect.cookie = "BREEZESESSION=made-up".to_owned();
    let answer = connect.post(&login).await;
    assert!(answer.header("set-cookie").is_some_and(|cookie| !cookie.contains("made-up")));
    fails(&connect.get("action=sco-shortcuts").await, "no-access", "no-login");
}
