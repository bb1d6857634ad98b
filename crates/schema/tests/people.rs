//! What the people index takes from the vendors' lists, and that it refuses data that is at fault. Must not read anything
//! from a vendor.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use roomkey_schema::path::PathParams;
use roomkey_schema::people::Kind;
use roomkey_schema::people_build::Listing;
use roomkey_schema::scope::Unit;
use roomkey_schema::{Catalog, DataFault, data};
use serde_json::{Value, json};

fn listing(id: &str) -> Listing {
    let catalog = Catalog::load(&data::documents()).unwrap();
    catalog.listings().iter().find(|listing| listing.id == id).unwrap().clone()
}

/// The released data with a change to one list.
fn changed(id: &str, change: &Value) -> Result<Catalog, DataFault> {
    let mut documents = data::documents();
    let people = documents.iter_mut().find(|document| document.name == "people.json").unwrap();
    let mut value: Value = serde_json::from_str(&people.text).unwrap();
    let lists = value["lists"].as_array_mut().unwrap();
    let list = lists.iter_mut().find(|list| list["id"] == id).unwrap();
    roomkey_schema::json::merge(list, change);
    people.text = value.to_string();
    Catalog::load(&documents)
}

#[test]
fn a_row_gives_names_addresses_ids_units_and_the_place_that_shows_it() {
    let row = json!({"id": "u1", "display_name": "Bob Ash", "first_name": "Robert", "last_name": "Ash",
        "email": "Robert.Ash@example.com", "pmi": 5_551_234_567_u64, "dept": "Surgery", "group_ids": ["g1", "g2"],
        "division_ids": ["d1"], "host_key": "314159", "pmi_password": "secret"});
    let lines = listing("zoom.users").lines(&json!({"users": [row, {"type": 1}]}), &PathParams::new()).unwrap();
    let [line] = lines.as_slice() else { panic!("one line, and none without an id: {lines:?}") };
    assert_eq!((line.kind, line.id.as_str(), line.name.as_str()), (Kind::Person, "u1", "Bob Ash"));
    assert_eq!(line.other_names, ["Robert Ash"]);
    assert_eq!(
        (line.emails.as_slice(), line.ids.as_slice()),
        (&["Robert.Ash@example.com".to_owned()][..], &["5551234567".to_owned()][..])
    );
    let units: Vec<String> = line.units.iter().map(Unit::to_string).collect();
    assert_eq!(units, ["zoom.division:d1", "zoom.group:g1", "zoom.group:g2"]);
    assert_eq!((line.department.as_str(), line.place.as_str()), ("Surgery", "zoom.user"));
    assert_eq!(line.params.get("userId").map(String::as_str), Some("u1"));
    assert!(!format!("{line:?}").contains("314159") && !format!("{line:?}").contains("secret"));
}

#[test]
fn aliases_and_what_a_list_was_asked_with_count() {
    let page = json!({"items": [{"id": "w1", "displayName": "A", "emails": ["a@b.c", "alias@b.c", "a@b.c"], "department": "IT"}]});
    let lines = listing("webex.people").lines(&page, &PathParams::new()).unwrap();
    assert_eq!(lines[0].emails, ["a@b.c", "alias@b.c"]);
    assert_eq!(lines[0].units.first().map(Unit::to_string).as_deref(), Some("webex.department:IT"));
    let given = PathParams::from_iter([("accountId".to_owned(), "acc".to_owned())]);
    let rows = json!([{"id": "o1", "firstName": "Ann", "lastName": "Reed", "email": "ann@b.c", "icsToken": "t"}]);
    let lines = listing("veeting.organizers").lines(&rows, &given).unwrap();
    assert_eq!(
        (lines[0].name.as_str(), lines[0].params.get("accountId").map(String::as_str)),
        ("Ann Reed", Some("acc"))
    );
    assert_eq!(listing("veeting.organizers").lines(&json!({"message": "no"}), &given), None, "that is no list");
}

#[test]
fn a_login_that_is_no_address_is_an_id_and_nothing_to_join_by() {
    let page = json!({"hosts": [{"principal_id": "7", "name": "Ann", "login": "areed"}]});
    let lines = listing("connect.hosts").lines(&page, &PathParams::new()).unwrap();
    assert!(lines[0].emails.is_empty(), "{lines:?}");
    assert_eq!(lines[0].ids, ["areed"]);
}

#[test]
fn a_write_names_whom_it_was_about() {
    let users = listing("zoom.users");
    let params = PathParams::from_iter([("userId".to_owned(), "u1".to_owned())]);
    let touched =
        |operation: &str, body: Value, answer: Value| users.touched(operation, &params, Some(&body), Some(&answer));
    let named = |names: &[&str]| Some(names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
    assert_eq!(touched("zoom.users.update", json!({"last_name": "Oak"}), json!(null)), named(&["u1"]));
    assert_eq!(touched("zoom.users.update", json!({"host_key": "123456"}), json!(null)), None, "that is not indexed");
    assert_eq!(touched("zoom.users.create", json!({}), json!({"id": "u2"})), named(&["u2"]));
    let members = json!({"members": [{"email": "b@c.d"}, {"id": "u3"}]});
    assert_eq!(touched("zoom.group_members.add", members, json!(null)), named(&["b@c.d", "u3"]));
    assert_eq!(touched("zoom.groups.delete", json!(null), json!(null)), named(&[]), "the whole list");
    assert_eq!(touched("zoom.presence.update", json!({}), json!(null)), None);
}

#[test]
fn no_secret_of_any_operation_can_be_indexed() {
    let catalog = Catalog::load(&data::documents()).unwrap();
    let mut tried = 0;
    for listing in catalog.listings() {
        let operation = catalog.operation(&listing.read).unwrap();
        for secret in &operation.secrets {
            let pointer = secret.strip_prefix(&format!("{}/*", listing.rows)).unwrap();
            for member in ["emails", "ids", "key"] {
                let fault = changed(&listing.id, &json!({member: [pointer]})).unwrap_err();
                assert_eq!(fault.document, "people.json");
                assert!(fault.pointer.ends_with(member) && fault.message.contains("secret"), "{fault}");
                tried += 1;
            }
        }
    }
    assert!(tried >= 12, "{tried}");
    let alone = changed("zoom.users", &json!({"department": "/personal_meeting_url"})).unwrap_err();
    assert!(alone.message.contains("zoom.users"), "{alone}");
}

#[test]
fn a_fault_names_document_and_pointer() {
    for (id, change, pointer, says) in [
        ("zoom.users", json!({"read": "zoom.users.everybody"}), "/lists/0/read", "no operation zoom.users.everybody"),
        ("zoom.users", json!({"size_param": "max"}), "/lists/0/size_param", "zoom.users.list has no parameter"),
        ("zoom.users", json!({"emails": ["/mail"]}), "/lists/0/emails", "answers nothing at /users/*/mail"),
        ("zoom.users", json!({"units": {"webex.group": "/group_ids/*"}}), "/lists/0/units", "no kind of unit of zoom"),
        ("zoom.users", json!({"open": {"place": "zoom.nowhere"}}), "/lists/0/open", "no place zoom.nowhere"),
        ("zoom.users", json!({"one": {"param": "id"}}), "/lists/0/one", "not read by id alone"),
        ("webex.people", json!({"after": [{"do": "webex.people.delete"}]}), "/lists/1/after", "webex.people.delete"),
        ("veeting.meetings", json!({"host": ["/organizer"]}), "/lists/5/host", "/*/organizer"),
    ] {
        let fault = changed(id, &change).unwrap_err();
        assert_eq!((fault.document.as_str(), fault.pointer.as_str()), ("people.json", pointer), "{fault}");
        assert!(fault.message.contains(says), "{fault}");
    }
}

#[test]
fn a_list_that_nobody_may_read_here_is_left_out() {
    let mut documents = data::documents();
    documents.push(data::veeting_account_overlay());
    let catalog = Catalog::load(&documents).unwrap();
    let ids: Vec<&str> = catalog.listings().iter().map(|listing| listing.id.as_str()).collect();
    assert_eq!(ids, ["zoom.users", "webex.people", "connect.hosts", "connect.meetings", "veeting.meetings"]);
}
