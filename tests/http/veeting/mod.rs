//! Veeting through the proxy: what of the vendor's tutorial goes over the wire, with both keys, and what is said when it
//! fails. Must not repeat what holds for every vendor.

mod accounts;
mod keys;
mod meetings;
mod series;
mod trouble;

use roomkey_proxy::config::VeetingLevel;
use roomkey_schema::Role;
use roomkey_tests::{Answer, Ask, Line, Setup, Site};
use serde_json::{Value, json};

const ACCOUNT: &str = "/api/veeting/account";
const MEETING: &str = "/api/veeting/meeting";

async fn site(veeting: VeetingLevel) -> Site {
    Site::with(Setup { veeting, ..Setup::default() }).await
}

async fn ask(site: &Site, method: &str, path: &str, body: &Value) -> Answer {
    let ask = Ask::new(method, path).by(Role::Admin);
    site.call(if body.is_null() { ask } else { ask.json(body) }).await
}

/// The one request so far that was to change something at Veeting.
async fn sent(site: &Site) -> Line {
    let writes = site.vendor.writes().await;
    let [sent] = writes.as_slice() else { panic!("one write: {writes:?}") };
    sent.clone()
}

/// Id and address of the first organizer of the first account.
async fn organizer(site: &Site) -> (String, String) {
    let accounts = site.get(Role::Admin, ACCOUNT).await.ok();
    let account = accounts[0]["id"].as_str().expect("an id");
    let organizers = site.get(Role::Admin, &format!("{ACCOUNT}/admin/{account}")).await.ok();
    let text = |name: &str| organizers[0][name].as_str().expect("a text").to_owned();
    (text("id"), text("email"))
}

/// What the tutorial sends at least, an hour from the start of the test.
fn least() -> Value {
    json!({"topic": "My Meeting Topic", "startTime": "2026-03-01T11:00:00.000Z", "endTime": "2026-03-01T12:00:00.000Z",
        "duration": 60, "type": "standard", "isRecurring": false, "isRecorded": false, "isDialin": false,
        "invitedParticipants": [], "recurring": {}, "meetingPermissionId": null})
}

/// Schedules a meeting and answers its id; the ledger is as before.
async fn scheduled(site: &Site, behalf: &str, body: &Value) -> String {
    let written = ask(site, "POST", &format!("{MEETING}?{behalf}"), body).await.written();
    written.answer.expect("an answer")["id"].as_str().expect("an id").to_owned()
}

/// The headers that Veeting reads, as the ledger shows them.
fn headers(line: &Line) -> (Value, Value, Value) {
    let of = |name: &str| line.headers[name].clone();
    (of("x-api-key"), of("x-user-id"), of("x-user-email"))
}
