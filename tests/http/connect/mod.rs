//! Passcodes of Adobe Connect's meetings, from the request of a person to what goes over the wire. Here is what the parts
//! share; must not hold assertions about single operations.

mod credentials;
mod finding;
mod job;
mod secrets;
mod several;
mod tasks;
mod trouble;

use std::collections::BTreeMap;

use roomkey_schema::Role;
use roomkey_tests::{Ask, Site};
use serde_json::{Value, json};

const MEETINGS: &str = "/api/connect/meetings";
const POLICY: &str = "/api/connect/passcode_policy";
const FEATURE: &str = "fid-meeting-passcode-notallowed";

/// What the vendor was asked, as it went over the wire: method, and query or body.
async fn wire(site: &Site) -> Vec<(String, String)> {
    let lines = site.vendor.calls().await.into_iter();
    lines
        .filter(|line| line.path == "/connect/api/xml")
        .map(|line| {
            let said =
                if line.method == "GET" { line.query } else { line.body.as_str().unwrap_or_default().to_owned() };
            (line.method, said)
        })
        .collect()
}

/// What the vendor was asked to change.
async fn writes(site: &Site) -> Vec<String> {
    wire(site).await.into_iter().filter(|(method, _)| method != "GET").map(|(_, said)| said).collect()
}

/// Every meeting, and whether it needs a passcode.
async fn meetings(site: &Site, query: &str) -> BTreeMap<String, Value> {
    let (mut found, mut next) = (BTreeMap::new(), String::new());
    loop {
        let page = site.get(Role::Helpdesk, &format!("{MEETINGS}?page_size=1000{query}{next}")).await.ok();
        for meeting in page["meetings"].as_array().expect("meetings") {
            let id = meeting["sco_id"].as_str().expect("an id").to_owned();
            assert_eq!(found.insert(id, meeting.clone()), None, "a meeting twice: {meeting}");
        }
        match page["next_page_token"].as_str() {
            Some(token) => next = format!("&next_page_token={token}"),
            None => return found,
        }
    }
}

/// The first meetings of the account, of which none has a passcode.
async fn open_meetings(site: &Site, most: usize) -> Vec<String> {
    let ids: Vec<String> = meetings(site, "").await.into_keys().take(most).collect();
    for id in &ids {
        let change = json!({"meeting-passcode": null});
        site.vendor.mutate_of("connect", &format!("meetings/{id}"), change).await;
    }
    assert_eq!(ids.len(), most);
    ids
}

fn passcode_path(id: &str) -> String {
    format!("{MEETINGS}/{id}/passcode")
}

fn put(id: &str, passcode: &str) -> Ask {
    Ask::new("PUT", &passcode_path(id)).json(&json!({"passcode": passcode})).by(Role::Helpdesk)
}

fn delete(id: &str) -> Ask {
    Ask::new("DELETE", &passcode_path(id)).by(Role::Helpdesk)
}
