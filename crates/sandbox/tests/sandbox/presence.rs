//! Presence, and the two limits that count for one person or one operation. Must not test limits of the account.

use axum::http::StatusCode;
use roomkey_sandbox::Options;
use serde_json::{Value, json};

use crate::bench::{Bench, options};

async fn limited() -> Bench {
    Bench::with(Options { limits: true, ..options() }).await
}

async fn path(bench: &Bench, rest: &str) -> String {
    let user = bench.read("/users").await["users"][12]["id"].clone();
    format!("/users/{}{rest}", user.as_str().expect("an id"))
}

#[tokio::test]
async fn presence_is_set_once_a_minute_for_each_person() {
    let bench = limited().await;
    let path = path(&bench, "/presence_status").await;
    assert_eq!(bench.put(&path, json!({"status": "Busy"})).await.status, StatusCode::NO_CONTENT);
    assert_eq!(bench.read(&path).await, json!({"status": "Busy"}));
    bench.advance(59_000).await;
    let refused = bench.put(&path, json!({"status": "Away"})).await;
    assert_eq!((refused.status, &refused.json()["code"]), (StatusCode::TOO_MANY_REQUESTS, &json!(429)));
    assert_eq!(refused.header("retry-after"), Some("2026-03-01T10:01:00Z"));
    assert_eq!(bench.put("/users/me/presence_status", json!({"status": "Away"})).await.status, StatusCode::NO_CONTENT);
    bench.advance(1000).await;
    assert_eq!(bench.put(&path, json!({"status": "Away"})).await.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn do_not_disturb_ends_by_itself_and_tells_its_end_to_its_own_person_only() {
    let bench = Bench::new().await;
    let path = path(&bench, "/presence_status").await;
    // As the document spells it.
    let body = json!({"status": "Do_No_Disturb", "duration": 30});
    for path in [path.as_str(), "/users/me/presence_status"] {
        assert_eq!(bench.put(path, body.clone()).await.status, StatusCode::NO_CONTENT);
    }
    assert_eq!(bench.read(&path).await, json!({"status": "Do_Not_Disturb"}));
    bench.advance(600_000).await;
    assert_eq!(
        bench.read("/users/me/presence_status").await,
        json!({"status": "Do_Not_Disturb", "end_time": "2026-03-01T10:30:00Z", "remaining_time": 20})
    );
    bench.advance(1_200_000).await;
    assert_eq!(bench.read(&path).await, json!({"status": "Available"}));
}

#[tokio::test]
async fn wrong_statuses_and_durations_are_refused() {
    let bench = Bench::new().await;
    let path = path(&bench, "/presence_status").await;
    bench.put(&path, json!({"status": "Asleep"})).await.names_fields(&["status"]);
    bench.put(&path, json!({})).await.names_fields(&["status"]);
    let body = json!({"status": "Do_No_Disturb", "duration": 1441});
    bench.put(&path, body).await.names_fields(&["duration"]);
}

fn licence(users: &[Value]) -> Value {
    json!({"feature_type": "zoom_whiteboard", "feature_value": "true", "users": users})
}

#[tokio::test]
async fn features_are_handed_out_once_in_ten_seconds() {
    let bench = limited().await;
    let user = bench.read("/users").await["users"][12].clone();
    let body = licence(&[json!({"id": user["id"]})]);
    assert_eq!(bench.post("/users/features", body.clone()).await.status, StatusCode::CREATED);
    bench.advance(9999).await;
    let refused = bench.post("/users/features", body.clone()).await;
    assert_eq!((refused.status, &refused.json()["code"]), (StatusCode::TOO_MANY_REQUESTS, &json!(429)));
    assert_eq!(refused.header("retry-after"), Some("2026-03-01T10:00:10Z"));
    bench.advance(1).await;
    assert_eq!(bench.post("/users/features", body).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn features_are_for_thirty_people_and_tell_who_did_not_get_them() {
    let bench = Bench::new().await;
    let users = bench.read("/users?page_size=60").await["users"].as_array().expect("users").clone();
    let ids: Vec<Value> = users.iter().map(|user| json!({"id": user["id"]})).collect();
    bench.post("/users/features", licence(&ids[..31])).await.names_fields(&["users"]);
    let basic = users.iter().find(|user| user["type"] == 1).expect("a basic person");
    let licensed = users.iter().find(|user| user["type"] == 2).expect("a licensed person");
    let named = [json!({"id": basic["id"]}), json!({"email": licensed["email"]}), json!({"id": "nobody"})];
    let answer = bench.post("/users/features", licence(&named)).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    assert_eq!(
        answer.json(),
        json!({
            "success_user_ids": [licensed["id"]],
            "fail_details": [
                {"reason": "Can't update for free users", "user_ids": [basic["id"]]},
                {"reason": "Users not found", "user_ids": ["nobody"]},
            ],
        })
    );
    let settings = bench.read(&format!("/users/{}/settings", licensed["id"].as_str().expect("an id"))).await;
    assert_eq!(settings["feature"]["zoom_whiteboard"], true);
}
