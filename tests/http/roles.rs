//! Who may call what: every cell of role × operation × variant, by direct request. Must not read the expectation from the
//! data that it checks.

use std::collections::BTreeSet;

use roomkey_proxy::audit::entry::Kind;
use roomkey_schema::operation::Variant;
use roomkey_schema::path::encode_into;
use roomkey_schema::{Catalog, Operation, PathParams, Role, Shape, data, pick};
use roomkey_tests::{Answer, Ask, STORY_GROUP, Site};
use serde_json::{Value, json};

const EVERYBODY: &[Role] = &[Role::Admin, Role::Helpdesk, Role::Auditor];
const READERS: &[Role] = &[Role::Admin, Role::Auditor];
const ADMIN: &[Role] = &[Role::Admin];
const DESK: &[Role] = &[Role::Admin, Role::Helpdesk];

/// Every operation, and who may call it.
const MAY: [(&str, &[Role]); 98] = [
    ("connect.policy.get", READERS),
    ("connect.policy.update", ADMIN),
    ("connect.meetings.list", EVERYBODY),
    ("connect.meetings.get", EVERYBODY),
    ("connect.passcode.get", EVERYBODY),
    ("connect.passcode.update", DESK),
    ("connect.passcode.remove", DESK),
    ("connect.passcodes.set", DESK),
    ("connect.passcodes.remove", DESK),
    ("connect.hosts.list", EVERYBODY),
    ("connect.folders.list", EVERYBODY),
    ("veeting.accounts.list", EVERYBODY),
    ("veeting.accounts.create", ADMIN),
    ("veeting.accounts.get", EVERYBODY),
    ("veeting.organizers.list", EVERYBODY),
    ("veeting.meetings.list", EVERYBODY),
    ("veeting.meetings.get", EVERYBODY),
    ("veeting.meetings.schedule", ADMIN),
    ("veeting.meetings.update", ADMIN),
    ("veeting.meetings.close", ADMIN),
    ("veeting.meetings.delete", ADMIN),
    ("veeting.meetings.participants", EVERYBODY),
    ("veeting.permissions.list", EVERYBODY),
    ("webex.people.list", EVERYBODY),
    ("webex.sites.list", EVERYBODY),
    ("webex.room.get", EVERYBODY),
    ("webex.room.update", DESK),
    ("zoom.users.list", EVERYBODY),
    ("zoom.users.get", EVERYBODY),
    ("zoom.groups.list", READERS),
    ("zoom.groups.create", ADMIN),
    ("zoom.groups.get", EVERYBODY),
    ("zoom.groups.rename", ADMIN),
    ("zoom.groups.delete", ADMIN),
    ("zoom.group_members.list", READERS),
    ("zoom.group_members.add", ADMIN),
    ("zoom.group_members.update", ADMIN),
    ("zoom.group_members.remove", ADMIN),
    ("zoom.group_admins.list", READERS),
    ("zoom.group_admins.add", ADMIN),
    ("zoom.group_admins.remove", ADMIN),
    ("zoom.group_settings.get", READERS),
    ("zoom.group_settings.update", ADMIN),
    ("zoom.group_locks.get", EVERYBODY),
    ("zoom.group_locks.update", ADMIN),
    ("zoom.group_registration.get", READERS),
    ("zoom.group_registration.update", ADMIN),
    ("zoom.contact_groups.list", READERS),
    ("zoom.contact_groups.create", ADMIN),
    ("zoom.contact_groups.get", READERS),
    ("zoom.contact_groups.update", ADMIN),
    ("zoom.contact_groups.delete", ADMIN),
    ("zoom.contact_group_members.list", READERS),
    ("zoom.contact_group_members.add", ADMIN),
    ("zoom.contact_group_members.remove", ADMIN),
    ("zoom.divisions.list", READERS),
    ("zoom.divisions.create", ADMIN),
    ("zoom.divisions.get", READERS),
    ("zoom.divisions.update", ADMIN),
    ("zoom.divisions.delete", ADMIN),
    ("zoom.division_members.list", READERS),
    ("zoom.division_members.assign", ADMIN),
    ("zoom.group_channels.list", READERS),
    ("zoom.group_backgrounds.upload", ADMIN),
    ("zoom.group_backgrounds.delete", ADMIN),
    ("zoom.users.create", ADMIN),
    ("zoom.users.check_email", EVERYBODY),
    ("zoom.users.features", ADMIN),
    ("zoom.users.own_zak", ADMIN),
    ("zoom.users.summary", EVERYBODY),
    ("zoom.users.check_room_name", EVERYBODY),
    ("zoom.users.update", DESK),
    ("zoom.users.delete", ADMIN),
    ("zoom.assistants.list", EVERYBODY),
    ("zoom.assistants.add", ADMIN),
    ("zoom.assistants.remove_all", ADMIN),
    ("zoom.assistants.remove", ADMIN),
    ("zoom.devices.list", EVERYBODY),
    ("zoom.devices.get", EVERYBODY),
    ("zoom.users.set_email", ADMIN),
    ("zoom.summary_templates.list", READERS),
    ("zoom.meeting_templates.get", READERS),
    ("zoom.users.set_password", ADMIN),
    ("zoom.permissions.get", EVERYBODY),
    ("zoom.picture.upload", ADMIN),
    ("zoom.picture.delete", ADMIN),
    ("zoom.presence.get", EVERYBODY),
    ("zoom.presence.update", ADMIN),
    ("zoom.schedulers.list", EVERYBODY),
    ("zoom.schedulers.remove_all", ADMIN),
    ("zoom.schedulers.remove", ADMIN),
    ("zoom.user_settings.get", EVERYBODY),
    ("zoom.user_settings.update", DESK),
    ("zoom.user_backgrounds.upload", ADMIN),
    ("zoom.user_backgrounds.delete", ADMIN),
    ("zoom.users.set_status", ADMIN),
    ("zoom.users.token", ADMIN),
    ("zoom.users.revoke_token", ADMIN),
];

/// Of these a role may set only one leaf, without a variant: a body that it may send, and one that goes beyond.
pub(super) const LEAF: [(&str, Role, &str, &str); 3] = [
    ("webex.room.update", Role::Helpdesk, r#"{"hostPin": "4829"}"#, r#"{"hostPin": "4829", "topic": "Ward"}"#),
    ("zoom.users.update", Role::Helpdesk, r#"{"host_key": "482915"}"#, r#"{"host_key": "482915", "type": 1}"#),
    (
        "zoom.user_settings.update",
        Role::Helpdesk,
        r#"{"schedule_meeting": {"pmi_password": "Ab3456"}}"#,
        r#"{"schedule_meeting": {"pmi_password": "Ab3456", "personal_meeting": true}}"#,
    ),
];

/// 98 operations, of which reading user settings has five variants, three have four and two have two; three roles and
/// nobody.
const CELLS: usize = (92 + 5 + 3 * 4 + 2 * 2) * 4;

pub(super) fn catalog() -> Catalog {
    Catalog::load(&data::documents()).expect("the operation table")
}

#[tokio::test]
async fn every_role_and_nobody_on_every_operation_gets_what_the_table_says() {
    let catalog = catalog();
    let listed: BTreeSet<&str> = catalog.operations().iter().map(|operation| operation.id.as_str()).collect();
    assert_eq!(listed, MAY.iter().map(|(id, _)| *id).collect(), "an operation without a line here");
    let site = Site::new().await;
    let params = params(&site).await;
    for role in Role::ALL {
        site.cookie(role).await;
    }
    let mut cells = 0;
    for (id, may) in MAY {
        let operation = catalog.operation(id).expect("an operation");
        for variant in &operation.variants {
            for caller in [None, Some(Role::Admin), Some(Role::Helpdesk), Some(Role::Auditor)] {
                // The same groups and people as before, and an empty ledger.
                site.vendor.reset().await;
                let leaf = LEAF.iter().find(|(known, role, ..)| known == &id && caller == Some(*role));
                let mut ask = ask(operation, variant, &params);
                if let (Some((.., body, _)), None) = (leaf, &variant.option) {
                    ask = ask.json(&json(body));
                }
                let cell = format!("{id} {:?} by {caller:?}", variant.option);
                match caller {
                    None => is_unknown(&site, &cell, &site.call(ask).await).await,
                    // A variant has none of the role's leaves.
                    Some(role) if leaf.is_some() && variant.option.is_some() => {
                        is_denied(&site, &cell, id, role, &site.call(ask.by(role)).await).await;
                    }
                    Some(role) if may.contains(&role) => {
                        is_let_through(&site, &cell, operation, &site.call(ask.by(role)).await).await;
                    }
                    Some(role) => is_denied(&site, &cell, id, role, &site.call(ask.by(role)).await).await,
                }
                cells += 1;
            }
        }
    }
    assert_eq!(cells, CELLS);
}

#[tokio::test]
async fn what_is_not_in_the_table_does_not_exist_for_anybody() {
    let site = Site::new().await;
    let catalog = catalog();
    for role in Role::ALL {
        site.cookie(role).await;
    }
    let (mut beyond, mut reached) = (0, Vec::new());
    let templates: BTreeSet<(&str, String)> =
        catalog.operations().iter().map(|operation| (operation.vendor.as_str(), operation.path.to_string())).collect();
    for (vendor, template) in &templates {
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
            let below = template.replace(['{', '}'], "");
            if catalog.find(vendor, method, &below).is_ok() {
                continue;
            }
            let path = format!("/{vendor}{below}");
            for role in Role::ALL {
                let mut ask = Ask::new(method, &format!("/api{path}")).by(role);
                if method != "GET" {
                    ask = ask.json(&json!({}));
                }
                let answer = site.call(ask).await;
                let is_refused = matches!(
                    (answer.status, answer.json()["kind"].as_str()),
                    (404, Some("not_found")) | (405, Some("method_not_allowed"))
                );
                if !is_refused || !site.vendor.ledger().await.is_empty() {
                    reached.push(format!("{method} {template} by {}", role.as_str()));
                    site.vendor.reset().await;
                }
            }
            beyond += 1;
        }
    }
    assert!(beyond > 100, "{beyond}");
    assert_eq!(reached, [""; 0]);
}

#[tokio::test]
async fn method_that_the_role_may_not_use_is_not_offered_to_it() {
    let site = Site::new().await;
    let allowed = async |role| {
        let answer = site.call(Ask::new("PUT", "/api/zoom/groups/a/settings").by(role).json(&json!({}))).await;
        answer.problem(405, "method_not_allowed");
        answer.header("allow").to_owned()
    };
    assert_eq!(allowed(Role::Admin).await, "GET, PATCH");
    assert_eq!(allowed(Role::Auditor).await, "GET");
    let answer = site.call(Ask::new("PUT", "/api/zoom/groups/a/settings").by(Role::Helpdesk).json(&json!({}))).await;
    answer.problem(404, "not_found");
}

#[tokio::test]
async fn person_whose_role_changes_has_to_sign_in_and_may_do_what_the_new_role_may() {
    let site = Site::new().await;
    let path = format!("{}/settings", site.story().await);
    site.get(Role::Auditor, &path).await.ok();
    site.set_role(Role::Auditor, Role::Helpdesk).await;
    site.get(Role::Auditor, &path).await.problem(401, "session_required");
    site.forget_cookies().await;
    site.get(Role::Auditor, &path).await.problem(403, "forbidden");
}

pub(super) fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

async fn is_unknown(site: &Site, cell: &str, answer: &Answer) {
    assert_eq!(answer.status, 401, "{cell}: {}", answer.text);
    answer.problem(401, "session_required");
    assert!(site.vendor.ledger().await.is_empty(), "{cell}");
}

pub(super) async fn is_denied(site: &Site, cell: &str, id: &str, role: Role, answer: &Answer) {
    assert_eq!(answer.status, 403, "{cell}: {}", answer.text);
    let problem = answer.problem(403, "forbidden");
    assert!(site.vendor.ledger().await.is_empty(), "{cell}");
    let record = site.record().await;
    let (_, entry) = record.last().expect("a record");
    assert_eq!((entry.kind, entry.operation.as_deref(), entry.role), (Kind::Denied, Some(id), Some(role)), "{cell}");
    assert_eq!(entry.request_id, problem.request_id);
}

async fn is_let_through(site: &Site, cell: &str, operation: &Operation, answer: &Answer) {
    // The vendor may have objections of its own; ours are ruled out.
    if answer.status != 200 {
        assert_eq!(answer.json()["kind"], "vendor_refused", "{cell}: {}", answer.text);
    }
    let asked = site.vendor.calls().await;
    // Actions of Adobe Connect are read with GET and written with POST, whatever ours are called.
    let method = match operation.vendor.as_str() {
        "connect" if !operation.method.is_read() => "POST",
        _ => operation.method.as_str(),
    };
    assert!(asked.iter().any(|line| line.method == method), "{cell}: {asked:?}");
}

/// A group, a member and an administrator of it, and a meeting.
pub(super) async fn params(site: &Site) -> PathParams {
    let group = site.group_id(STORY_GROUP).await;
    let first = async |list: &str, name: &str| {
        let listed = site.get(Role::Admin, &format!("/api/zoom/groups/{group}/{list}")).await.ok();
        listed[list][0][name].as_str().expect("somebody").to_owned()
    };
    let (member, admin) = (first("members", "id").await, first("admins", "email").await);
    let divisions = site.get(Role::Admin, "/api/zoom/divisions").await.ok();
    let division = divisions["divisions"][0]["division_id"].as_str().expect("a division").to_owned();
    let meetings = site.get(Role::Admin, "/api/connect/meetings").await.ok();
    let sco = meetings["meetings"][0]["sco_id"].as_str().expect("a meeting").to_owned();
    let accounts = site.get(Role::Admin, "/api/veeting/account").await.ok();
    let meetings = site.get(Role::Admin, "/api/veeting/meeting").await.ok();
    let id = |rows: &Value| rows[0]["id"].as_str().expect("an id").to_owned();
    let (account, meeting) = (id(&accounts), id(&meetings));
    let params = [
        ("accountId", account.as_str()),
        ("id", &meeting),
        ("wholeSeries", "false"),
        ("groupId", group.as_str()),
        ("scoId", &sco),
        ("memberId", &member),
        ("userId", &admin),
        ("divisionId", &division),
        ("assistantId", "nobody"),
        ("schedulerId", "nobody"),
        ("collaborationDeviceId", "nothing"),
        ("meetingTemplateId", "nothing"),
    ];
    params.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// A sound request for the operation.
pub(super) fn ask(operation: &Operation, variant: &Variant, params: &PathParams) -> Ask {
    let mut path = format!("/api/{}{}", operation.vendor, operation.path.encode(params).expect("every parameter"));
    if let Some(option) = &variant.option {
        path.push_str("?option=");
        encode_into(&mut path, option);
    }
    for parameter in operation.query.iter().filter(|parameter| parameter.required) {
        path.push(if path.contains('?') { '&' } else { '?' });
        path.push_str(&parameter.name);
        path.push_str(if operation.vendor == "webex" { "=admin2@example.com" } else { "=nobody@example.com" });
    }
    let ask = Ask::new(operation.method.as_str(), &path);
    if operation.upload {
        return ask.file("file", "a.png", b"\x89PNG\r\n\x1a\n");
    }
    match body(variant) {
        Some(mut body) => {
            // The documented example is about a meeting that is not there.
            for (name, value) in params.iter().filter(|(name, _)| *name == "id") {
                for member in [name.as_str(), "meetingId"] {
                    if let Some(place) = body.get_mut(member) {
                        *place = json!(value);
                    }
                }
            }
            ask.json(&body)
        }
        None => ask,
    }
}

/// The documented example, or the first switch turned on where there is none or the vendor's own does not fit.
fn body(variant: &Variant) -> Option<Value> {
    let node = variant.request.as_ref()?;
    let fits = |example: &Value| node.check(example).is_empty() && node.unknown_members(example).is_empty();
    variant.request_example.clone().filter(fits).or_else(|| {
        let mut switches = Vec::new();
        node.leaves(&mut |pointer, leaf| {
            if leaf.shape == Shape::Switch && !leaf.read_only {
                switches.push((pointer, json!(true)));
            }
        });
        pick(switches.into_iter().take(1))
    })
}
