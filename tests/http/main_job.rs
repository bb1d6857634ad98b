//! The main job: a group's waiting room is read, turned on, locked and read back, and the record says so. Must not be
//! about calls that go wrong.

use roomkey_proxy::audit::entry::{self, Change, Kind};
use roomkey_schema::Role;
use roomkey_tests::{Ask, Site};
use serde_json::{Value, json};

const WAITING_ROOM: &str = "/in_meeting/waiting_room";
const JOIN_BEFORE_HOST: &str = "/schedule_meeting/join_before_host";

fn waiting_room(on: bool) -> Value {
    json!({"in_meeting": {"waiting_room": on}})
}

/// Method, path below the vendor's base, query and body of what would change something.
async fn sent(site: &Site) -> Vec<(String, String, String, Value)> {
    let below = |path: &str| path.trim_start_matches("/zoom/v2").to_owned();
    let lines = site.vendor.writes().await;
    lines.into_iter().map(|line| (line.method, below(&line.path), line.query, line.body)).collect()
}

fn below_base(path: &str) -> String {
    path.trim_start_matches("/api/zoom").to_owned()
}

#[tokio::test]
async fn waiting_room_turned_on_and_locked_is_one_patch_each_with_only_those_leaves() {
    let site = Site::new().await;
    let group = site.story().await;
    let (settings, locks) = (format!("{group}/settings"), format!("{group}/lock_settings"));
    for path in [&settings, &locks] {
        let read = site.get(Role::Admin, path).await;
        assert_eq!(read.ok().pointer(WAITING_ROOM), Some(&json!(false)), "{path}");
        let change = Ask::patch(path, &waiting_room(true)).by(Role::Admin).if_match(read.header("etag"));
        let written = site.call(change).await.written();
        assert_eq!(written.not_applied, [""; 0]);
        assert_eq!(written.value.expect("read back").pointer(WAITING_ROOM), Some(&json!(true)), "{path}");
    }
    let patch = |path: &str| ("PATCH".to_owned(), below_base(path), String::new(), waiting_room(true));
    assert_eq!(sent(&site).await, [patch(&settings), patch(&locks)]);
}

#[tokio::test]
async fn answer_to_a_write_is_what_the_next_read_shows() {
    let site = Site::new().await;
    let settings = format!("{}/settings", site.story().await);
    let before = site.get(Role::Admin, &settings).await;
    assert_eq!(before.ok().pointer(JOIN_BEFORE_HOST), Some(&json!(true)));
    let answer = site.patch(Role::Admin, &settings, &waiting_room(true)).await;
    let written = answer.written();
    let after = site.get(Role::Auditor, &settings).await;
    assert_eq!(written.value, Some(after.ok()));
    assert_eq!(written.etag.as_deref(), Some(after.header("etag")));
    assert_eq!(answer.header("etag"), after.header("etag"));
    assert_ne!(before.header("etag"), after.header("etag"));
    // What the vendor turned off along with it.
    assert_eq!(after.ok().pointer(JOIN_BEFORE_HOST), Some(&json!(false)));
    assert_eq!(after.header("cache-control"), "no-store");
}

#[tokio::test]
async fn change_to_a_variant_is_read_back_from_that_variant() {
    let site = Site::new().await;
    let security = format!("{}/settings?option=meeting_security", site.story().await);
    let body = json!({"meeting_security": {"waiting_room": true}});
    let written = site.patch(Role::Admin, &security, &body).await.written();
    let value = written.value.expect("read back");
    assert_eq!(value.pointer("/meeting_security/waiting_room"), Some(&json!(true)));
    assert_eq!(value.pointer("/in_meeting"), None);
    let queries: Vec<String> = site.vendor.calls().await.into_iter().skip(1).map(|line| line.query).collect();
    assert_eq!(queries, ["option=meeting_security"; 3]);
}

#[tokio::test]
async fn record_holds_the_intent_before_and_the_outcome_after_with_old_and_new() {
    let site = Site::new().await;
    let settings = format!("{}/settings", site.story().await);
    let answer = site.patch(Role::Admin, &settings, &waiting_room(true)).await;
    let written = answer.written();
    let record = site.record().await;
    let kinds: Vec<Kind> = record.iter().map(|(_, entry)| entry.kind).collect();
    assert_eq!(kinds, [Kind::SignedIn, Kind::Intent, Kind::Outcome]);
    let [_, (intent_seq, intent), (outcome_seq, outcome)] = &record[..] else { panic!("{record:?}") };
    for entry in [intent, outcome] {
        assert_eq!((entry.actor.as_str(), entry.role), ("admin", Some(Role::Admin)));
        assert_eq!(entry.operation.as_deref(), Some("zoom.group_settings.update"));
        assert!(settings.contains(&entry.objects["groupId"]), "{entry:?}");
        assert_eq!(entry.request_id, answer.header("x-request-id"));
    }
    let change = Change { pointer: WAITING_ROOM.to_owned(), old: Some(json!(false)), new: json!(true) };
    assert_eq!(intent.changes, [change]);
    assert_eq!((outcome.intent, outcome.result), (Some(*intent_seq), Some(entry::Result::Applied)));
    assert_eq!(written.record, *outcome_seq);
    assert!(outcome.tracking_id.is_some() && outcome.tracking_id == written.tracking_id);
    assert_eq!(written.tracking_id.as_deref(), Some(answer.header("x-vendor-tracking-id")));
    assert!(site.record_is_whole().await);
}

#[tokio::test]
async fn change_of_another_administrator_in_between_is_a_conflict_and_nothing_is_sent() {
    let site = Site::new().await;
    let settings = format!("{}/settings", site.story().await);
    let seen = site.get(Role::Admin, &settings).await;
    site.vendor.mutate(&below_base(&settings), None, json!({"in_meeting": {"chat": false}})).await;
    let change = Ask::patch(&settings, &waiting_room(true)).by(Role::Admin);
    let problem = site.call(change.clone().if_match(seen.header("etag"))).await.problem(412, "conflict");
    let current = problem.current.expect("what is there now");
    assert_eq!(current.pointer("/in_meeting/chat"), Some(&json!(false)));
    assert_eq!(current.pointer(WAITING_ROOM), Some(&json!(false)));
    assert_eq!(sent(&site).await, []);
    assert!(site.record().await.iter().all(|(_, entry)| entry.kind != Kind::Intent));

    // With what was shown, the same change goes through and keeps the other administrator's.
    let tag = problem.etag.expect("the tag of it");
    assert_eq!(site.get(Role::Admin, &settings).await.header("etag"), tag);
    let value = site.call(change.if_match(&tag)).await.written().value.expect("read back");
    assert_eq!(value.pointer(WAITING_ROOM), Some(&json!(true)));
    assert_eq!(value.pointer("/in_meeting/chat"), Some(&json!(false)));
}

#[tokio::test]
async fn change_that_the_vendor_accepts_and_ignores_is_named_as_not_applied() {
    let site = Site::new().await;
    let settings = format!("{}/settings", site.story().await);
    site.vendor.faults(json!([{"method": "PATCH", "fault": {"kind": "ignore"}}])).await;
    let written = site.patch(Role::Admin, &settings, &waiting_room(true)).await.written();
    assert_eq!(written.not_applied, [WAITING_ROOM]);
    assert_eq!(written.value.expect("read back").pointer(WAITING_ROOM), Some(&json!(false)));
    let (_, outcome) = site.record().await.pop().expect("an outcome");
    assert_eq!(outcome.result, Some(entry::Result::Accepted));
    assert_eq!(outcome.not_applied, [WAITING_ROOM]);
}

#[tokio::test]
async fn undo_with_the_old_leaves_restores_them_through_the_same_way() {
    let site = Site::new().await;
    let settings = format!("{}/settings", site.story().await);
    let before = site.get(Role::Admin, &settings).await;
    let tag = site.patch(Role::Admin, &settings, &waiting_room(true)).await.written().etag.expect("a tag");
    let undo = json!({"in_meeting": {"waiting_room": false}, "schedule_meeting": {"join_before_host": true}});
    let written = site.call(Ask::patch(&settings, &undo).by(Role::Admin).if_match(&tag)).await.written();
    assert_eq!(written.not_applied, [""; 0]);
    assert_eq!(written.value, Some(before.ok()));
    assert_eq!(written.etag.as_deref(), Some(before.header("etag")));
}

#[tokio::test]
async fn write_without_reading_back_gives_the_vendors_own_answer() {
    let site = Site::new().await;
    let create = Ask::new("POST", "/api/zoom/groups").json(&json!({"name": "Night shift"})).by(Role::Admin);
    let written = site.call(create.clone()).await.written();
    let answer = written.answer.expect("the new group");
    assert_eq!(answer["name"], "Night shift");
    assert_eq!(written.value, None);
    let groups = site.get(Role::Admin, "/api/zoom/groups").await.ok();
    assert!(groups["groups"].as_array().expect("groups").iter().any(|group| group["id"] == answer["id"]));
    site.call(create.if_match("\"anything\"")).await.problem(400, "bad_request");
    assert_eq!(sent(&site).await.len(), 1);
}
