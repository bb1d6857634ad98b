//! Every operation of the document, called with its example: status, shape of the answer, and what is read afterwards.
//! Must not leave an operation out: one without a row here fails.

use serde_json::Value;

use crate::account::{Account, bench};
use crate::bench::{Bench, Sent, answer_schema, misfits, operation, operations, png};
use crate::calls::{Row, Then, rows};

const SETTINGS: &str = "/groups/{groupId}/settings";

fn has(list: &Value, wanted: &Value) -> bool {
    let fits = |item: &Value| wanted.as_object().expect("fields").iter().all(|(name, value)| item[name] == *value);
    list.as_array().expect("a list").iter().any(fits)
}

#[tokio::test]
async fn each_operation_of_the_document_answers_its_example_in_the_documented_shape_and_keeps_its_word() {
    let bench = bench().await;
    let account = Account::of(&bench).await;
    let rows = rows();
    for (method, template) in operations() {
        let row = rows.iter().find(|row| row.method == method && row.template == template);
        let row = row.unwrap_or_else(|| panic!("{method} {template} is not called here"));
        let mut path = account.fill(row.path);
        if path.contains("{uploaded}") {
            let file = bench.form(path.split('?').next().expect("a path"), &[png("file")]).await.json();
            path = path.replace("{uploaded}", file["id"].as_str().expect("an id"));
        }
        let sent = match &row.sent {
            Sent::Json(body) => Sent::Json(account.fill_value(body)),
            other => other.clone(),
        };
        let answer = bench.call(&method, &path, &sent).await;
        let described = operation(&method, &template)["responses"].clone();
        let (status, described) = described.as_object().expect("answers").iter().next().expect("an answer");
        assert_eq!(answer.status.as_str(), status, "{method} {path}: {}", answer.text);
        match &described["content"]["application/json"]["schema"] {
            Value::Null => assert!(answer.text.is_empty() || answer.text == "{}", "{method} {path}: {}", answer.text),
            _ => fits(&method, &template, status, &answer.json()),
        }
        check(&bench, &account, row).await;
        if method != "GET" {
            bench.control("POST", "reset", Value::Null).await;
        }
    }
    assert_eq!(rows.len(), operations().len(), "a row is for no operation");
}

/// Two fields of the group settings are shown in the document against its own schema; the sandbox keeps the example.
fn fits(method: &str, template: &str, status: &str, value: &Value) {
    let contradicted = ["/in_meeting/language_interpretation/languages", "/in_meeting/unchecked_data_center_regions"];
    let schema = answer_schema(method, template, status, None);
    let mut found = misfits(&schema, value);
    found.retain(|pointer| template != SETTINGS || !contradicted.contains(&pointer.as_str()));
    assert_eq!(found, [""; 0], "{method} {template} answered {value}");
}

async fn check(bench: &Bench, account: &Account, row: &Row) {
    let told = format!("after {} {}", row.method, row.path);
    match &row.then {
        Then::Nothing => {}
        Then::Status(path, status) => {
            assert_eq!(bench.get(&account.fill(path)).await.status.as_u16(), *status, "{told}");
        }
        Then::Is(path, pointer, value) => {
            let read = bench.read(&account.fill(path)).await;
            assert_eq!(read.pointer(pointer).unwrap_or(&Value::Null), value, "{told}");
        }
        Then::Has(path, pointer, wanted) | Then::HasNot(path, pointer, wanted) => {
            let read = bench.read(&account.fill(path)).await;
            let list = read.pointer(pointer).unwrap_or_else(|| panic!("{told} there is no {pointer}"));
            let expected = matches!(row.then, Then::Has(..));
            assert_eq!(has(list, &account.fill_value(wanted)), expected, "{told}: {list}");
        }
    }
}
