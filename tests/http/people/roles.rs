//! Who may do what with the index, and what a request may say.

use roomkey_schema::Role;
use roomkey_tests::{Ask, Setup, Site};

use super::first;

#[tokio::test]
async fn everybody_looks_and_administrators_refresh() {
    let site = super::site().await;
    let key = first(&site, "example").await.key;
    for role in Role::ALL {
        site.cookie(role).await;
    }
    let before = site.record().await.len();
    for role in Role::ALL {
        site.get(role, "/api/people?q=a").await.ok();
        site.get(role, &format!("/api/people/{key}")).await.ok();
    }
    assert_eq!(site.record().await.len(), before, "reading the index is not recorded");
    for role in [Role::Helpdesk, Role::Auditor] {
        site.call(Ask::new("POST", "/api/people/refresh").by(role)).await.problem(403, "forbidden");
        let (_, denied) = site.record().await.pop().expect("a denial");
        assert_eq!((denied.operation.as_deref(), denied.role), (Some("people.refresh"), Some(role)));
    }
    let answer = site.call(Ask::new("POST", "/api/people/refresh").by(Role::Admin)).await;
    assert_eq!(answer.status, 202, "{}", answer.text);
}

#[tokio::test]
async fn nobody_without_a_session_learns_anything() {
    let site = Site::new().await;
    for ask in [Ask::get("/api/people?q=a"), Ask::get("/api/people/0123"), Ask::new("POST", "/api/people/refresh")] {
        site.call(ask).await.problem(401, "session_required");
    }
}

#[tokio::test]
async fn unknown_keys_do_not_exist() {
    let site = Site::new().await;
    for key in ["0123456789abcdef01234567", "a@example.com"] {
        site.get(Role::Admin, &format!("/api/people/{key}")).await.problem(404, "not_found");
    }
}

#[tokio::test]
async fn what_a_query_must_not_say_is_named() {
    let site = Site::with(Setup::default()).await;
    for (query, field) in [
        ("", "q"),
        ("?limit=5", "q"),
        ("?q=a&limit=0", "limit"),
        ("?q=a&limit=101", "limit"),
        ("?q=a&limit=many", "limit"),
        ("?q=a&limit=-1", "limit"),
        ("?q=a&offset=3", "offset"),
    ] {
        let problem = site.get(Role::Helpdesk, &format!("/api/people{query}")).await.problem(400, "validation");
        let fields: Vec<&str> = problem.fields.iter().map(|field| field.pointer.as_str()).collect();
        assert_eq!(fields, [field], "{query}");
    }
    site.get(Role::Helpdesk, "/api/people?q=a&q=b").await.problem(400, "bad_request");
    site.get(Role::Helpdesk, "/api/people?q=%ff").await.problem(400, "bad_request");
    site.get(Role::Helpdesk, "/api/people?q=a&limit=100").await.ok();
}
