//! `meeting-feature-update` and `meeting-feature-info`, with their double negative. Must not test passcodes.

use serde_json::json;

use super::{Connect, HOST, fails, invalid, ok};

const PASSCODE: &str = "fid-meeting-passcode-notallowed";
const INFO: &str = "action=meeting-feature-info&account-id=7";

fn update(feature: &str, enable: &str) -> String {
    format!("action=meeting-feature-update&account-id=7&feature-id={feature}&enable={enable}")
}

async fn is_listed(connect: &Connect, feature: &str) -> bool {
    let answer = connect.read(INFO).await;
    assert!(answer.children[1..].iter().all(|one| one.name == "meeting-feature" && one.attribute("account-id") == "7"));
    answer.children[1..].iter().any(|one| one.attribute("feature-id") == feature)
}

#[tokio::test]
async fn hosts_may_not_require_passcodes_at_first() {
    let connect = Connect::new().await;
    assert!(!is_listed(&connect, PASSCODE).await);
    assert!(is_listed(&connect, "fid-archive").await, "others are listed");
}

#[tokio::test]
async fn enabling_what_forbids_passcodes_forbids_them_and_disabling_it_lets_hosts_require_them() {
    let connect = Connect::new().await;
    for _ in 0..2 {
        assert_eq!(ok(&connect.get(&update(PASSCODE, "false")).await).children.len(), 1);
        assert!(is_listed(&connect, PASSCODE).await);
        assert_eq!(ok(&connect.post(&update(PASSCODE, "true")).await).children.len(), 1);
        assert!(!is_listed(&connect, PASSCODE).await);
    }
    // Saying the same again changes nothing.
    ok(&connect.get(&update(PASSCODE, "true")).await);
    assert!(!is_listed(&connect, PASSCODE).await);
}

#[tokio::test]
async fn other_features_are_listed_when_they_are_enabled() {
    let connect = Connect::new().await;
    ok(&connect.get(&update("fid-chat-transcripts", "true")).await);
    assert!(is_listed(&connect, "fid-chat-transcripts").await);
    assert!(!is_listed(&connect, PASSCODE).await);
    ok(&connect.get(&update("fid-chat-transcripts", "false")).await);
    assert!(!is_listed(&connect, "fid-chat-transcripts").await);
}

#[tokio::test]
async fn wrong_parameters_are_named_and_change_nothing() {
    let connect = Connect::new().await;
    let action = "action=meeting-feature-update";
    for (query, field, kind, subcode) in [
        (action.to_owned(), "account-id", "id", "missing"),
        (format!("{action}&account-id=seven"), "account-id", "id", "format"),
        (format!("{action}&account-id=7&enable=false"), "feature-id", "string", "missing"),
        (update("fid-unknown", "false"), "feature-id", "string", "no-such-item"),
        (update(PASSCODE, ""), "enable", "boolean", "missing"),
        (update(PASSCODE, "no"), "enable", "boolean", "format"),
        ("action=meeting-feature-info".to_owned(), "account-id", "id", "missing"),
    ] {
        invalid(&connect.get(&query).await, field, kind, subcode);
    }
    fails(&connect.get(&update(PASSCODE, "false").replace("=7", "=8")).await, "no-access", "denied");
    fails(&connect.get("action=meeting-feature-info&account-id=8").await, "no-access", "denied");
    assert!(!is_listed(&connect, PASSCODE).await);
}

#[tokio::test]
async fn host_can_neither_read_nor_change_features_until_made_an_administrator() {
    let connect = Connect::of_host().await;
    fails(&connect.get(INFO).await, "no-access", "denied");
    fails(&connect.get(&update(PASSCODE, "false")).await, "no-access", "denied");
    connect.mutate(&format!("people/{HOST}"), json!({"administrator": true})).await;
    ok(&connect.get(&update(PASSCODE, "false")).await);
    assert!(is_listed(&connect, PASSCODE).await);
}

#[tokio::test]
async fn change_behind_the_client_s_back_says_what_it_means() {
    let connect = Connect::new().await;
    connect.mutate("account", json!({"hosts-may-require-passcodes": true})).await;
    assert!(is_listed(&connect, PASSCODE).await);
    connect.mutate("account", json!({"hosts-may-require-passcodes": false})).await;
    assert!(!is_listed(&connect, PASSCODE).await);
}
