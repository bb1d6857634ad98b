//! Passcodes for many meetings as a bulk job, and the list of meetings that need one afterwards. Must not test jobs in
//! general.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use roomkey_schema::Role;
use roomkey_tests::{Ask, Setup, Site};
use serde_json::{Value, json};

use super::{meetings, writes};

/// How long something that must happen may take on a busy machine.
const PATIENCE: Duration = Duration::from_mins(5);

fn post(path: &str, body: &Value) -> Ask {
    Ask::new("POST", path).json(body).by(Role::Admin)
}

/// A job, checked.
async fn made(site: &Site, rows: &[String], given: &Value) -> Value {
    let text = format!("meeting,passcode\n{}\n", rows.join("\n"));
    let ask = Ask::new("POST", "/api/jobs/tables").by(Role::Admin).file("file", "meetings.csv", text.as_bytes());
    let table = site.call(ask).await.json();
    let mut asked = json!({"once": "1", "kind": "connect.passcode", "table": table["id"], "header": true});
    asked.as_object_mut().expect("an object").extend(given.as_object().expect("an object").clone());
    let job = site.call(post("/api/jobs", &asked)).await;
    assert_eq!(job.status, 201, "{}", job.text);
    until(site, &job.json(), "checking").await
}

/// The job once it is no longer in that state.
async fn until(site: &Site, job: &Value, state: &str) -> Value {
    let path = format!("/api/jobs/{}", job["id"].as_str().expect("an id"));
    let seen = async {
        loop {
            let job = site.get(Role::Admin, &path).await.ok();
            if job["state"] != state {
                return job;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, seen).await.expect("the job gets there")
}

async fn run(site: &Site, job: &Value) -> Value {
    site.call(post(&format!("/api/jobs/{}/start", job["id"].as_str().expect("an id")), &json!({}))).await.ok();
    until(site, job, "running").await
}

/// What was sent for each meeting.
async fn sent(site: &Site) -> BTreeMap<String, Vec<String>> {
    let mut sent: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for said in writes(site).await {
        let rest = said.strip_prefix("action=acl-field-update&acl-id=").expect("an update");
        let (id, passcode) = rest.split_once("&field-id=meeting-passcode&value=").expect("a passcode");
        sent.entry(id.to_owned()).or_default().push(passcode.to_owned());
    }
    sent
}

#[tokio::test]
async fn five_hundred_meetings_get_passcodes_of_their_own_and_are_listed_as_needing_one() {
    let site = Site::with(Setup { people: 5_000, ..Setup::default() }).await;
    let all = meetings(&site, "").await;
    assert_eq!(all.len(), 600);
    let chosen: Vec<String> = all.keys().take(500).cloned().collect();
    let given = json!({"columns": {"scoId": 0}, "generate": true, "unique": true});
    let job = made(&site, &chosen, &given).await;
    assert_eq!((&job["state"], &job["counts"]["pending"]), (&json!("ready"), &json!(500)), "{job}");
    assert!(writes(&site).await.is_empty(), "a dry run sends nothing");
    let job = run(&site, &job).await;
    assert_eq!((&job["state"], &job["counts"]["done"]), (&json!("finished"), &json!(500)), "{job}");

    let sent = sent(&site).await;
    assert_eq!(sent.keys().collect::<Vec<_>>(), chosen.iter().collect::<Vec<_>>());
    assert!(sent.values().all(|passcodes| passcodes.len() == 1), "each meeting gets one");
    let passcodes: BTreeSet<&String> = sent.values().flatten().collect();
    assert_eq!(passcodes.len(), 500);
    let is_clear = |sign: char| sign.is_ascii_alphanumeric() && !"0Oo1Il".contains(sign);
    assert!(passcodes.iter().all(|passcode| passcode.len() == 8 && passcode.chars().all(is_clear)));

    let needed_before = all.iter().filter(|(_, meeting)| meeting["passcode"] == true).map(|(id, _)| id.clone());
    let expect: BTreeSet<String> = needed_before.chain(chosen).collect();
    let needing = meetings(&site, "&needs_passcode=true").await;
    assert_eq!(needing.into_keys().collect::<BTreeSet<_>>(), expect);
    let one = passcodes.first().expect("a passcode");
    assert!(site.files_with(one).is_empty() && site.record_is_whole().await);
}

#[tokio::test]
async fn rows_are_meetings_by_id_name_or_address_and_slips_are_named() {
    let site = Site::new().await;
    let all: Vec<Value> = meetings(&site, "").await.into_values().collect();
    let text = |at: usize, member: &str| all[at][member].as_str().expect("a text").to_owned();
    site.vendor.mutate_of("connect", &format!("meetings/{}", text(4, "sco_id")), json!({"name": "Twice"})).await;
    site.vendor.mutate_of("connect", &format!("meetings/{}", text(5, "sco_id")), json!({"name": "Twice"})).await;
    let rows = [
        format!("{},byid1", text(0, "sco_id")),
        format!("\"{}\",byname2", text(1, "name").to_uppercase()),
        format!("{},byurl3", text(2, "url")),
        format!("{},again4", text(0, "url")),
        "Twice,unclear5".to_owned(),
        "Nothing,absent6".to_owned(),
        format!("{},not allowed", text(3, "sco_id")),
    ];
    let job = made(&site, &rows, &json!({"columns": {"scoId": 0, "/passcode": 1}})).await;
    assert_eq!((&job["counts"]["pending"], &job["counts"]["invalid"]), (&json!(3), &json!(4)), "{job}");
    let path = format!("/api/jobs/{}/rows?state=invalid", job["id"].as_str().expect("an id"));
    let invalid = site.get(Role::Admin, &path).await.ok();
    let said: Vec<&str> =
        invalid["rows"].as_array().expect("rows").iter().filter_map(|row| row["detail"].as_str()).collect();
    let parts = ["row 2", "Several are called so", "nothing of that name", "letters"];
    assert!(said.iter().zip(parts).all(|(said, part)| said.contains(part)), "{said:?}");
    let job = run(&site, &job).await;
    assert_eq!(job["counts"]["done"], 3, "{job}");
    let expect: BTreeMap<String, Vec<String>> = ["byid1", "byname2", "byurl3"]
        .iter()
        .enumerate()
        .map(|(at, passcode)| (text(at, "sco_id"), vec![(*passcode).to_owned()]))
        .collect();
    assert_eq!(sent(&site).await, expect);
}
