//! Cards, resets and permission by field, in our own data: every pointer exists, every rule makes values that pass it, and
//! each role gets what it may do and nothing else.

use std::collections::BTreeMap;

use roomkey_schema::card::{Card, Reset};
use roomkey_schema::node::Pin;
use roomkey_schema::{Catalog, Document, Node, Operation, Role, Shape, data, pin};
use serde_json::{Value, json};

fn catalog() -> Catalog {
    Catalog::load(&data::documents()).unwrap_or_else(|fault| panic!("{fault}"))
}

/// The cards of a role, by place.
fn cards(catalog: &Catalog, role: Role) -> BTreeMap<String, Card> {
    let index = catalog.index(role, |_| String::new());
    index.places.into_iter().filter_map(|place| Some((place.id, place.card?))).collect()
}

fn resets(catalog: &Catalog, role: Role) -> Vec<(String, Reset)> {
    let all = cards(catalog, role).into_iter();
    all.flat_map(|(place, card)| card.resets.into_iter().map(move |reset| (place.clone(), reset))).collect()
}

fn bytes() -> impl FnMut() -> Option<u8> {
    let mut state = 11_u32;
    move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes().first().copied()
    }
}

#[test]
fn every_reset_has_a_place_in_its_body_and_a_rule_that_makes_a_thousand_sound_values() {
    let catalog = catalog();
    let all = resets(&catalog, Role::Admin);
    assert_eq!(all.len(), 6, "{all:?}");
    for (place, reset) in all {
        let operation = catalog.operation(&reset.action.call.operation).unwrap();
        let body = operation.variant(None).and_then(|variant| variant.request.as_ref()).unwrap();
        assert_eq!(body.at(&reset.at).unwrap(), &reset.node(), "{place}: {}", reset.at);
        assert!(operation.secrets.contains(&reset.at), "{place}: the record must not hold it");
        let mut node = reset.node();
        node.settle(&|_| None);
        let Shape::Text { min, max, pin: Some(rule), .. } = &node.shape else { panic!("{place}: {node:?}") };
        let mut byte = bytes();
        for _ in 0..1_000 {
            let value = pin::fresh(rule, *min, *max, &mut byte).unwrap();
            assert_eq!(node.check(&Value::from(value.as_str())), [], "{place}: {value}");
            let mut sent = json!({});
            roomkey_schema::json::put(&mut sent, &reset.at, Value::from(value));
            assert_eq!(operation.beyond(Role::Helpdesk, &BTreeMap::new(), Some(&sent)), [], "{place}");
        }
        assert!(reset.action.title.contains("{name}") && reset.help.ends_with('.'), "{place}");
        assert!(reset.action.form.is_none() && reset.action.body.is_empty(), "{place}: nothing else is asked or sent");
    }
}

#[test]
fn the_help_desk_may_reset_everything_that_can_be_reset_and_the_auditor_nothing() {
    let catalog = catalog();
    let ids = |role| resets(&catalog, role).into_iter().map(|(_, reset)| reset.id).collect::<Vec<_>>();
    assert_eq!(ids(Role::Helpdesk), ids(Role::Admin));
    assert_eq!(ids(Role::Auditor), [""; 0]);
}

#[test]
fn fields_of_roles_stand_in_what_the_operation_reads_or_takes() {
    let catalog = catalog();
    let mut limited = 0;
    for operation in catalog.operations() {
        let bodies: Vec<&Node> = operation
            .variants
            .iter()
            .filter_map(|variant| {
                if operation.method.is_read() { &variant.response } else { &variant.request }.as_ref()
            })
            .collect();
        for (role, fields) in &operation.fields {
            assert!(operation.roles.contains(role) && !fields.is_empty(), "{}", operation.id);
            for field in fields {
                let found = match field.strip_prefix('?') {
                    Some(name) => operation.query.iter().any(|parameter| parameter.name == name),
                    None => bodies.iter().any(|body| body.at(field).is_some()),
                };
                assert!(found, "{}: {field}", operation.id);
                limited += 1;
            }
        }
    }
    assert_eq!(limited, 10);
}

#[test]
fn facts_stand_in_what_is_read_and_have_words() {
    let catalog = catalog();
    // The document of a user does not name these; some accounts show them all the same.
    let undocumented = ["/host_key"];
    for (place, card) in cards(&catalog, Role::Admin) {
        for part in &card.reads {
            let operation = catalog.operation(&part.read.operation).unwrap();
            let shown = operation.variant(None).and_then(|variant| variant.response.as_ref()).unwrap();
            for fact in &part.facts {
                let at = fact.column.at.split("/*").next().unwrap();
                assert!(shown.at(at).is_some() || undocumented.contains(&at), "{place}: {at}");
                assert!(fact.when.keys().all(|pointer| shown.at(pointer).is_some()), "{place}: {at}");
                let raw = fact.column.at.rsplit('/').next().unwrap();
                assert_ne!(fact.column.label, raw, "{place}: {at} has no words");
            }
        }
    }
}

#[test]
fn each_role_sees_of_a_card_what_it_may_read_and_which_locks_bind() {
    let catalog = catalog();
    let of = |role| cards(&catalog, role).remove("zoom.user").unwrap();
    let facts = |card: &Card| {
        let facts = card.reads.iter().flat_map(|part| &part.facts);
        facts.map(|fact| (fact.column.at.clone(), fact.bound.is_some())).collect::<Vec<_>>()
    };
    let expect = [
        ("/pmi", false),
        ("/host_key", false),
        ("/group_ids", false),
        ("/schedule_meeting/pmi_password", false),
        ("/schedule_meeting/require_password_for_pmi_meetings", true),
        ("/in_meeting/waiting_room", true),
    ];
    let expect: Vec<_> = expect.into_iter().map(|(at, bound)| (at.to_owned(), bound)).collect();
    for role in Role::ALL {
        let card = of(role);
        assert_eq!(facts(&card), expect, "{role:?}");
        let above = card.above.as_ref().unwrap();
        assert_eq!(above.locks.len(), 1, "one reading of locks for each group");
        let facts = card.reads.iter().flat_map(|part| &part.facts);
        let mut pointers = facts.filter_map(|fact| fact.bound.as_ref());
        let locks = catalog.operation(&above.locks[0].read.operation).unwrap();
        assert!(pointers.all(|bound| bound.source == 0 && locks.reaches(role, &bound.pointer)));
    }
    assert!(cards(&catalog, Role::Auditor)["webex.room"].reads[0].facts[0].column.reveal.is_none());
    assert!(cards(&catalog, Role::Helpdesk)["webex.room"].reads[0].facts[0].column.reveal.is_some());
}

#[test]
fn a_form_shows_a_role_only_its_leaves_and_lets_it_change_only_those_it_may() {
    let catalog = catalog();
    let rows = |id: &str, role| {
        let form = catalog.form_for(id, role).unwrap();
        let leaves = form.rows().filter_map(|(_, row)| row.setting.clone());
        leaves.map(|leaf| (leaf.pointer, leaf.node.read_only)).collect::<Vec<_>>()
    };
    let desk = rows("zoom.user_settings", Role::Helpdesk);
    let can_change: Vec<_> = desk.iter().filter(|(_, read_only)| !read_only).map(|(at, _)| at.as_str()).collect();
    assert_eq!((desk.len(), can_change), (3, vec!["/schedule_meeting/pmi_password"]));
    let room = rows("webex.room", Role::Helpdesk);
    assert_eq!(room.len(), rows("webex.room", Role::Admin).len(), "all can be read");
    let can_change: Vec<_> = room.iter().filter(|(_, read_only)| !read_only).map(|(at, _)| at.as_str()).collect();
    assert_eq!(can_change, ["/hostPin"]);
    assert!(catalog.form_for("zoom.group_settings", Role::Helpdesk).is_none(), "locks alone say nothing");
    let places = catalog.index(Role::Helpdesk, |_| String::new()).places;
    assert!(places.iter().all(|place| place.id != "zoom.group"), "and a group is no place to go to");
}

#[test]
fn what_a_role_may_not_set_is_named_leaf_by_leaf_and_parameters_count_too() {
    let catalog = catalog();
    let beyond = |id: &str, query: &[(&str, &str)], body: &Value| {
        let query = query.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let faults = catalog.operation(id).unwrap().beyond(Role::Helpdesk, &query, Some(body));
        faults.into_iter().map(|fault| fault.pointer).collect::<Vec<_>>()
    };
    assert_eq!(beyond("zoom.users.update", &[], &json!({"host_key": "482915"})), [""; 0]);
    assert_eq!(
        beyond("zoom.users.update", &[], &json!({"host_key": "482915", "dept": "x", "feature": {}})),
        ["/dept", "/feature"]
    );
    let query = [("remove_tsp_credentials", "true")];
    assert_eq!(beyond("zoom.users.update", &query, &json!({"host_key": "482915"})), ["remove_tsp_credentials"]);
    let room = [("userEmail", "a@b.c"), ("siteUrl", "s")];
    assert_eq!(beyond("webex.room.update", &room, &json!({"hostPin": "4829", "coHosts": []})), ["/coHosts"]);
    let body = json!({"schedule_meeting": {"pmi_password": "a", "host_video": true}, "in_meeting": {"chat": true}});
    assert_eq!(beyond("zoom.user_settings.update", &[], &body), ["/in_meeting/chat", "/schedule_meeting/host_video"]);
    assert_eq!(beyond("zoom.user_settings.update", &[], &json!([1])), [""], "what is no object is nobody's leaf");
    let admin = catalog.operation("zoom.users.update").unwrap();
    assert_eq!(admin.beyond(Role::Admin, &BTreeMap::new(), Some(&json!({"dept": "x"}))), []);
}

#[test]
fn an_answer_is_cut_down_to_the_roles_leaves() {
    let catalog = catalog();
    let operation: &Operation = catalog.operation("zoom.user_settings.get").unwrap();
    let whole = json!({"in_meeting": {"waiting_room": true, "chat": false}, "recording": {"cloud_recording": true}});
    let mut seen = whole.clone();
    operation.trim(Role::Helpdesk, &mut seen);
    assert_eq!(seen, json!({"in_meeting": {"waiting_room": true}}));
    let mut seen = whole.clone();
    operation.trim(Role::Auditor, &mut seen);
    assert_eq!(seen, whole);
}

#[test]
fn a_reset_without_a_rule_and_fields_of_a_role_that_may_not_call_are_refused_at_start() {
    let load = |update: Value, reset: &Value| {
        let mut put = json!({"operationId": "doors.update", "x-roles": ["admin"], "requestBody": {"content": {
            "application/json": {"schema": {"type": "object", "properties": {"code": {"type": "string"}}}}}}});
        roomkey_schema::json::merge(&mut put, &update);
        let openapi = json!({"openapi": "3.1.0", "paths": {"/doors/{doorId}": {"put": put}}});
        let places = json!({"places": [{"id": "doors.one", "path": "/doors/{doorId}",
            "card": {"resets": [{"id": "doors.code", "do": "doors.update", "at": reset}]}, "tabs": []}]});
        let document = |name: &str, value: &Value| Document { name: name.to_owned(), text: value.to_string() };
        Catalog::load(&[document("doors.openapi.json", &openapi), document("doors.places.json", &places)])
            .map(drop)
            .map_err(|fault| fault.to_string())
    };
    let pin = json!({"x-leaves": {"/code": {"x-pin": {}}}});
    assert_eq!(load(pin.clone(), &json!("/code")), Ok(()));
    assert!(load(json!({}), &json!("/code")).unwrap_err().contains("no rule for a new value at /code"));
    assert!(load(pin, &json!("/key")).unwrap_err().contains("takes nothing at /key"));
    let fault = load(json!({"x-role-fields": {"helpdesk": ["/code"]}}), &json!("/code")).unwrap_err();
    assert!(fault.contains("may not call this at all"), "{fault}");
}

#[test]
fn a_passcode_may_have_the_signs_of_its_rule_and_a_new_one_has_both_cases_and_a_digit() {
    let rule = Pin { letters: true, signs: "@_".to_owned(), ..Pin::default() };
    assert_eq!(pin::check(&rule, "a@b_9", Some(1), Some(10)), []);
    let faults = pin::check(&rule, "a b", Some(1), Some(10));
    assert_eq!(faults[0].limit().as_deref(), Some("@_"));
    let mut byte = bytes();
    for _ in 0..500 {
        let value = pin::fresh(&rule, Some(1), Some(10), &mut byte).unwrap();
        let has = |kind: fn(&char) -> bool| value.chars().any(|sign| kind(&sign));
        assert!(has(char::is_ascii_digit) && has(char::is_ascii_uppercase) && has(char::is_ascii_lowercase), "{value}");
        assert!(value.chars().all(|sign| sign.is_ascii_alphanumeric()), "{value}");
    }
}
