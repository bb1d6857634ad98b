//! Webex personal rooms through the proxy: whole bodies filled up, PINs by the site's rules, secrets kept, both faces alike.

use roomkey_schema::Role;
use roomkey_tests::{Ask, Setup, Site, WebexFace};
use serde_json::{Value, json};

const ROOM: &str = "/api/webex/meetingPreferences/personalMeetingRoom?userEmail=admin2%40example.com";

fn put(path: &str, body: &Value) -> Ask {
    Ask::new("PUT", path).json(body).by(Role::Admin)
}

#[tokio::test]
async fn change_of_a_topic_sends_the_whole_room_and_keeps_the_pin_to_itself() {
    let site = Site::new().await;
    let before = site.get(Role::Admin, ROOM).await.ok();
    assert_eq!(before["hostPin"], true, "{before}");
    let answer = site.call(put(ROOM, &json!({"topic": "Ward round"}))).await.ok();
    assert_eq!(answer["value"]["topic"], "Ward round");
    assert_eq!(answer["value"]["hostPin"], true);
    let sent = site.vendor.writes().await;
    let [sent] = sent.as_slice() else { panic!("one write: {sent:?}") };
    assert_eq!(sent.body["topic"], "Ward round");
    let pin = sent.body["hostPin"].as_str().expect("the PIN goes along");
    assert!(
        pin.len() == 4 && sent.body["coHosts"].is_array() && sent.body.get("sipAddress").is_none(),
        "{}",
        sent.body
    );
    let changes = site.record().await.into_iter().flat_map(|(_, entry)| entry.changes);
    assert_eq!(changes.map(|change| change.pointer).collect::<Vec<_>>(), ["/topic"]);
    assert!(site.files_with(pin).is_empty(), "the PIN is in a file");
}

#[tokio::test]
async fn pins_are_judged_by_the_site_that_they_are_for() {
    let site = Site::new().await;
    let refused = async |path: &str, pin: &str| {
        let problem = site.call(put(path, &json!({"hostPin": pin}))).await.problem(400, "validation");
        problem.fields.first().expect("a field").detail.clone()
    };
    assert!(refused(ROOM, "1234").await.contains("upward"));
    assert!(refused(ROOM, "4829617").await.contains("4 digits"));
    let other = format!("{ROOM}&siteUrl=demo-eu.webex.example");
    assert!(refused(&other, "4829").await.contains("6 digits"));
    assert!(site.vendor.writes().await.is_empty());
    site.call(put(&other, &json!({"hostPin": "048296"}))).await.ok();
    let sent = site.vendor.writes().await;
    assert_eq!(sent.last().expect("a write").body["hostPin"], "048296");
}

#[tokio::test]
async fn over_xml_the_pin_alone_can_be_changed_and_nothing_else_is_sent() {
    let site = Site::with(Setup { webex: WebexFace::Xml(700), ..Setup::default() }).await;
    let room = site.get(Role::Admin, ROOM).await.ok();
    assert_eq!(room["hostPin"], true, "{room}");
    site.call(put(ROOM, &json!({"topic": "Ward round"}))).await.problem(400, "validation");
    let answer = site.call(put(ROOM, &json!({"hostPin": "4829"}))).await.ok();
    assert_eq!(answer["not_applied"], json!([]));
    let bodies = site.vendor.ledger().await.into_iter().map(|line| line.body.to_string());
    let set: Vec<String> = bodies.filter(|body| body.contains("SetUser")).collect();
    let [set] = set.as_slice() else { panic!("one SetUser: {set:?}") };
    assert!(set.contains("<hostPIN>4829</hostPIN>") && !set.contains("topic"), "{set}");
}

#[tokio::test]
async fn people_of_both_faces_come_page_by_page() {
    for webex in [WebexFace::Rest, WebexFace::Xml(700)] {
        let site = Site::with(Setup { webex, ..Setup::default() }).await;
        let mut emails = Vec::new();
        let mut token = String::new();
        loop {
            let next = if token.is_empty() { String::new() } else { format!("&next_page_token={token}") };
            let page = site.get(Role::Helpdesk, &format!("/api/webex/people?max=20{next}")).await.ok();
            let items = page["items"].as_array().expect("people").clone();
            emails.extend(items.iter().map(|item| item["emails"][0].as_str().expect("an address").to_owned()));
            match page["next_page_token"].as_str() {
                Some(next) => next.clone_into(&mut token),
                None => break,
            }
        }
        let all = emails.len();
        emails.sort();
        emails.dedup();
        assert!(emails.len() == all && all > 40, "{webex:?}: {all} people, {} different ones", emails.len());
    }
}
