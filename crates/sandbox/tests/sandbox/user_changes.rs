//! People from their making to their leaving, and what changes them in between. Must not test their settings.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::account::{Account, bench};
use crate::bench::Bench;

async fn create(bench: &Bench, action: &str, email: &str) -> Value {
    let info = json!({"email": email, "type": 2, "first_name": "Jill", "last_name": "Chill"});
    let answer = bench.post("/users", json!({"action": action, "user_info": info})).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    answer.json()
}

fn path(user: &Value) -> String {
    format!("/users/{}", user["id"].as_str().expect("an id"))
}

#[tokio::test]
async fn each_way_of_creating_makes_the_person_it_promises() {
    let bench = Bench::new().await;
    let before = bench.read("/users/summary").await;
    for (action, status, login) in [
        ("create", "pending", 100),
        ("autoCreate", "active", 100),
        ("custCreate", "active", 99),
        ("ssoCreate", "active", 101),
    ] {
        let email = format!("{}@example.com", action.to_lowercase());
        assert_eq!(bench.read(&format!("/users/email?email={email}")).await, json!({"existed_email": false}));
        let made = create(&bench, action, &email).await;
        let read = bench.read(&path(&made)).await;
        assert_eq!((&read["status"], &read["login_types"]), (&json!(status), &json!([login])), "{action}");
        assert_eq!((&read["email"], &read["display_name"]), (&json!(email), &json!("Jill Chill")));
        assert_eq!(bench.read(&format!("/users/email?email={email}")).await, json!({"existed_email": true}));
    }
    let after = bench.read("/users/summary").await;
    let more = |name: &str| after[name].as_u64().expect("a count") - before[name].as_u64().expect("a count");
    assert_eq!(["pending_users_count", "licensed_users_count", "total_users_count"].map(more), [1, 3, 3]);
}

#[tokio::test]
async fn address_in_use_and_none_at_all_are_refused() {
    let bench = Bench::new().await;
    create(&bench, "create", "jill@example.com").await;
    let body = |email: &str| json!({"action": "create", "user_info": {"email": email, "type": 1}});
    let message = "The e-mail address \"jill@example.com\" has already been used.";
    bench.post("/users", body("Jill@Example.com")).await.is_refused(409, 1005, message);
    bench.post("/users", body("jill")).await.names_fields(&["user_info.email"]);
    bench.post("/users", json!({"action": "create"})).await.names_fields(&["user_info"]);
}

#[tokio::test]
async fn invitation_that_nobody_takes_up_ends_after_thirty_days() {
    let mut bench = Bench::new().await;
    let made = path(&create(&bench, "create", "jill@example.com").await);
    bench.advance(30 * 86_400_000 - 1).await;
    bench.sign_in().await;
    assert_eq!(bench.get(&made).await.status, StatusCode::OK);
    bench.advance(1).await;
    bench.get(&made).await.is_refused(400, 1120, "The invitation of this person has ended.");
}

#[tokio::test]
async fn changed_profile_is_read_back() {
    let bench = bench().await;
    let account = Account::of(&bench).await;
    let path = format!("/users/{}", account.id("user"));
    let change = json!({
        "first_name": "Zora",
        "display_name": "Dr Zora",
        "dept": "Choir",
        "company": "Example, Inc.",
        "pmi": 1_234_567_890_u64,
        "host_key": "4692486817",
        "timezone": "America/Chicago",
        "vanity_name": "zora",
        "custom_attributes": [{"key": "cbf_floor", "name": "Floor", "value": "3"}],
        "phone_numbers": [{"code": "+1", "country": "US", "label": "Mobile", "number": "5550100"}],
    });
    let answer = bench.patch(&path, change.clone()).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text);
    let read = bench.read(&path).await;
    for name in ["first_name", "display_name", "dept", "company", "pmi", "timezone", "phone_numbers"] {
        assert_eq!(read[name], change[name], "{name}");
    }
    assert_eq!(read["custom_attributes"].as_array().map(Vec::len), Some(2), "the other attribute stays");
    assert_eq!(read["vanity_url"], "https://example.zoom.us/my/zora");
    assert_eq!(bench.read("/users/vanity_name?vanity_name=zora").await, json!({"existed": true}));
    let list = bench.read("/users?page_size=2000&include_fields=host_key").await;
    let row = list["users"].as_array().expect("users").iter().find(|user| user["id"] == account.id("user"));
    let row = row.expect("the person");
    assert_eq!((&row["host_key"], &row["pmi"]), (&json!("4692486817"), &json!(1_234_567_890_u64)));
    let other = format!("/users/{}", account.id("other"));
    bench.patch(&other, json!({"pmi": 1_234_567_890_u64})).await.names_fields(&["pmi"]);
    bench.patch(&path, json!({"display_name": ""})).await;
    let last_name = read["last_name"].as_str().expect("a name");
    assert_eq!(bench.read(&path).await["display_name"], format!("Zora {last_name}"));
}

#[tokio::test]
async fn who_is_deleted_is_gone_everywhere_and_hands_over_templates() {
    let bench = bench().await;
    let account = Account::of(&bench).await;
    let (user, other) = (account.id("user"), account.id("other"));
    let template = format!("/users/{other}/meeting_templates/{}", account.id("template"));
    assert_eq!(bench.get(&template).await.status, StatusCode::BAD_REQUEST);
    let group = format!("/groups/{}", account.id("user_group"));
    let members = bench.read(&group).await["total_members"].as_u64().expect("a count");
    let total = bench.read("/users").await["total_records"].as_u64().expect("a count");

    let nobody = bench.delete(&format!("/users/{user}?transfer_email=nobody@example.com&transfer_meeting=true")).await;
    nobody.is_refused(404, 1001, "User does not exist: nobody@example.com.");
    let missing = bench.delete(&format!("/users/{user}?transfer_meeting=true")).await;
    missing.is_refused(400, 300, "Invalid parameter: transfer_email.");
    let path =
        format!("/users/{user}?action=delete&transfer_email={}&transfer_meeting=true", account.id("other_email"));
    assert_eq!(bench.delete(&path).await.status, StatusCode::NO_CONTENT);

    assert_eq!(bench.read(&template).await["id"], account.id("template"));
    assert_eq!(bench.get(&format!("/users/{user}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(bench.get(&format!("/users/{}", account.id("user_email"))).await.status, StatusCode::NOT_FOUND);
    assert_eq!(bench.read(&group).await["total_members"], members - 1);
    assert_eq!(bench.read("/users").await["total_records"], total - 1);
    // The address is free again.
    create(&bench, "create", account.id("user_email")).await;
}

#[tokio::test]
async fn address_is_changed_three_times_a_day_and_finds_the_person() {
    let mut bench = bench().await;
    let account = Account::of(&bench).await;
    let path = format!("/users/{}/email", account.id("user"));
    for number in 1..=3 {
        let email = format!("new{number}@example.com");
        assert_eq!(bench.put(&path, json!({"email": email})).await.status, StatusCode::NO_CONTENT);
        assert_eq!(bench.read(&format!("/users/{email}")).await["id"], account.id("user"));
    }
    assert_eq!(bench.get("/users/new2@example.com").await.status, StatusCode::NOT_FOUND);
    let refused = bench.put(&path, json!({"email": "new4@example.com"})).await;
    assert_eq!(
        (refused.status, refused.header("retry-after")),
        (StatusCode::TOO_MANY_REQUESTS, Some("2026-03-02T10:00:00Z"))
    );
    bench.put(&path, json!({"email": account.id("other_email")})).await.names_fields(&["email"]);
    bench.advance(86_400_000).await;
    bench.sign_in().await;
    assert_eq!(bench.put(&path, json!({"email": "new4@example.com"})).await.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn password_cannot_be_the_old_one_nor_one_of_the_last_three() {
    let bench = bench().await;
    let account = Account::of(&bench).await;
    let path = format!("/users/{}/password", account.id("user"));
    let put = async |password: &str| bench.put(&path, json!({"password": password})).await;
    for password in ["First.42.try", "Second.42.try", "Third.42.try"] {
        assert_eq!(put(password).await.status, StatusCode::NO_CONTENT);
    }
    put("Third.42.try").await.is_refused(400, 300, "The new password is the old one.");
    put("First.42.try").await.is_refused(400, 1129, "None of the last 3 passwords can be used again.");
    assert_eq!(put("Fourth.42.try").await.status, StatusCode::NO_CONTENT);
    assert_eq!(put("First.42.try").await.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn deactivation_takes_the_licence_and_activation_does_not_bring_it_back() {
    let bench = bench().await;
    let account = Account::of(&bench).await;
    let person = format!("/users/{}", account.id("user"));
    let state = async || {
        let read = bench.read(&person).await;
        (read["status"].clone(), read["type"].clone())
    };
    assert_eq!(state().await, (json!("active"), json!(2)));
    let put = async |action: &str| bench.put(&format!("{person}/status"), json!({"action": action})).await;
    for action in ["clock_in", "clock_out", "deactivate"] {
        let answer = put(action).await;
        assert_eq!((answer.status, answer.text.as_str()), (StatusCode::OK, ""));
    }
    assert_eq!(state().await, (json!("inactive"), json!(1)));
    put("activate").await;
    assert_eq!(state().await, (json!("active"), json!(1)));
    let admin = format!("/users/{}/status", account.id("admin"));
    assert_eq!(bench.put(&admin, json!({"action": "deactivate"})).await.json()["code"], 200);
}

#[tokio::test]
async fn revoked_tokens_are_others_afterwards() {
    let bench = Bench::new().await;
    let path = format!("/users/{}/token", bench.read("/users").await["users"][4]["id"].as_str().expect("an id"));
    let before = [bench.read(&path).await, bench.read(&format!("{path}?type=zak&ttl=60")).await];
    assert_ne!(before[0], before[1]);
    assert_eq!(bench.delete(&path).await.status, StatusCode::NO_CONTENT);
    let after = [bench.read(&path).await, bench.read(&format!("{path}?type=zak&ttl=60")).await];
    assert!(before[0] != after[0] && before[1] != after[1]);
    bench.get(&format!("{path}?type=key")).await.is_refused(400, 300, "Invalid parameter: type.");
    bench.get(&format!("{path}?ttl=7776001")).await.is_refused(400, 300, "Invalid parameter: ttl.");
}

#[tokio::test]
async fn assistants_are_licensed_others_and_once_only() {
    let bench = bench().await;
    let account = Account::of(&bench).await;
    let path = format!("/users/{}/assistants", account.id("user"));
    let add = async |id: &str| bench.post(&path, json!({"assistants": [{"id": id}]})).await;
    add(account.id("user")).await.is_refused(400, 200, "Nobody is their own assistant.");
    add(account.id("basic")).await.is_refused(400, 200, "Both have to be licensed.");
    add("nobody").await.is_refused(400, 200, "An assistant was not found.");
    assert_eq!(add(account.id("other")).await.status, StatusCode::CREATED);
    add(account.id("other")).await.is_refused(400, 200, "This person is an assistant already.");
    let one = format!("{path}/{}", account.id("other"));
    assert_eq!(bench.delete(&one).await.status, StatusCode::NO_CONTENT);
    assert_eq!(bench.delete(&one).await.json()["code"], 1001);
}

#[tokio::test]
async fn list_is_filtered_by_licence() {
    let bench = Bench::new().await;
    let all = bench.read("/users").await["total_records"].as_u64();
    let list = bench.read("/users?license=zoom_workforce_management").await;
    let some = list["total_records"].as_u64();
    assert!(some > Some(0) && some < all, "{some:?} of {all:?}");
    let first = list["users"][0]["id"].as_str().expect("an id");
    let settings = bench.read(&format!("/users/{first}/settings")).await;
    assert_eq!(settings["feature"]["zoom_workforce_management"], true);
    bench.get("/users?license=gold").await.is_refused(400, 300, "Invalid parameter: license.");
}
