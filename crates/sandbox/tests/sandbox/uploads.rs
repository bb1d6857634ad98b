//! Files: pictures and backgrounds, what is taken, where they show, and what the ledger tells of them.
//! Must not rely on the bytes coming back: nothing gives them.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::bench::{Bench, png};

const FILES: &str = "/in_meeting/virtual_background_settings/files";

async fn person(bench: &Bench) -> String {
    let users = bench.read("/users").await["users"].as_array().expect("users").clone();
    format!("/users/{}", users[12]["id"].as_str().expect("an id"))
}

async fn files(bench: &Bench, owner: &str) -> Vec<Value> {
    let settings = bench.read(&format!("{owner}/settings")).await;
    settings.pointer(FILES).and_then(Value::as_array).expect("files").clone()
}

#[tokio::test]
async fn picture_shows_in_the_profile_until_it_is_deleted() {
    let bench = Bench::new().await;
    let person = person(&bench).await;
    bench.delete(&format!("{person}/picture")).await;
    assert_eq!(bench.read(&person).await.get("pic_url"), None);
    let answer = bench.form(&format!("{person}/picture"), &[png("pic_file")]).await;
    assert_eq!((answer.status, answer.json()), (StatusCode::CREATED, json!({})));
    let first = bench.read(&person).await["pic_url"].clone();
    assert!(first.as_str().is_some_and(|url| url.starts_with("https://example.zoom.us/p/v2/")), "{first}");
    bench.form(&format!("{person}/picture"), &[png("pic_file")]).await;
    assert_ne!(bench.read(&person).await["pic_url"], first, "another picture has another address");
    assert_eq!(bench.delete(&format!("{person}/picture")).await.status, StatusCode::NO_CONTENT);
    assert_eq!(bench.read(&person).await.get("pic_url"), None);
}

#[tokio::test]
async fn background_of_a_group_shows_in_its_settings_and_in_its_people_s_until_it_is_deleted() {
    let bench = Bench::new().await;
    let group = bench.clinical("").await;
    let path = format!("{group}/settings/virtual_backgrounds");
    let answer = bench.form(&path, &[png("file")]).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    let made = answer.json();
    assert!(files(&bench, &group).await.contains(&made));
    let users = bench.read("/users?page_size=400").await["users"].as_array().expect("users").clone();
    let of_group = |user: &&Value| format!("/groups/{}", user["group_ids"][0].as_str().unwrap_or_default()) == group;
    let member = users.iter().find(of_group).expect("somebody whose primary group it is");
    let member = format!("/users/{}", member["id"].as_str().expect("an id"));
    assert!(files(&bench, &member).await.contains(&made));
    let id = made["id"].as_str().expect("an id");
    let refusal = "Invalid parameter: file_ids.";
    let of_member = format!("{member}/settings/virtual_backgrounds?file_ids={id}");
    bench.delete(&of_member).await.is_refused(400, 300, refusal);
    assert_eq!(bench.delete(&format!("{path}?file_ids={id}")).await.status, StatusCode::NO_CONTENT);
    assert!(!files(&bench, &group).await.contains(&made) && !files(&bench, &member).await.contains(&made));
    bench.delete(&format!("{path}?file_ids={id}")).await.is_refused(400, 300, refusal);
}

#[tokio::test]
async fn several_backgrounds_come_in_one_form_and_go_in_one_request_and_ten_is_the_end() {
    let bench = Bench::new().await;
    let person = person(&bench).await;
    let path = format!("{person}/settings/virtual_backgrounds");
    let before = files(&bench, &person).await;
    let video = ("file", "waves.mp4", "video/mp4", b"\0\0\0\x18ftypmp42".to_vec());
    let answer = bench.form(&path, &[png("file"), video]).await;
    let after = files(&bench, &person).await;
    assert_eq!(after.len(), before.len() + 2);
    let made = &after[before.len()..];
    assert_eq!(answer.json(), made[0], "the answer tells the first");
    assert_eq!((&made[1]["name"], &made[1]["type"]), (&json!("waves.mp4"), &json!("video")));
    let many: Vec<_> = (0..9).map(|_| png("file")).collect();
    bench.form(&path, &many).await.is_refused(400, 120, "There are at most 10 backgrounds.");
    let ids = format!("{},{}", made[0]["id"].as_str().expect("an id"), made[1]["id"].as_str().expect("an id"));
    assert_eq!(bench.delete(&format!("{path}?file_ids={ids}")).await.status, StatusCode::NO_CONTENT);
    assert_eq!(files(&bench, &person).await, before);
}

#[tokio::test]
async fn files_that_are_empty_too_large_or_not_what_they_say_are_refused() {
    let bench = Bench::new().await;
    let person = person(&bench).await;
    let large = [b"\x89PNG".to_vec(), vec![0; 2 * 1024 * 1024]].concat();
    for (bytes, message) in [
        (Vec::new(), "The file is empty."),
        (large, "The file is too large."),
        (b"GIF89a".to_vec(), "A file of this kind is not taken."),
        (b"no picture".to_vec(), "A file of this kind is not taken."),
    ] {
        let file = ("pic_file", "me.png", "image/png", bytes);
        bench.form(&format!("{person}/picture"), &[file]).await.is_refused(400, 120, message);
    }
    let path = format!("{person}/settings/virtual_backgrounds");
    bench.form(&path, &[png("other")]).await.is_refused(400, 120, "No file was uploaded.");
    bench.post(&path, json!({"file": "x"})).await.is_refused(400, 120, "No file was uploaded.");
}

#[tokio::test]
async fn ledger_tells_a_form_by_names_types_and_sizes() {
    let bench = Bench::new().await;
    let path = format!("{}/settings/virtual_backgrounds", person(&bench).await);
    bench.form(&path, &[png("file"), ("note", "a.txt", "text/plain", b"hello".to_vec())]).await;
    let line = bench.ledger().await.pop().expect("a line");
    assert_eq!(
        line["body"],
        json!([
            {"name": "file", "file_name": "lobby.png", "content_type": "image/png", "size": 12},
            {"name": "note", "file_name": "a.txt", "content_type": "text/plain", "size": 5},
        ])
    );
    assert!(!line.to_string().contains("hello"));
}
