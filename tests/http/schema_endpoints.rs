//! What a caller is told about the API: index, forms and description say exactly what that caller may do. Must not test
//! what is in a form, which the schema package does.

use std::collections::BTreeSet;

use roomkey_schema::form::Form;
use roomkey_schema::{Catalog, Role, data, wire};
use roomkey_tests::{Ask, Setup, Site, spaces};
use serde_json::Value;

const GROUP_SETTINGS: &str = "/api/schema/zoom.group_settings";
const FOR_EVER: &str = "private, max-age=31536000, immutable";
const ASK_AGAIN: &str = "private, no-cache";

async fn index(site: &Site, role: Role) -> wire::Index {
    serde_json::from_value(site.get(role, "/api/schema").await.ok()).expect("an index")
}

/// Method and path of every operation that the role may call.
fn callable(role: Role) -> BTreeSet<(String, String)> {
    let catalog = Catalog::load(&data::documents()).expect("the operation table");
    let operations = catalog.operations().iter().filter(|operation| operation.roles.contains(&role));
    operations
        .map(|operation| (operation.method.as_str().to_owned(), format!("/{}{}", operation.vendor, operation.path)))
        .collect()
}

#[tokio::test]
async fn index_names_what_the_role_may_call_and_nothing_else() {
    let site = Site::new().await;
    for (role, count) in [(Role::Admin, 98), (Role::Auditor, 44), (Role::Helpdesk, 36)] {
        let answer = site.get(role, "/api/schema").await;
        assert_eq!(answer.header("cache-control"), "no-store");
        let named: BTreeSet<(String, String)> =
            index(&site, role).await.operations.into_iter().map(|(_, entry)| (entry.method, entry.path)).collect();
        assert_eq!(named, callable(role), "{role:?}");
        assert_eq!(named.len(), count, "{role:?}");
    }
}

#[tokio::test]
async fn index_lists_the_forms_that_the_role_may_read() {
    let site = Site::new().await;
    for role in [Role::Admin, Role::Auditor] {
        let forms = index(&site, role).await.forms;
        let settings = forms.iter().find(|form| form.id == "zoom.group_settings").expect("listed");
        assert_eq!((settings.params.as_slice(), settings.placed), (&["groupId".to_owned()][..], true));
    }
    let helpdesk = index(&site, Role::Helpdesk).await;
    let forms: Vec<&str> = helpdesk.forms.iter().map(|form| form.id.as_str()).collect();
    let asked = ["do.zoom.users.check_email", "do.zoom.users.check_room_name"];
    let passcodes = ["do.connect.passcodes.set"];
    let veeting = ["veeting.account", "veeting.meeting"];
    let expected = [
        &["zoom.user_settings", "zoom.user_profile", "zoom.user_presence"][..],
        &asked,
        &["webex.room"],
        &passcodes,
        &veeting,
    ]
    .concat();
    assert_eq!(forms, expected);
    let places: Vec<&str> = helpdesk.places.iter().map(|place| place.id.as_str()).collect();
    let connect = ["connect.meetings", "connect.meeting", "connect.hosts", "connect.host"];
    let veeting = ["veeting.meetings", "veeting.meeting", "veeting.accounts", "veeting.account"];
    let others = ["zoom.users", "zoom.user", "webex.rooms", "webex.room", "webex.room_on_site"];
    assert_eq!(places, [&others[..], &connect, &veeting].concat());
    site.get(Role::Helpdesk, GROUP_SETTINGS).await.problem(404, "not_found");
}

#[tokio::test]
async fn form_under_its_own_hash_never_changes_and_under_another_is_asked_for_again() {
    let site = Site::new().await;
    let forms = index(&site, Role::Admin).await.forms;
    assert!(!forms.is_empty());
    for form in forms {
        let path = format!("/api/schema/{}", form.id);
        let own = site.get(Role::Admin, &format!("{path}?v={}", form.hash)).await;
        assert_eq!(own.header("cache-control"), FOR_EVER);
        for other in [path.clone(), format!("{path}?v=0000000000000000"), format!("{path}?v=")] {
            let answer = site.get(Role::Admin, &other).await;
            assert_eq!(answer.header("cache-control"), ASK_AGAIN, "{other}");
            assert_eq!(answer.text, own.text);
        }
    }
}

#[tokio::test]
async fn form_of_another_role_has_another_hash_and_no_way_to_write() {
    let site = Site::new().await;
    let hash = async |role| index(&site, role).await.forms.remove(0).hash;
    let (admins, auditors) = (hash(Role::Admin).await, hash(Role::Auditor).await);
    assert_ne!(admins, auditors);
    // An administrator's link does not pin an auditor's form.
    let answer = site.get(Role::Auditor, &format!("{GROUP_SETTINGS}?v={admins}")).await;
    assert_eq!(answer.header("cache-control"), ASK_AGAIN);
    let form: Form = serde_json::from_value(answer.ok()).expect("a form");
    assert!(form.sources.iter().all(|source| source.write.is_none()));
    let form: Form = serde_json::from_value(site.get(Role::Admin, GROUP_SETTINGS).await.ok()).expect("a form");
    assert!(form.sources.iter().all(|source| source.write.is_some()));
}

#[tokio::test]
async fn form_that_does_not_exist_is_not_found() {
    let site = Site::new().await;
    for id in ["zoom.nothing", "zoom.users.list", "..", "zoom.group_settings.get"] {
        let answer = site.get(Role::Admin, &format!("/api/schema/{id}")).await;
        assert!(matches!(answer.status, 400 | 404), "{id}: {answer:?}");
    }
}

#[tokio::test]
async fn description_lists_exactly_the_callers_operations() {
    let site = Site::with(Setup { documents: vec![spaces::document()], ..Setup::default() }).await;
    for role in Role::ALL {
        let answer = site.get(role, "/api/openapi.json").await;
        assert_eq!(answer.header("content-type"), "application/json");
        let document = answer.ok();
        let mut described = BTreeSet::new();
        for (path, item) in document["paths"].as_object().expect("paths") {
            for (method, operation) in item.as_object().expect("methods") {
                assert!(operation["operationId"].is_string() && operation["responses"].is_object(), "{path} {method}");
                described.insert((method.to_uppercase(), path.clone()));
            }
        }
        let mut expected = callable(role);
        let space = "/zoom/spaces/{spaceId}/options".to_owned();
        if role != Role::Helpdesk {
            expected.insert(("GET".to_owned(), space.clone()));
        }
        if role == Role::Admin {
            expected.insert(("PATCH".to_owned(), space));
        }
        assert_eq!(described, expected, "{role:?}");
        let mut references = Vec::new();
        collect_references(&document, &mut references);
        assert!(!references.is_empty());
        for reference in references {
            assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference} leads nowhere");
        }
    }
}

#[tokio::test]
async fn nobody_is_told_anything() {
    let site = Site::new().await;
    for path in ["/api/schema", GROUP_SETTINGS, "/api/openapi.json", "/api", "/api/"] {
        site.call(Ask::get(path)).await.problem(401, "session_required");
    }
}

fn collect_references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                match member {
                    Value::String(reference) if key == "$ref" => found.push(reference.clone()),
                    other => collect_references(other, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect_references(item, found)),
        _ => {}
    }
}
