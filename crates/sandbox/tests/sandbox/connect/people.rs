//! `principal-list`: who is there, and that they are the same people as elsewhere. Must not test filters as such.

use super::{ADMIN, Connect, HOST};
use crate::webex::Webex;

#[tokio::test]
async fn people_are_four_in_five_of_the_organisation_after_the_two_accounts() {
    let connect = Connect::new().await;
    let list = connect.read("action=principal-list&filter-type=user").await;
    let people = list.all("principal");
    assert!((290..350).contains(&people.len()), "{}", people.len());
    let logins: Vec<_> = people.iter().map(|one| one.text("login")).collect();
    assert_eq!(logins[..2], [ADMIN, HOST]);
    let mut others = 0;
    for person in &people {
        assert_eq!((person.attribute("account-id"), person.attribute("has-children")), ("7", "false"));
        assert_eq!((person.attribute("is-primary"), person.attribute("is-hidden")), ("false", "false"));
        others += usize::from(person.text("email") != person.text("login"));
    }
    assert!((3..=6).contains(&others), "a few have a second address, and two share one: {others}");
    let webex = Webex::new().await;
    let mut same = 0;
    for person in webex.read("/people?max=1000").await["items"].as_array().expect("people") {
        if let Some(at) = logins.iter().position(|login| person["emails"][0] == *login) {
            assert_eq!(person["displayName"], people[at].text("name"));
            same += 1;
        }
    }
    assert!(same > 200, "{same}");
}

#[tokio::test]
async fn groups_of_the_account_are_listed_beside_people() {
    let connect = Connect::new().await;
    let list = connect.read("action=principal-list&filter-is-primary=true").await;
    let kinds: Vec<_> = list.all("principal").iter().map(|one| one.attribute("type").to_owned()).collect();
    assert_eq!(kinds, ["admins", "live-admins"]);
    assert_eq!(list.all("principal")[0].text("name"), "Administrators");
}

#[tokio::test]
async fn more_people_do_not_move_the_ids_of_those_who_were_there() {
    let ids = async |people| {
        let connect = Connect::with(roomkey_sandbox::Options { people, ..crate::bench::options() }).await;
        let list = connect.read("action=principal-list").await;
        let id = |one: &&super::Node| one.attribute("principal-id").to_owned();
        list.all("principal").iter().map(id).collect::<Vec<_>>()
    };
    let (few, many) = (ids(100).await, ids(200).await);
    assert_eq!(many[..few.len()], few);
    assert!(many.len() > few.len());
}
