//! The two levels of Veeting's keys: what the lower one may not do does not exist, neither as an operation nor in a place.

use roomkey_proxy::config::VeetingLevel;
use roomkey_schema::{Role, wire};
use roomkey_tests::Site;
use serde_json::{Value, json};

use super::{ACCOUNT, MEETING, ask, headers, least, organizer, sent, site};

async fn index(site: &Site) -> wire::Index {
    serde_json::from_value(site.get(Role::Admin, "/api/schema").await.ok()).expect("an index")
}

#[tokio::test]
async fn with_an_account_key_nobody_is_named_and_the_same_bodies_are_sent() {
    let site = site(VeetingLevel::Account).await;
    let written = ask(&site, "POST", MEETING, &least()).await.written();
    let line = sent(&site).await;
    assert_eq!((headers(&line), &line.body), ((json!("***"), Value::Null, Value::Null), &least()));
    let id = written.answer.expect("a meeting")["id"].as_str().expect("an id").to_owned();
    ask(&site, "PUT", &format!("{MEETING}/{id}/false"), &json!({"topic": "Moved"})).await.ok();
    ask(&site, "POST", &format!("{MEETING}/close"), &json!({"meetingId": id})).await.ok();
    ask(&site, "DELETE", &format!("{MEETING}/{id}"), &Value::Null).await.ok();
    let methods: Vec<String> = site.vendor.writes().await.into_iter().map(|line| line.method).collect();
    assert_eq!(methods, ["POST", "PUT", "POST", "DELETE"]);
    let accounts = site.get(Role::Admin, ACCOUNT).await.ok();
    assert_eq!(accounts.as_array().expect("accounts").len(), 1);
}

#[tokio::test]
async fn what_an_account_key_may_not_do_is_not_there() {
    let site = site(VeetingLevel::Account).await;
    let named = ask(&site, "POST", &format!("{MEETING}?userEmail=a@b.example"), &least()).await;
    let problem = named.problem(400, "validation");
    assert_eq!(problem.fields[0].pointer, "userEmail");
    ask(&site, "POST", ACCOUNT, &json!({})).await.problem(405, "method_not_allowed");
    site.get(Role::Admin, &format!("{ACCOUNT}/admin/x")).await.problem(404, "not_found");
    assert!(site.vendor.calls().await.is_empty());
}

#[tokio::test]
async fn places_offer_what_the_key_may_do_and_no_more() {
    let whole = index(&site(VeetingLevel::Instance).await).await;
    let own = index(&site(VeetingLevel::Account).await).await;
    let actions = |index: &wire::Index| {
        let places = index.places.iter().filter(|place| place.vendor == "veeting");
        let of = places.flat_map(|place| {
            let tabs = place.tabs.iter();
            let of_tabs = tabs.flat_map(|tab| tab.actions.iter().chain(tab.list.iter().flat_map(|list| &list.actions)));
            place.actions.iter().chain(of_tabs).map(|action| action.call.operation.clone()).collect::<Vec<_>>()
        });
        of.collect::<std::collections::BTreeSet<_>>()
    };
    let gone: Vec<String> = actions(&whole).difference(&actions(&own)).cloned().collect();
    assert_eq!(gone, ["veeting.accounts.create"]);
    let tabs = |index: &wire::Index| {
        let place = index.places.iter().find(|place| place.id == "veeting.account").expect("the place").clone();
        place.tabs.into_iter().map(|tab| tab.id).collect::<Vec<_>>()
    };
    assert_eq!(
        (tabs(&whole), tabs(&own)),
        (vec!["organizers".to_owned(), "details".to_owned()], vec!["details".to_owned()])
    );
    // Nobody is asked on behalf of whom, and nobody is named.
    let meeting = own.places.iter().find(|place| place.id == "veeting.meeting").expect("the place");
    assert!(meeting.actions.iter().all(|action| action.params.get("userEmail").is_none()), "{:?}", meeting.actions);
}

#[tokio::test]
async fn with_an_instance_key_person_is_named_once_or_not_at_all() {
    let site = site(VeetingLevel::Instance).await;
    let (id, email) = organizer(&site).await;
    let both = ask(&site, "POST", &format!("{MEETING}?userId={id}&userEmail={email}"), &least()).await;
    let problem = both.problem(422, "vendor_refused");
    assert_eq!(problem.fields[0].pointer, "userEmail");
    assert!(site.vendor.writes().await.is_empty());
    let nobody = ask(&site, "POST", MEETING, &least()).await.problem(422, "vendor_refused");
    assert_eq!(nobody.vendor_code.as_deref(), Some("-4"));
    let stranger = ask(&site, "POST", &format!("{MEETING}?userEmail=stranger@example.com"), &least()).await;
    assert_eq!(stranger.problem(422, "vendor_refused").vendor_code.as_deref(), Some("-3"));
}
