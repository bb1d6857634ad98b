//! People: list, filters and profiles. Must not change anybody.

use serde_json::{Value, json};

use crate::bench::{Bench, fits};

fn emails(list: &Value) -> Vec<&str> {
    list["users"].as_array().expect("users").iter().map(|user| user["email"].as_str().expect("an address")).collect()
}

#[tokio::test]
async fn list_has_the_documented_shape_and_the_defaults_of_the_vendor() {
    let bench = Bench::new().await;
    let list = bench.read("/users").await;
    fits("GET", "/users", "200", &list);
    assert_eq!((&list["page_size"], &list["page_number"]), (&json!(30), &json!(1)));
    assert_eq!(emails(&list).len(), 30);
    assert!(list["users"].as_array().expect("users").iter().all(|user| user["status"] == "active"));
    assert!(list["users"][0].get("host_key").is_none());
}

#[tokio::test]
async fn statuses_divide_the_account() {
    let bench = Bench::new().await;
    let mut total = 0;
    for status in ["active", "inactive", "pending"] {
        let list = bench.read(&format!("/users?status={status}&page_size=2000")).await;
        fits("GET", "/users", "200", &list);
        assert_eq!(list["total_records"], json!(emails(&list).len()));
        assert!(!emails(&list).is_empty(), "nobody is {status}");
        assert!(list["users"].as_array().expect("users").iter().all(|user| user["status"] == status));
        total += emails(&list).len();
    }
    assert_eq!(total, 400);
    bench.get("/users?status=asleep").await.is_refused(400, 300, "Invalid parameter: status.");
}

#[tokio::test]
async fn role_filter_finds_the_owner() {
    let bench = Bench::new().await;
    let list = bench.read("/users?role_id=0").await;
    assert_eq!((&list["total_records"], &list["users"][0]["role_id"]), (&json!(1), &json!("0")));
}

#[tokio::test]
async fn included_fields_are_shown_on_request() {
    let bench = Bench::new().await;
    let list = bench.read("/users?include_fields=host_key,custom_attributes").await;
    fits("GET", "/users", "200", &list);
    assert_eq!(list["users"][0]["host_key"].as_str().expect("a host key").len(), 6);
    assert_eq!(list["users"][0]["custom_attributes"][0]["name"], "Building");
}

#[tokio::test]
async fn profile_is_found_by_id_address_and_employee_id() {
    let bench = Bench::new().await;
    let row = bench.read("/users").await["users"][7].clone();
    let (id, email) = (row["id"].as_str().expect("an id"), row["email"].as_str().expect("an address"));
    let by_id = bench.read(&format!("/users/{id}")).await;
    fits("GET", "/users/{userId}", "200", &by_id);
    assert_eq!((&by_id["email"], &by_id["group_ids"]), (&row["email"], &row["group_ids"]));
    let by_email = bench.read(&format!("/users/{}", email.to_uppercase().replace('@', "%40"))).await;
    assert_eq!(by_email, by_id);
    let employee = row["employee_unique_id"].as_str().expect("an employee id");
    assert_eq!(bench.read(&format!("/users/{employee}?search_by_unique_id=true")).await, by_id);
}

#[tokio::test]
async fn unknown_person_is_refused_by_name() {
    let bench = Bench::new().await;
    let answer = bench.get("/users/nobody@example.com").await;
    answer.is_refused(404, 1001, "User does not exist: nobody@example.com.");
}

#[tokio::test]
async fn addresses_are_at_example_com_and_occur_once() {
    let bench = Bench::with(roomkey_sandbox::Options { people: 8000, ..crate::bench::options() }).await;
    let mut found = std::collections::BTreeSet::new();
    for number in 1..=4 {
        let list = bench.read(&format!("/users?page_size=2000&page_number={number}")).await;
        for email in emails(&list) {
            assert!(email.ends_with("@example.com"), "{email}");
            assert!(found.insert(email.to_owned()), "{email} comes twice");
        }
    }
    assert_eq!(
        found.len(),
        usize::try_from(bench.read("/users").await["total_records"].as_u64().expect("a count")).expect("small")
    );
}

#[tokio::test]
async fn license_options_are_whole_beyond_doubles() {
    let bench = Bench::new().await;
    let list = bench.get("/users?page_size=2000").await;
    assert!(list.text.contains("\"license_option\":576460752303423500"));
}
