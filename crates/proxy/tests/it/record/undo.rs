//! Taking a change back from the record: the same way as any write, and never over what somebody else has written since.

use axum::http::StatusCode;
use roomkey_schema::Role;
use roomkey_schema::record::Entry;
use serde_json::{Value, json};

use super::{append, page};
use crate::support::{Answer, Browser, Stage};

/// A group whose waiting room was switched; what it was, and the entry.
struct Changed {
    stage: Stage,
    admin: Browser,
    path: String,
    was: bool,
    entry: Entry,
}

impl Changed {
    async fn new() -> Self {
        let stage = Stage::new().await;
        let admin = stage.signed_in(Role::Admin).await;
        let path = format!("/api/zoom/groups/{}/settings", stage.group(&admin).await);
        let was = waiting_room(&admin, &path).await;
        let answer = admin.write("PATCH", &path, &json!({"in_meeting": {"waiting_room": !was}})).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let entry = latest(&admin).await;
        Self { stage, admin, path, was, entry }
    }

    async fn undo(&self) -> Answer {
        undo(&self.admin, self.entry.seq).await
    }
}

async fn waiting_room(browser: &Browser, path: &str) -> bool {
    browser.get(path).await.json()["in_meeting"]["waiting_room"].as_bool().unwrap()
}

async fn latest(browser: &Browser) -> Entry {
    page(browser, "kind=intent&limit=1").await.items.remove(0)
}

async fn undo(browser: &Browser, seq: u64) -> Answer {
    browser.write("POST", &format!("/api/audit/{seq}/undo"), &json!({})).await
}

#[tokio::test]
async fn a_change_is_taken_back_and_both_entries_say_so() {
    let changed = Changed::new().await;
    assert!(changed.entry.undo);
    assert_eq!(changed.entry.title, "Change group settings");
    assert_eq!(changed.entry.changes[0].label, "Waiting room in meetings");
    let answer = changed.undo().await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert_eq!(answer.json()["value"]["in_meeting"]["waiting_room"], changed.was);
    assert_eq!(waiting_room(&changed.admin, &changed.path).await, changed.was);
    let undoing = latest(&changed.admin).await;
    assert_eq!(undoing.undoes, Some(changed.entry.seq));
    assert_eq!((undoing.result.as_deref(), undoing.undo), (Some("applied"), true));
    let first = changed.admin.get(&format!("/api/audit/{}", changed.entry.seq)).await.json();
    assert_eq!((&first["undone"], &first["undo"]), (&json!(undoing.seq), &json!(false)));

    let again = changed.undo().await;
    assert_eq!((again.status, again.kind().as_str()), (StatusCode::CONFLICT, "undo_refused"));
    assert!(again.json()["detail"].as_str().unwrap().contains(&undoing.seq.to_string()), "{}", again.text);
    assert_eq!(undo(&changed.admin, undoing.seq).await.status, StatusCode::OK, "what was undone can be done again");
    assert_eq!(waiting_room(&changed.admin, &changed.path).await, !changed.was);
}

#[tokio::test]
async fn what_was_changed_again_since_is_not_written_over_and_both_values_are_told() {
    let changed = Changed::new().await;
    let patch = json!({"in_meeting": {"waiting_room": changed.was}});
    let place = changed.path.trim_start_matches("/api/zoom/");
    let told = json!({"vendor": "zoom", "path": place, "patch": patch});
    assert_eq!(changed.stage.tell_sandbox("POST", "mutate", told).await, StatusCode::NO_CONTENT);
    let rows = changed.stage.record().await.len();
    let answer = changed.undo().await;
    assert_eq!((answer.status, answer.kind().as_str()), (StatusCode::PRECONDITION_FAILED, "conflict"));
    let problem = answer.json();
    assert_eq!(problem["fields"][0]["pointer"], "/in_meeting/waiting_room");
    let on = |value: bool| if value { "“on”" } else { "“off”" };
    let sentence = format!(
        "Waiting room in meetings was set to {} by this entry, and is {} now.",
        on(!changed.was),
        on(changed.was)
    );
    assert_eq!(problem["fields"][0]["detail"], sentence);
    assert_eq!(problem["current"]["in_meeting"]["waiting_room"], changed.was);
    assert_eq!(changed.stage.record().await.len(), rows, "nothing was begun");
}

#[tokio::test]
async fn nobody_but_administrators_undoes() {
    let changed = Changed::new().await;
    for role in [Role::Auditor, Role::Helpdesk] {
        let browser = changed.stage.signed_in(role).await;
        let answer = undo(&browser, changed.entry.seq).await;
        assert_eq!((answer.status, answer.kind().as_str()), (StatusCode::FORBIDDEN, "forbidden"));
        let last = changed.stage.record().await.pop().unwrap();
        assert_eq!((last["kind"].as_str(), last["actor"].as_str()), (Some("denied"), Some(role.as_str())));
    }
    let auditor = changed.stage.signed_in(Role::Auditor).await;
    assert!(!latest(&auditor).await.undo);
    assert_eq!(waiting_room(&changed.admin, &changed.path).await, !changed.was);
}

#[tokio::test]
async fn secrets_unknown_old_values_and_what_was_not_made_stay_as_they_are() {
    let changed = Changed::new().await;
    let user = changed.admin.get("/api/zoom/users").await.json()["users"][0]["id"].as_str().unwrap().to_owned();
    let answer = changed.admin.write("PATCH", &format!("/api/zoom/users/{user}"), &json!({"host_key": "482915"})).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let secret = latest(&changed.admin).await;
    assert_eq!((secret.changes[0].secret, &secret.changes[0].new), (true, &json!(true)));
    let row = |changes: Value| {
        json!({"at": changed.stage.app.recorder.now(), "kind": "intent", "actor": "a", "role": "admin", "request_id": "r",
            "vendor": "zoom", "operation": "zoom.group_settings.update", "objects": {"groupId": "g"}, "changes": changes})
    };
    let open = append(&changed.stage, row(json!([{"pointer": "/in_meeting/chat", "old": true, "new": false}]))).await;
    let blind = append(&changed.stage, row(json!([{"pointer": "/in_meeting/chat", "new": false}]))).await;
    let ended =
        json!({"at": "", "kind": "outcome", "actor": "a", "request_id": "r", "intent": blind, "result": "applied"});
    append(&changed.stage, ended).await;
    let rows = changed.stage.record().await.len();
    for (seq, word) in
        [(secret.seq, "secret"), (open, "was not made"), (blind, "before is not known"), (1, "no change")]
    {
        let entry = changed.admin.get(&format!("/api/audit/{seq}")).await.json();
        assert_eq!(entry["undo"], false, "{word}");
        let answer = undo(&changed.admin, seq).await;
        assert_eq!((answer.status, answer.kind().as_str()), (StatusCode::CONFLICT, "undo_refused"), "{word}");
        assert!(answer.json()["detail"].as_str().unwrap().contains(word), "{}", answer.text);
    }
    for absent in ["999999", "first"] {
        let answer = changed.admin.write("POST", &format!("/api/audit/{absent}/undo"), &json!({})).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(changed.stage.record().await.len(), rows);
}

#[tokio::test]
async fn an_object_that_is_gone_is_said_to_be_gone() {
    let changed = Changed::new().await;
    let group = changed.path.trim_end_matches("/settings").to_owned();
    let request = changed.admin.writing("DELETE", &group).body(axum::body::Body::empty()).unwrap();
    let answer = changed.admin.send(request).await;
    assert!(answer.status.is_success(), "{}", answer.text);
    let answer = changed.undo().await;
    assert_eq!((answer.status, answer.kind().as_str()), (StatusCode::NOT_FOUND, "vendor_refused"), "{}", answer.text);
    assert!(answer.json()["detail"].as_str().unwrap().contains("no such group"), "{}", answer.text);
}
