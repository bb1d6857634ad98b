//! Divisions from their making to their end, and that each person is in one. Must not test groups.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};

use crate::bench::Bench;

async fn rows(bench: &Bench) -> Vec<Value> {
    bench.read("/divisions").await["divisions"].as_array().expect("divisions").clone()
}

fn path(division: &Value) -> String {
    format!("/divisions/{}", division["division_id"].as_str().expect("an id"))
}

#[tokio::test]
async fn everybody_is_in_one_division() {
    let bench = Bench::new().await;
    let rows = rows(&bench).await;
    let total: u64 = rows.iter().filter_map(|row| row["total_members"].as_u64()).sum();
    assert_eq!((rows.len(), total), (5, 400));
    assert_eq!(rows.iter().filter(|row| row["is_main_division"] == true).count(), 1);
    for row in &rows {
        let list = bench.read(&format!("{}/users", path(row))).await;
        assert_eq!(list["total_records"], row["total_members"]);
    }
}

#[tokio::test]
async fn division_is_made_changed_filled_emptied_and_deleted() {
    let bench = Bench::new().await;
    let made = bench.post("/divisions", json!({"division_name": "Choir"})).await.json();
    let choir = path(&made);
    bench.patch(&choir, json!({"division_description": "Sings"})).await;
    let read = bench.read(&choir).await;
    assert_eq!((&read["division_name"], &read["division_description"]), (&json!("Choir"), &json!("Sings")));
    let user = bench.read("/users").await["users"][9].clone();
    let body = json!({"users": [{"user_email": user["email"]}, {"user_id": "nobody"}]});
    let answer = bench.post(&format!("{choir}/users"), body.clone()).await;
    assert_eq!(answer.json(), json!({"added_at": "2026-03-01T10:00:00Z", "ids": user["id"]}));
    let profile = bench.read(&format!("/users/{}", user["id"].as_str().expect("an id"))).await;
    assert_eq!(profile["division_ids"], json!([made["division_id"]]));
    bench.delete(&choir).await.is_refused(400, 42_012, "The division still has members.");
    let main = path(&rows(&bench).await[0]);
    bench.post(&format!("{main}/users"), body).await;
    assert_eq!(bench.delete(&choir).await.status, StatusCode::NO_CONTENT);
    assert_eq!(bench.get(&choir).await.status, StatusCode::NOT_FOUND);
    bench.delete(&main).await.is_refused(400, 42_011, "The main division cannot be deleted.");
}

#[tokio::test]
async fn name_in_use_is_refused() {
    let bench = Bench::new().await;
    let rows = rows(&bench).await;
    let body = json!({"division_name": rows[1]["division_name"]});
    assert_eq!(bench.post("/divisions", body.clone()).await.status, StatusCode::CONFLICT);
    assert_eq!(bench.patch(&path(&rows[2]), body.clone()).await.status, StatusCode::CONFLICT);
    assert_eq!(bench.patch(&path(&rows[1]), body).await.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn tokens_are_refused_with_codes_of_their_own() {
    let bench = Bench::new().await;
    let bare = Request::get("/zoom/v2/divisions").body(Body::empty()).expect("a request");
    bench.raw(bare).await.is_refused(401, 30_031_002, "The access token is missing.");
    let message = "The token is invalid or has expired.";
    bench.get("/divisions?next_page_token=x").await.is_refused(401, 30_031_004, message);
    bench.advance(3_600_000).await;
    bench.get("/divisions").await.is_refused(401, 30_031_004, message);
}
