//! Contact groups from their making to their end, and the limits of one request. Must not test user groups.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::bench::Bench;

async fn users(bench: &Bench) -> Vec<String> {
    let list = bench.read("/users?page_size=2000").await;
    let ids =
        list["users"].as_array().expect("users").iter().map(|user| user["id"].as_str().expect("an id").to_owned());
    ids.collect()
}

fn people(ids: &[String]) -> Vec<Value> {
    ids.iter().map(|id| json!({"type": 1, "id": id})).collect()
}

async fn made(bench: &Bench) -> String {
    let answer = bench.post("/contacts/groups", json!({"group_name": "Choir", "group_privacy": 2})).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    format!("/contacts/groups/{}", answer.json()["group_id"].as_str().expect("an id"))
}

#[tokio::test]
async fn contact_group_is_made_read_changed_and_deleted() {
    let bench = Bench::new().await;
    let path = made(&bench).await;
    let read = bench.read(&path).await;
    assert_eq!(
        (&read["group_name"], &read["group_privacy"], &read["total_members"]),
        (&json!("Choir"), &json!(2), &json!(0))
    );
    bench.patch(&path, json!({"name": "Band", "privacy": 3, "description": "Fridays"})).await;
    let read = bench.read(&path).await;
    assert_eq!(
        (&read["group_name"], &read["group_privacy"], &read["description"]),
        (&json!("Band"), &json!(3), &json!("Fridays"))
    );
    assert_eq!(bench.delete(&path).await.status, StatusCode::NO_CONTENT);
    bench.get(&path).await.is_refused(400, 300, "A contact group with this id does not exist.");
}

#[tokio::test]
async fn members_are_people_and_groups_and_are_listed_by_name() {
    let bench = Bench::new().await;
    let path = format!("{}/members", made(&bench).await);
    let (user, library) = (users(&bench).await[3].clone(), bench.group("Library").await);
    let body = json!({"group_members": [{"type": 1, "id": user}, {"type": 2, "id": library}]});
    assert_eq!(bench.post(&path, body.clone()).await.json(), json!({"member_ids": [user, library]}));
    // Once in, once only.
    assert_eq!(bench.post(&path, body).await.json(), json!({"member_ids": []}));
    let list = bench.read(&path).await;
    let name = bench.read(&format!("/users/{user}")).await["display_name"].clone();
    assert_eq!(
        list["group_members"],
        json!([{"type": 1, "id": user, "name": name}, {"type": 2, "id": library, "name": "Library"}])
    );
    let removed = bench.delete(&format!("{path}?member_ids={library}")).await;
    assert_eq!(removed.status, StatusCode::NO_CONTENT);
    bench.delete(&format!("{path}?member_ids={user}")).await.is_refused(
        400,
        300,
        "A contact group keeps at least one member.",
    );
}

#[tokio::test]
async fn fifty_people_and_three_groups_fit_into_one_request_and_no_more() {
    let bench = Bench::new().await;
    let path = format!("{}/members", made(&bench).await);
    let ids = users(&bench).await;
    let groups = bench.read("/groups").await["groups"].as_array().expect("groups").clone();
    let groups: Vec<Value> = groups.iter().map(|group| json!({"type": 2, "id": group["id"]})).collect();
    let too_many = json!({"group_members": people(&ids[..51])});
    bench.post(&path, too_many).await.is_refused(400, 300, "At most 50 people can be added in one request.");
    let too_many = json!({"group_members": groups[..4]});
    bench.post(&path, too_many).await.is_refused(400, 300, "At most 3 groups can be added in one request.");
    let just = [people(&ids[..50]), groups[..3].to_vec()].concat();
    let answer = bench.post(&path, json!({"group_members": just})).await;
    assert_eq!(answer.json()["member_ids"].as_array().map(Vec::len), Some(53));
    let list = bench.read(&format!("{path}?page_size=50")).await;
    assert_eq!(list["group_members"].as_array().map(Vec::len), Some(50));
    let token = list["next_page_token"].as_str().expect("a token");
    let rest = bench.read(&format!("{path}?page_size=50&next_page_token={token}")).await;
    assert_eq!(rest["group_members"].as_array().map(Vec::len), Some(3));
    let twenty_one = ids[..21].join(",");
    let refusal = "At most 20 members can be removed in one request.";
    bench.delete(&format!("{path}?member_ids={twenty_one}")).await.is_refused(400, 300, refusal);
}

#[tokio::test]
async fn unknown_members_and_kinds_are_refused_by_their_place() {
    let bench = Bench::new().await;
    let path = format!("{}/members", made(&bench).await);
    let user = users(&bench).await[0].clone();
    let body = json!({"group_members": [{"type": 1, "id": user}, {"type": 1, "id": "nobody"}]});
    bench.post(&path, body).await.names_fields(&["group_members[1].id"]);
    bench.post(&path, json!({"group_members": [{"id": user}]})).await.names_fields(&["group_members[0].type"]);
    assert_eq!(bench.read(&path).await["group_members"], json!([]));
}

#[tokio::test]
async fn who_leaves_the_account_is_nobody_s_contact() {
    let bench = Bench::new().await;
    let path = made(&bench).await;
    let (user, library) = (users(&bench).await[30].clone(), bench.group("Library").await);
    let body = json!({"group_members": [{"type": 1, "id": user}, {"type": 2, "id": library}]});
    bench.post(&format!("{path}/members"), body).await;
    assert_eq!(bench.delete(&format!("/users/{user}")).await.status, StatusCode::NO_CONTENT);
    assert_eq!(bench.delete(&format!("/groups/{library}")).await.status, StatusCode::NO_CONTENT);
    assert_eq!(bench.read(&path).await["total_members"], 0);
}
