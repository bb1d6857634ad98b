//! Words for the record: what operations, leaves and secrets are called.

#![cfg(feature = "data")]

use roomkey_schema::{Catalog, Role, data};
use serde_json::json;

fn catalog() -> Catalog {
    Catalog::load(&data::documents()).expect("catalog")
}

#[test]
fn every_operation_that_changes_something_has_words_of_its_own() {
    let text = include_str!("../data/words/record.en.json");
    let words: serde_json::Value = serde_json::from_str(text).expect("words");
    let catalog = catalog();
    let kinds = catalog.recipes().iter().map(|recipe| recipe.kind.id.as_str()).collect::<Vec<_>>();
    for operation in catalog.operations().iter().filter(|operation| !operation.method.is_read()) {
        assert!(words["operations"].get(&operation.id).is_some(), "{}", operation.id);
    }
    let parts = ["connections", "jobs", "record", "record.export", "record.verify"];
    for id in words["operations"].as_object().expect("operations").keys() {
        let is_known = catalog.operation(id).is_some() || parts.contains(&id.as_str());
        assert!(is_known && !kinds.contains(&id.as_str()), "{id} is no operation");
    }
}

#[test]
fn everything_that_can_be_asked_for_has_a_title_without_a_gap() {
    let catalog = catalog();
    let kinds = catalog.recipes().iter().map(|recipe| &recipe.kind.id);
    for id in catalog.operations().iter().map(|operation| &operation.id).chain(kinds) {
        let title = catalog.title(id).unwrap_or_default();
        assert!(!title.is_empty() && !title.contains('{'), "{id}: {title:?}");
    }
    assert_eq!(catalog.title("zoom.group_settings.update"), Some("Change group settings"));
    assert_eq!(catalog.title("acme.unknown"), None);
}

#[test]
fn a_leaf_is_called_as_in_the_form_and_its_choices_by_name() {
    let catalog = catalog();
    let setting = catalog.leaf("zoom.group_settings.update", "", "/in_meeting/waiting_room");
    assert_eq!((setting.label.as_str(), setting.is_lock), ("Waiting room in meetings", false));
    let lock = catalog.leaf("zoom.group_locks.update", "", "/in_meeting/waiting_room");
    assert_eq!((lock.label.as_str(), lock.is_lock), ("Waiting room in meetings", true));
    let choice = catalog.leaf("zoom.group_settings.update", "", "/in_meeting/screen_sharing");
    assert_eq!(choice.name_of(&json!(true)), None);
    let unknown = catalog.leaf("zoom.group_settings.update", "", "/new_section/some_new_switch");
    assert_eq!((unknown.label.as_str(), unknown.leaf.is_none()), ("Some new switch", true));
    let named = catalog.leaf("zoom.group_settings.update", "", "/in_meeting/who_can_share_screen");
    assert_ne!(named.name_of(&json!("host")), Some("host".to_owned()), "{}", named.label);
}

#[test]
fn every_secret_that_can_be_shown_has_a_label_from_a_form_or_a_list() {
    let catalog = catalog();
    for operation in catalog.operations() {
        let shown = operation.secrets.iter().filter(|pointer| operation.reveals(Role::Admin, pointer));
        for pointer in shown {
            let label = catalog.secret(&operation.id, pointer);
            assert!(!label.is_empty() && !label.contains('_'), "{} {pointer}: {label}", operation.id);
        }
    }
    assert_eq!(catalog.secret("zoom.users.get", "/host_key"), "Host key");
}

#[test]
fn a_pointer_touches_a_secret_at_above_or_inside_it() {
    let catalog = catalog();
    let update = catalog.operation("zoom.users.update").expect("operation");
    assert!(catalog.touches_secret(update, "/host_key"));
    assert!(catalog.touches_secret(update, ""));
    assert!(!catalog.touches_secret(update, "/dept"));
    assert!(!catalog.touches_secret(update, "/host_key_reminder"));
}
