//! Files on their way to a vendor: passed on as they came, up to a limit, and only where files are expected.

use roomkey_proxy::audit::entry::Kind;
use roomkey_schema::Role;
use roomkey_tests::{Ask, STORY_GROUP, Site};
use serde_json::json;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

async fn backgrounds(site: &Site) -> String {
    format!("/api/zoom/groups/{}/settings/virtual_backgrounds", site.group_id(STORY_GROUP).await)
}

#[tokio::test]
async fn file_arrives_at_the_vendor_and_can_be_deleted_again() {
    let site = Site::new().await;
    let path = backgrounds(&site).await;
    let answer = site.call(Ask::new("POST", &path).by(Role::Admin).file("file", "ward.png", PNG)).await.ok();
    let record = site.record().await;
    let intent = record.iter().find(|(_, entry)| entry.kind == Kind::Intent).expect("an intent");
    let said: Vec<_> = intent.1.changes.iter().map(|change| (change.pointer.as_str(), change.new.clone())).collect();
    assert_eq!(said, [("/file/bytes", json!(PNG.len())), ("/file/name", json!("ward.png"))]);
    let id = answer["answer"]["id"].as_str().expect("the file's id").to_owned();
    let sent = site.vendor.calls().await.into_iter().find(|line| line.method == "POST").expect("a call");
    assert_eq!(sent.body[0]["file_name"], "ward.png");
    assert_eq!(sent.body[0]["size"], PNG.len());
    site.call(Ask::new("DELETE", &format!("{path}?file_ids={id}")).by(Role::Admin)).await.ok();
    let settings = site.get(Role::Admin, path.trim_end_matches("/virtual_backgrounds")).await.ok();
    let files = &settings["in_meeting"]["virtual_background_settings"]["files"];
    assert!(files.as_array().is_none_or(|files| files.iter().all(|file| file["id"] != id.as_str())), "{files}");
}

#[tokio::test]
async fn file_over_the_limit_is_refused_and_the_vendor_is_not_asked() {
    let site = Site::new().await;
    let path = backgrounds(&site).await;
    site.vendor.reset().await;
    let large = vec![0; 17 * 1024 * 1024];
    site.call(Ask::new("POST", &path).by(Role::Admin).file("file", "large.png", &large))
        .await
        .problem(413, "too_large");
    assert!(site.vendor.ledger().await.is_empty());
}

#[tokio::test]
async fn files_that_are_cut_off_are_refused_and_the_vendor_is_not_asked() {
    let site = Site::new().await;
    let path = backgrounds(&site).await;
    site.vendor.reset().await;
    let cut = Ask::new("POST", &path).by(Role::Admin).file("file", "ward.png", PNG).cut(20);
    let problem = site.call(cut).await.problem(400, "bad_request");
    assert_eq!(problem.detail, "The files did not arrive whole. Send them again.");
    assert!(site.vendor.ledger().await.is_empty());
}

#[tokio::test]
async fn json_where_files_are_expected_and_files_where_json_is_are_refused() {
    let site = Site::new().await;
    let path = backgrounds(&site).await;
    let json_for_files = Ask::new("POST", &path).by(Role::Admin).json(&json!({"file": "x"}));
    site.call(json_for_files).await.problem(415, "unsupported_media_type");
    let files_for_json = Ask::new("POST", "/api/zoom/groups").by(Role::Admin).file("file", "a.png", PNG);
    site.call(files_for_json).await.problem(415, "unsupported_media_type");
}
