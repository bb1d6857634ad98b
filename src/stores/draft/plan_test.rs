//! What a plan guesses, finds missing and sends. Must not touch a page.

use roomkey_schema::job::NewJob;

use super::*;

fn field(key: &str, label: &str, names: &[&str]) -> JobField {
    let names = names.iter().map(|name| (*name).to_owned()).collect();
    JobField { key: key.into(), label: label.into(), names, ..JobField::default() }
}

fn plan(preview: &[&[&str]], header: bool) -> Plan {
    let kind = JobKind {
        id: "webex.host_pin".into(),
        subject: field("email", "E-mail", &["user", "mail"]),
        fields: vec![
            JobField { secret: true, ..field("/hostPin", "Host PIN", &["pin"]) },
            field("/topic", "Topic", &[]),
        ],
        generate: Some("/hostPin".into()),
        ..JobKind::default()
    };
    let preview: Vec<Vec<String>> =
        preview.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
    let table = Table {
        id: "t1".into(),
        header,
        rows: preview.len() as u64,
        columns: preview.first().map_or(0, Vec::len),
        preview,
        ..Table::default()
    };
    let mut plan = Plan::default();
    plan.read(table);
    plan.choose(kind);
    plan
}

/// The plan as the proxy reads it.
fn sent(plan: &Plan) -> NewJob {
    let mut body = plan.body();
    body["once"] = json!("o");
    serde_json::from_value(body).expect("the proxy takes it")
}

#[test]
fn columns_are_guessed_by_their_names_however_they_are_written() {
    let plan = plan(&[&["Name", "HOST_pin", "E-Mail"], &["Ann", "0412", "ann@x.example"]], true);
    assert_eq!(plan.columns, ["", "/hostPin", "email"]);
    assert_eq!((plan.rows(), plan.is_secret(1), plan.is_secret(2)), (1, true, false));
    assert!(plan.missing().is_empty());
}

#[test]
fn subject_is_guessed_by_what_looks_like_e_mail_addresses() {
    let plan = plan(&[&["0412", "ann@x.example"], &["0413", "bob@x.example"]], false);
    assert_eq!(plan.columns, ["", "email"]);
    assert_eq!(plan.missing(), [Missing::Nothing]);
}

#[test]
fn table_without_a_subject_says_that_it_is_missing() {
    let mut plan = plan(&[&["Who", "Pin"], &["4711", "0412"]], true);
    assert_eq!(plan.missing(), [Missing::Subject]);
    plan.map(0, "email");
    assert!(plan.missing().is_empty());
}

#[test]
fn field_chosen_for_another_column_leaves_the_first() {
    let mut plan = plan(&[&["pin", "new pin", "mail"], &["1", "2", "a@x.example"]], true);
    plan.map(1, "/hostPin");
    assert_eq!(plan.columns, ["", "/hostPin", "email"]);
    plan.map(1, "");
    assert_eq!(plan.columns, ["", "", "email"]);
}

#[test]
fn generated_values_take_no_column_and_come_back_when_they_are_not_generated() {
    let mut plan = plan(&[&["mail", "pin"], &["a@x.example", "0412"]], true);
    plan.set_generate(true);
    plan.unique = true;
    assert_eq!(plan.columns, ["email", ""]);
    assert!(plan.fields().all(|field| field.key != "/hostPin") && plan.missing().is_empty());
    assert!(sent(&plan).generate && sent(&plan).unique);
    plan.set_generate(false);
    assert_eq!(plan.columns, ["email", "/hostPin"]);
    assert!(!sent(&plan).unique);
}

#[test]
fn plan_is_sent_as_the_proxy_reads_it() {
    let mut plan = plan(&[&["mail", "x"], &["a@x.example", "y"]], true);
    plan.options.insert("siteUrl".into(), "acme.webex.com".into());
    plan.give("/topic");
    assert_eq!(plan.missing(), [Missing::Value]);
    plan.given[0].typed = " 12 ".into();
    plan.table.sheet = "Autumn".into();
    let job = sent(&plan);
    assert_eq!(job.sheet, "Autumn");
    assert_eq!((&*job.kind, &*job.table, job.header), ("webex.host_pin", "t1", true));
    assert_eq!(job.columns.iter().collect::<Vec<_>>(), [(&"email".to_owned(), &0)]);
    assert_eq!(job.values.get("/topic"), Some(&json!(12)));
    assert_eq!(job.options.get("siteUrl").map(String::as_str), Some("acme.webex.com"));
}

#[test]
fn values_for_every_row_are_switches_numbers_or_texts_and_secrets_stay_as_typed() {
    let plan = plan(&[&["mail"], &["a@x.example"]], true);
    let value = |key: &str, switch, typed: &str| plan.value(&Given { key: key.into(), switch, typed: typed.into() });
    assert_eq!(value("/topic", Some(false), "x"), json!(false));
    assert_eq!(value("/topic", None, "-5"), json!(-5));
    assert_eq!(value("/topic", None, "0412"), json!("0412"));
    assert_eq!(value("/topic", None, " a "), json!("a"));
    assert_eq!(value("/hostPin", None, "4711"), json!("4711"));
    assert_eq!(value("/hostPin", None, " 4711"), json!(" 4711"));
}

#[test]
fn another_kind_forgets_what_was_decided_for_the_one_before() {
    let mut plan = plan(&[&["mail", "pin"], &["a@x.example", "0412"]], true);
    plan.give("/topic");
    plan.set_generate(true);
    plan.choose(JobKind { id: "k".into(), subject: field("id", "Room", &["pin"]), ..JobKind::default() });
    assert_eq!((plan.columns.clone(), plan.given.len(), plan.generate), (vec![String::new(), "id".into()], 0, false));
}
