//! Meetings found by name, host and folder, and one with all that is told of it. Must not change anything.

use roomkey_schema::Role;
use roomkey_schema::path::encode_into;
use roomkey_tests::{Setup, Site};
use serde_json::Value;

use super::{MEETINGS, meetings, wire};

fn with(name: &str, value: &str) -> String {
    let mut query = format!("&{name}=");
    encode_into(&mut query, value);
    query
}

#[tokio::test]
async fn meetings_are_found_by_a_part_of_their_name_in_the_vendors_own_case() {
    let site = Site::new().await;
    let all = meetings(&site, "").await;
    let name = all.values().next().expect("a meeting")["name"].as_str().expect("a name").to_owned();
    let found = meetings(&site, &with("name", &name)).await;
    assert!(
        !found.is_empty() && found.values().all(|meeting| meeting["name"].as_str().expect("a name").contains(&name))
    );
    assert!(meetings(&site, &with("name", &name.to_uppercase())).await.is_empty());
}

#[tokio::test]
async fn meetings_are_found_by_their_host() {
    let site = Site::new().await;
    let found = meetings(&site, &with("host", "host@example.com")).await;
    assert_eq!(found.len(), 3, "{found:?}");
    for (id, meeting) in &found {
        assert_eq!(meeting["folder"], "host@example.com");
        let one = site.get(Role::Helpdesk, &format!("{MEETINGS}/{id}")).await.ok();
        assert_eq!(one["hosts"][0]["login"], "host@example.com", "{one}");
        assert_eq!(
            (&one["folder"], &one["name"], &one["url"]),
            (&meeting["folder"], &meeting["name"], &meeting["url"])
        );
    }
    assert!(meetings(&site, &with("host", "nobody@example.com")).await.is_empty());
    let hosts = site.get(Role::Helpdesk, "/api/connect/hosts?login=host@example.com").await.ok();
    let hosts = hosts["hosts"].as_array().expect("hosts").clone();
    assert_eq!((hosts.len(), &hosts[0]["login"]), (1, &Value::from("host@example.com")));
    let named = site.get(Role::Helpdesk, "/api/connect/hosts?name=Connect%20Host").await.ok();
    assert_eq!(named["hosts"][0]["login"], "host@example.com");
}

#[tokio::test]
async fn meetings_are_found_by_their_folder() {
    let site = Site::with(Setup { people: 400, ..Setup::default() }).await;
    let folders = site.get(Role::Helpdesk, "/api/connect/folders").await.ok();
    let folders = folders["folders"].as_array().expect("folders").clone();
    assert!(folders.len() > 1, "{folders:?}");
    let mut found = 0;
    for folder in &folders {
        let id = folder["sco_id"].as_str().expect("an id");
        for meeting in meetings(&site, &format!("&folder={id}")).await.into_values() {
            assert_eq!((&meeting["folder"], &meeting["folder_id"]), (&folder["name"], &folder["sco_id"]));
            found += 1;
        }
    }
    assert!(found > 1 && found < meetings(&site, "").await.len(), "{found}");
}

#[tokio::test]
async fn pages_hold_every_meeting_once_with_and_without_a_filter() {
    let site = Site::with(Setup { people: 400, ..Setup::default() }).await;
    let all = meetings(&site, "").await;
    assert_eq!(all.len(), 48);
    for filter in ["", "&needs_passcode=true", "&needs_passcode=false"] {
        let whole = meetings(&site, filter).await;
        let (mut ids, mut next) = (Vec::new(), String::new());
        loop {
            let page = site.get(Role::Auditor, &format!("{MEETINGS}?page_size=5{filter}{next}")).await.ok();
            let rows = page["meetings"].as_array().expect("meetings");
            assert!(rows.len() <= 5);
            ids.extend(rows.iter().map(|row| row["sco_id"].as_str().expect("an id").to_owned()));
            let Some(token) = page["next_page_token"].as_str() else { break };
            next = format!("&next_page_token={token}");
        }
        ids.sort();
        assert_eq!(ids, whole.into_keys().collect::<Vec<_>>(), "{filter}");
    }
    let problem =
        site.get(Role::Auditor, &format!("{MEETINGS}?next_page_token=x")).await.problem(422, "vendor_refused");
    assert_eq!(problem.fields[0].pointer, "next_page_token");
}

#[tokio::test]
async fn meeting_that_is_none_or_has_no_id_is_not_there() {
    let site = Site::new().await;
    let refused = site.get(Role::Auditor, &format!("{MEETINGS}/1")).await.problem(404, "vendor_refused");
    assert_eq!(refused.vendor_code.as_deref(), Some("no-data"));
    let asked = wire(&site).await.len();
    for id in ["x", "-1", "1%26value=x"] {
        site.get(Role::Auditor, &format!("{MEETINGS}/{id}")).await.problem(404, "vendor_refused");
    }
    assert_eq!(wire(&site).await.len(), asked, "nobody is asked for what is no id");
    let folder = site.get(Role::Auditor, "/api/connect/folders").await.ok()["folders"][0]["sco_id"].clone();
    site.get(Role::Auditor, &format!("{MEETINGS}/{}", folder.as_str().expect("an id")))
        .await
        .problem(404, "vendor_refused");
}
