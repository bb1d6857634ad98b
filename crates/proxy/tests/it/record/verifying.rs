//! Whether the record is whole, asked from a page.

use axum::http::StatusCode;
use roomkey_proxy::audit::key;
use roomkey_schema::Role;
use roomkey_schema::record::{Verification, VerificationState};
use serde_json::json;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};

use super::applied;
use crate::support::{Browser, Stage};

/// Lets it be verified and waits for the end.
async fn verify(browser: &Browser) -> Verification {
    let begun = browser.write("POST", "/api/audit/verify", &json!({})).await;
    assert_eq!(begun.status, StatusCode::OK, "{}", begun.text);
    loop {
        let now: Verification = serde_json::from_value(browser.get("/api/audit/verify").await.json()).unwrap();
        if now.state != VerificationState::Running {
            return now;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_whole_record_is_said_to_be_whole_with_numbers() {
    let stage = Stage::new().await;
    let auditor = stage.signed_in(Role::Auditor).await;
    let before: Verification = serde_json::from_value(auditor.get("/api/audit/verify").await.json()).unwrap();
    assert_eq!((before.state, before.public_key.len()), (VerificationState::Unknown, 64));
    applied(&stage, "dana", "g1").await;
    let rows = stage.record().await.len() as u64;
    let ended = verify(&auditor).await;
    assert_eq!((ended.state, ended.checked, ended.of), (VerificationState::Whole, rows, rows), "{}", ended.finding);
    assert_eq!(ended.since.as_deref(), stage.record().await[0]["at"].as_str());
    assert_eq!((ended.at, ended.public_key), (Some(stage.app.recorder.now()), before.public_key));
}

#[tokio::test]
async fn the_first_finding_is_told_as_a_sentence() {
    let stage = Stage::new().await;
    let admin = stage.signed_in(Role::Admin).await;
    let seq = applied(&stage, "dana", "g1").await;
    let path = stage.data.path().join(key::DATABASE_FILE);
    let pool = SqlitePool::connect_with(SqliteConnectOptions::new().filename(&path)).await.unwrap();
    sqlx::raw_sql("DROP TRIGGER audit_rows_are_not_changed").execute(&pool).await.unwrap();
    sqlx::query("UPDATE audit SET content = replace(content, 'dana', 'dora') WHERE seq = ?1")
        .bind(i64::try_from(seq).unwrap())
        .execute(&pool)
        .await
        .unwrap();
    pool.close().await;
    let ended = verify(&admin).await;
    assert_eq!(ended.state, VerificationState::Broken);
    assert_eq!(ended.finding, format!("Row {seq} was edited: its content does not match its hash."));
}

#[tokio::test]
async fn a_record_put_back_is_found_by_the_checkpoint_beside_it() {
    let stage = Stage::new().await;
    let admin = stage.signed_in(Role::Admin).await;
    applied(&stage, "dana", "g1").await;
    stage.app.recorder.write_checkpoint().await;
    let path = stage.data.path().join(key::DATABASE_FILE);
    let pool = SqlitePool::connect_with(SqliteConnectOptions::new().filename(&path)).await.unwrap();
    sqlx::raw_sql("DROP TRIGGER audit_rows_stay").execute(&pool).await.unwrap();
    let last = stage.record().await.len();
    sqlx::query("DELETE FROM audit WHERE seq = ?1").bind(i64::try_from(last).unwrap()).execute(&pool).await.unwrap();
    pool.close().await;
    let ended = verify(&admin).await;
    assert_eq!(ended.state, VerificationState::Broken);
    assert!(ended.finding.contains("the checkpoint says row"), "{}", ended.finding);
}

#[tokio::test]
async fn the_help_desk_does_not_verify() {
    let stage = Stage::new().await;
    let helpdesk = stage.signed_in(Role::Helpdesk).await;
    let looked = helpdesk.get("/api/audit/verify").await;
    let begun = helpdesk.write("POST", "/api/audit/verify", &json!({})).await;
    for answer in [looked, begun] {
        assert_eq!((answer.status, answer.kind().as_str()), (StatusCode::FORBIDDEN, "forbidden"));
    }
    let last = stage.record().await.pop().unwrap();
    assert_eq!((last["kind"].as_str(), last["operation"].as_str()), (Some("denied"), Some("record.verify")));
}
