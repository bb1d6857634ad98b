//! Who may read what of the record.

use axum::http::StatusCode;
use roomkey_schema::Role;
use serde_json::json;

use super::{append, applied, found, page};
use crate::support::Stage;

#[tokio::test]
async fn administrators_and_auditors_read_all_of_it() {
    let stage = Stage::new().await;
    let seq = applied(&stage, "dana", "g1").await;
    for role in [Role::Admin, Role::Auditor] {
        let browser = stage.signed_in(role).await;
        assert!(found(&browser, "").await.contains(&seq));
    }
    let nobody = stage.browser().get("/api/audit").await;
    assert_eq!((nobody.status, nobody.kind().as_str()), (StatusCode::UNAUTHORIZED, "session_required"));
}

#[tokio::test]
async fn the_help_desk_reads_the_history_of_an_object_and_no_more() {
    let stage = Stage::new().await;
    let helpdesk = stage.signed_in(Role::Helpdesk).await;
    let seq = applied(&stage, "dana", "g1").await;
    applied(&stage, "dana", "g2").await;
    assert_eq!(found(&helpdesk, "object=zoom:g1").await, [seq]);
    for query in ["", "?actor=dana", "?q=g1", "?limit=1"] {
        let answer = helpdesk.get(&format!("/api/audit{query}")).await;
        assert_eq!((answer.status, answer.kind().as_str()), (StatusCode::FORBIDDEN, "forbidden"), "{query}");
        let last = stage.record().await.pop().unwrap();
        let told = (last["kind"].as_str(), last["operation"].as_str(), last["actor"].as_str());
        assert_eq!(told, (Some("denied"), Some("record"), Some("helpdesk")));
    }
}

#[tokio::test]
async fn the_help_desk_does_not_learn_why_others_were_shown_a_secret() {
    let stage = Stage::new().await;
    let helpdesk = stage.signed_in(Role::Helpdesk).await;
    let auditor = stage.signed_in(Role::Auditor).await;
    let reveal = |actor: &str| {
        json!({"at": stage.app.recorder.now(), "kind": "reveal", "actor": actor, "request_id": "r", "vendor": "zoom",
            "operation": "zoom.users.get", "objects": {"userId": "u1"}, "reason": format!("because of {actor}")})
    };
    let others = append(&stage, reveal("dana")).await;
    let own = append(&stage, reveal("helpdesk")).await;
    let reasons = async |browser| {
        let items = page(browser, "object=zoom:u1").await.items;
        items.into_iter().map(|entry| (entry.seq, entry.reason.unwrap_or_default())).collect::<Vec<_>>()
    };
    assert_eq!(reasons(&helpdesk).await, [(own, "because of helpdesk".to_owned()), (others, String::new())]);
    assert_eq!(reasons(&auditor).await[1].1, "because of dana");
    // Nor by asking whether a word stands in it.
    assert_eq!(found(&helpdesk, "object=zoom:u1&q=because").await, [0; 0]);
    assert_eq!(found(&auditor, "object=zoom:u1&q=because").await, [own, others]);
}
