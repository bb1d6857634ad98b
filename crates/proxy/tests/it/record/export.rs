//! Taking the record away: as a table that starts no formula, or as rows that anybody can check.

use axum::body::Body;
use axum::http::StatusCode;
use http_body_util::BodyExt;
use roomkey_schema::Role;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tower::ServiceExt;

use super::{append, applied};
use crate::support::{Browser, Stage};

async fn bytes(browser: &Browser, query: &str) -> (String, Vec<u8>) {
    let request = browser.request("GET", &format!("/api/audit/export?{query}")).body(Body::empty()).unwrap();
    let response = browser.router.clone().oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    let name = response.headers()["content-disposition"].to_str().unwrap().to_owned();
    (name, response.into_body().collect().await.unwrap().to_bytes().to_vec())
}

/// Rows of a table as our own reader gives them back.
fn table(bytes: &[u8]) -> Vec<Vec<String>> {
    let sheet = roomkey_sheet::read(bytes, &roomkey_sheet::Options::default()).unwrap();
    sheet.rows().map(|row| row.cells().map(|cell| cell.unwrap_or_default().to_owned()).collect()).collect()
}

/// What a third party does who has the file and knows the formula, and nothing of ours.
fn follows(lines: &str) -> Result<u64, String> {
    let mut before = "0".repeat(64);
    let mut number = 0;
    for line in lines.lines() {
        let row: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
        number += 1;
        let previous = row["previous"].as_str().unwrap_or_default();
        if row["seq"] != number || previous != before {
            return Err(format!("row {number} does not follow"));
        }
        let previous: Vec<u8> =
            (0..32).map(|at| u8::from_str_radix(&previous[at * 2..at * 2 + 2], 16).unwrap()).collect();
        let mut hash = Sha256::new();
        hash.update(b"roomkey record row 1\n");
        hash.update(u64::to_be_bytes(number));
        hash.update(previous);
        hash.update(row["content"].as_str().unwrap_or_default());
        let bytes: [u8; 32] = hash.finalize().into();
        before = bytes
            .iter()
            .flat_map(|byte| [byte >> 4, byte & 15])
            .filter_map(|digit| char::from_digit(digit.into(), 16))
            .collect();
        if row["hash"] != before.as_str() {
            return Err(format!("row {number} was changed"));
        }
    }
    Ok(number)
}

async fn stage_with_reasons() -> (Stage, Browser) {
    let stage = Stage::new().await;
    let auditor = stage.signed_in(Role::Auditor).await;
    applied(&stage, "dana", "g1").await;
    let reveal = json!({"at": stage.app.recorder.now(), "kind": "reveal", "actor": "omar", "request_id": "r", "vendor": "zoom",
        "operation": "zoom.users.get", "objects": {"userId": "u1"}, "secret": "/host_key", "reason": "=HYPERLINK(\"x\")"});
    append(&stage, reveal).await;
    (stage, auditor)
}

#[tokio::test]
async fn a_table_holds_what_was_found_in_words_and_starts_no_formula() {
    let (_stage, auditor) = stage_with_reasons().await;
    for format in ["csv", "xlsx"] {
        let (name, bytes) = bytes(&auditor, &format!("format={format}&vendor=zoom")).await;
        assert!(name.contains(&format!(".{format}\"")), "{name}");
        let rows = table(&bytes);
        let cell = |row: usize, column: &str| {
            let at = roomkey_proxy::words::Words::load().unwrap().record.columns[column].clone();
            let at = header(&bytes).iter().position(|name| *name == at).unwrap();
            rows[row].get(at).cloned().unwrap_or_default()
        };
        assert_eq!(rows.len(), 2, "{format}");
        assert_eq!(cell(0, "reason"), "=HYPERLINK(\"x\")");
        assert_eq!((cell(0, "changes"), cell(0, "result")), ("Host key".to_owned(), "Open: nobody knows".to_owned()));
        assert_eq!(cell(1, "title"), "Change group settings");
        assert_eq!(cell(1, "changes"), "Chat: on → off");
        assert_eq!((cell(1, "result"), cell(1, "objects")), ("Applied".to_owned(), "groupId g1".to_owned()));
    }
    let (_, csv) = bytes(&auditor, "actor=omar").await;
    assert!(String::from_utf8(csv).unwrap().contains("\"'=HYPERLINK"), "a cell starts a formula");
}

fn header(bytes: &[u8]) -> Vec<String> {
    let sheet = roomkey_sheet::read(bytes, &roomkey_sheet::Options::default()).unwrap();
    sheet.header().unwrap().to_vec()
}

#[tokio::test]
async fn rows_can_be_checked_by_whoever_has_the_file() {
    let (stage, auditor) = stage_with_reasons().await;
    let (_, bytes) = bytes(&auditor, "format=jsonl").await;
    let lines = String::from_utf8(bytes).unwrap();
    let rows = stage.app.store.head().await.unwrap().unwrap().seq;
    assert_eq!(follows(&lines), Ok(rows), "{lines}");
    assert!(follows(&lines.replace("dana", "dora")).unwrap_err().contains("was changed"));
    let without: Vec<&str> = lines.lines().enumerate().filter(|(at, _)| *at != 1).map(|(_, line)| line).collect();
    assert!(follows(&without.join("\n")).unwrap_err().contains("does not follow"));
    assert!(lines.lines().last().unwrap().contains("exported"), "the file tells of itself");

    let (_, some) = self::bytes(&auditor, "format=jsonl&object=zoom:g1").await;
    let kinds: Vec<String> = String::from_utf8(some)
        .unwrap()
        .lines()
        .map(|line| {
            let row: Value = serde_json::from_str(line).unwrap();
            let content: Value = serde_json::from_str(row["content"].as_str().unwrap()).unwrap();
            content["kind"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(kinds, ["intent", "outcome"]);
}

#[tokio::test]
async fn an_export_is_on_record_with_what_was_asked_for() {
    let (stage, auditor) = stage_with_reasons().await;
    bytes(&auditor, "format=csv&object=zoom:g1&object=zoom:g2&q=&actor=dana").await;
    let last = stage.record().await.pop().unwrap();
    assert_eq!((last["kind"].as_str(), last["actor"].as_str()), (Some("exported"), Some("auditor")));
    assert_eq!(last["query"], json!({"actor": "dana", "format": "csv", "object": "zoom:g1 zoom:g2"}));
    let refused = auditor.get("/api/audit/export?format=pdf").await;
    assert_eq!(
        (refused.status, refused.json()["fields"][0]["pointer"].as_str()),
        (StatusCode::BAD_REQUEST, Some("format"))
    );
}

#[tokio::test]
async fn the_help_desk_takes_nothing_away() {
    let (stage, _) = stage_with_reasons().await;
    let helpdesk = stage.signed_in(Role::Helpdesk).await;
    let answer = helpdesk.get("/api/audit/export?object=zoom:g1").await;
    assert_eq!((answer.status, answer.kind().as_str()), (StatusCode::FORBIDDEN, "forbidden"));
    let last = stage.record().await.pop().unwrap();
    assert_eq!((last["kind"].as_str(), last["operation"].as_str()), (Some("denied"), Some("record.export")));
}

#[tokio::test]
async fn a_long_record_is_handed_over_whole() {
    let (stage, auditor) = stage_with_reasons().await;
    for _ in 0..1_200 {
        append(
            &stage,
            json!({"at": stage.app.recorder.now(), "kind": "signed_in", "actor": "mass", "request_id": "r"}),
        )
        .await;
    }
    for format in ["csv", "jsonl"] {
        let (_, bytes) = bytes(&auditor, &format!("format={format}&actor=mass")).await;
        let lines = String::from_utf8(bytes).unwrap().lines().filter(|line| line.contains("mass")).count();
        assert_eq!(lines, 1_200, "{format}");
    }
}
