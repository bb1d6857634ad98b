//! One canary secret at every vendor, and everything that anybody can read or take away afterwards: lists, people, the
//! record and its files, jobs, metrics, logs and the bytes of the database. Must not be silent because nothing was there:
//! each canary is shown to be at its vendor.

use roomkey_schema::Role;
use roomkey_tests::log::Log;
use roomkey_tests::{Answer, Ask, INSTANCE_KEY, METRICS_TOKEN, Setup, Site};
use serde_json::{Value, json};

/// Ten digits, as long as a host key may be, so that no other number is taken for it.
const HOST_KEY: &str = "8317402956";
const PMI_PASSCODE: &str = "Qz7Canary9";
/// A site of Webex where PINs have six digits.
const WEBEX_SITE: &str = "demo-eu.webex.example";
const HOST_PIN: &str = "739164";
const PASSCODE: &str = "canaryPass7Q";

/// Somebody with an address at Zoom and at Webex.
async fn somebody(site: &Site) -> (String, String) {
    let users = site.get(Role::Admin, "/api/zoom/users?page_size=300").await.ok()["users"].clone();
    let rooms = site.get(Role::Admin, "/api/webex/people?max=300").await.ok()["items"].clone();
    let addresses: Vec<String> = rooms
        .as_array()
        .expect("rooms")
        .iter()
        .filter_map(|person| Some(person.pointer("/emails/0")?.as_str()?.to_lowercase()))
        .collect();
    let users = users.as_array().expect("people").iter();
    let both = users.filter_map(|user| Some((user["id"].as_str()?.to_owned(), user["email"].as_str()?.to_lowercase())));
    for (id, email) in both.filter(|(_, email)| addresses.contains(email)) {
        let sites = format!("/api/webex/meetingPreferences/sites?userEmail={}", email.replace('@', "%40"));
        if site.get(Role::Admin, &sites).await.ok().to_string().contains(WEBEX_SITE) {
            return (id, email);
        }
    }
    panic!("nobody is at both");
}

/// What Veeting itself says about a meeting that nobody may know, asked past the proxy.
async fn veetings_own(site: &Site) -> Vec<String> {
    let client = json_at(&site.vendor.url("/veeting/api/v6/meeting")).await;
    let meetings = client["data"].as_array().expect("meetings").clone();
    let secrets = meetings.iter().flat_map(|meeting| ["icsToken", "dialInPin"].map(|name| meeting[name].clone()));
    let secrets: Vec<String> = secrets.filter_map(|value| value.as_str().map(str::to_owned)).collect();
    secrets.into_iter().filter(|secret| secret.len() >= 8).collect()
}

async fn json_at(url: &str) -> Value {
    let answer = reqwest::Client::new().get(url).header("x-api-key", INSTANCE_KEY).send().await.expect("an answer");
    let text = answer.text().await.expect("a text");
    serde_json::from_str(&text).expect("JSON")
}

/// Sets a secret, as whoever resets it does.
async fn set(site: &Site, role: Role, method: &str, path: &str, body: Value) -> Answer {
    let answer = site.call(Ask::new(method, path).json(&body).by(role)).await;
    assert_eq!(answer.written().not_applied, [""; 0], "{path}");
    answer
}

/// Everything that can be read without a reason, by everybody.
async fn all_there_is(site: &Site, user: &str, email: &str, sco: &str) -> Vec<Answer> {
    let address = email.replace('@', "%40");
    let mut answers = Vec::new();
    for role in Role::ALL {
        for path in [
            "/api/zoom/users?page_size=300&include_fields=host_key".to_owned(),
            format!("/api/zoom/users/{user}"),
            format!("/api/zoom/users/{user}/settings"),
            format!("/api/webex/meetingPreferences/personalMeetingRoom?userEmail={address}&siteUrl={WEBEX_SITE}"),
            format!("/api/connect/meetings/{sco}"),
            format!("/api/connect/meetings/{sco}/passcode"),
            "/api/connect/meetings".to_owned(),
            "/api/veeting/meeting".to_owned(),
            format!("/api/people?q={address}"),
            "/api/people?q=a".to_owned(),
            format!("/api/audit?object=zoom:{user}&object=webex:{address}&object=connect:{sco}"),
            "/api/audit".to_owned(),
            "/api/audit/export?format=csv".to_owned(),
            "/api/audit/export?format=jsonl".to_owned(),
            "/api/jobs".to_owned(),
            "/api/connections".to_owned(),
            "/api/sessions".to_owned(),
            "/api/openapi.json".to_owned(),
            "/api/schema".to_owned(),
            "/auth/me".to_owned(),
        ] {
            let answer = site.get(role, &path).await;
            assert!(matches!(answer.status, 200 | 403), "{path} by {}: {}", role.as_str(), answer.text);
            answers.push(answer);
        }
        let found = site.get(role, &format!("/api/people?q={address}")).await.ok();
        let key = found["items"][0]["key"].as_str().expect("somebody").to_owned();
        answers.push(site.get(role, &format!("/api/people/{key}")).await);
    }
    answers.push(site.call(Ask::get("/metrics").header("authorization", &format!("Bearer {METRICS_TOKEN}"))).await);
    answers
}

#[tokio::test]
async fn secrets_of_every_vendor_come_out_nowhere_but_where_they_are_revealed() {
    let log = Log::capture();
    let site = Site::with(Setup { reads_people: true, ..Setup::default() }).await;
    site.read_people().await;
    let (user, email) = somebody(&site).await;
    let meetings = site.get(Role::Admin, "/api/connect/meetings").await.ok();
    let sco = meetings["meetings"][0]["sco_id"].as_str().expect("a meeting").to_owned();
    let room = format!(
        "/api/webex/meetingPreferences/personalMeetingRoom?userEmail={}&siteUrl={WEBEX_SITE}",
        email.replace('@', "%40")
    );

    let mut answers = vec![
        set(&site, Role::Helpdesk, "PATCH", &format!("/api/zoom/users/{user}"), json!({"host_key": HOST_KEY})).await,
        set(
            &site,
            Role::Helpdesk,
            "PATCH",
            &format!("/api/zoom/users/{user}/settings"),
            json!({"schedule_meeting": {"pmi_password": PMI_PASSCODE}}),
        )
        .await,
        set(&site, Role::Helpdesk, "PUT", &room, json!({"hostPin": HOST_PIN})).await,
        set(
            &site,
            Role::Helpdesk,
            "PUT",
            &format!("/api/connect/meetings/{sco}/passcode"),
            json!({"passcode": PASSCODE}),
        )
        .await,
    ];
    // They are there: whoever has a reason is shown one.
    let wanted = json!({"operation": "zoom.user_settings.get", "params": {"userId": user},
        "pointer": "/schedule_meeting/pmi_password", "reason": "Ticket 4711"});
    let shown = site.call(Ask::new("POST", "/api/reveal").json(&wanted).by(Role::Helpdesk)).await;
    assert_eq!(shown.ok(), json!({"value": PMI_PASSCODE}));
    let written = site.vendor.writes().await;
    for canary in [HOST_KEY, PMI_PASSCODE, HOST_PIN, PASSCODE] {
        assert!(written.iter().any(|line| line.body.to_string().contains(canary)), "{canary} was on its way");
    }
    let veetings = veetings_own(&site).await;
    assert!(veetings.len() > 3, "{veetings:?}");

    answers.extend(all_there_is(&site, &user, &email, &sco).await);
    assert!(answers.len() > 60, "{}", answers.len());
    assert!(site.record_is_whole().await);
    site.settle().await;
    let canaries = [HOST_KEY, PMI_PASSCODE, HOST_PIN, PASSCODE].into_iter().chain(veetings.iter().map(String::as_str));
    for canary in canaries {
        for answer in &answers {
            assert!(!answer.text.contains(canary), "{canary} in {}", answer.text);
            assert!(!format!("{:?}", answer.headers).contains(canary), "{canary} in a header");
        }
        assert!(site.files_with(canary).is_empty(), "{canary} in {:?}", site.files_with(canary));
        assert!(!log.text().contains(canary), "{canary} in the log");
    }
    assert!(log.text().contains(shown.header("x-request-id")), "the log was listened to");
}
