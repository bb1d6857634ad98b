//! A settings document that nobody has heard of, dropped into the schemas folder: it is listed, described, read, changed
//! and guarded without a line of code. Must not use a field that the product knows.

use roomkey_schema::form::{Form, Kind, Leaf};
use roomkey_schema::{Role, wire};
use roomkey_tests::{Ask, Setup, Site, spaces};
use serde_json::{Value, json};

async fn site() -> Site {
    Site::with(Setup { documents: vec![spaces::document()], ..Setup::default() }).await
}

async fn form(site: &Site, role: Role) -> Form {
    serde_json::from_value(site.get(role, &format!("/api/schema/{}", spaces::FORM)).await.ok()).expect("a form")
}

async fn entry(site: &Site, role: Role) -> Option<wire::FormEntry> {
    let index: wire::Index = serde_json::from_value(site.get(role, "/api/schema").await.ok()).expect("an index");
    index.forms.into_iter().find(|entry| entry.id == spaces::FORM)
}

fn settings(form: &Form) -> Vec<&Leaf> {
    form.rows().filter_map(|(_, row)| row.setting.as_ref()).collect()
}

#[tokio::test]
async fn form_is_listed_for_those_who_may_read_it() {
    let site = site().await;
    let listed = entry(&site, Role::Admin).await.expect("listed");
    assert_eq!((listed.vendor.as_str(), listed.params), ("zoom", vec!["spaceId".to_owned()]));
    assert!(!listed.placed && !listed.title.is_empty() && !listed.hash.is_empty());
    assert!(entry(&site, Role::Auditor).await.is_some());
    assert!(entry(&site, Role::Helpdesk).await.is_none());
}

#[tokio::test]
async fn form_has_each_of_the_ten_fields_in_its_kind() {
    let site = site().await;
    let form = form(&site, Role::Admin).await;
    let mut kinds: Vec<(&str, Kind)> =
        settings(&form).into_iter().map(|leaf| (leaf.pointer.as_str(), leaf.kind())).collect();
    kinds.sort_unstable_by_key(|(pointer, _)| *pointer);
    let expected = [
        ("/caretaker", Kind::Email),
        ("/door_open", Kind::Switch),
        ("/equipment", Kind::Choices),
        ("/inventory_number", Kind::Integer),
        ("/light", Kind::Choice),
        ("/notices", Kind::TextList),
        ("/sign", Kind::Text),
        ("/tables", Kind::ObjectList),
        ("/tint", Kind::Unknown),
        ("/warmth", Kind::Unknown),
    ];
    assert_eq!(kinds, expected);
    assert!(form.rows().all(|(_, row)| !row.label.is_empty()), "{form:?}");
}

#[tokio::test]
async fn form_of_a_reader_has_no_way_to_write() {
    let site = site().await;
    assert!(form(&site, Role::Admin).await.sources[0].write.is_some());
    assert!(form(&site, Role::Auditor).await.sources.iter().all(|source| source.write.is_none()));
    site.get(Role::Helpdesk, &format!("/api/schema/{}", spaces::FORM)).await.problem(404, "not_found");
}

#[tokio::test]
async fn what_the_form_names_can_be_called_as_it_stands() {
    let site = site().await;
    let form = form(&site, Role::Admin).await;
    let source = &form.sources[0];
    let params = [("spaceId".to_owned(), "atrium".to_owned())].into_iter().collect();
    let read = source.read.as_ref().expect("it can be read");
    let path = format!("/api{}", read.path.encode(&params).expect("a path"));
    assert_eq!((path.as_str(), read.method.as_str()), (spaces::PATH, "GET"));
    let write = source.write.as_ref().expect("a way to write");
    assert_eq!((&write.path, write.method.as_str()), (&read.path, "PATCH"));
    let value = site.get(Role::Admin, &path).await.ok();
    for leaf in settings(&form) {
        let value = value.pointer(&leaf.pointer).expect("a value for each field");
        assert_eq!(leaf.node.check(value), [], "{}", leaf.pointer);
    }
}

#[tokio::test]
async fn whole_numbers_stay_exact_and_unknown_kinds_as_they_are() {
    let site = site().await;
    let answer = site.get(Role::Auditor, spaces::PATH).await;
    assert!(answer.text.contains("9007199254740993"), "{}", answer.text);
    assert_eq!(answer.ok()["tint"], json!({"shade": "amber", "depth": [1, 2]}));
}

#[tokio::test]
async fn one_changed_leaf_is_sent_alone_and_all_others_are_kept() {
    let site = site().await;
    let before = site.get(Role::Admin, spaces::PATH).await;
    let change = Ask::patch(spaces::PATH, &json!({"light": "bright"})).by(Role::Admin);
    let written = site.call(change.if_match(before.header("etag"))).await.written();
    let mut expected = before.ok();
    expected["light"] = json!("bright");
    assert_eq!((written.not_applied, written.value), (Vec::new(), Some(expected)));
    let writes = site.vendor.writes().await;
    assert_eq!(writes.len(), 1);
    assert_eq!(
        (writes[0].path.as_str(), &writes[0].body),
        ("/zoom/v2/spaces/atrium/options", &json!({"light": "bright"}))
    );
    // Another object is another object.
    let other = site.get(Role::Admin, &spaces::PATH.replace("atrium", "hall")).await;
    assert_eq!(other.ok(), before.ok());
}

#[tokio::test]
async fn every_field_can_be_changed_by_itself() {
    let site = site().await;
    let changes = [
        json!({"door_open": true}),
        json!({"light": "off"}),
        json!({"inventory_number": 9_007_199_254_740_995_u64}),
        json!({"sign": "Grand atrium"}),
        json!({"caretaker": "somebody@example.org"}),
        json!({"notices": []}),
        json!({"equipment": ["screen", "piano"]}),
        json!({"tables": [{"name": "South", "seats": 2}, {"name": "West", "seats": 4}]}),
    ];
    for change in &changes {
        let written = site.patch(Role::Admin, spaces::PATH, change).await.written();
        assert_eq!(written.not_applied, [""; 0], "{change}");
        assert!(roomkey_schema::covers(&written.value.expect("read back"), change), "{change}");
    }
    let sent: Vec<Value> = site.vendor.writes().await.into_iter().map(|line| line.body).collect();
    assert_eq!(sent, changes);
}

#[tokio::test]
async fn values_that_do_not_fit_the_document_are_refused_by_name() {
    let site = site().await;
    let body = json!({
        "light": "blue", "inventory_number": -1, "sign": "x".repeat(41), "caretaker": "nobody",
        "equipment": ["drum"], "tables": [{"name": "South", "seats": 0}], "smell": "fresh",
    });
    let problem = site.patch(Role::Admin, spaces::PATH, &body).await.problem(400, "validation");
    let mut pointers: Vec<&str> = problem.fields.iter().map(|field| field.pointer.as_str()).collect();
    pointers.sort_unstable();
    let expected = ["/caretaker", "/equipment/0", "/inventory_number", "/light", "/sign", "/smell", "/tables/0/seats"];
    assert_eq!(pointers, expected);
    assert!(site.vendor.calls().await.is_empty());
}

#[tokio::test]
async fn roles_of_the_document_hold() {
    let site = site().await;
    let change = json!({"light": "bright"});
    site.get(Role::Helpdesk, spaces::PATH).await.problem(403, "forbidden");
    site.patch(Role::Helpdesk, spaces::PATH, &change).await.problem(403, "forbidden");
    site.patch(Role::Auditor, spaces::PATH, &change).await.problem(403, "forbidden");
    site.call(Ask::get(spaces::PATH)).await.problem(401, "session_required");
    assert!(site.vendor.calls().await.is_empty());
    site.get(Role::Auditor, spaces::PATH).await.ok();
}

/// What the start says when the made-up document has that instead of this.
async fn start_with(this: &str, that: &str) -> String {
    let (name, text) = spaces::document();
    assert!(text.contains(this), "{this}");
    // The vendor has the sound document: the proxy alone is asked.
    let documents = vec![(name, text.replacen(this, that, 1))];
    let start = Site::start(Setup { documents, vendor_documents: Some(vec![spaces::document()]), ..Setup::default() });
    start.await.err().expect("no start").to_string()
}

#[tokio::test]
async fn fault_in_the_document_stops_the_start_and_names_document_and_place() {
    let told = start_with("\"x-vendor\"", "x-vendor").await;
    assert!(told.contains("spaces.openapi.json") && told.contains("line 4"), "{told}");
    let told = start_with("[\"admin\", \"auditor\"]", "[\"admin\", \"king\"]").await;
    let place = "/paths/~1spaces~1{spaceId}~1options/get/x-roles";
    assert!(told.contains("spaces.openapi.json") && told.contains(place) && told.contains("king"), "{told}");
    let told = start_with("\"x-rate-limit\": \"light\"", "\"x-rate-limit\": \"feather\"").await;
    assert!(told.contains("spaces.openapi.json") && told.contains("x-rate-limit"), "{told}");
    let told = start_with("\"x-read-back\": \"zoom.spaces.get\"", "\"x-read-back\": \"zoom.spaces.gone\"").await;
    assert!(told.contains("zoom.spaces.gone"), "{told}");
    let told = start_with("\"operationId\": \"zoom.spaces.get\"", "\"operationId\": \"zoom.users.get\"").await;
    assert!(told.contains("spaces.openapi.json") && told.contains("zoom.users.get"), "{told}");
}

#[tokio::test]
async fn operation_without_an_id_has_a_form_that_can_be_fetched() {
    let (name, text) = spaces::document();
    let text = text
        .replace("\"operationId\": \"zoom.spaces.get\",", "")
        .replace("\"operationId\": \"zoom.spaces.update\",", "")
        .replace("\"x-read-back\": \"zoom.spaces.get\",", "");
    let site = Site::with(Setup { documents: vec![(name, text)], ..Setup::default() }).await;
    let index: wire::Index = serde_json::from_value(site.get(Role::Admin, "/api/schema").await.ok()).expect("an index");
    let listed = index.forms.into_iter().find(|entry| entry.params == ["spaceId"]).expect("listed");
    let mut path = "/api/schema/".to_owned();
    roomkey_schema::path::encode_into(&mut path, &listed.id);
    let form: Form = serde_json::from_value(site.get(Role::Admin, &path).await.ok()).expect("a form");
    assert_eq!(settings(&form).len(), 10);
}
