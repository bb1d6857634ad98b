//! Finding: by any part, without accents, one person over four vendors, and what belongs to two.

use roomkey_schema::Role;
use roomkey_schema::people::{Hit, Kind};
use serde_json::Value;

use super::{find, first, person, site};

/// Somebody whom all four vendors know.
fn everywhere(hit: &Hit) -> bool {
    hit.vendors == ["connect", "veeting", "webex", "zoom"] && hit.kind == Kind::Person
}

#[tokio::test]
async fn one_person_is_found_over_four_vendors_by_any_part_of_name_and_address() {
    let site = site().await;
    let organizers = site.get(Role::Admin, "/api/veeting/meeting").await.ok();
    let all = organizers.as_array().expect("meetings");
    let mut known = None;
    for email in all.iter().filter_map(|meeting| meeting["addedByUserEmail"].as_str()) {
        let hit = first(&site, email).await;
        if everywhere(&hit) {
            known = Some((email.to_owned(), hit));
            break;
        }
    }
    let (email, hit) = known.expect("an organizer whom everybody knows");
    let seen = person(&site, &hit.key).await;
    assert_eq!(seen.hit, hit);
    assert!(seen.emails.contains(&email), "{seen:?}");
    let places: Vec<&str> = seen.accounts.iter().map(|account| account.place.as_str()).collect();
    assert_eq!(places, ["connect.host", "veeting.account", "webex.room", "zoom.user"]);
    // Every place's parameters lead somewhere.
    for (account, path) in seen.accounts.iter().zip([
        "/api/connect/hosts?login={}",
        "/api/veeting/account/{}",
        "/api/webex/meetingPreferences/personalMeetingRoom?userEmail={}",
        "/api/zoom/users/{}",
    ]) {
        let (_, value) = account.params.iter().next().expect("a parameter");
        site.get(Role::Admin, &path.replace("{}", value)).await.ok();
    }
    // Any part of name and address, in any order, in capitals.
    let words: Vec<&str> = hit.name.split(' ').collect();
    let middle: String = hit.name.chars().skip(1).take(3).collect();
    let part = email.get(2..9).expect("a part");
    let backwards = words.iter().rev().copied().collect::<Vec<_>>().join(" ").to_uppercase();
    for text in [hit.name.as_str(), &backwards, &format!("{middle} {part}"), part] {
        let found = find(&site, text).await;
        assert!(found.items.iter().any(|other| other.key == hit.key), "{text}: {found:?}");
    }
}

#[tokio::test]
async fn accents_may_be_left_out_or_typed() {
    let site = site().await;
    let users = site.get(Role::Admin, "/api/zoom/users?page_size=300").await.ok();
    let users = users["users"].as_array().expect("users");
    let accented = |user: &&Value| user["display_name"].as_str().is_some_and(|name| !name.is_ascii());
    let user = users.iter().find(accented).expect("somebody with an accent");
    let (name, email) = (user["display_name"].as_str().expect("a name"), user["email"].as_str().expect("an address"));
    let plain = email.split(['@', '.']).take(2).collect::<Vec<_>>().join(" ");
    assert_ne!(plain, name.to_lowercase());
    for text in [name, &plain, &name.to_uppercase()] {
        assert_eq!(first(&site, text).await.name, name, "{text}");
    }
}

#[tokio::test]
async fn an_alias_leads_to_the_same_person_and_a_shared_address_is_ambiguous() {
    let site = site().await;
    let people = site.get(Role::Admin, "/api/webex/people?max=1000").await.ok();
    let people = people["items"].as_array().expect("people");
    let with_alias = people.iter().find(|one| one["emails"].as_array().is_some_and(|emails| emails.len() == 2));
    let alias = with_alias.expect("somebody with an alias")["emails"][1].as_str().expect("an alias").to_owned();
    let hit = first(&site, &alias).await;
    let seen = person(&site, &hit.key).await;
    assert!(!hit.ambiguous && seen.emails.contains(&alias), "{seen:?}");
    let connect = seen.accounts.iter().find(|account| account.vendor == "connect").expect("joined by the alias alone");
    let login = connect.params.iter().next().expect("a login").1;
    assert!(!login.contains('@'), "{login}");
    assert_eq!(first(&site, login).await.key, hit.key);

    let both = find(&site, "front.desk0@example.com").await;
    let [one, other] = both.items.as_slice() else { panic!("two people: {both:?}") };
    assert!(one.ambiguous && other.ambiguous && one.key != other.key);
    let seen = person(&site, &one.key).await;
    assert_eq!(seen.others.iter().map(|hit| &hit.key).collect::<Vec<_>>(), [&other.key]);
    assert!(seen.accounts.len() > 1, "what is theirs alone still joins: {seen:?}");
}

#[tokio::test]
async fn meetings_are_found_and_say_whose_they_are() {
    let site = site().await;
    let meetings = site.get(Role::Admin, "/api/veeting/meeting").await.ok();
    let meeting = &meetings[0];
    let (topic, host) =
        (meeting["topic"].as_str().expect("a topic"), meeting["addedByUserEmail"].as_str().expect("whose"));
    let found = find(&site, &format!("{topic} {host}")).await;
    assert!(
        found.items.iter().any(|hit| hit.kind == Kind::Meeting && hit.name == topic && hit.detail == host),
        "{found:?}"
    );
    let connect = site.get(Role::Admin, "/api/connect/meetings?page_size=1").await.ok();
    let meeting = &connect["meetings"][0];
    let hit = first(&site, meeting["sco_id"].as_str().expect("an id")).await;
    assert_eq!((hit.kind, hit.vendors.as_slice()), (Kind::Meeting, &["connect".to_owned()][..]));
    let seen = person(&site, &hit.key).await;
    assert_eq!(seen.accounts[0].place, "connect.meeting");
    assert_eq!(seen.hit.name, meeting["name"].as_str().expect("a name"));
}

#[tokio::test]
async fn more_than_the_limit_is_said_to_be_more() {
    let site = site().await;
    let two = site.get(Role::Auditor, "/api/people?q=example&limit=2").await.ok();
    assert_eq!((two["items"].as_array().map(Vec::len), &two["more"]), (Some(2), &Value::Bool(true)));
    let none = find(&site, "nobody is called so").await;
    assert!(none.items.is_empty() && !none.more);
    assert!(none.sources.iter().all(|source| source.count > 0 && source.problem.is_none()), "{none:?}");
}
