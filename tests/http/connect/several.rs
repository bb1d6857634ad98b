//! Several meetings in one call of the vendor's own, and what is told of each. Must not test single meetings.

use roomkey_schema::Role;
use roomkey_tests::{Ask, Site};
use serde_json::{Value, json};

use super::{meetings, open_meetings, writes};

fn set(body: &Value) -> Ask {
    Ask::new("PUT", "/api/connect/passcodes").json(body).by(Role::Helpdesk)
}

fn remove(ids: &[String]) -> Ask {
    let meetings: Vec<Value> = ids.iter().map(|id| json!({"sco_id": id})).collect();
    Ask::new("POST", "/api/connect/passcodes/removal").json(&json!({"meetings": meetings})).by(Role::Helpdesk)
}

#[tokio::test]
async fn several_are_set_and_removed_in_one_call_each_and_read_back() {
    let site = Site::new().await;
    let ids = open_meetings(&site, 3).await;
    let body =
        json!({"passcode": "same1234", "meetings": [{"sco_id": ids[0]}, {"sco_id": ids[1], "passcode": "own1"}]});
    let set = site.call(set(&body)).await.written();
    assert_eq!(set.answer, Some(json!({"done": ids[..2], "failed": []})));
    let removed = site.call(remove(&ids)).await.written();
    assert_eq!(removed.answer, Some(json!({"done": ids, "failed": []})));
    let trio = |id: &str, value: &str| format!("&acl-id={id}&field-id=meeting-passcode&value={value}");
    let expect = [
        format!("action=acl-field-update{}{}", trio(&ids[0], "same1234"), trio(&ids[1], "own1")),
        format!("action=acl-field-update{}{}{}", trio(&ids[0], ""), trio(&ids[1], ""), trio(&ids[2], "")),
    ];
    assert_eq!(writes(&site).await, expect);
    let now = meetings(&site, "").await;
    assert!(ids.iter().all(|id| now[id]["passcode"] == false));
}

#[tokio::test]
async fn what_was_taken_and_is_not_there_is_told_of_each() {
    let site = Site::new().await;
    let ids = open_meetings(&site, 2).await;
    site.vendor.faults(json!([{"path": "xml/acl-field-update", "fault": {"kind": "ignore"}}])).await;
    let body = json!({"passcode": "same1234", "meetings": [{"sco_id": ids[0]}, {"sco_id": ids[1]}]});
    let came = site.call(set(&body)).await.written().answer.expect("what came of each");
    assert_eq!(came, json!({"done": [], "failed": [{"ids": ids, "reason": "not_applied"}]}));
    let broken = json!({"kind": "status", "status": 500, "body": "no"});
    site.vendor.faults(json!([{"path": "xml/acl-field-list", "fault": broken}])).await;
    let came = site.call(set(&body)).await.written().answer.expect("what came of each");
    assert_eq!(came, json!({"done": [], "failed": [{"ids": ids, "reason": "not_read_back"}]}));
}

#[tokio::test]
async fn one_that_does_not_exist_stops_all_of_them() {
    let site = Site::new().await;
    let ids = open_meetings(&site, 1).await;
    let body = json!({"passcode": "same1234", "meetings": [{"sco_id": ids[0]}, {"sco_id": "1"}]});
    let problem = site.call(set(&body)).await.problem(422, "vendor_refused");
    assert_eq!(problem.vendor_code.as_deref(), Some("no-access/denied"));
    assert_eq!(meetings(&site, "").await[&ids[0]]["passcode"], false);
}

#[tokio::test]
async fn call_without_a_passcode_or_a_meeting_is_refused_by_name() {
    let site = Site::new().await;
    let missing = site.call(set(&json!({"meetings": [{"sco_id": "20001"}]}))).await.problem(422, "vendor_refused");
    assert_eq!(missing.fields[0].pointer, "/passcode");
    let empty = site.call(set(&json!({"passcode": "same1234", "meetings": []}))).await.problem(400, "validation");
    assert_eq!(empty.fields[0].pointer, "/meetings");
    assert!(writes(&site).await.is_empty());
}
