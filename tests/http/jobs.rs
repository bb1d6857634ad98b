//! Bulk jobs through the proxy: a file becomes rows, rows become changes, each person gets one value, and everything that
//! goes wrong on the way is told and survived.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use roomkey_proxy::audit::entry::Kind;
use roomkey_schema::Role;
use roomkey_tests::{Answer, Ask, Setup, Site, WebexFace};
use serde_json::{Value, json};

/// How long something that must happen may take on a busy machine.
const PATIENCE: Duration = Duration::from_mins(2);
const PUT_ROOM: &str = "/webex/v1/meetingPreferences/personalMeetingRoom";

async fn people(site: &Site, most: usize) -> Vec<String> {
    let page = site.get(Role::Admin, "/api/webex/people?max=1000").await.ok();
    let items = page["items"].as_array().expect("people").clone();
    let email = |item: &Value| item["emails"][0].as_str().expect("an address").to_owned();
    items.iter().map(email).take(most).collect()
}

fn post(path: &str, body: &Value) -> Ask {
    Ask::new("POST", path).json(body).by(Role::Admin)
}

async fn table(site: &Site, name: &str, text: &str) -> Value {
    let ask = Ask::new("POST", "/api/jobs/tables").by(Role::Admin).file("file", name, text.as_bytes());
    let answer = site.call(ask).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json()
}

/// A job for host PINs of the file's second column, checked.
async fn pins(site: &Site, text: &str) -> Value {
    let table = table(site, "pins.csv", text).await;
    let asked = json!({"once": "1", "kind": "webex.host_pin", "table": table["id"], "header": table["header"],
        "columns": {"userEmail": 0, "/hostPin": 1}});
    made(site, &asked).await
}

/// A job for generated host PINs, checked.
async fn generated(site: &Site, emails: &[String]) -> Value {
    let table = table(site, "people.csv", &format!("email\n{}\n", emails.join("\n"))).await;
    let asked = json!({"once": "1", "kind": "webex.host_pin", "table": table["id"], "header": true,
        "columns": {"userEmail": 0}, "generate": true, "unique": true});
    made(site, &asked).await
}

async fn made(site: &Site, asked: &Value) -> Value {
    let answer = site.call(post("/api/jobs", asked)).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    until(site, answer.json()["id"].as_str().expect("an id"), |job| job["state"] != "checking").await
}

async fn act(site: &Site, job: &Value, deed: &str) -> Answer {
    site.call(post(&format!("/api/jobs/{}/{deed}", job["id"].as_str().expect("an id")), &json!({}))).await
}

async fn until(site: &Site, id: &str, wanted: impl Fn(&Value) -> bool) -> Value {
    let seen = async {
        loop {
            let job = site.get(Role::Admin, &format!("/api/jobs/{id}")).await.ok();
            if wanted(&job) {
                return job;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, seen).await.expect("the job gets there")
}

async fn run(site: &Site, job: &Value) -> Value {
    act(site, job, "start").await.ok();
    finish(site, job).await
}

/// Moves the clocks for as long as the job waits for them: some rooms are locked for the moment.
async fn finish(site: &Site, job: &Value) -> Value {
    loop {
        let stands = |job: &Value| job["state"] != "running" || job["resumes_at"].is_string();
        let job = until(site, job["id"].as_str().expect("an id"), stands).await;
        if job["state"] != "running" {
            return job;
        }
        site.advance_ms(10_000).await;
    }
}

async fn rows(site: &Site, job: &Value) -> Vec<Value> {
    let path = format!("/api/jobs/{}/rows?size=1000", job["id"].as_str().expect("an id"));
    site.get(Role::Auditor, &path).await.ok()["rows"].as_array().expect("rows").clone()
}

/// PINs that were put into rooms, by person.
async fn given(site: &Site) -> BTreeMap<String, BTreeSet<String>> {
    let mut given: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in site.vendor.writes().await.iter().filter(|line| line.path == PUT_ROOM) {
        let email = line.query.replace("userEmail=", "").replace("%40", "@");
        given.entry(email).or_default().insert(line.body["hostPin"].as_str().expect("a PIN").to_owned());
    }
    given
}

#[tokio::test]
async fn file_of_pins_is_checked_row_by_row_and_each_good_row_is_sent_once() {
    let site = Site::new().await;
    let who = people(&site, 3).await;
    let text = format!(
        "E-mail;PIN\n{};0482\n{};1234\n\n{};\n{};5931\nnobody@example.com;7351\n{};9182\n",
        who[0],
        who[1],
        who[2],
        who[0].to_uppercase(),
        who[2]
    );
    let job = pins(&site, &text).await;
    assert_eq!(job["state"], "ready", "{job}");
    let said: Vec<(u64, String)> = rows(&site, &job)
        .await
        .iter()
        .filter(|row| row["state"] == "invalid")
        .map(|row| (row["number"].as_u64().expect("a number"), row["detail"].as_str().unwrap_or_default().to_owned()))
        .collect();
    assert_eq!(said.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [3, 5, 6, 7, 8], "{said:?}");
    assert!(said[0].1.contains("upward") && said[1].1.contains("empty") && said[2].1.contains("row 2"), "{said:?}");
    assert!(site.vendor.writes().await.is_empty(), "a dry run sends nothing");
    let job = run(&site, &job).await;
    assert_eq!((job["state"].as_str(), &job["counts"]["done"]), (Some("finished"), &json!(1)), "{job}");
    assert_eq!(given(&site).await, BTreeMap::from([(who[0].clone(), BTreeSet::from(["0482".to_owned()]))]));
    assert!(site.files_with("0482").is_empty() && site.record_is_whole().await);
    let kinds: Vec<Kind> = site.record().await.into_iter().map(|(_, entry)| entry.kind).collect();
    assert!(kinds.ends_with(&[Kind::JobStarted, Kind::Intent, Kind::Outcome]), "{kinds:?}");
}

#[tokio::test]
async fn generated_pins_are_handed_over_once_with_a_reason_and_are_then_gone() {
    let site = Site::new().await;
    let who = people(&site, 20).await;
    let job = run(&site, &generated(&site, &who).await).await;
    assert_eq!(job["counts"]["done"], 20, "{job}");
    assert_eq!(job["handover"], true);
    let given = given(&site).await;
    assert!(given.len() == 20 && given.values().all(|pins| pins.len() == 1));
    let path = format!("/api/jobs/{}/handover", job["id"].as_str().expect("an id"));
    // However long the job took.
    site.forget_cookies().await;
    site.call(post(&path, &json!({"reason": ""}))).await.problem(400, "bad_request");
    // On a page that was left open, the password comes first.
    site.advance_ms(6 * 60_000).await;
    let late = site.call(post(&path, &json!({"reason": "Letters to staff", "format": "csv"}))).await;
    late.problem(403, "recent_sign_in_required");
    site.forget_cookies().await;
    let file = site.call(post(&path, &json!({"reason": "Letters to staff", "format": "csv"}))).await;
    assert_eq!(file.status, 200, "{}", file.text);
    for (email, pins) in &given {
        let pin = pins.first().expect("a PIN");
        assert!(file.text.contains(&format!("{email},{pin}")), "{}", file.text);
    }
    site.call(post(&path, &json!({"reason": "Once more", "format": "csv"}))).await.problem(409, "job_state");
    let taken = site.record().await.into_iter().find(|(_, entry)| entry.kind == Kind::HandedOver).expect("an entry").1;
    assert_eq!(taken.reason.as_deref(), Some("Letters to staff"));
    assert_eq!(site.get(Role::Admin, path.trim_end_matches("/handover")).await.ok()["handover"], false);
}

#[tokio::test]
async fn row_without_an_answer_is_read_back_and_not_given_a_second_pin() {
    let site = Site::with(Setup { timeout_ms: 400, ..Setup::default() }).await;
    let who = people(&site, 6).await;
    let job = generated(&site, &who).await;
    site.vendor
        .faults(json!([
            {"vendor": "webex", "method": "PUT", "times": 1, "after": 1, "fault": {"kind": "apply_then_hang"}},
            {"vendor": "webex", "method": "PUT", "times": 1, "after": 3, "fault": {"kind": "hang"}},
        ]))
        .await;
    act(&site, &job, "start").await.ok();
    let id = job["id"].as_str().expect("an id");
    // The clock stands still: the job waits until it is moved.
    for _ in 0..20 {
        let job = until(&site, id, |job| job["state"] != "running" || job["resumes_at"].is_string()).await;
        if job["state"] != "running" {
            break;
        }
        site.advance_ms(600_000).await;
        site.forget_cookies().await;
    }
    let job = until(&site, id, |job| job["state"] == "finished").await;
    assert_eq!(job["counts"]["done"], 6, "{job} {:?}", rows(&site, &job).await);
    let given = given(&site).await;
    assert!(given.len() == 6 && given.values().all(|pins| pins.len() == 1), "{given:?}");
}

#[tokio::test]
async fn rate_limit_is_waited_for_as_long_as_the_vendor_says() {
    let site = Site::new().await;
    let who = people(&site, 5).await;
    let job = generated(&site, &who).await;
    let limit = json!({"kind": "status", "status": 429, "retry_after": "90", "body": {"message": "slow down"}});
    site.vendor.faults(json!([{"vendor": "webex", "method": "PUT", "times": 1, "after": 2, "fault": limit}])).await;
    act(&site, &job, "start").await.ok();
    let id = job["id"].as_str().expect("an id");
    let job = until(&site, id, |job| job["resumes_at"].is_string()).await;
    assert_eq!(job["state"], "running");
    site.advance_ms(91_000).await;
    let job = until(&site, id, |job| job["state"] == "finished").await;
    assert_eq!(job["counts"]["done"], 5, "{job}");
}

#[tokio::test]
async fn failed_rows_run_again_alone_and_with_the_same_values() {
    let site = Site::new().await;
    let who = people(&site, 4).await;
    let job = generated(&site, &who).await;
    let refusal = json!({"kind": "status", "status": 400, "body": {"message": "no", "errors": [{"description": "no"}], "trackingId": "ROUTER_1"}});
    site.vendor.faults(json!([{"vendor": "webex", "method": "PUT", "times": 2, "fault": refusal}])).await;
    let job = run(&site, &job).await;
    assert_eq!((&job["counts"]["done"], &job["counts"]["failed"]), (&json!(2), &json!(2)), "{job}");
    let failed = rows(&site, &job).await.into_iter().find(|row| row["state"] == "failed").expect("a failed row");
    assert_eq!(failed["code"], "400");
    assert!(failed["tracking_id"].as_str().is_some_and(|id| !id.is_empty()), "{failed}");
    act(&site, &job, "repeat").await.ok();
    let job = finish(&site, &job).await;
    assert_eq!(job["counts"]["done"], 4, "{job}");
    assert!(given(&site).await.values().all(|pins| pins.len() == 1));
}

#[tokio::test]
async fn quota_is_never_passed_and_the_job_says_when_it_goes_on() {
    let site = Site::with(Setup { webex: WebexFace::Xml(2), ..Setup::default() }).await;
    let who = people(&site, 14).await;
    let job = generated(&site, &who).await;
    assert_eq!(job["estimate"]["left"], 10, "{job}");
    act(&site, &job, "start").await.ok();
    let id = job["id"].as_str().expect("an id");
    let job = until(&site, id, |job| job["resumes_at"].is_string()).await;
    assert_eq!(job["counts"]["done"], 10, "{job}");
    let set =
        async || site.vendor.ledger().await.iter().filter(|line| line.body.to_string().contains("SetUser")).count();
    assert_eq!(set().await, 10);
    site.advance_ms(26 * 3_600_000).await;
    site.forget_cookies().await;
    let job = until(&site, id, |job| job["state"] == "finished").await;
    assert_eq!((&job["counts"]["done"], set().await), (&json!(14), 14), "{job}");
}

#[tokio::test]
async fn wall_without_a_quota_sets_each_administrator_aside_once_and_pauses_with_a_reason() {
    let site = Site::with(Setup { webex: WebexFace::Xml(0), ..Setup::default() }).await;
    let who = people(&site, 14).await;
    let job = generated(&site, &who).await;
    site.vendor.faults(json!([{"vendor": "webex_xml", "fault": {"kind": "setuser_wall", "after": 2}}])).await;
    let job = run(&site, &job).await;
    assert_eq!(job["state"], "paused", "{job}");
    assert!(job["reason"].as_str().is_some_and(|reason| reason.contains("administrator")), "{job}");
    assert_eq!(job["counts"]["done"], 10, "{job}");
    assert_eq!(job["counts"]["pending"], 4, "{job}");
    let lines = site.vendor.ledger().await;
    let set = lines.iter().filter(|line| line.body.to_string().contains("SetUser")).count();
    assert_eq!(set, 15, "ten that went well and one refusal for each administrator");
}

#[tokio::test]
async fn pause_cancel_and_delete_do_what_they_say() {
    let site = Site::new().await;
    let who = people(&site, 3).await;
    let job = generated(&site, &who).await;
    act(&site, &job, "pause").await.problem(409, "job_state");
    let cancelled = act(&site, &job, "cancel").await.ok();
    assert_eq!((cancelled["state"].as_str(), &cancelled["counts"]["cancelled"]), (Some("cancelled"), &json!(3)));
    act(&site, &job, "start").await.problem(409, "job_state");
    assert!(site.vendor.writes().await.is_empty());
}

#[tokio::test]
async fn cancelled_job_still_learns_how_rows_ended_that_were_under_way() {
    for (applied, expect) in [("apply_then_hang", ("done", 1)), ("hang", ("cancelled", 1))] {
        let site = Site::with(Setup { timeout_ms: 400, ..Setup::default() }).await;
        let job = generated(&site, &people(&site, 1).await).await;
        let broken = json!({"kind": "status", "status": 500, "body": {"message": "no"}});
        site.vendor
            .faults(json!([
                {"vendor": "webex", "method": "PUT", "times": 1, "fault": {"kind": applied}},
                {"vendor": "webex", "method": "GET", "times": 1, "after": 1, "fault": broken},
            ]))
            .await;
        act(&site, &job, "start").await.ok();
        let id = job["id"].as_str().expect("an id");
        until(&site, id, |job| job["counts"]["unknown"] == 1 && job["resumes_at"].is_string()).await;
        act(&site, &job, "cancel").await.ok();
        let job = until(&site, id, |job| job["counts"]["unknown"] == 0).await;
        assert_eq!((&job["state"], &job["counts"][expect.0]), (&json!("cancelled"), &json!(expect.1)), "{job}");
        assert_eq!(job["handover"], expect.0 == "done");
    }
}

#[tokio::test]
async fn same_request_twice_makes_one_job() {
    let site = Site::new().await;
    let who = people(&site, 2).await;
    let first = generated(&site, &who).await;
    let again = generated(&site, &who).await;
    assert_eq!(first["id"], again["id"]);
}

#[tokio::test]
async fn nonsense_files_and_plans_get_a_sentence() {
    let site = Site::new().await;
    let send = async |name: &str, bytes: &[u8]| {
        site.call(Ask::new("POST", "/api/jobs/tables").by(Role::Admin).file("file", name, bytes))
            .await
            .problem(422, "table_unreadable")
            .detail
    };
    assert!(send("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest").await.contains(".xls"));
    assert!(send("a.csv", b"").await.contains("no rows"));
    assert!(send("a.csv", b"a,\"b\nc").await.contains("row 1"));
    let rows = "x@example.com\n".repeat(50_000);
    assert_eq!(table(&site, "a.csv", &format!("e-mail\n{rows}")).await["rows"], 50_001, "names of columns are no row");
    assert!(send("a.csv", format!("e-mail\n{rows}{rows}").as_bytes()).await.contains("50001 rows"));
    let table = table(&site, "a.csv", "a,b\nx@example.com,1\n").await;
    let asked = json!({"once": "1", "kind": "webex.host_pin", "table": table["id"], "header": true, "columns": {"/hostPin": 7}});
    let problem = site.call(post("/api/jobs", &asked)).await.problem(400, "validation");
    let fields: Vec<&str> = problem.fields.iter().map(|field| field.pointer.as_str()).collect();
    assert_eq!(fields, ["userEmail", "/hostPin"], "{problem:?}");
}

#[tokio::test]
async fn auditors_watch_jobs_and_run_none() {
    let site = Site::new().await;
    site.get(Role::Auditor, "/api/jobs").await.ok();
    let ask = Ask::new("POST", "/api/jobs/tables").by(Role::Auditor).file("file", "a.csv", b"a\nb\n");
    site.call(ask).await.problem(403, "forbidden");
    let start = Ask::new("POST", "/api/jobs/x/start").json(&json!({})).by(Role::Auditor);
    site.call(start).await.problem(403, "forbidden");
    site.call(Ask::get("/api/jobs")).await.problem(401, "session_required");
}

#[tokio::test]
async fn the_help_desk_runs_jobs_for_pins_sees_only_its_own_and_gets_none_for_settings() {
    let site = Site::new().await;
    let desk = |method: &str, path: &str| Ask::new(method, path).by(Role::Helpdesk);
    let kinds = site.get(Role::Helpdesk, "/api/jobs/kinds").await.ok();
    let ids: Vec<_> = kinds.as_array().into_iter().flatten().map(|kind| kind["id"].clone()).collect();
    assert_eq!(ids, [json!("connect.passcode"), json!("webex.host_pin"), json!("zoom.host_key")]);
    let of_admin = generated(&site, &people(&site, 1).await).await;
    let theirs = format!("/api/jobs/{}", of_admin["id"].as_str().expect("an id"));
    assert_eq!(site.get(Role::Helpdesk, "/api/jobs").await.ok(), json!([]));
    site.get(Role::Helpdesk, &theirs).await.problem(404, "not_found");
    site.get(Role::Helpdesk, &format!("{theirs}/rows")).await.problem(404, "not_found");
    site.call(desk("POST", &format!("{theirs}/start")).json(&json!({}))).await.problem(404, "not_found");

    let email = people(&site, 2).await.remove(1);
    let file = format!("email\n{email}\n");
    let table = site.call(desk("POST", "/api/jobs/tables").file("file", "p.csv", file.as_bytes())).await.json();
    let asked = |kind: &str| {
        json!({"once": kind, "kind": kind, "table": table["id"], "header": true,
        "columns": {"userEmail": 0, "userId": 0}, "generate": true, "values": {"/schedule_meeting/pmi_password": "Ab3456"}})
    };
    let refused = site.call(desk("POST", "/api/jobs").json(&asked("zoom.user_settings"))).await;
    let id = refused.problem(403, "forbidden").request_id;
    assert!(site.record().await.iter().any(|(_, entry)| entry.kind == Kind::Denied && entry.request_id == id));
    let pins = json!({"once": "1", "kind": "webex.host_pin", "table": table["id"], "header": true,
        "columns": {"userEmail": 0}, "generate": true});
    let made = site.call(desk("POST", "/api/jobs").json(&pins)).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let id = made.json()["id"].as_str().expect("an id").to_owned();
    until(&site, &id, |job| job["state"] == "ready").await;
    site.call(desk("POST", &format!("/api/jobs/{id}/start")).json(&json!({}))).await.ok();
    let job = finish(&site, &json!({"id": id})).await;
    assert_eq!((&job["state"], &job["counts"]["done"]), (&json!("finished"), &json!(1)), "{job}");
    assert_eq!(site.get(Role::Helpdesk, "/api/jobs").await.ok()[0]["id"], json!(id));
}

#[tokio::test]
async fn settings_of_many_people_are_set_from_words_and_values() {
    let site = Site::new().await;
    let page = site.get(Role::Admin, "/api/zoom/users?page_size=5").await.ok();
    let users = page["users"].as_array().expect("users").clone();
    let email = |at: usize| users[at]["email"].as_str().expect("an address").to_owned();
    let table = table(&site, "s.csv", &format!("who,hd\n{},on\n{},perhaps\n", email(0), email(1))).await;
    let asked = json!({"once": "1", "kind": "zoom.user_settings", "table": table["id"], "header": true,
        "columns": {"userId": 0, "/in_meeting/chat": 1}, "values": {"/in_meeting/annotation": false}});
    let job = run(&site, &made(&site, &asked).await).await;
    assert_eq!(
        (&job["counts"]["done"], &job["counts"]["invalid"]),
        (&json!(1), &json!(1)),
        "{job} {:?}",
        rows(&site, &job).await
    );
    let sent = site.vendor.writes().await;
    assert_eq!(sent.last().expect("a write").body, json!({"in_meeting": {"annotation": false, "chat": true}}));
}
