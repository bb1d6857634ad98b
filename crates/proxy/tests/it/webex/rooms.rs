//! Rooms pass through: what is read, what is written, what is refused. Must not test paging or tokens.

use roomkey_proxy::vendors::{Trouble, Vendor};
use serde_json::json;

use super::{ADMIN, Bench, ROOM, SITES};

#[tokio::test]
async fn a_room_is_written_as_it_is_given_and_read_back() {
    let bench = Bench::rest().await;
    let mut room = bench.read(ROOM, &[("userEmail", ADMIN)]).await;
    room["topic"] = "Büro <1>".into();
    room["hostPin"] = "0070".into();
    let answer = bench.put(&[("userEmail", ADMIN)], room.clone()).await.unwrap();
    assert_eq!(answer.body.as_ref(), Some(&room));
    assert!(answer.tracking_id.is_some_and(|id| id.starts_with("ROUTER_")));
    assert_eq!(bench.read(ROOM, &[("userEmail", ADMIN)]).await, room);
    let put = bench.ledger().await.into_iter().find(|line| line["method"] == "PUT").unwrap();
    assert_eq!(put["body"], room);
    assert_eq!(put["query"], "userEmail=admin1%40example.com");
}

#[tokio::test]
async fn sites_differ_in_their_rooms() {
    let bench = Bench::rest().await;
    let sites = bench.read(SITES, &[("userEmail", ADMIN)]).await;
    assert_eq!(sites["sites"][1], json!({"siteUrl": "demo-eu.webex.example", "default": false}));
    let room = bench.read(ROOM, &[("userEmail", ADMIN), ("siteUrl", "demo-eu.webex.example")]).await;
    assert_eq!(room["hostPin"].as_str().map(str::len), Some(6));
}

#[tokio::test]
async fn a_pin_that_does_not_fit_is_marked() {
    let bench = Bench::rest().await;
    let mut room = bench.read(ROOM, &[("userEmail", ADMIN)]).await;
    room["hostPin"] = "1111".into();
    let fault = bench.put(&[("userEmail", ADMIN)], room).await.unwrap_err();
    assert_eq!(fault.code.as_deref(), Some("400"));
    assert!(fault.tracking_id.is_some());
    let Trouble::Refused { fields, absent: false, .. } = fault.trouble else { panic!("{fault:?}") };
    assert_eq!(fields, [("/hostPin".to_owned(), "hostPin: The host PIN must not be one digit repeated.".to_owned())]);
}

#[tokio::test]
async fn nobody_has_no_room() {
    let bench = Bench::rest().await;
    for hostile in ["nobody@example.com", "a&siteUrl=x#?/../b", "ü\r\n"] {
        let fault = bench.get(ROOM, &[("userEmail", hostile)]).await.unwrap_err();
        assert!(matches!(fault.trouble, Trouble::Refused { absent: true, .. }), "{fault:?}");
        assert!(!fault.leaves_outcome_open() && !fault.was_not_sent());
    }
    let asked: Vec<_> = bench.ledger().await.into_iter().filter(|line| line["method"] == "GET").collect();
    assert_eq!(asked[1]["query"], "userEmail=a%26siteUrl%3Dx%23%3F%2F..%2Fb");
    assert!(asked.iter().all(|line| line["path"] == "/webex/v1/meetingPreferences/personalMeetingRoom"));
}

#[tokio::test]
async fn writes_are_not_counted_by_account() {
    let bench = Bench::rest_with(|rest| rest.calls_per_minute = 120).await;
    let put = super::call(roomkey_schema::Method::Put, ROOM, &[], None);
    assert_eq!(bench.vendor.lanes(&put), []);
    assert_eq!((bench.vendor.per_minute(roomkey_schema::RateClass::Heavy), bench.vendor.at_once()), (120, 4));
    assert!(bench.vendor.scopes().await.is_ok());
    assert!(bench.vendor.warnings().await.unwrap().is_empty());
}
