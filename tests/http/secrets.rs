//! Canary secrets on every way through the proxy: none comes out anywhere. Must not be silent because nothing was there:
//! each canary is shown to have been on its way.

use roomkey_proxy::audit::entry::Change;
use roomkey_schema::Role;
use roomkey_tests::log::Log;
use roomkey_tests::{Answer, Ask, CLIENT_SECRET, METRICS_TOKEN, PASSWORD, Setup, Site, spaces};
use serde_json::{Value, json};

const HOST_KEY: &str = "canary-host-key-7Q";
const SHOWN_KEY: &str = "canary-shown-key-7Q";
const PMI_PASSCODE: &str = "canary-pmi-passcode-7Q";
const ACCESS_TOKEN: &str = "canary-access-token-7Q";
const DOOR_CODE: &str = "canary-door-code-7Q";
const NEW_DOOR_CODE: &str = "canary-new-door-code-7Q";

/// Asserts that a canary is in none of the answers, in no file and in no line of the log.
#[track_caller]
fn is_nowhere(canary: &str, answers: &[Answer], site: &Site, log: &Log) {
    for answer in answers {
        assert!(!answer.text.contains(canary), "{canary} in {}", answer.text);
        let headers = format!("{:?}", answer.headers);
        assert!(!headers.contains(canary), "{canary} in {headers}");
    }
    assert!(site.files_with(canary).is_empty(), "{canary} in {:?}", site.files_with(canary));
    assert!(!log.text().contains(canary), "{canary} in the log");
}

async fn metrics(site: &Site) -> Answer {
    let answer = site.call(Ask::get("/metrics").header("authorization", &format!("Bearer {METRICS_TOKEN}"))).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer
}

/// The next calls below that path are answered so.
async fn plant(site: &Site, path: &str, body: Value) {
    let fault = json!({"kind": "status", "status": 200, "body": body});
    site.vendor.faults(json!([{"path": path, "fault": fault}])).await;
}

/// The made-up document with one more field, which is secret.
fn spaces_with_a_door_code() -> (String, String) {
    let (name, text) = spaces::document();
    let mut document: Value = serde_json::from_str(&text).expect("JSON");
    let path = &mut document["paths"]["/spaces/{spaceId}/options"];
    for (method, body) in
        [("get", "/responses/200/content/application~1json"), ("patch", "/requestBody/content/application~1json")]
    {
        let media = path[method].pointer_mut(body).expect("a body");
        media["schema"]["properties"]["door_code"] = json!({"type": "string"});
        if method == "get" {
            media["example"]["door_code"] = json!(DOOR_CODE);
        }
    }
    path["get"]["x-secrets"] = json!(["/door_code"]);
    (name, document.to_string())
}

#[tokio::test]
async fn host_keys_that_a_reader_asks_for_are_answered_as_set_or_not() {
    let site = Site::new().await;
    for role in Role::ALL {
        let users = site.get(role, "/api/zoom/users?include_fields=host_key").await.ok();
        let users = users["users"].as_array().expect("people").clone();
        assert!(!users.is_empty());
        assert!(users.iter().all(|user| user["host_key"] == true), "{users:?}");
    }
}

#[tokio::test]
async fn secrets_in_the_vendors_answers_come_out_nowhere() {
    let log = Log::capture();
    let site = Site::new().await;
    let person = json!({"id": "p", "host_key": HOST_KEY, "pmi_password": PMI_PASSCODE});
    let mut answers = Vec::new();
    plant(&site, "users", json!({"users": [person, {"id": "q", "host_key": ""}]})).await;
    let list = site.get(Role::Helpdesk, "/api/zoom/users?include_fields=host_key").await;
    assert_eq!(list.ok().pointer("/users/0/host_key"), Some(&json!(true)));
    assert_eq!(list.ok().pointer("/users/0/pmi_password"), Some(&json!(true)));
    assert_eq!(list.ok().pointer("/users/1/host_key"), Some(&json!(false)));
    answers.push(list);
    let link = format!("https://zoom.example/j/1?pwd={PMI_PASSCODE}");
    let profile = json!({
        "id": "p", "host_key": HOST_KEY, "pmi_password": PMI_PASSCODE, "password": PMI_PASSCODE,
        "personal_meeting_url": link,
    });
    plant(&site, "users/*", profile).await;
    let one = site.get(Role::Helpdesk, "/api/zoom/users/p").await;
    let redacted =
        json!({"id": "p", "host_key": true, "pmi_password": true, "password": true, "personal_meeting_url": true});
    assert_eq!(one.ok(), redacted);
    answers.push(one);
    // The tag must not tell one key from another either: there are only so many to try.
    let tag = answers[1].header("etag").to_owned();
    let mut another = redacted;
    for secret in ["host_key", "pmi_password", "password", "personal_meeting_url"] {
        another[secret] = json!("another");
    }
    plant(&site, "users/*", another).await;
    assert_eq!(site.get(Role::Helpdesk, "/api/zoom/users/p").await.header("etag"), tag);
    answers.push(metrics(&site).await);
    is_nowhere(HOST_KEY, &answers, &site, &log);
    is_nowhere(PMI_PASSCODE, &answers, &site, &log);
    assert!(log.text().contains(answers[0].header("x-request-id")), "the log was listened to");
}

#[tokio::test]
async fn secret_that_is_written_is_recorded_as_set_and_comes_out_nowhere() {
    let log = Log::capture();
    let site = Site::with(Setup { documents: vec![spaces_with_a_door_code()], ..Setup::default() }).await;
    let before = site.get(Role::Admin, spaces::PATH).await;
    assert_eq!(before.ok()["door_code"], true);
    let change = Ask::patch(spaces::PATH, &json!({"door_code": NEW_DOOR_CODE})).by(Role::Admin);
    let after = site.call(change.if_match(before.header("etag"))).await;
    let written = after.written();
    assert_eq!(written.not_applied, [""; 0]);
    assert_eq!(written.value.expect("read back")["door_code"], true);
    assert_eq!(site.vendor.writes().await[0].body, json!({"door_code": NEW_DOOR_CODE}));
    let record = site.record().await;
    let [.., (_, intent), _] = &record[..] else { panic!("{record:?}") };
    let change = Change { pointer: "/door_code".to_owned(), old: Some(json!(true)), new: json!(true) };
    assert_eq!(intent.changes, [change]);

    // Ignored by the vendor, it is still only named.
    site.vendor.faults(json!([{"method": "PATCH", "fault": {"kind": "ignore"}}])).await;
    let ignored = site.patch(Role::Admin, spaces::PATH, &json!({"door_code": DOOR_CODE})).await;
    assert_eq!(ignored.written().not_applied, ["/door_code"]);
    // Refused by us, it is not quoted.
    let refused = site.patch(Role::Admin, spaces::PATH, &json!({"door_code": [DOOR_CODE]})).await;
    refused.problem(400, "validation");
    let answers = [before, after, ignored, refused, metrics(&site).await];
    is_nowhere(DOOR_CODE, &answers, &site, &log);
    is_nowhere(NEW_DOOR_CODE, &answers, &site, &log);
}

#[tokio::test]
async fn vendors_credentials_and_tokens_come_out_nowhere() {
    let log = Log::capture();
    let site = Site::new().await;
    let mut answers = Vec::new();
    let grant = json!({"access_token": ACCESS_TOKEN, "token_type": "bearer", "expires_in": 3_600, "scope": "x"});
    let granted = json!({"kind": "status", "status": 200, "body": grant});
    site.vendor.faults(json!([{"path": "/zoom/oauth/token", "fault": granted}])).await;
    // The vendor knows nothing of that token: it is refused twice.
    let refused = site.get(Role::Admin, "/api/zoom/groups").await;
    refused.problem(503, "vendor_credentials");
    assert_eq!(site.vendor.calls().await.len(), 2);
    answers.push(refused);
    site.vendor.faults(json!([{"times": 1, "path": "groups", "fault": {"kind": "status", "status": 500}}])).await;
    answers.push(site.get(Role::Admin, "/api/zoom/groups").await);
    answers.push(site.get(Role::Admin, "/api/zoom/groups").await);
    answers[2].ok();
    answers.push(site.get(Role::Admin, "/api/openapi.json").await);
    answers.push(metrics(&site).await);
    is_nowhere(ACCESS_TOKEN, &answers, &site, &log);
    is_nowhere(CLIENT_SECRET, &answers, &site, &log);
}

#[tokio::test]
async fn client_secret_that_the_vendor_refuses_comes_out_nowhere() {
    let log = Log::capture();
    let secret = "canary-client-secret-7Q";
    let site = Site::with(Setup { client_secret: secret.to_owned(), ..Setup::default() }).await;
    let refused = site.get(Role::Admin, "/api/zoom/groups").await;
    refused.problem(503, "vendor_credentials");
    is_nowhere(secret, &[refused], &site, &log);
    assert!(log.text().contains("vendor_credentials"), "the log was listened to");
}

#[tokio::test]
async fn secret_that_is_shown_is_in_that_one_answer_and_nowhere_else() {
    let log = Log::capture();
    let site = Site::new().await;
    plant(&site, "users/*", json!({"id": "p", "host_key": SHOWN_KEY, "pmi_password": PMI_PASSCODE})).await;
    let wanted = json!({"operation": "zoom.users.get", "params": {"userId": "p"}, "pointer": "/host_key",
        "reason": "Ticket 4711"});
    let shown = site.call(Ask::new("POST", "/api/reveal").json(&wanted).by(Role::Helpdesk)).await;
    assert_eq!(shown.ok(), json!({"value": SHOWN_KEY}));
    assert!(!format!("{:?}", shown.headers).contains(SHOWN_KEY) && !shown.text.contains(PMI_PASSCODE));
    assert!(log.text().contains(shown.header("x-request-id")), "the log was listened to");
    let mut answers = vec![site.get(Role::Helpdesk, "/api/zoom/users/p").await, metrics(&site).await];
    // What is refused does not tell it either.
    let refused = site.call(Ask::new("POST", "/api/reveal").json(&wanted).by(Role::Auditor)).await;
    refused.problem(403, "forbidden");
    answers.push(refused);
    assert!(site.record_is_whole().await);
    site.settle().await;
    is_nowhere(SHOWN_KEY, &answers, &site, &log);
    is_nowhere(PMI_PASSCODE, &answers, &site, &log);
}

#[tokio::test]
async fn passwords_and_session_ids_come_out_nowhere() {
    let log = Log::capture();
    let site = Site::new().await;
    let cookie = site.cookie(Role::Admin).await;
    let (_, session) = cookie.split_once('=').expect("name and value");
    assert_eq!(session.len(), 43);
    let wrong = json!({"username": "admin", "password": "canary-wrong-password-7Q"});
    let typed_as_name = json!({"username": "canary-typed-as-name-7Q", "password": "x"});
    let mut answers = vec![site.get(Role::Admin, "/auth/me").await, site.get(Role::Admin, "/api/zoom/groups").await];
    for credentials in [wrong, typed_as_name] {
        let answer = site.call(Ask::new("POST", "/auth/login").json(&credentials)).await;
        answer.problem(401, "sign_in_failed");
        answers.push(answer);
    }
    answers.push(site.call(Ask::new("POST", "/auth/logout").by(Role::Admin)).await);
    answers.push(metrics(&site).await);
    for canary in [session, PASSWORD, "canary-wrong-password-7Q"] {
        is_nowhere(canary, &answers, &site, &log);
    }
    assert!(!log.text().contains("canary-typed-as-name-7Q"));
    let record = format!("{:?}", site.record().await);
    assert!(!record.contains("canary-typed-as-name-7Q"), "{record}");
}
