//! Canary passcodes on every way through the proxy: none comes out anywhere. Must not be silent because nothing was there.

use roomkey_schema::Role;
use roomkey_tests::log::Log;
use roomkey_tests::{Ask, Site};
use serde_json::json;

use super::{MEETINGS, delete, open_meetings, passcode_path, put, writes};

const OLD: &str = "canaryOld7Q";
const NEW: &str = "canaryNew7Q";
const LONG: &str = "canaryLonger7Qxyz";
/// The password of the demo's login.
const PASSWORD: &str = "demo-password";

#[tokio::test]
async fn passcodes_and_the_password_come_out_nowhere() {
    let log = Log::capture();
    let site = Site::new().await;
    let id = open_meetings(&site, 1).await.remove(0);
    site.vendor.mutate_of("connect", &format!("meetings/{id}"), json!({"meeting-passcode": OLD})).await;
    let mut answers = Vec::new();
    for role in Role::ALL {
        for path in [
            MEETINGS.to_owned(),
            format!("{MEETINGS}?needs_passcode=true"),
            format!("{MEETINGS}/{id}"),
            passcode_path(&id),
        ] {
            answers.push(site.get(role, &path).await);
            answers.last().expect("an answer").ok();
        }
    }
    assert!(answers[0].text.contains("\"passcode\":true"), "{}", answers[0].text);
    answers.push(site.call(put(&id, NEW)).await);
    let several = json!({"passcode": NEW, "meetings": [{"sco_id": id, "passcode": OLD}]});
    answers.push(site.call(Ask::new("PUT", "/api/connect/passcodes").json(&several).by(Role::Helpdesk)).await);
    answers.push(site.call(put(&id, LONG)).await);
    answers.push(site.call(delete(&id)).await);
    let sent = writes(&site).await;
    assert!(sent[0].ends_with(NEW) && sent[1].ends_with(OLD), "the canaries were on their way: {sent:?}");
    for canary in [OLD, NEW, LONG, PASSWORD] {
        for answer in &answers {
            assert!(
                !answer.text.contains(canary) && !format!("{:?}", answer.headers).contains(canary),
                "{}",
                answer.text
            );
        }
        assert!(site.files_with(canary).is_empty(), "{canary} in {:?}", site.files_with(canary));
        assert!(!log.text().contains(canary), "{canary} in the log");
    }
    assert!(log.text().contains(answers[0].header("x-request-id")), "the log was listened to");
    assert!(site.record_is_whole().await);
}

#[tokio::test]
async fn entity_tag_does_not_tell_one_passcode_from_another() {
    let site = Site::new().await;
    let id = open_meetings(&site, 1).await.remove(0);
    let tag = async |passcode: &str| {
        site.vendor.mutate_of("connect", &format!("meetings/{id}"), json!({"meeting-passcode": passcode})).await;
        site.get(Role::Auditor, &passcode_path(&id)).await.header("etag").to_owned()
    };
    assert_eq!(tag(OLD).await, tag(NEW).await);
}
