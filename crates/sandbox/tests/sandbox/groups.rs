//! Groups: list, read, create, rename, delete. Must not test members: they have their own file.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::bench::{Bench, fits, request_example};

async fn rows(bench: &Bench) -> Vec<Value> {
    bench.read("/groups").await["groups"].as_array().expect("groups").clone()
}

#[tokio::test]
async fn forty_groups_with_members_are_listed_on_one_page() {
    let bench = Bench::new().await;
    let list = bench.read("/groups").await;
    fits("GET", "/groups", "200", &list);
    let rows = rows(&bench).await;
    assert_eq!((rows.len(), &list["total_records"], &list["next_page_token"]), (40, &json!(40), &json!("")));
    assert!(rows.iter().all(|row| row["id"].as_str().is_some_and(|id| id.len() == 22)));
    assert!(rows.iter().all(|row| row["total_members"].as_u64() > Some(0)));
    assert!(rows.iter().any(|row| row["name"] == "Clinical staff"));
}

#[tokio::test]
async fn member_counts_add_up_to_what_people_say() {
    let bench = Bench::new().await;
    let total: u64 = rows(&bench).await.iter().filter_map(|row| row["total_members"].as_u64()).sum();
    let mut said = 0;
    for status in ["active", "inactive", "pending"] {
        let list = bench.read(&format!("/users?page_size=2000&status={status}")).await;
        let users = list["users"].as_array().expect("users").clone();
        said += users.iter().filter_map(|user| user["group_ids"].as_array()).map(Vec::len).sum::<usize>();
    }
    assert_eq!(total, u64::try_from(said).expect("small"));
    assert!(total > 400, "somebody is in two groups");
}

#[tokio::test]
async fn one_group_is_read_by_its_id() {
    let bench = Bench::new().await;
    for row in rows(&bench).await.iter().take(3) {
        let group = bench.read(&format!("/groups/{}", row["id"].as_str().expect("an id"))).await;
        fits("GET", "/groups/{groupId}", "200", &group);
        assert_eq!(&group, row);
    }
}

#[tokio::test]
async fn documented_creation_makes_an_empty_group_with_the_account_s_settings() {
    let bench = Bench::new().await;
    let answer = bench.post("/groups", request_example("POST", "/groups")).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    let made = answer.json();
    fits("POST", "/groups", "201", &made);
    assert_eq!((&made["name"], &made["total_members"]), (&json!("Developers"), &json!(0)));
    assert_eq!(rows(&bench).await.len(), 41);
    let path = format!("/groups/{}", made["id"].as_str().expect("an id"));
    assert_eq!(bench.read(&path).await, made);
    assert!(bench.read(&format!("{path}/settings")).await["in_meeting"].is_object());
}

#[tokio::test]
async fn name_in_use_is_refused_and_nothing_is_made_or_renamed() {
    let bench = Bench::new().await;
    let message = "Group name \"Cardiology\" is already in use.";
    bench.post("/groups", json!({"name": "Cardiology"})).await.is_refused(409, 4132, message);
    let path = bench.clinical("").await;
    bench.patch(&path, json!({"name": "Cardiology"})).await.is_refused(409, 4132, message);
    assert_eq!(bench.read(&path).await["name"], "Clinical staff");
    assert_eq!(rows(&bench).await.len(), 40);
    // Its own name is no other group's.
    assert_eq!(bench.patch(&path, json!({"name": "Clinical staff"})).await.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn missing_empty_or_wrong_name_is_refused() {
    let bench = Bench::new().await;
    bench.post("/groups", json!({})).await.is_refused(400, 300, "Invalid parameter: name.");
    bench.post("/groups", json!({"name": "  "})).await.is_refused(400, 300, "Invalid parameter: name.");
    bench.post("/groups", json!({"name": 7})).await.names_fields(&["name"]);
}

#[tokio::test]
async fn documented_renaming_shows_at_once() {
    let bench = Bench::new().await;
    let path = bench.clinical("").await;
    let answer = bench.patch(&path, request_example("PATCH", "/groups/{groupId}")).await;
    assert_eq!((answer.status, answer.text.as_str()), (StatusCode::NO_CONTENT, ""));
    assert_eq!(bench.read(&path).await["name"], "Developers");
}

#[tokio::test]
async fn deleted_group_is_gone_from_the_list_from_its_members_and_with_its_settings() {
    let bench = Bench::new().await;
    let path = bench.clinical("").await;
    let member = bench.read(&format!("{path}/members")).await["members"][0].clone();
    assert_eq!(bench.delete(&path).await.status, StatusCode::NO_CONTENT);
    assert_eq!(rows(&bench).await.len(), 39);
    let id = path.trim_start_matches("/groups/");
    let refusal = format!("A group with this {id} does not exist.");
    bench.get(&path).await.is_refused(404, 4130, &refusal);
    bench.get(&format!("{path}/settings")).await.is_refused(404, 4130, &refusal);
    bench.delete(&path).await.is_refused(404, 4130, &refusal);
    let user = bench.read(&format!("/users/{}", member["id"].as_str().expect("an id"))).await;
    assert!(!user["group_ids"].as_array().expect("groups").contains(&json!(id)));
}
