//! Several requests at once: writes of one object take turns, and a caller that goes away leaves nothing half done. Must
//! not depend on which request is first.

use std::sync::Arc;

use roomkey_proxy::audit::entry::{self, Kind};
use roomkey_schema::Role;
use roomkey_tests::{Answer, Ask, Setup, Site};
use serde_json::{Value, json};
use tokio::task::JoinSet;

/// All of them at once.
async fn all(site: &Arc<Site>, asks: Vec<Ask>) -> Vec<Answer> {
    let mut calls = JoinSet::new();
    for ask in asks {
        let site = site.clone();
        calls.spawn(async move { site.call(ask).await });
    }
    calls.join_all().await
}

fn switches() -> [Value; 4] {
    ["breakout_room", "annotation", "waiting_room", "whiteboard"].map(|name| json!({"in_meeting": {name: true}}))
}

#[tokio::test]
async fn writes_of_one_group_take_turns_and_none_is_lost() {
    // The vendor refuses a write of a group while another one is under way.
    let site = Arc::new(Site::with(Setup { limits: true, ..Setup::default() }).await);
    let settings = format!("{}/settings", site.story().await);
    let asks = switches().iter().map(|body| Ask::patch(&settings, body).by(Role::Admin)).collect();
    for answer in all(&site, asks).await {
        assert_eq!(answer.written().not_applied, [""; 0]);
    }
    let value = site.get(Role::Admin, &settings).await.ok();
    for body in switches() {
        assert!(roomkey_schema::covers(&value, &body), "{body}");
    }
    let statuses: Vec<Option<u16>> = site.vendor.writes().await.iter().map(|line| line.status).collect();
    assert_eq!(statuses, [Some(204); 4]);
    assert!(site.record_is_whole().await);
}

#[tokio::test]
async fn of_several_who_saw_the_same_values_one_writes_and_the_others_are_told() {
    let site = Arc::new(Site::new().await);
    let settings = format!("{}/settings", site.story().await);
    let tag = site.get(Role::Admin, &settings).await.header("etag").to_owned();
    // Each changes something, whatever was there.
    let change =
        |number: i64| json!({"in_meeting": {"chat": false, "custom_service_instructions": number.to_string()}});
    let asks = (0..4).map(|number| Ask::patch(&settings, &change(number)).by(Role::Admin).if_match(&tag)).collect();
    let answers = all(&site, asks).await;
    let (won, lost): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 200);
    assert_eq!((won.len(), lost.len()), (1, 3));
    let etag = won[0].written().etag;
    for answer in lost {
        assert_eq!(answer.problem(412, "conflict").etag, etag);
    }
    assert_eq!(site.vendor.writes().await.len(), 1);
}

#[tokio::test]
async fn caller_who_leaves_during_a_write_leaves_an_outcome_in_the_record() {
    let site = Arc::new(Site::new().await);
    let settings = format!("{}/settings", site.story().await);
    site.vendor.faults(json!([{"method": "PATCH", "fault": {"kind": "hang"}}])).await;
    let change = Ask::patch(&settings, &json!({"in_meeting": {"waiting_room": true}})).by(Role::Admin);
    let caller = tokio::spawn({
        let site = site.clone();
        async move { site.call(change).await }
    });
    site.vendor.until(|line| line.method == "PATCH").await;
    caller.abort();
    assert!(caller.await.expect_err("given up").is_cancelled());
    site.vendor.faults(json!([])).await;
    site.settle().await;
    let record = site.record().await;
    let [.., (intent_seq, intent), (_, outcome)] = &record[..] else { panic!("{record:?}") };
    assert_eq!((intent.kind, outcome.kind, outcome.intent), (Kind::Intent, Kind::Outcome, Some(*intent_seq)));
    assert_eq!(outcome.result, Some(entry::Result::Unknown));
    assert_eq!(outcome.not_applied, ["/in_meeting/waiting_room"]);
}
