//! Lists page by page. Must not rely on what stands in a token.

use serde_json::{Value, json};

use crate::bench::Bench;

fn ids(list: &Value, name: &str) -> Vec<String> {
    let rows = list[name].as_array().expect("rows");
    rows.iter().map(|row| row["id"].as_str().expect("an id").to_owned()).collect()
}

/// Reads a list to its end and asserts that it is the same as in one piece.
async fn check(path: &str, name: &str, size: usize, maximum: usize) {
    let bench = Bench::new().await;
    let whole = ids(&bench.read(&format!("{path}?page_size={maximum}")).await, name);
    let (mut found, mut token, mut pages) = (Vec::new(), String::new(), 0);
    loop {
        let page = bench.read(&format!("{path}?page_size={size}&next_page_token={token}")).await;
        assert_eq!(page["total_records"], json!(whole.len()));
        found.extend(ids(&page, name));
        pages += 1;
        page["next_page_token"].as_str().expect("a token").clone_into(&mut token);
        if token.is_empty() {
            break;
        }
    }
    assert_eq!(found, whole);
    assert_eq!(pages, whole.len().div_ceil(size));
}

#[tokio::test]
async fn users_come_once_each_over_all_pages() {
    check("/users", "users", 30, 2000).await;
}

#[tokio::test]
async fn groups_come_once_each_over_all_pages() {
    check("/groups", "groups", 7, 300).await;
}

#[tokio::test]
async fn members_come_once_each_over_all_pages() {
    let bench = Bench::new().await;
    check(&bench.clinical("/members").await, "members", 3, 2000).await;
}

#[tokio::test]
async fn page_numbers_reach_the_same_rows_as_tokens() {
    let bench = Bench::new().await;
    let first = bench.read("/users?page_size=20").await;
    let second = bench
        .read(&format!("/users?page_size=20&next_page_token={}", first["next_page_token"].as_str().expect("a token")))
        .await;
    let by_number = bench.read("/users?page_size=20&page_number=2").await;
    assert_eq!(ids(&by_number, "users"), ids(&second, "users"));
    assert_eq!(second["page_number"], 2);
}

#[tokio::test]
async fn token_is_dead_after_fifteen_minutes_and_not_before() {
    let bench = Bench::new().await;
    let token = bench.read("/users").await["next_page_token"].as_str().expect("a token").to_owned();
    let path = format!("/users?next_page_token={token}");
    bench.control("POST", "clock", json!({"advance_ms": 899_999})).await;
    assert_eq!(bench.get(&path).await.status.as_u16(), 200);
    bench.control("POST", "clock", json!({"advance_ms": 1})).await;
    bench.get(&path).await.is_refused(400, 300, "The next page token is invalid or expired.");
}

#[tokio::test]
async fn token_of_another_list_or_made_up_is_refused() {
    let bench = Bench::new().await;
    let token = bench.read("/users").await["next_page_token"].as_str().expect("a token").to_owned();
    let members = bench.clinical("/members").await;
    for path in [
        format!("{members}?next_page_token={token}"),
        format!("/users?status=inactive&next_page_token={token}"),
        "/users?next_page_token=made-up".to_owned(),
        format!("/users?next_page_token={token}AAAA"),
    ] {
        bench.get(&path).await.is_refused(400, 300, "The next page token is invalid or expired.");
    }
}

#[tokio::test]
async fn page_sizes_beyond_the_vendor_s_maximum_are_refused() {
    let bench = Bench::new().await;
    let admins = bench.clinical("/admins").await;
    for path in ["/users?page_size=2001", "/users?page_size=0", "/groups?page_size=301", "/users?page_size=x"] {
        bench.get(path).await.is_refused(400, 300, "Invalid parameter: page_size.");
    }
    bench.get(&format!("{admins}?page_size=301")).await.is_refused(400, 300, "Invalid parameter: page_size.");
    bench.get("/users?page_number=0").await.is_refused(400, 300, "Invalid parameter: page_number.");
}
