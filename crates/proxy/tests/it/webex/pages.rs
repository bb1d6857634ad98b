//! Pages of people, and that nothing Webex says leads to another host. Must not look at rooms.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::http::{HeaderName, Uri};
use roomkey_proxy::clock::ManualClock;
use roomkey_proxy::vendors::webex::Webex;
use roomkey_proxy::vendors::{Trouble, Vendor};
use roomkey_schema::Method;
use serde_json::{Value, json};

use super::{ADMIN, Bench, PEOPLE, app, call};
use crate::support::{BEGIN_MS, listen};

#[tokio::test]
async fn pages_hold_everybody_once() {
    let bench = Bench::rest().await;
    let (mut ids, mut rows, mut pages) = (BTreeSet::new(), 0, 0);
    let mut token: Option<String> = None;
    loop {
        let mut query = vec![("max", "7")];
        query.extend(token.as_deref().map(|token| ("next_page_token", token)));
        let page = bench.read(PEOPLE, &query).await;
        for row in page["items"].as_array().unwrap() {
            assert!(row.get("orgId").is_none() && row["displayName"].is_string(), "{row}");
            ids.insert(row["id"].as_str().unwrap().to_owned());
            rows += 1;
        }
        pages += 1;
        token = page["next_page_token"].as_str().map(str::to_owned);
        if token.is_none() {
            break;
        }
    }
    assert!(pages > 5, "{pages}");
    assert_eq!(ids.len(), rows);
    assert_eq!(bench.read(PEOPLE, &[("max", "1000")]).await["items"].as_array().map(Vec::len), Some(rows));
}

#[tokio::test]
async fn people_are_found_by_address_and_by_the_beginning_of_their_name() {
    let bench = Bench::rest().await;
    let found = bench.read(PEOPLE, &[("email", ADMIN)]).await;
    assert_eq!(found["items"].as_array().map(Vec::len), Some(1));
    let name = found["items"][0]["displayName"].as_str().unwrap();
    let by_name = bench.read(PEOPLE, &[("displayName", name)]).await;
    assert!(by_name["items"].as_array().unwrap().contains(&found["items"][0]));
}

#[tokio::test]
async fn a_token_that_is_none_is_refused_without_asking() {
    let bench = Bench::rest().await;
    let fault = bench.get(PEOPLE, &[("next_page_token", "http://evil.example/")]).await.unwrap_err();
    let Trouble::Refused { fields, .. } = &fault.trouble else { panic!("{fault:?}") };
    assert_eq!(fields[0].0, "next_page_token");
    assert!(bench.ledger().await.is_empty());
}

/// A Webex whose next page is said to be elsewhere.
#[tokio::test]
async fn the_next_page_is_asked_at_the_configured_base_whatever_the_link_says() {
    let strays = Arc::new(AtomicUsize::new(0));
    let count = strays.clone();
    let elsewhere = listen(Router::new().fallback(move || async move {
        count.fetch_add(1, Ordering::SeqCst);
    }))
    .await;
    let asked: Arc<Mutex<Vec<String>>> = Arc::default();
    let seen = asked.clone();
    let webex = Router::new().fallback(move |uri: Uri| async move {
        seen.lock().unwrap().push(uri.to_string());
        let link = format!("<http://{elsewhere}/v9/secrets?cursor=c%2F1&max=3&email=other&id=x>; rel=\"next\"");
        ([(HeaderName::from_static("link"), link)], json!({"items": []}).to_string())
    });
    let mut config = app(&format!("http://{}/v1", listen(webex).await));
    (config.client_id, config.client_secret, config.refresh_token) = (None, None, None);
    config.access_token = Some("fixed".into());
    let vendor = Webex::new(&config, Arc::new(ManualClock::at(BEGIN_MS))).unwrap();
    let page: Value = vendor.call(&call(Method::Get, PEOPLE, &[], None)).await.unwrap().body.unwrap();
    let token = page["next_page_token"].as_str().unwrap();
    let next = call(Method::Get, PEOPLE, &[("displayName", "A"), ("next_page_token", token)], None);
    vendor.call(&next).await.unwrap();
    assert_eq!(*asked.lock().unwrap(), ["/v1/people", "/v1/people?displayName=A&cursor=c%2F1"]);
    assert_eq!(strays.load(Ordering::SeqCst), 0);
}
