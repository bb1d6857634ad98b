//! The people index over all four vendors: found, joined, kept fresh, and what happens when a vendor does not answer.

mod found;
mod fresh;
mod reading;
mod roles;
mod secrets;

use std::fmt::Write as _;

use roomkey_schema::Role;
use roomkey_schema::people::{Found, Hit, Person, Source};
use roomkey_tests::{Setup, Site};
use serde_json::Value;

async fn site() -> Site {
    let site = Site::with(Setup { reads_people: true, ..Setup::default() }).await;
    site.read_people().await;
    site
}

/// With faults that are there before anything is read.
async fn unread_with(faults: Value) -> Site {
    unread_with_setup(Setup::default(), faults).await
}

async fn unread_with_setup(setup: Setup, faults: Value) -> Site {
    let mut site = Site::with(setup).await;
    site.vendor.faults(faults).await;
    site.begin_to_read_people();
    site
}

fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        let _ = write!(encoded, "%{byte:02x}");
    }
    encoded
}

async fn find(site: &Site, text: &str) -> Found {
    let answer = site.get(Role::Helpdesk, &format!("/api/people?q={}", encoded(text))).await.ok();
    serde_json::from_value(answer).expect("what was found")
}

/// The first hit.
async fn first(site: &Site, text: &str) -> Hit {
    let found = find(site, text).await;
    found.items.first().unwrap_or_else(|| panic!("{text} is found: {found:?}")).clone()
}

/// Somebody whom Zoom knows, and the id there.
async fn on_zoom(site: &Site) -> (Hit, String) {
    let found = find(site, "example").await;
    let hit = found.items.into_iter().find(|hit| hit.vendors.iter().any(|vendor| vendor == "zoom")).expect("somebody");
    let accounts = person(site, &hit.key).await.accounts;
    let account = accounts.into_iter().find(|account| account.vendor == "zoom").expect("an account");
    (hit, account.params.into_iter().next().expect("an id").1)
}

async fn person(site: &Site, key: &str) -> Person {
    serde_json::from_value(site.get(Role::Helpdesk, &format!("/api/people/{key}")).await.ok()).expect("a person")
}

fn source<'a>(found: &'a Found, vendor: &str) -> &'a Source {
    found.sources.iter().find(|source| source.vendor == vendor).expect("a source")
}

/// How often a vendor was asked for a page below this path.
async fn pages(site: &Site, path: &str) -> usize {
    site.vendor.calls().await.iter().filter(|line| line.path == path && line.method == "GET").count()
}
