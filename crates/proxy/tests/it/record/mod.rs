//! Reading the record over HTTP. What the chain itself shows is tested in `audit`.

mod export;
mod finding;
mod permission;
mod undo;
mod verifying;

use axum::http::StatusCode;
use roomkey_schema::record::Page;
use serde_json::{Value, json};

use crate::support::{Browser, Stage};

/// Appends a row as an earlier request would have left it; answers its number.
async fn append(stage: &Stage, content: Value) -> u64 {
    stage.app.store.append(&content.to_string(), stage.app.recorder.chain()).await.unwrap()
}

/// A change of that group that was made, by that person.
async fn applied(stage: &Stage, actor: &str, group: &str) -> u64 {
    let row = |kind: &str| {
        json!({"at": stage.app.recorder.now(), "kind": kind, "actor": actor, "role": "admin", "request_id": "r",
            "vendor": "zoom", "operation": "zoom.group_settings.update", "objects": {"groupId": group}})
    };
    let mut intent = row("intent");
    intent["changes"] = json!([{"pointer": "/in_meeting/chat", "old": true, "new": false}]);
    let seq = append(stage, intent).await;
    let mut outcome = row("outcome");
    outcome["intent"] = json!(seq);
    outcome["result"] = json!("applied");
    append(stage, outcome).await;
    seq
}

async fn page(browser: &Browser, query: &str) -> Page {
    let answer = browser.get(&format!("/api/audit?{query}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{query}: {}", answer.text);
    serde_json::from_value(answer.json()).unwrap()
}

/// Numbers of the entries that are found, newest first.
async fn found(browser: &Browser, query: &str) -> Vec<u64> {
    page(browser, query).await.items.iter().map(|entry| entry.seq).collect()
}
