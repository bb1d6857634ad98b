//! How the index stays fresh: after a write through the proxy, after an hour, and when somebody says so.

use roomkey_schema::Role;
use roomkey_tests::Ask;
use serde_json::json;

use super::{find, first, on_zoom, pages, person, site, source};

const USERS: &str = "/zoom/v2/users";

#[tokio::test]
async fn whoever_is_renamed_created_or_deleted_through_the_proxy_is_read_again_alone() {
    let site = site().await;
    let before = pages(&site, USERS).await;
    let (hit, id) = on_zoom(&site).await;
    let path = format!("/api/zoom/users/{id}");
    site.patch(Role::Admin, &path, &json!({"first_name": "Zyxwa", "display_name": "Zyxwa Vuts"})).await.written();
    until(&site, "zyxwa", true).await;
    assert_eq!(first(&site, "zyxwa").await.key, hit.key, "the key stays");

    let info = json!({"email": "newcomer@example.com", "type": 1, "first_name": "Quibble", "last_name": "Newcomer"});
    let create = Ask::new("POST", "/api/zoom/users").json(&json!({"action": "autoCreate", "user_info": info}));
    site.call(create.by(Role::Admin)).await.written();
    until(&site, "quibble", true).await;
    let newcomer = person(&site, &first(&site, "quibble").await.key).await;
    let id = newcomer.accounts[0].params.iter().next().expect("an id").1.clone();
    let delete = Ask::new("DELETE", &format!("/api/zoom/users/{id}?action=delete")).by(Role::Admin);
    site.call(delete).await.written();
    until(&site, "quibble", false).await;
    assert_eq!(pages(&site, USERS).await, before, "the list was not read again");
}

#[tokio::test]
async fn a_change_of_what_is_not_indexed_reads_nothing() {
    let site = site().await;
    let (_, id) = on_zoom(&site).await;
    let path = format!("/zoom/v2/users/{id}");
    site.patch(Role::Admin, &format!("/api/zoom/users/{id}"), &json!({"host_key": "730152"})).await.written();
    let own = pages(&site, &path).await;
    // What is read in the background afterwards would come before this.
    site.patch(Role::Admin, &format!("/api/zoom/users/{id}"), &json!({"last_name": "Ravenscroft"})).await.written();
    until(&site, "ravenscroft", true).await;
    assert_eq!(pages(&site, &path).await - own, 3, "before, after, and for the index");
}

#[tokio::test]
async fn what_changed_at_the_vendor_is_there_after_an_hour_and_what_has_gone_is_not() {
    let site = site().await;
    let read_at = source(&find(&site, "").await, "zoom").read_at.clone();
    let (hit, id) = on_zoom(&site).await;
    site.vendor.mutate(&format!("users/{id}"), None, json!({"first_name": "Behindback"})).await;
    site.advance_ms(59 * 60_000).await;
    site.forget_cookies().await;
    assert!(find(&site, "behindback").await.items.is_empty());
    site.advance_ms(60_000).await;
    let found = site.until_people(|found| source(found, "zoom").read_at != read_at).await;
    assert!(source(&found, "zoom").problem.is_none());
    assert_eq!(first(&site, "behindback").await.key, hit.key);
}

#[tokio::test]
async fn an_administrator_has_everything_read_now() {
    let site = site().await;
    let before = pages(&site, USERS).await;
    let (_, id) = on_zoom(&site).await;
    site.vendor.mutate(&format!("users/{id}"), None, json!({"first_name": "Atonce"})).await;
    let answer = site.call(Ask::new("POST", "/api/people/refresh").by(Role::Admin)).await;
    assert_eq!(answer.status, 202, "{}", answer.text);
    until(&site, "atonce", true).await;
    assert!(pages(&site, USERS).await > before);
}

/// Lets the background work until somebody is found, or no longer.
async fn until(site: &roomkey_tests::Site, text: &str, is_there: bool) {
    let seen = async {
        while find(site, text).await.items.is_empty() == is_there {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_mins(1), seen).await.expect("the index hears of it");
}
