//! Every status that Webex documents, and the pace that it asks for. Must not test what goes well.

use roomkey_proxy::rate::budget::Spent;
use roomkey_proxy::vendors::{Trouble, VendorFault};
use serde_json::{Value, json};

use super::{ADMIN, Bench, ROOM, SITES};
use crate::support::BEGIN_MS;

/// How reading a room ends that is answered so.
async fn answered_with(fault: Value) -> VendorFault {
    let bench = Bench::rest().await;
    bench.faults(json!([{"vendor": "webex", "method": "GET", "fault": fault}])).await;
    bench.get(ROOM, &[("userEmail", ADMIN)]).await.unwrap_err()
}

#[tokio::test]
async fn every_status_is_read() {
    let body = json!({"message": "m", "errors": [{"description": "d"}], "trackingId": "T"});
    let refused = |absent| Trouble::Refused { message: Some("d".to_owned()), fields: Vec::new(), absent };
    for (status, trouble) in [
        (400, refused(false)),
        (401, Trouble::Credentials(None)),
        (403, refused(false)),
        (404, refused(true)),
        (405, Trouble::WrongAddress),
        (409, refused(false)),
        (410, refused(false)),
        (415, refused(false)),
        (423, Trouble::RateLimited(BEGIN_MS + 9_000)),
        (428, refused(false)),
        (429, Trouble::RateLimited(BEGIN_MS + 9_000)),
        (500, Trouble::Server(500)),
        (502, Trouble::Server(502)),
        (503, Trouble::Server(503)),
        (504, Trouble::Server(504)),
    ] {
        let fault = answered_with(json!({"kind": "status", "status": status, "body": body, "retry_after": "9"})).await;
        assert_eq!((&fault.trouble, fault.code), (&trouble, Some(status.to_string())));
        assert!(fault.tracking_id.is_some(), "{status}");
    }
}

#[tokio::test]
async fn without_a_sensible_time_a_limit_lasts_half_a_minute() {
    for status in [423, 429] {
        for said in [Value::Null, json!("soon")] {
            let fault = answered_with(json!({"kind": "status", "status": status, "retry_after": said})).await;
            assert_eq!(fault.trouble, Trouble::RateLimited(BEGIN_MS + 30_000), "{status} {said}");
        }
    }
}

#[tokio::test]
async fn a_limit_stops_all_calls_and_a_locked_room_none() {
    let bench = Bench::rest().await;
    let fault = |status: u16| {
        json!([{"vendor": "webex", "path": "meetingPreferences/personalMeetingRoom",
            "fault": {"kind": "status", "status": status, "retry_after": "60"}}])
    };
    bench.faults(fault(423)).await;
    assert!(bench.get(ROOM, &[]).await.is_err());
    assert!(bench.get(SITES, &[]).await.is_ok());
    bench.faults(fault(429)).await;
    assert!(bench.get(ROOM, &[]).await.is_err());
    let asked = bench.ledger().await.len();
    let paused = bench.get(SITES, &[]).await.unwrap_err();
    assert_eq!(paused.trouble, Trouble::Budget(Spent::Until(BEGIN_MS + 60_000)));
    assert_eq!(bench.ledger().await.len(), asked, "nobody was asked");
    bench.clock.advance_ms(60_000);
    assert!(bench.get(SITES, &[]).await.is_ok());
}

#[tokio::test]
async fn the_pace_of_the_configuration_is_kept() {
    let bench = Bench::rest_with(|rest| rest.calls_per_minute = 5).await;
    for _ in 0..5 {
        bench.get(SITES, &[]).await.unwrap();
    }
    let spent = bench.get(SITES, &[]).await.unwrap_err();
    assert_eq!(spent.trouble, Trouble::Budget(Spent::Until(BEGIN_MS + 60_050)));
    assert!(spent.was_not_sent());
}

#[tokio::test]
async fn a_write_without_an_answer_leaves_its_outcome_open() {
    let bench = Bench::rest_with(|rest| rest.timeout_ms = 400).await;
    let room = bench.read(ROOM, &[("userEmail", ADMIN)]).await;
    for (fault, trouble) in [
        (json!({"kind": "apply_then_hang"}), Trouble::Timeout),
        (json!({"kind": "cut", "bytes": 3}), Trouble::Cut),
        (json!({"kind": "status", "status": 504}), Trouble::Server(504)),
    ] {
        bench.faults(json!([{"vendor": "webex", "method": "PUT", "fault": fault}])).await;
        let ended = bench.put(&[("userEmail", ADMIN)], room.clone()).await.unwrap_err();
        assert_eq!(ended.trouble, trouble);
        assert!(ended.leaves_outcome_open());
    }
    let puts = bench.ledger().await.into_iter().filter(|line| line["method"] == "PUT").count();
    assert_eq!(puts, 3, "nothing is sent twice");
}
