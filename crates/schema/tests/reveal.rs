//! Which secrets can be shown, to whom, and where the console is told so. Must not read anything from a vendor.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use roomkey_schema::path::PathParams;
use roomkey_schema::place::{ColumnKind, Place};
use roomkey_schema::read::Read;
use roomkey_schema::wire::Index;
use roomkey_schema::{Catalog, Document, PathTemplate, Role, data};
use serde_json::{Value, json};

fn document(name: &str, value: &Value) -> Document {
    Document { name: name.to_owned(), text: value.to_string() }
}

/// Doors with a code, listed with it and read one by one.
fn doors(one: &Value) -> Vec<Document> {
    let answer = |properties: Value| {
        let schema = json!({"type": "object", "properties": properties});
        json!({"200": {"content": {"application/json": {"schema": schema}}}})
    };
    let mut get = json!({"operationId": "doors.get", "x-roles": ["admin", "helpdesk", "auditor"],
        "x-secrets": ["/code"], "responses": answer(json!({"code": {"type": "string"}}))});
    roomkey_schema::json::merge(&mut get, one);
    let list = json!({"operationId": "doors.list", "x-roles": ["admin", "helpdesk", "auditor"],
        "x-secrets": ["/doors/*/code"], "responses": answer(json!({}))});
    let openapi = json!({"openapi": "3.1.0", "paths": {"/doors": {"get": list}, "/doors/{doorId}": {"get": get}}});
    let reveal = json!({"read": "doors.get", "params": {"doorId": "/id"}, "at": "/code"});
    let columns = json!([{"at": "/name"}, {"at": "/code", "kind": "secret", "reveal": reveal}]);
    let list = json!({"read": "doors.list", "rows": "/doors", "key": "/id", "columns": columns});
    let facts = json!({"read": "doors.get", "facts": [{"at": "/code", "kind": "secret"}]});
    let places = json!({"places": [
        {"id": "doors.all", "path": "/doors/all", "tabs": [{"list": list}]},
        {"id": "doors.one", "path": "/doors/all/{doorId}", "head": facts, "tabs": [{"list": list}]},
    ]});
    vec![document("doors.openapi.json", &openapi), document("doors.places.json", &places)]
}

fn places(catalog: &Catalog, role: Role) -> Vec<Place> {
    let index = serde_json::to_value(catalog.index(role, |_| String::new())).unwrap();
    Index::read(index).unwrap().places
}

#[test]
fn everybody_who_may_read_may_be_shown_but_the_auditor_unless_data_says_fewer() {
    let catalog = Catalog::load(&data::documents()).unwrap();
    let shown = |id: &str, pointer: &str| {
        Role::ALL.into_iter().filter(|role| catalog.reveals(*role, id, pointer)).collect::<Vec<_>>()
    };
    assert_eq!(shown("webex.room.get", "/hostPin"), [Role::Admin, Role::Helpdesk]);
    assert_eq!(shown("zoom.users.get", "/host_key"), [Role::Admin, Role::Helpdesk]);
    let passcode = "/schedule_meeting/pmi_password";
    assert_eq!(shown("zoom.user_settings.get", passcode), [Role::Admin, Role::Helpdesk]);
    let usual = "/schedule_meeting/default_password_for_scheduled_meetings";
    assert_eq!(shown("zoom.user_settings.get", usual), [Role::Admin], "the help desk does not even read it");
    assert_eq!(shown("zoom.users.token", "/token"), [], "it would be a new one, with which anybody is that person");
    assert_eq!(shown("webex.room.get", "/topic"), [], "it is no secret");
    assert_eq!(shown("zoom.users.list", "/users/*/host_key"), [], "one object at a time");
    assert_eq!(shown("zoom.users.list", "/users/0/host_key"), []);
    assert_eq!(shown("webex.room.update", "/hostPin"), [], "it reads nothing");
    let fewer = Catalog::load(&doors(&json!({"x-reveal": ["admin"]}))).unwrap();
    assert!(fewer.reveals(Role::Admin, "doors.get", "/code") && !fewer.reveals(Role::Helpdesk, "doors.get", "/code"));
}

#[test]
fn nobody_can_be_let_see_a_secret_who_may_not_read_or_is_an_auditor() {
    for one in [json!({"x-reveal": ["auditor"]}), json!({"x-roles": ["admin"], "x-reveal": ["helpdesk"]})] {
        let fault = Catalog::load(&doors(&one)).unwrap_err().to_string();
        assert!(fault.contains("x-reveal") && fault.contains("may not see what is secret"), "{fault}");
    }
}

#[test]
fn a_secret_of_a_row_or_a_fact_is_shown_from_the_objects_own_reading() {
    let catalog = Catalog::load(&doors(&json!({}))).unwrap();
    let helpdesk = places(&catalog, Role::Helpdesk);
    let columns = &helpdesk[0].tabs[0].list.as_ref().unwrap().columns;
    assert_eq!((columns[0].reveal.as_ref(), columns[1].kind), (None, ColumnKind::Secret));
    let reveal = columns[1].reveal.as_ref().unwrap();
    assert_eq!((reveal.read.operation.as_str(), reveal.at.as_str()), ("doors.get", "/code"));
    assert_eq!(reveal.params.get("doorId").map(String::as_str), Some("/id"));
    let fact = &helpdesk[1].head.as_ref().unwrap().facts[0];
    assert_eq!(fact.reveal.as_ref().unwrap().read.operation, "doors.get");
    let auditor = places(&catalog, Role::Auditor);
    assert_eq!(auditor[0].tabs[0].list.as_ref().unwrap().columns[1].reveal, None);
    assert_eq!(auditor[1].head.as_ref().unwrap().facts[0].reveal, None);
}

#[test]
fn a_row_cannot_be_shown_from_a_list_or_from_what_is_no_secret() {
    for one in [json!({"x-secrets": []}), json!({"x-secrets": ["/doors/*/code"]})] {
        let fault = Catalog::load(&doors(&one)).unwrap_err().to_string();
        assert!(fault.contains("doors.get reads no single secret at /code"), "{fault}");
    }
}

#[test]
fn a_form_says_of_which_secret_rows_the_reader_may_be_shown_the_value() {
    let catalog = Catalog::load(&data::documents()).unwrap();
    let revealed = |role: Role| {
        let form = catalog.form_for("webex.room", role).unwrap();
        let rows = form.rows().filter_map(|(_, row)| row.setting.as_ref()).filter(|leaf| leaf.reveal);
        rows.map(|leaf| leaf.pointer.clone()).collect::<Vec<_>>()
    };
    assert_eq!(revealed(Role::Admin), ["/hostPin", "/telephony/accessCode"]);
    assert_eq!(revealed(Role::Helpdesk), revealed(Role::Admin));
    assert_eq!(revealed(Role::Auditor), [""; 0]);
}

#[test]
fn parameters_are_given_by_the_names_that_the_operation_knows() {
    let template = PathTemplate::parse("/rooms/{roomId}/on?userEmail={person}&siteUrl={siteUrl}");
    let params: PathParams = [("roomId", "r"), ("person", "a@b"), ("siteUrl", ""), ("other", "x")]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let given = template.given(&params);
    let given: Vec<(&str, &str)> = given.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(given, [("roomId", "r"), ("userEmail", "a@b")]);
}
