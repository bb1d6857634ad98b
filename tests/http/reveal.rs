//! Who may be shown which secret: every cell of role × secret, by direct request. Must not read the expectation from the data
//! that it checks.

use std::collections::BTreeSet;

use roomkey_proxy::audit::entry::Kind;
use roomkey_schema::{Catalog, Role, data};
use roomkey_tests::{Ask, Site};
use serde_json::{Value, json};

const HELPERS: &[Role] = &[Role::Admin, Role::Helpdesk];
const ADMIN: &[Role] = &[Role::Admin];
const NOBODY: &[Role] = &[];

/// Every single secret of an object, and who may be shown it.
const MAY: [(&str, &str, &[Role]); 15] = [
    ("connect.meetings.get", "/passcode", HELPERS),
    ("connect.passcode.get", "/passcode", HELPERS),
    ("veeting.meetings.get", "/dialInPin", ADMIN),
    ("veeting.meetings.get", "/icsToken", ADMIN),
    ("veeting.meetings.get", "/sipProxy", ADMIN),
    ("webex.room.get", "/hostPin", HELPERS),
    ("webex.room.get", "/telephony/accessCode", HELPERS),
    ("zoom.users.get", "/host_key", HELPERS),
    ("zoom.users.get", "/password", HELPERS),
    ("zoom.users.get", "/personal_meeting_url", HELPERS),
    ("zoom.users.get", "/pmi_password", HELPERS),
    ("zoom.user_settings.get", "/schedule_meeting/default_password_for_scheduled_meetings", ADMIN),
    ("zoom.user_settings.get", "/schedule_meeting/pmi_password", HELPERS),
    ("zoom.users.own_zak", "/token", NOBODY),
    ("zoom.users.token", "/token", NOBODY),
];

#[tokio::test]
async fn every_role_on_every_secret_gets_what_the_table_says() {
    let catalog = Catalog::load(&data::documents()).expect("the operation table");
    let in_table: BTreeSet<(&str, &str)> = catalog
        .operations()
        .iter()
        .flat_map(|operation| operation.secrets.iter().map(move |pointer| (operation, pointer.as_str())))
        .filter(|(operation, pointer)| operation.has_secret(pointer))
        .map(|(operation, pointer)| (operation.id.as_str(), pointer))
        .collect();
    assert_eq!(in_table, MAY.iter().map(|(id, pointer, _)| (*id, *pointer)).collect(), "a secret without a line here");
    // Nobody is shown more than ten in an hour: each vendor gets a server of its own.
    for vendor in ["connect", "veeting", "webex", "zoom"] {
        let site = Site::new().await;
        let params = params(&site, vendor).await;
        for (id, pointer, may) in MAY.iter().filter(|(id, ..)| id.starts_with(vendor)) {
            let params = if *id == "zoom.users.own_zak" { json!({}) } else { params.clone() };
            let wanted = json!({"operation": id, "params": params, "pointer": pointer, "reason": "Ticket 4711"});
            for role in Role::ALL {
                check(&site, id, &wanted, role, may.contains(&role)).await;
            }
        }
    }
}

/// Something of the vendor's that has secrets.
async fn params(site: &Site, vendor: &str) -> Value {
    let first = async |path: &str, pointer: &str| {
        let all = site.get(Role::Admin, path).await.ok();
        all.pointer(pointer).and_then(Value::as_str).expect("there is one").to_owned()
    };
    match vendor {
        "connect" => json!({"scoId": first("/api/connect/meetings", "/meetings/0/sco_id").await}),
        "veeting" => json!({"id": first("/api/veeting/meeting", "/0/id").await}),
        "webex" => json!({"userEmail": "admin2@example.com"}),
        _ => json!({"userId": first("/api/zoom/users", "/users/0/id").await}),
    }
}

async fn check(site: &Site, id: &str, wanted: &Value, role: Role, may: bool) {
    let asked = site.vendor.calls().await.len();
    let answer = site.call(Ask::new("POST", "/api/reveal").json(wanted).by(role)).await;
    let (_, entry) = site.record().await.pop().expect("a record");
    let cell = format!("{wanted} by {role:?}: {}", answer.text);
    let now_asked = site.vendor.calls().await.len();
    if may {
        // What the vendor holds, or its word that it holds nothing.
        assert!(matches!(answer.status, 200 | 404), "{cell}");
        assert!(entry.kind == Kind::Outcome && now_asked > asked, "{cell}");
    } else {
        answer.problem(403, "forbidden");
        assert_eq!((entry.kind, now_asked), (Kind::Denied, asked), "{cell}");
        assert_eq!((entry.role, entry.operation.as_deref()), (Some(role), Some(id)), "{cell}");
    }
}

#[tokio::test]
async fn the_value_that_is_shown_is_the_one_that_the_vendor_holds() {
    let site = Site::new().await;
    let pin = json!({"operation": "webex.room.get", "params": {"userEmail": "admin2@example.com"},
        "pointer": "/hostPin", "reason": "Ticket 4711"});
    let shown = async || site.call(Ask::new("POST", "/api/reveal").json(&pin).by(Role::Helpdesk)).await.ok();
    let before = shown().await["value"].as_str().expect("a PIN").to_owned();
    assert!(before.len() == 4 && before.bytes().all(|byte| byte.is_ascii_digit()), "{before}");
    let new = if before == "0482" { "0483" } else { "0482" };
    let room = "/api/webex/meetingPreferences/personalMeetingRoom?userEmail=admin2%40example.com";
    site.call(Ask::new("PUT", room).json(&json!({"hostPin": new})).by(Role::Admin)).await.ok();
    assert_eq!(shown().await, json!({"value": new}));
    assert!(site.files_with(&before).is_empty() && site.record_is_whole().await);
}
