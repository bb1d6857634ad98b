//! What is said in the language of whoever reads it: problems, the index, forms, bulk jobs and exports, by the header and by
//! the address. What is kept meanwhile is kept in no language. Must not judge the words, which the schema package's tests do.

use std::time::Duration;

use roomkey_schema::form::Form;
use roomkey_schema::{Language, Role, data, wire};
use roomkey_tests::{Answer, Ask, Site};
use serde_json::{Value, json};

const GERMAN: &str = "de-CH,de;q=0.9,en;q=0.8";
const SECURITY: &str = "?option=meeting_security";
/// How long a job may be checked on a busy machine.
const PATIENCE: Duration = Duration::from_mins(2);

/// A word of a file in a language.
fn word(file: &str, language: Language, pointer: &str) -> String {
    let words: Value = serde_json::from_str(&data::words(file, language).expect("a file")).expect("words");
    words.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("{file}: {pointer}")).to_owned()
}

/// The same word in German, which must be another one than in English.
fn german(file: &str, pointer: &str) -> String {
    let german = word(file, Language::De, pointer);
    assert_ne!(german, word(file, Language::En, pointer), "{file}: {pointer} is not translated");
    german
}

fn in_german(ask: Ask) -> Ask {
    ask.header("accept-language", GERMAN)
}

fn is_said_in(answer: &Answer, language: &str) {
    assert_eq!(answer.header("content-language"), language, "{answer:?}");
    let varies = answer.headers.get_all("vary").iter().any(|value| value == "accept-language");
    assert!(varies, "{answer:?}");
}

#[tokio::test]
async fn problems_are_said_in_the_language_of_the_request() {
    let site = Site::new().await;
    let nobody = site.call(in_german(Ask::get("/api/schema"))).await;
    let problem = nobody.problem(401, "session_required");
    assert_eq!(problem.title, german("problems", "/kinds/session_required/title"));
    assert_eq!(problem.detail, german("problems", "/kinds/session_required/detail"));
    is_said_in(&nobody, "de");

    let english = site.call(Ask::get("/api/schema").header("accept-language", "en-GB,de;q=0.5")).await;
    assert_eq!(
        english.problem(401, "session_required").title,
        word("problems", Language::En, "/kinds/session_required/title")
    );
    is_said_in(&english, "en");

    let named = site.call(Ask::get("/api/schema?lang=de").header("accept-language", "en")).await;
    assert_eq!(named.problem(401, "session_required").title, problem.title);

    let forbidden =
        site.call(in_german(Ask::get("/api/zoom/groups").by(Role::Helpdesk))).await.problem(403, "forbidden");
    assert_eq!(forbidden.detail, german("problems", "/details/forbidden").replace("{role}", "helpdesk"));
}

#[tokio::test]
async fn a_vendors_refusal_and_faulty_values_are_said_in_german_through_the_task_that_calls() {
    let site = Site::new().await;
    let path = format!("{}/settings{SECURITY}", site.story().await);
    let body = json!({"meeting_security": {"waiting_room": "perhaps"}});
    let problem = site.call(in_german(Ask::patch(&path, &body).by(Role::Admin))).await.problem(400, "validation");
    assert_eq!(problem.fields[0].detail, german("violations", "/not_a_switch"));

    let gone = in_german(Ask::get("/api/zoom/groups/no-such-group/settings?option=meeting_security").by(Role::Admin));
    let answer = site.call(gone).await;
    let problem = answer.problem(404, "vendor_refused");
    let code = problem.vendor_code.clone().expect("a code");
    assert!(problem.detail.starts_with(&german("problems", &format!("/vendors/zoom/codes/{code}"))), "{problem:?}");
    is_said_in(&answer, "de");

    let read = site.call(in_german(Ask::get(&path).by(Role::Admin))).await;
    read.ok();
    assert!(!read.headers.contains_key("content-language"), "what the vendor holds is in whatever language it is");
    site.call(in_german(Ask::get(&format!("{path}&lang=de")).by(Role::Admin))).await.problem(400, "validation");
}

#[tokio::test]
async fn index_and_forms_are_there_in_german_by_header_and_by_address() {
    let site = Site::new().await;
    let english: wire::Index =
        serde_json::from_value(site.get(Role::Admin, "/api/schema").await.ok()).expect("an index");
    let answer = site.call(in_german(Ask::get("/api/schema").by(Role::Admin))).await;
    is_said_in(&answer, "de");
    let german_index: wire::Index = serde_json::from_value(answer.ok()).expect("an index");
    let named = site.get(Role::Admin, "/api/schema?lang=de").await;
    assert_eq!(named.text, answer.text);

    assert_eq!(english.operations, german_index.operations);
    let ids = |index: &wire::Index| index.places.iter().map(|place| place.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&english), ids(&german_index));
    let groups = german_index.places.iter().find(|place| place.id == "zoom.groups").expect("a place");
    assert_eq!(groups.title, german("zoom.places", "/places/zoom.groups/title"));

    let entry =
        |index: &wire::Index| index.forms.iter().find(|form| form.id == "zoom.group_settings").expect("a form").clone();
    let (english, german_entry) = (entry(&english), entry(&german_index));
    assert_ne!(english.hash, german_entry.hash, "a hash names content");
    // Whatever the browser accepts: the address says which one is meant, and it may be kept for ever.
    for (hash, language) in [(&english.hash, Language::En), (&german_entry.hash, Language::De)] {
        let answer =
            site.call(in_german(Ask::get(&format!("/api/schema/zoom.group_settings?v={hash}")).by(Role::Admin))).await;
        assert!(answer.header("cache-control").ends_with("immutable"));
        let form: Form = serde_json::from_value(answer.ok()).expect("a form");
        assert_eq!(form.sections[0].title, word("zoom.group_settings", language, "/sections/security"));
    }
}

fn post(path: &str, body: &Value) -> Ask {
    Ask::new("POST", path).json(body).by(Role::Admin)
}

async fn checked(site: &Site, asked: &Value) -> String {
    let job = site.call(post("/api/jobs", asked)).await.json();
    let id = job["id"].as_str().expect("an id").to_owned();
    let ready = async {
        while site.get(Role::Admin, &format!("/api/jobs/{id}")).await.ok()["state"] == "checking" {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, ready).await.expect("the job is checked");
    id
}

#[tokio::test]
async fn rows_of_a_job_are_kept_unsaid_and_each_reader_gets_them_in_the_own_language() {
    let site = Site::new().await;
    let page = site.get(Role::Admin, "/api/webex/people?max=1000").await.ok();
    let email = page["items"][0]["emails"][0].as_str().expect("an address").to_owned();
    let file = format!("E-mail;PIN\n{email};1234\n{email};\nnobody@example.com;7351\n");
    let table = site.call(Ask::new("POST", "/api/jobs/tables").by(Role::Admin).file("file", "a.csv", file.as_bytes()));
    let table = table.await.json();
    let asked = json!({"once": "1", "kind": "webex.host_pin", "table": table["id"], "header": true,
        "columns": {"userEmail": 0, "/hostPin": 1}});
    let id = checked(&site, &asked).await;

    let said = async |language: Language| -> Vec<String> {
        let ask =
            Ask::get(&format!("/api/jobs/{id}/rows")).by(Role::Admin).header("accept-language", language.as_str());
        let rows = site.call(ask).await.ok()["rows"].clone();
        let rows = rows.as_array().expect("rows").iter();
        rows.map(|row| row["detail"].as_str().unwrap_or_default().to_owned()).collect()
    };
    for language in Language::ALL {
        let field = word("jobs", language, "/webex.host_pin/fields/~1hostPin/label");
        let fault = word("violations", language, "/pin_runs_up");
        let in_row = word("bulk", language, "/row_fault").replace("{field}", &field).replace("{fault}", &fault);
        let twice = word("bulk", language, "/row_twice").replace("{row}", "2");
        let unknown = word("bulk", language, "/row_unknown_person");
        assert_eq!(said(language).await, [in_row, twice, unknown.clone()]);
        let ask = Ask::get(&format!("/api/jobs/{id}/export?format=csv&lang={}", language.as_str())).by(Role::Admin);
        let export = site.call(ask).await;
        let column = word("bulk", language, "/columns/subject");
        assert!(export.text.contains(&column) && export.text.contains(&unknown), "{}", export.text);
        let job = site.get(Role::Admin, &format!("/api/jobs/{id}?lang={}", language.as_str())).await.ok();
        assert_eq!(job["title"], word("jobs", language, "/webex.host_pin/title"));
    }
    for language in Language::ALL {
        let sentence = word("bulk", language, "/row_unknown_person");
        assert!(site.files_with(&sentence).is_empty(), "{sentence:?} is kept");
    }
}

#[tokio::test]
async fn cells_may_hold_names_of_choices_in_any_language() {
    let site = Site::new().await;
    let page = site.get(Role::Admin, "/api/zoom/users?page_size=5").await.ok();
    let email = |at: usize| page["users"][at]["email"].as_str().expect("an address").to_owned();
    let choice = |language| {
        word(
            "zoom.user_settings",
            language,
            "/fields/~1schedule_meeting~1require_password_for_pmi_meetings/choices/all",
        )
    };
    let file = format!(
        "who,pmi,chat\n{},{},ja\n{},{},on\n{},nonsense,aus\n",
        email(0),
        choice(Language::De),
        email(1),
        choice(Language::En),
        email(2)
    );
    let table = site.call(Ask::new("POST", "/api/jobs/tables").by(Role::Admin).file("file", "a.csv", file.as_bytes()));
    let table = table.await.json();
    let asked = json!({"once": "1", "kind": "zoom.user_settings", "table": table["id"], "header": true,
        "columns": {"userId": 0, "/schedule_meeting/require_password_for_pmi_meetings": 1, "/in_meeting/chat": 2}});
    let id = checked(&site, &asked).await;
    let rows = site.get(Role::Admin, &format!("/api/jobs/{id}/rows")).await.ok();
    let states: Vec<&str> = (0..3).map(|at| rows["rows"][at]["state"].as_str().unwrap_or_default()).collect();
    assert_eq!(states, ["pending", "pending", "invalid"], "{rows}");
}

#[tokio::test]
async fn connections_are_told_in_the_readers_language_whoever_tested_them() {
    let site = Site::new().await;
    site.vendor.faults(json!([{"vendor": "zoom", "fault": {"kind": "status", "status": 500}}])).await;
    site.call(in_german(post("/api/connections/zoom/test", &json!({})))).await.ok();
    let stands = async |language: &str| {
        let answer =
            site.call(Ask::get("/api/connections").by(Role::Auditor).header("accept-language", language)).await;
        answer.ok()
    };
    let of = |connections: &Value| {
        let zoom =
            connections.as_array().expect("all").iter().find(|one| one["vendor"] == "zoom").expect("zoom").clone();
        (zoom["state"].clone(), zoom["problem"]["title"].clone())
    };
    let (english, german_one) = (of(&stands("en").await), of(&stands("de").await));
    assert_eq!(english.0, german_one.0);
    assert!(!english.1.is_null(), "{english:?}");
    assert_ne!(english.1, german_one.1);
}
