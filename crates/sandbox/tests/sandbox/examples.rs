//! The one documented example that its own document contradicts. Must not work around it in the sandbox.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::bench::{Bench, request_example};

const TEMPLATE: &str = "/groups/{groupId}/settings";

#[tokio::test]
async fn documented_settings_example_is_refused_in_the_three_places_where_it_breaks_its_own_schema() {
    let bench = Bench::new().await;
    let answer = bench.patch(&bench.clinical("/settings").await, request_example("PATCH", TEMPLATE)).await;
    answer.is_refused(400, 300, "Validation Failed.");
    let errors = answer.json()["errors"].as_array().expect("errors").clone();
    let mut fields: Vec<&str> = errors.iter().filter_map(|error| error["field"].as_str()).collect();
    fields.sort_unstable();
    assert_eq!(
        fields,
        [
            "chat.chat_etiquette_tool.policies[0].status",
            "chat.share_files.share_option",
            "in_meeting.webinar_live_streaming.live_streaming_service[0]",
        ]
    );
}

#[tokio::test]
async fn documented_settings_example_set_right_is_applied_and_read_back() {
    let bench = Bench::new().await;
    let path = bench.clinical("/settings").await;
    let held = bench.read(&path).await;
    let mut example = request_example("PATCH", TEMPLATE);
    let policy = json!([{"id": held["chat"]["chat_etiquette_tool"]["policies"][0]["id"], "status": "activated"}]);
    example["chat"]["chat_etiquette_tool"]["policies"] = policy;
    example["chat"]["share_files"]["share_option"] = json!("anyone");
    example["in_meeting"]["webinar_live_streaming"]["live_streaming_service"] = json!(["facebook"]);
    let answer = bench.patch(&path, example.clone()).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text);
    let after = bench.read(&path).await;
    let mut differing = Vec::new();
    compare(&example, &after, "", &mut differing);
    // Sent without effect: a field that is never read; held differently: policies (in full) and what excludes itself.
    assert_eq!(
        differing,
        [
            "/chat/chat_etiquette_tool/policies",
            "/schedule_meeting/join_before_host",
            "/schedule_meeting/require_password_for_all_meetings",
        ]
    );
}

fn compare(sent: &Value, held: &Value, at: &str, differing: &mut Vec<String>) {
    match sent.as_object() {
        Some(fields) => {
            for (name, value) in fields {
                compare(value, &held[name], &format!("{at}/{name}"), differing);
            }
        }
        None if sent != held => differing.push(at.to_owned()),
        None => {}
    }
}
