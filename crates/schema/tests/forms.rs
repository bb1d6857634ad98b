//! The form of group settings, built from our own data: complete, in words, and exact in what it sends.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use roomkey_schema::form::{Form, Kind, Leaf, Source};
use roomkey_schema::place::Place;
use roomkey_schema::read::Read;
use roomkey_schema::{Catalog, Document, Node, Role, Shape, data, diff, json};
use serde_json::{Value, json};

fn catalog() -> Catalog {
    Catalog::load(&data::documents()).unwrap_or_else(|fault| panic!("{fault}"))
}

fn form(catalog: &Catalog) -> &Form {
    catalog.form("zoom.group_settings").unwrap()
}

fn leaves(form: &Form) -> impl Iterator<Item = &Leaf> {
    form.rows().flat_map(|(_, row)| [row.setting.as_ref(), row.lock.as_ref()]).flatten()
}

#[test]
fn group_settings_every_leaf_of_every_variant_is_there_once() {
    let catalog = catalog();
    let form = form(&catalog);
    let mut there = BTreeSet::new();
    for leaf in leaves(form) {
        assert!(there.insert((leaf.source, leaf.pointer.clone())), "{} twice", leaf.pointer);
    }
    for (index, source) in form.sources.iter().enumerate() {
        for operation in [source.read.as_ref().unwrap(), source.write.as_ref().unwrap()] {
            let operation = catalog.operation(&operation.operation).unwrap();
            let variant = operation.variant(source.option.as_deref()).unwrap();
            for node in [&variant.request, &variant.response].into_iter().flatten() {
                node.leaves(&mut |pointer, _| assert!(there.contains(&(index, pointer.clone())), "{pointer}"));
            }
        }
    }
    // 251 + 3 + 2 + 27 to read, 1 + 6 + 6 only to write, 97 + 12 locks of which one can only be written.
    assert_eq!(there.len(), 283 + 13 + 109);
}

#[test]
fn every_leaf_of_every_form_has_a_label_and_help() {
    let catalog = catalog();
    let mut bare = Vec::new();
    for (_, row) in catalog.forms().iter().flat_map(Form::rows) {
        let lock_words = row.lock.as_ref().filter(|_| row.setting.is_some()).map(|lock| &lock.words);
        let lock_bare = lock_words.is_some_and(|words| words.label.is_empty() || words.help.is_empty());
        if row.label.is_empty() || row.help.is_empty() || lock_bare {
            bare.push(row.id.clone());
        }
    }
    assert!(bare.is_empty(), "without words: {bare:#?}");
}

#[test]
fn every_choice_of_every_form_has_a_word() {
    let catalog = catalog();
    for leaf in catalog.forms().iter().flat_map(leaves) {
        for value in leaf.node.shape.choices() {
            let text = roomkey_schema::form::value_text(value);
            assert!(leaf.words.choices.contains_key(&text), "{}: {text}", leaf.pointer);
        }
    }
}

#[test]
fn group_settings_locks_stand_on_the_rows_they_lock() {
    let catalog = catalog();
    let form = form(&catalog);
    let lock_of = |id: &str| {
        let (_, row) = form.rows().find(|(_, row)| row.id == id).unwrap_or_else(|| panic!("{id}"));
        row.lock.as_ref().map(|lock| lock.pointer.as_str())
    };
    assert_eq!(lock_of("meeting_security.meeting_security.waiting_room"), Some("/meeting_security/waiting_room"));
    assert_eq!(lock_of("audio_conferencing.toll_call.enable"), Some("/audio_conferencing/toll_call"));
    assert_eq!(lock_of("telephony.telephony_regions.selection_values"), Some("/telephony/telephony_regions"));
    assert_eq!(
        lock_of("meeting_authentication.meeting_authentication"),
        Some("/schedule_meeting/meeting_authentication")
    );
    let alone: Vec<_> = form.rows().filter(|(_, row)| row.setting.is_none()).map(|(_, row)| row.id.as_str()).collect();
    assert_eq!(
        alone,
        [
            "lock.meeting_security.meeting_security.approved_or_denied_countries_or_regions",
            "lock.recording.auto_delete_cmr",
        ]
    );
}

#[test]
fn group_settings_dependent_rows_follow_their_switch() {
    let catalog = catalog();
    let form = form(&catalog);
    let mut above: Vec<&str> = Vec::new();
    for section in &form.sections {
        above.clear();
        for row in &section.rows {
            above.truncate(usize::from(row.depth));
            assert_eq!(row.parent.as_deref(), above.last().copied(), "{}", row.id);
            above.push(&row.id);
        }
    }
    let first = &form.sections[0].rows;
    assert_eq!(first[0].id, "meeting_security.meeting_security.waiting_room");
    assert_eq!(first[1].depth, 1);
}

#[test]
fn examples_unchanged_send_nothing() {
    let catalog = catalog();
    let mut seen = 0;
    for source in &form(&catalog).sources {
        let read = catalog
            .operation(&source.read.as_ref().unwrap().operation)
            .unwrap()
            .variant(source.option.as_deref())
            .unwrap();
        let write = catalog.operation(&source.write.as_ref().unwrap().operation).unwrap();
        let write = write.variant(source.option.as_deref()).unwrap();
        for example in [&read.response_example, &write.request_example].into_iter().flatten() {
            assert_eq!(diff(write.request.as_ref().unwrap(), example, example), None);
            seen += 1;
        }
    }
    assert_eq!(seen, 4, "settings and locks, read and written");
}

#[test]
fn every_writable_leaf_changed_alone_is_a_valid_patch_of_that_leaf() {
    let catalog = catalog();
    let patched = |source: &Source| source.write.as_ref().is_none_or(|write| write.method == "PATCH");
    let read_and_written = |form: &&Form| form.sources.iter().all(|source| source.read.is_some() && patched(source));
    let all =
        catalog.forms().iter().filter(read_and_written).flat_map(|form| leaves(form).map(move |leaf| (form, leaf)));
    let (mut changed, mut unknown) = (0, Vec::new());
    for (form, leaf) in all.filter(|(_, leaf)| !leaf.node.read_only) {
        let source = &form.sources[leaf.source];
        let operation = catalog.operation(&source.write.as_ref().unwrap().operation).unwrap();
        let request = operation.variant(source.option.as_deref()).unwrap().request.as_ref().unwrap();
        let read = catalog
            .operation(&source.read.as_ref().unwrap().operation)
            .unwrap()
            .variant(source.option.as_deref())
            .unwrap();
        let old = read.response_example.clone().unwrap_or_else(|| json!({}));
        if leaf.kind() == Kind::Unknown {
            unknown.push(leaf.pointer.as_str());
            continue;
        }
        let value = another(&leaf.node, old.pointer(&leaf.pointer));
        let mut new = old.clone();
        json::put(&mut new, &leaf.pointer, value.clone());

        let patch = diff(request, &old, &new).unwrap_or_else(|| panic!("{}", leaf.pointer));

        let mut expected = json!({});
        json::put(&mut expected, &leaf.pointer, value);
        assert_eq!(patch, expected, "{}", leaf.pointer);
        let query = source.option.iter().map(|option| ("option".to_owned(), option.clone())).collect();
        assert_eq!(operation.check(&query, Some(&patch)), [], "{}", leaf.pointer);
        changed += 1;
    }
    // The document says of these only that they are lists: they are shown, not changed.
    assert_eq!(unknown, ["/tsp/call_out_countries"]);
    let group = 230 + 7 + 7 + 27 + 94 + 12;
    let (user, profile, registration, policy) = (219 + 7 + 7 + 25, 31, 7, 1);
    assert_eq!(changed, group + user + profile + registration + policy);
}

#[test]
fn form_for_the_auditor_has_no_writes_and_for_the_help_desk_does_not_exist() {
    let catalog = catalog();
    let auditor = catalog.form_for("zoom.group_settings", Role::Auditor).unwrap();
    assert!(auditor.sources.iter().all(|source| source.write.is_none()));
    assert!(catalog.form_for("zoom.group_settings", Role::Helpdesk).is_none());
}

#[test]
fn form_survives_its_journey_to_the_console() {
    let catalog = catalog();
    let form = form(&catalog);
    let there: Form = serde_json::from_str(&serde_json::to_string(form).unwrap()).unwrap();
    let stripped = |form: &Form| serde_json::to_value(form).unwrap();
    assert_eq!(stripped(&there), stripped(form));
    assert_eq!(Form::read(stripped(form)).unwrap(), there);
}

#[test]
fn every_place_and_form_of_every_role_survives_its_journey_to_the_console() {
    let catalog = catalog();
    for role in Role::ALL {
        let index = catalog.index(role, |_| String::new());
        for place in &index.places {
            let sent = serde_json::to_value(place).unwrap();
            assert_eq!(Place::read(sent.clone()).as_ref(), Some(place), "{}: {sent}", place.id);
        }
        for entry in &index.forms {
            let form = catalog.form_for(&entry.id, role).unwrap();
            assert!(Form::read(serde_json::to_value(&form).unwrap()).is_some(), "{}", entry.id);
        }
    }
}

fn made_up() -> Document {
    let member = |kind: Value| json!({"type": kind});
    let body = json!({"type": "object", "properties": {
        "on": {"type": "boolean", "title": "Pagers ring"}, "count": {"type": "integer", "minimum": 1, "maximum": 9},
        "tone": {"type": "string", "enum": ["low", "high"]}, "note": {"type": "string", "maxLength": 20},
        "contact": {"type": "string", "format": "email"}, "wards": {"type": "array", "items": {"type": "string"}},
        "shifts": {"type": "array", "items": {"type": "object", "properties": {"name": member(json!("string"))}}},
        "night": {"type": "object", "properties": {"enable": {"type": "boolean"}, "from_hour": {"type": "integer"}}},
        "place": {"type": "geo-point"}}});
    let content = |schema: &Value| json!({"application/json": {"schema": schema, "example": {"on": true}}});
    let text = json!({"openapi": "3.1.0", "info": {"title": "Pagers", "version": "1"}, "x-vendor": "zoom", "paths": {
        "/pagers/{pagerId}/settings": {
            "get": {"operationId": "pagers.get", "x-roles": ["admin"],
                "responses": {"200": {"description": "OK", "content": content(&body)}}},
            "patch": {"operationId": "pagers.update", "x-roles": ["admin"], "x-read-back": "pagers.get",
                "requestBody": {"content": content(&body)}, "responses": {"204": {"description": "No Content"}}}}}});
    Document { name: "pagers.openapi.json".into(), text: text.to_string() }
}

#[test]
fn made_up_document_gets_a_form_with_every_kind() {
    let mut documents = data::documents();
    documents.push(made_up());
    let catalog = Catalog::load(&documents).unwrap();
    let form = catalog.form("pagers.get").unwrap();
    assert_eq!((form.params.as_slice(), form.vendor.as_str()), (&["pagerId".to_owned()][..], "zoom"));
    let kind = |id: &str| {
        let (_, row) = form.rows().find(|(_, row)| row.id == id).unwrap_or_else(|| panic!("{id}"));
        row.setting.as_ref().unwrap().kind()
    };
    let kinds = [
        ("on", Kind::Switch),
        ("count", Kind::Integer),
        ("tone", Kind::Choice),
        ("note", Kind::Text),
        ("contact", Kind::Email),
        ("wards", Kind::TextList),
        ("shifts", Kind::ObjectList),
        ("place", Kind::Unknown),
    ];
    for (id, expected) in kinds {
        assert_eq!(kind(id), expected, "{id}");
    }
    let (_, hour) = form.rows().find(|(_, row)| row.id == "night.from_hour").unwrap();
    assert_eq!((hour.parent.as_deref(), hour.label.as_str()), (Some("night.enable"), "From hour"));
}

#[test]
fn fault_in_a_document_names_the_document_and_the_place() {
    let mut document = made_up();
    document.text = document.text.replace("[\"admin\"]", "[\"boss\"]");
    let mut documents = data::documents();
    documents.push(document);
    let fault = Catalog::load(&documents).unwrap_err();
    assert_eq!(fault.document, "pagers.openapi.json");
    assert_eq!(fault.pointer, "/paths/~1pagers~1{pagerId}~1settings/get/x-roles");
    assert!(fault.to_string().contains("\"boss\""), "{fault}");
}

/// A valid value of that node that differs from `old`.
fn another(node: &Node, old: Option<&Value>) -> Value {
    candidates(node).into_iter().find(|value| Some(value) != old).unwrap()
}

fn candidates(node: &Node) -> Vec<Value> {
    match &node.shape {
        Shape::Switch => vec![json!(true), json!(false)],
        Shape::Integer { choices, .. } | Shape::Text { choices, .. } if !choices.is_empty() => choices.clone(),
        Shape::Integer { min, max, .. } => vec![json!(max.unwrap_or(576_460_752_303_423_500)), json!(min.unwrap_or(7))],
        Shape::Number => vec![json!(1.5), json!(2)],
        Shape::Text { email: true, .. } => vec![json!("one@example.com"), json!("two@example.com")],
        Shape::Moment => vec![json!("2026-03-01T10:00:00.000Z"), json!("2026-03-01T10:30:00.000Z")],
        Shape::Text { pin: Some(_), .. } => vec![json!("482915"), json!("719384")],
        Shape::Text { min, .. } => {
            let length = usize::try_from(min.unwrap_or(3)).unwrap();
            vec![json!("a".repeat(length)), json!("b".repeat(length))]
        }
        Shape::List { item, .. } => candidates(item).into_iter().map(|value| json!([value])).collect(),
        Shape::Object { members, .. } => {
            let pick = |which: usize| {
                let members = members.iter().filter(|(_, node)| !node.read_only);
                members
                    .filter_map(|(name, node)| {
                        let all = candidates(node);
                        Some((name.clone(), all.get(which.min(all.len().checked_sub(1)?))?.clone()))
                    })
                    .collect::<serde_json::Map<_, _>>()
            };
            vec![pick(0).into(), pick(1).into()]
        }
        Shape::Unknown(_) => vec![],
    }
}
