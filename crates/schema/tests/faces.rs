//! One vendor with several faces: what one of them does not have is left out of its places, and what all of them lack is a
//! slip of the pen.

use std::collections::BTreeSet;

use roomkey_schema::place::Action;
use roomkey_schema::{Catalog, Document, Role, data};
use serde_json::Value;

fn whole() -> Catalog {
    Catalog::load(&data::documents()).unwrap_or_else(|fault| panic!("{fault}"))
}

fn account() -> Catalog {
    let documents: Vec<Document> = data::documents().into_iter().chain([data::veeting_account_overlay()]).collect();
    Catalog::load(&documents).unwrap_or_else(|fault| panic!("{fault}"))
}

/// Every action of every place.
fn actions(catalog: &Catalog) -> Vec<Action> {
    let mut out = Vec::new();
    for place in catalog.places() {
        out.extend(place.actions.clone());
        for tab in &place.tabs {
            out.extend(tab.actions.clone());
            if let Some(list) = &tab.list {
                out.extend(list.actions.iter().chain(&list.chosen).cloned());
            }
        }
    }
    out
}

/// Every action in the data, as it is written there.
fn visit(value: &Value, found: &mut impl FnMut(&Value)) {
    match value {
        Value::Object(members) => {
            if members.contains_key("do") {
                found(value);
            }
            members.values().for_each(|member| visit(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| visit(item, found)),
        _ => {}
    }
}

#[test]
fn parameters_and_inputs_that_places_name_are_there_on_the_fullest_face() {
    let catalog = whole();
    for document in data::documents().iter().filter(|document| document.name.ends_with(".places.json")) {
        let places: Value = serde_json::from_str(&document.text).unwrap();
        visit(&places, &mut |action| {
            let id = action["do"].as_str().unwrap();
            let operation = catalog.operation(id).unwrap_or_else(|| panic!("{id}"));
            let known = |name: &str| {
                operation.path.params().any(|known| known == name) || operation.query.iter().any(|one| one.name == name)
            };
            for name in action["params"].as_object().into_iter().flatten().map(|(name, _)| name) {
                assert!(known(name), "{id}: {name}");
            }
            let picked = action["pick"].as_object().into_iter().flatten().map(|(key, _)| key.as_str());
            let needed = action["need"].as_array().into_iter().flatten().filter_map(Value::as_str);
            for name in picked.chain(needed).filter_map(|key| key.strip_prefix('?')) {
                assert!(known(name), "{id}: {name}");
            }
        });
    }
}

#[test]
fn what_a_face_does_not_take_is_not_sent_to_it_nor_asked_for() {
    let (whole, account) = (whole(), account());
    let names = |catalog: &Catalog| -> BTreeSet<String> {
        actions(catalog).into_iter().map(|action| action.call.operation).collect()
    };
    let gone: Vec<String> = names(&whole).difference(&names(&account)).cloned().collect();
    assert_eq!(gone, ["veeting.accounts.create"]);
    let close = |catalog: &Catalog| {
        actions(catalog).into_iter().find(|action| action.call.operation == "veeting.meetings.close").unwrap()
    };
    assert_eq!(close(&whole).params.get("userEmail").map(String::as_str), Some("/addedByUserEmail"));
    assert!(close(&account).params.get("userEmail").is_none());
    let asks = |catalog: &Catalog| {
        let form = catalog.form_for("do.veeting.meetings.schedule", Role::Admin).unwrap();
        form.rows().any(|(_, row)| row.id == "userEmail")
    };
    assert!(asks(&whole) && !asks(&account));
    assert!(account.operations().iter().all(|operation| operation.id != "veeting.organizers.list"));
}

#[test]
fn what_is_read_before_an_action_is_asked_has_words_for_each_number() {
    let catalog = whole();
    let close = actions(&catalog).into_iter().find(|action| action.call.operation == "veeting.meetings.close").unwrap();
    let before = close.before.unwrap();
    assert_eq!(before.read.operation, "veeting.meetings.participants");
    assert!(before.count.get("one").is_some_and(|words| words.contains("{n} person")), "{:?}", before.count);
    assert!(before.count.get("other").is_some_and(|words| words.contains("{n} people")), "{:?}", before.count);
    assert!(!before.empty.is_empty());
}

#[test]
fn rows_of_a_form_can_depend_on_the_value_of_another() {
    let catalog = whole();
    let above = |form: &str, id: &str| {
        let form = catalog.form(form).unwrap();
        let (_, row) = form.rows().find(|(_, row)| row.id == id).unwrap_or_else(|| panic!("{id}"));
        (row.parent.clone().unwrap_or_default(), row.on.clone().unwrap_or_default(), row.depth)
    };
    for form in ["veeting.meeting", "do.veeting.meetings.schedule"] {
        for (id, parent, on, depth) in [
            ("isRecurring", "", "", 0),
            ("recurring.frequencyType", "isRecurring", "", 1),
            ("recurring.monthlyPattern", "recurring.frequencyType", "monthly", 2),
            ("recurring.endsOn", "recurring.endsType", "on", 2),
            ("recurring.endsAfter", "recurring.endsType", "after", 2),
        ] {
            assert_eq!(above(form, id), (parent.to_owned(), on.to_owned(), depth), "{form}: {id}");
        }
    }
}
