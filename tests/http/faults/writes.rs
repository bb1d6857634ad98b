//! Writes that go wrong: what became of them is found out by reading back, never by writing again. Must not be about
//! tokens or limits.

use roomkey_proxy::audit::Entry;
use roomkey_proxy::audit::entry;
use roomkey_schema::Role;
use roomkey_tests::{Answer, Setup, Site};
use serde_json::{Value, json};

use super::can_be_quoted;

const WAITING_ROOM: &str = "/in_meeting/waiting_room";

/// What a change of the waiting room under these fault rules ends with.
struct End {
    answer: Answer,
    /// Last row of the record.
    outcome: Entry,
    /// PATCHes that the vendor saw.
    sent: usize,
    /// Whether the vendor holds the change.
    is_on: bool,
}

async fn turning_on_under(rules: Value) -> End {
    let site = Site::with(Setup { timeout_ms: 2_000, ..Setup::default() }).await;
    let settings = format!("{}/settings", site.story().await);
    site.vendor.faults(rules).await;
    let answer = site.patch(Role::Admin, &settings, &json!({"in_meeting": {"waiting_room": true}})).await;
    let (_, outcome) = site.record().await.pop().expect("an outcome");
    let sent = site.vendor.writes().await.len();
    site.vendor.faults(json!([])).await;
    let is_on = site.get(Role::Admin, &settings).await.ok().pointer(WAITING_ROOM) == Some(&json!(true));
    End { answer, outcome, sent, is_on }
}

fn patch(fault: &Value) -> Value {
    json!([{"method": "PATCH", "fault": fault}])
}

impl End {
    /// Reading back showed the change: it is told as made.
    fn is_made(&self) {
        let written = self.answer.written();
        assert_eq!(written.not_applied, [""; 0]);
        assert_eq!(written.value.expect("read back").pointer(WAITING_ROOM), Some(&json!(true)));
        assert_eq!(self.outcome.result, Some(entry::Result::Applied));
        assert!(self.is_on);
        assert_eq!(self.sent, 1);
    }

    /// Reading back did not show the change: it is told as not there, with what is.
    fn is_not_there(&self, status: u16, kind: &str) {
        let problem = self.answer.problem(status, kind);
        assert!(problem.detail.contains("it is not there"), "{}", problem.detail);
        assert_eq!(problem.current.expect("what is there").pointer(WAITING_ROOM), Some(&json!(false)));
        assert!(problem.etag.is_some());
        assert_eq!(self.outcome.result, Some(entry::Result::Unknown));
        assert_eq!(self.outcome.not_applied, [WAITING_ROOM]);
        assert!(!self.is_on);
        assert_eq!(self.sent, 1);
    }
}

#[tokio::test]
async fn write_that_was_made_without_an_answer_is_told_as_made() {
    turning_on_under(patch(&json!({"kind": "apply_then_hang"}))).await.is_made();
}

#[tokio::test]
async fn write_whose_answer_broke_off_is_told_as_made() {
    turning_on_under(patch(&json!({"kind": "cut", "bytes": 0}))).await.is_made();
}

#[tokio::test]
async fn write_that_hung_and_was_not_made_is_told_with_what_is_there() {
    turning_on_under(patch(&json!({"kind": "hang"}))).await.is_not_there(504, "vendor_timeout");
}

#[tokio::test]
async fn write_that_failed_with_500_is_told_with_what_is_there() {
    let end = turning_on_under(patch(&json!({"kind": "status", "status": 500}))).await;
    end.is_not_there(502, "vendor_failed");
    can_be_quoted(&end.answer.problem(502, "vendor_failed"));
}

#[tokio::test]
async fn write_that_cannot_be_read_back_is_told_as_unknown() {
    let rules = json!([
        {"method": "PATCH", "fault": {"kind": "status", "status": 500}},
        {"method": "GET", "path": "groups/*/settings", "after": 1, "fault": {"kind": "status", "status": 500}},
    ]);
    let end = turning_on_under(rules).await;
    let problem = end.answer.problem(502, "vendor_failed");
    assert!(problem.detail.contains("nobody can say whether it was made"), "{}", problem.detail);
    assert_eq!(problem.current, None);
    assert_eq!((end.outcome.result, end.sent), (Some(entry::Result::Unknown), 1));
}

#[tokio::test]
async fn write_that_was_accepted_and_cannot_be_read_back_says_both() {
    let rules = json!([
        {"method": "GET", "path": "groups/*/settings", "after": 1, "fault": {"kind": "status", "status": 500}},
    ]);
    let end = turning_on_under(rules).await;
    let written = end.answer.written();
    assert_eq!((written.value, written.etag), (None, None));
    let problem = written.read_back_problem.expect("why it could not be read back");
    assert_eq!(problem.kind, "vendor_failed");
    assert!(problem.detail.contains("was accepted"), "{}", problem.detail);
    assert_eq!(problem.request_id, end.answer.header("x-request-id"));
    assert!(end.is_on);
    assert_eq!(end.outcome.result, Some(entry::Result::Accepted));
}

#[tokio::test]
async fn refusal_inside_a_200_is_recorded_as_a_refusal() {
    let body = json!({
        "code": 300,
        "message": "Validation Failed.",
        "errors": [{"field": "in_meeting.waiting_room", "message": "Invalid field."}],
    });
    let end = turning_on_under(patch(&json!({"kind": "status", "status": 200, "body": body}))).await;
    let problem = end.answer.problem(422, "vendor_refused");
    can_be_quoted(&problem);
    assert_eq!(problem.vendor_code.as_deref(), Some("300"));
    assert_eq!(problem.fields[0].pointer, WAITING_ROOM);
    assert_eq!(end.outcome.result, Some(entry::Result::Refused));
    assert_eq!(end.outcome.vendor_code.as_deref(), Some("300"));
    assert_eq!(end.outcome.tracking_id, problem.tracking_id);
    assert!(!end.is_on);
}

#[tokio::test]
async fn write_is_not_sent_when_the_old_values_cannot_be_read() {
    let rules = json!([{"method": "GET", "path": "groups/*/settings", "fault": {"kind": "status", "status": 500}}]);
    let end = turning_on_under(rules).await;
    can_be_quoted(&end.answer.problem(502, "vendor_failed"));
    assert_eq!((end.sent, end.is_on), (0, false));
    assert_eq!(end.outcome.kind, entry::Kind::SignedIn);
}

#[tokio::test]
async fn name_that_another_group_has_is_refused_with_the_vendors_code() {
    let site = Site::new().await;
    let group = site.story().await;
    let groups = site.get(Role::Admin, "/api/zoom/groups").await.ok();
    let names = groups["groups"].as_array().expect("groups").iter().map(|group| &group["name"]);
    let other = names.into_iter().find(|name| **name != *roomkey_tests::STORY_GROUP).expect("another group");
    let problem = site.patch(Role::Admin, &group, &json!({"name": other})).await.problem(422, "vendor_refused");
    can_be_quoted(&problem);
    assert_eq!(problem.vendor_code.as_deref(), Some("4132"));
}
