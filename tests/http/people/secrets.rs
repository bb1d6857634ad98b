//! No secret gets into the index: neither into an answer nor into a file.

use roomkey_schema::Role;
use roomkey_tests::Ask;
use serde_json::json;

use super::{find, on_zoom, person, site, source};

const HOST_KEY: &str = "7301529468";
const PASSCODE: &str = "Canary7xQ9w2";

#[tokio::test]
async fn no_secret_of_a_list_is_in_the_database_nor_in_an_answer() {
    let site = site().await;
    let (hit, id) = on_zoom(&site).await;
    site.patch(Role::Admin, &format!("/api/zoom/users/{id}"), &json!({"host_key": HOST_KEY})).await.written();
    let meetings = site.get(Role::Admin, "/api/connect/meetings?page_size=1").await.ok();
    let sco = meetings["meetings"][0]["sco_id"].as_str().expect("an id");
    let set = Ask::new("PUT", &format!("/api/connect/meetings/{sco}/passcode")).json(&json!({"passcode": PASSCODE}));
    site.call(set.by(Role::Admin)).await.written();
    // The list says it to whoever holds the vendor's password; to people only that it is set.
    let meetings = site.get(Role::Admin, "/api/connect/meetings?page_size=1").await.ok();
    assert_eq!((&meetings["meetings"][0]["sco_id"], &meetings["meetings"][0]["passcode"]), (&json!(sco), &json!(true)));
    let read_at = source(&find(&site, "").await, "zoom").read_at.clone();
    site.advance_ms(2_000).await;
    site.call(Ask::new("POST", "/api/people/refresh").by(Role::Admin)).await;
    let read = |vendor: &str, found: &_| {
        let source: &roomkey_schema::people::Source = source(found, vendor);
        !source.reading && source.read_at != read_at
    };
    site.until_people(|found| ["zoom", "connect", "veeting", "webex"].iter().all(|vendor| read(vendor, found))).await;
    let told = serde_json::to_string(&person(&site, &hit.key).await).expect("JSON");
    for word in ["host_key", "passcode", "icsToken", "dialIn", "pin"] {
        assert!(!told.contains(word), "{told}");
    }
    for secret in [HOST_KEY, PASSCODE] {
        assert!(find(&site, secret).await.items.is_empty(), "{secret}");
        assert_eq!(site.files_with(&secret.to_lowercase()), Vec::<std::path::PathBuf>::new(), "{secret}");
        assert_eq!(site.files_with(secret), Vec::<std::path::PathBuf>::new(), "{secret}");
    }
}
