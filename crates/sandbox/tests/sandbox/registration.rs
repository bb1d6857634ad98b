//! Registration settings of a group. Must not test other settings.

use axum::http::StatusCode;
use serde_json::json;

use crate::bench::{Bench, fits, request_example};

const TEMPLATE: &str = "/groups/{groupId}/settings/registration";

#[tokio::test]
async fn registration_has_the_documented_shape() {
    let bench = Bench::new().await;
    for query in ["", "?type=webinar", "?type=meeting"] {
        let value = bench.read(&bench.clinical(&format!("/settings/registration{query}")).await).await;
        fits("GET", TEMPLATE, "200", &value);
        assert!(value["options"].is_object() && value["questions"].is_array());
    }
}

#[tokio::test]
async fn documented_change_is_read_back_as_sent() {
    let bench = Bench::new().await;
    let path = bench.clinical("/settings/registration?type=webinar").await;
    let example = request_example("PATCH", TEMPLATE);
    bench.patch(&path, json!({"approve_type": 1, "questions": []})).await;
    assert_ne!(bench.read(&path).await, example);
    assert_eq!(bench.patch(&path, example.clone()).await.status, StatusCode::NO_CONTENT);
    assert_eq!(bench.read(&path).await, example);
}

#[tokio::test]
async fn meetings_and_webinars_are_held_apart_and_webinars_are_meant_without_a_type() {
    let bench = Bench::new().await;
    let path = bench.clinical("/settings/registration").await;
    bench.patch(&path, json!({"questions": []})).await;
    assert_eq!(bench.read(&format!("{path}?type=webinar")).await["questions"], json!([]));
    assert_ne!(bench.read(&format!("{path}?type=meeting")).await["questions"], json!([]));
}

#[tokio::test]
async fn wrong_type_or_value_is_refused() {
    let bench = Bench::new().await;
    let path = bench.clinical("/settings/registration").await;
    bench.get(&format!("{path}?type=party")).await.is_refused(400, 300, "Invalid parameter: type.");
    let body = json!({"approve_type": 2, "questions": [{"field_name": "shoe_size"}]});
    let answer = bench.patch(&path, body).await;
    answer.names_fields(&["approve_type", "questions[0].field_name"]);
}
