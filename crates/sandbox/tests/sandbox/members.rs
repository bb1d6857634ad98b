//! Members and administrators of groups. Must not test settings.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::bench::{Bench, fits};

const MEMBERS: &str = "/groups/{groupId}/members";
const MEMBER: &str = "/groups/{groupId}/members/{memberId}";
const ADMINS: &str = "/groups/{groupId}/admins";

/// A person who is in no more than one group, and not in this one.
async fn outsider(bench: &Bench, group: &str) -> Value {
    let list = bench.read("/users?page_size=2000").await;
    let users = list["users"].as_array().expect("users").clone();
    let found = users.into_iter().find(|user| {
        let groups = user["group_ids"].as_array().expect("groups");
        groups.len() == 1 && groups[0] != group
    });
    found.expect("somebody else")
}

async fn group_ids(bench: &Bench, user: &Value) -> Vec<String> {
    let profile = bench.read(&format!("/users/{}", user["id"].as_str().expect("an id"))).await;
    serde_json::from_value(profile["group_ids"].clone()).expect("ids")
}

#[tokio::test]
async fn members_have_the_documented_shape_and_the_vendor_s_page_size() {
    let bench = Bench::new().await;
    let list = bench.read(&bench.clinical("/members").await).await;
    fits("GET", MEMBERS, "200", &list);
    assert_eq!(list["page_size"], 30);
    let group = bench.read(&bench.clinical("").await).await;
    assert_eq!(list["total_records"], group["total_members"]);
}

#[tokio::test]
async fn added_members_are_listed_and_counted_and_strangers_passed_over() {
    let bench = Bench::new().await;
    let group = bench.group("Library").await;
    let path = format!("/groups/{group}/members");
    let before = bench.read(&path).await["total_records"].as_u64().expect("a count");
    let user = outsider(&bench, &group).await;
    let body = json!({"members": [{"email": user["email"]}, {"id": "nobody"}]});
    let answer = bench.post(&path, body.clone()).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    fits("POST", MEMBERS, "201", &answer.json());
    assert_eq!(answer.json(), json!({"added_at": "2026-03-01T10:00:00Z", "ids": user["id"]}));
    assert_eq!(bench.read(&path).await["total_records"], before + 1);
    let ids = group_ids(&bench, &user).await;
    assert_eq!((ids.len(), &ids[1]), (2, &group), "the primary group stays in front");
    // Once in, once only.
    assert_eq!(bench.post(&path, body).await.json()["ids"], "");
    assert_eq!(bench.read(&path).await["total_records"], before + 1);
}

#[tokio::test]
async fn member_lists_that_are_empty_too_long_or_wrong_are_refused() {
    let bench = Bench::new().await;
    let path = bench.clinical("/members").await;
    bench.post(&path, json!({"members": []})).await.names_fields(&["members"]);
    bench.post(&path, json!({})).await.names_fields(&["members"]);
    let many: Vec<Value> = (0..31).map(|number| json!({"id": number.to_string()})).collect();
    bench.post(&path, json!({"members": many})).await.names_fields(&["members"]);
    bench.post(&path, json!({"members": [{"id": 7}]})).await.names_fields(&["members[0].id"]);
}

#[tokio::test]
async fn moved_member_leaves_one_group_for_the_other() {
    let bench = Bench::new().await;
    let (from, to) = (bench.group("Library").await, bench.group("Finance").await);
    let member = bench.read(&format!("/groups/{from}/members")).await["members"][0].clone();
    let path = format!("/groups/{from}/members/{}", member["id"].as_str().expect("an id"));
    let primary_before = group_ids(&bench, &member).await[0] == from;
    let answer = bench.patch(&path, json!({"action": "move", "target_group_id": to})).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text);
    let ids = group_ids(&bench, &member).await;
    assert!(ids.contains(&to) && !ids.contains(&from));
    assert!(primary_before && ids[0] == to, "the new group takes the old one's rank");
    bench.delete(&path).await.is_refused(404, 4131, "Group member does not exist.");
}

#[tokio::test]
async fn primary_group_can_be_set_among_a_person_s_groups_only() {
    let bench = Bench::new().await;
    let library = bench.group("Library").await;
    let user = outsider(&bench, &library).await;
    let first = group_ids(&bench, &user).await[0].clone();
    let path = format!("/groups/{first}/members/{}", user["id"].as_str().expect("an id"));
    let body = json!({"action": "set_primary", "target_group_id": library});
    bench.patch(&path, body.clone()).await.is_refused(404, 4131, "Group member does not exist.");
    bench.post(&format!("/groups/{library}/members"), json!({"members": [{"id": user["id"]}]})).await;
    assert_eq!(bench.patch(&path, body).await.status, StatusCode::NO_CONTENT);
    assert_eq!(group_ids(&bench, &user).await, [library, first]);
}

#[tokio::test]
async fn updates_without_action_target_or_known_group_are_refused() {
    let bench = Bench::new().await;
    let list = bench.read(&bench.clinical("/members").await).await;
    let id = list["members"][0]["id"].as_str().expect("an id");
    let path = bench.clinical(&format!("/members/{id}")).await;
    bench.patch(&path, json!({})).await.names_fields(&["action"]);
    bench.patch(&path, json!({"action": "fly"})).await.names_fields(&["action"]);
    bench.patch(&path, json!({"action": "move"})).await.is_refused(400, 300, "Invalid parameter: target_group_id.");
    let foreign = bench.patch(&path, json!({"action": "move", "target_group_id": "x"})).await;
    foreign.is_refused(400, 1010, "Group x does not belong to this account.");
    let documented = crate::bench::request_example("PATCH", MEMBER);
    let message =
        format!("Group {} does not belong to this account.", documented["target_group_id"].as_str().expect("an id"));
    bench.patch(&path, documented).await.is_refused(400, 1010, &message);
}

#[tokio::test]
async fn removed_member_is_no_longer_counted() {
    let bench = Bench::new().await;
    let path = bench.clinical("/members").await;
    let before = bench.read(&path).await;
    let member = before["members"][0].clone();
    let one = format!("{path}/{}", member["email"].as_str().expect("an address"));
    assert_eq!(bench.delete(&one).await.status, StatusCode::NO_CONTENT);
    let after = bench.read(&path).await;
    assert_eq!(after["total_records"].as_u64(), before["total_records"].as_u64().map(|count| count - 1));
    assert_ne!(after["members"][0], member);
    bench.delete(&one).await.is_refused(404, 4131, "Group member does not exist.");
}

#[tokio::test]
async fn administrators_are_listed_added_and_removed() {
    let bench = Bench::new().await;
    let path = bench.clinical("/admins").await;
    let before = bench.read(&path).await;
    fits("GET", ADMINS, "200", &before);
    let count = before["total_records"].as_u64().expect("a count");
    assert!(count > 0);
    let user = outsider(&bench, "").await;
    let known: Vec<&Value> = before["admins"].as_array().expect("admins").iter().map(|one| &one["email"]).collect();
    assert!(!known.contains(&&user["email"]), "pick somebody else");
    let answer = bench.post(&path, json!({"admins": [{"id": user["id"]}]})).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    fits("POST", ADMINS, "201", &answer.json());
    assert_eq!(bench.read(&path).await["total_records"], count + 1);
    let one = format!("{path}/{}", user["id"].as_str().expect("an id"));
    assert_eq!(bench.delete(&one).await.status, StatusCode::NO_CONTENT);
    assert_eq!(bench.read(&path).await, before);
    let group = path.trim_start_matches("/groups/").trim_end_matches("/admins");
    let message = format!("This user is not an administrator of the group {group}.");
    bench.delete(&one).await.is_refused(400, 4138, &message);
}
