//! Reading in the background: vendors that are down, slow or break off, restarts in the middle, and room for people.

use roomkey_schema::Role;
use roomkey_schema::people::Found;
use roomkey_tests::{Ask, Setup, Site};
use serde_json::json;

use super::{find, first, pages, source};

const USERS: &str = "/zoom/v2/users";

fn is_read(found: &Found, vendor: &str) -> bool {
    let source = source(found, vendor);
    source.read_at.is_some() && !source.reading
}

#[tokio::test]
async fn a_vendor_that_is_down_is_named_and_the_others_are_read() {
    let site = super::unread_with(json!([{"vendor": "webex", "fault": {"kind": "status", "status": 503}}])).await;
    let found = site
        .until_people(|found| {
            ["zoom", "connect", "veeting"].iter().all(|vendor| is_read(found, vendor))
                && source(found, "webex").problem.is_some()
        })
        .await;
    let webex = source(&found, "webex");
    assert_eq!((webex.count, webex.read_at.as_deref()), (0, None));
    assert!(
        webex.problem.as_deref().is_some_and(|problem| problem.contains("Webex") && problem.ends_with('.')),
        "{webex:?}"
    );
    assert!(!first(&site, "example").await.vendors.contains(&"webex".to_owned()));
    // It comes back: what could not be read is read after a while.
    site.vendor.faults(json!([])).await;
    site.advance_ms(31_000).await;
    let found = site.until_people(|found| is_read(found, "webex")).await;
    assert_eq!(source(&found, "webex").problem, None);
}

#[tokio::test]
async fn a_list_that_breaks_off_leaves_all_that_was_known_and_goes_on_where_it_stopped() {
    let site = Site::with(Setup { reads_people: true, people: 1_300, ..Setup::default() }).await;
    site.read_people().await;
    let before = source(&find(&site, "").await, "zoom").clone();
    let calls = pages(&site, USERS).await;
    // The first page comes, the second one is cut.
    let cut = json!([{"vendor": "zoom", "path": "users", "after": 1, "fault": {"kind": "cut", "bytes": 200}}]);
    site.vendor.faults(cut).await;
    site.advance_ms(3_600_000).await;
    site.forget_cookies().await;
    let found = site.until_people(|found| source(found, "zoom").problem.is_some()).await;
    let zoom = source(&found, "zoom");
    assert_eq!((zoom.count, &zoom.read_at), (before.count, &before.read_at), "{zoom:?}");
    assert!(zoom.problem.as_deref().is_some_and(|problem| problem.contains("Zoom")), "{zoom:?}");
    site.vendor.faults(json!([])).await;
    site.advance_ms(31_000).await;
    let found = site.until_people(|found| source(found, "zoom").read_at != before.read_at).await;
    assert_eq!((source(&found, "zoom").count, &source(&found, "zoom").problem), (before.count, &None));
    assert_eq!(pages(&site, USERS).await - calls, calls + 1, "the first page was not asked for again");
}

#[tokio::test]
async fn a_restart_in_the_middle_goes_on_with_the_next_page() {
    let mut site = super::unread_with_setup(
        Setup { people: 1_300, ..Setup::default() },
        json!([{"vendor": "zoom", "path": "users", "after": 1, "fault": {"kind": "hang"}}]),
    )
    .await;
    site.until_people(|found| source(found, "zoom").count == 1_000).await;
    site.vendor.until(|line| line.path == USERS && line.query.contains("next_page_token")).await;
    let calls = pages(&site, USERS).await;
    site.restart().await;
    site.vendor.faults(json!([])).await;
    assert!(source(&find(&site, "").await, "zoom").count >= 1_000, "what was read is kept");
    site.read_people().await;
    let asked: Vec<String> =
        site.vendor.calls().await.into_iter().filter(|line| line.path == USERS).map(|line| line.query).collect();
    let after = asked.get(calls..).expect("more pages");
    assert!(after[0].contains("next_page_token"), "{after:?}");
    assert_eq!(source(&find(&site, "").await, "zoom").count, 1_300);
}

#[tokio::test]
async fn a_token_that_has_ended_begins_the_list_again_and_loses_nothing() {
    let mut site = super::unread_with_setup(
        Setup { people: 1_300, ..Setup::default() },
        json!([{"vendor": "zoom", "path": "users", "after": 1, "times": 1, "fault": {"kind": "hang"}}]),
    )
    .await;
    site.until_people(|found| source(found, "zoom").count == 1_000).await;
    site.restart().await;
    let refused = json!([{"vendor": "zoom", "path": "users", "query": "next_page_token", "times": 1, "fault":
        {"kind": "status", "status": 400, "body": {"code": 300, "message": "The next page token is invalid."}}}]);
    site.vendor.faults(refused).await;
    site.read_people().await;
    assert_eq!(source(&find(&site, "").await, "zoom").count, 1_300);
}

#[tokio::test]
async fn whoever_a_shifting_list_leaves_out_is_asked_for_alone_and_stays() {
    let site = Site::with(Setup { reads_people: true, people: 1_300, ..Setup::default() }).await;
    site.read_people().await;
    let (_, id) = super::on_zoom(&site).await;
    let calls = pages(&site, USERS).await;
    // Somebody of the first page goes while the second one is waited for: all who follow move up by one.
    let hang = json!([{"vendor": "zoom", "path": "users", "query": "next_page_token", "fault": {"kind": "hang"}}]);
    site.vendor.faults(hang).await;
    site.advance_ms(3_600_000).await;
    site.forget_cookies().await;
    site.until_people(|found| source(found, "zoom").reading).await;
    site.vendor.until_count(USERS, calls + 2).await;
    let delete = Ask::new("DELETE", &format!("/api/zoom/users/{id}?action=delete")).by(Role::Admin);
    site.call(delete).await.written();
    let read_at = source(&find(&site, "").await, "zoom").read_at.clone();
    site.vendor.faults(json!([])).await;
    site.until_people(|found| source(found, "zoom").problem.is_some()).await;
    site.advance_ms(31_000).await;
    site.until_people(|found| source(found, "zoom").read_at != read_at).await;
    site.until_people(|found| source(found, "zoom").count == 1_299).await;
    let others = site.vendor.calls().await.into_iter();
    let mut others = others.filter(|line| line.method == "GET" && line.path.starts_with("/zoom/v2/users/"));
    assert!(others.any(|line| !line.path.ends_with(&id)), "somebody whom the second page left out");
}

#[tokio::test]
async fn the_background_leaves_room_for_people() {
    let setup = Setup { reads_people: true, people: 1_300, medium_per_second: Some(4), ..Setup::default() };
    let site = Site::with(setup).await;
    // Time stands still: of the four calls of this second the background takes no more than three.
    site.until_people(|found| ["webex", "connect", "veeting"].iter().all(|vendor| is_read(found, vendor))).await;
    site.vendor.until(|line| line.path == USERS).await;
    site.vendor.until(|line| line.path == USERS && line.query.contains("inactive")).await;
    site.until_people(|found| source(found, "zoom").count >= 1_200).await;
    assert_eq!(pages(&site, USERS).await, 3);
    assert!(source(&find(&site, "").await, "zoom").reading);
    site.get(Role::Helpdesk, "/api/zoom/users?page_size=1").await.ok();
    site.advance_ms(1_100).await;
    site.until_people(|found| source(found, "zoom").read_at.is_some() || source(found, "zoom").count > 1_290).await;
    site.advance_ms(1_100).await;
    site.read_people().await;
    assert_eq!(source(&find(&site, "").await, "zoom").count, 1_300);
}

#[tokio::test]
async fn connections_say_when_people_were_last_read() {
    let site = super::site().await;
    let connections = site.get(Role::Auditor, "/api/connections").await.ok();
    for connection in connections.as_array().expect("connections") {
        assert_eq!(connection["people"]["vendor"], connection["vendor"]);
        assert_eq!(connection["people"]["read_at"], "2026-03-01T10:00:00Z", "{connection}");
        assert!(connection["people"]["count"].as_u64().is_some_and(|count| count > 10), "{connection}");
    }
}
