//! A help desk for one group: whoever is outside does not exist for it, by whatever way it is asked. Must not read the
//! expectation from the data that it checks.

use std::collections::BTreeSet;

use roomkey_proxy::audit::entry::Kind;
use roomkey_schema::{Catalog, PathParams, Role, Scope, data};
use roomkey_tests::{Ask, STORY_GROUP, Setup, Site};
use serde_json::{Value, json};

/// What a help desk may ask that is about nobody in particular, and so is closed to one that reaches only a part.
const CLOSED: [&str; 2] = ["zoom.users.check_room_name", "zoom.users.summary"];

/// A site whose help desk reaches one group.
async fn narrow_site() -> (Site, String) {
    let site = Site::with(Setup { reads_people: true, ..Setup::default() }).await;
    site.read_people().await;
    let group = site.group_id(STORY_GROUP).await;
    let unit = format!("zoom.group:{group}").parse().expect("a unit");
    site.set_scope(Role::Helpdesk, Scope { units: vec![unit] }).await;
    (site, group)
}

/// Somebody in the group and somebody who is not, as Zoom lists them.
async fn two_people(site: &Site, group: &str) -> (Value, Value) {
    let listed = site.get(Role::Admin, "/api/zoom/users?page_size=300").await.ok();
    let users = listed["users"].as_array().expect("people").clone();
    let is_in = |user: &&Value| user["group_ids"].as_array().is_some_and(|groups| groups.iter().any(|id| id == group));
    let inside = users.iter().find(is_in).expect("somebody in the group");
    let outside = users.iter().find(|user| !is_in(user)).expect("somebody outside");
    (inside.clone(), outside.clone())
}

fn id(user: &Value) -> String {
    user["id"].as_str().expect("an id").to_owned()
}

#[test]
fn every_operation_of_the_help_desk_says_whom_it_is_about_or_is_closed() {
    let catalog = Catalog::load(&data::documents()).expect("the operation table");
    let silent: BTreeSet<&str> = catalog
        .operations()
        .iter()
        .filter(|operation| operation.roles.contains(&Role::Helpdesk) && operation.reach.is_none())
        .map(|operation| operation.id.as_str())
        .collect();
    assert_eq!(silent, BTreeSet::from(CLOSED));
}

#[tokio::test]
async fn people_outside_are_not_found_and_the_vendor_is_not_asked() {
    let (site, group) = narrow_site().await;
    let (inside, outside) = two_people(&site, &group).await;
    let catalog = Catalog::load(&data::documents()).expect("the operation table");
    let about_a_person = catalog.operations().iter().filter(|operation| {
        operation.vendor == "zoom"
            && operation.method.is_read()
            && operation.roles.contains(&Role::Helpdesk)
            && operation.path.params().any(|name| name == "userId")
    });
    let mut looked_at = 0;
    for operation in about_a_person {
        for (person, is_there) in [(&inside, true), (&outside, false)] {
            site.vendor.reset().await;
            let params = PathParams::from_iter([
                ("userId".to_owned(), id(person)),
                ("collaborationDeviceId".to_owned(), "nothing".to_owned()),
            ]);
            let path = format!("/api/zoom{}", operation.path.encode(&params).expect("every parameter"));
            let answer = site.get(Role::Helpdesk, &path).await;
            let was_asked = !site.vendor.calls().await.is_empty();
            assert_eq!(was_asked, is_there, "{} {}", operation.id, answer.text);
            if !is_there {
                answer.problem(404, "not_found");
            }
        }
        looked_at += 1;
    }
    assert!(looked_at >= 6, "{looked_at}");
    // By address, too, and whoever nobody knows.
    for name in [outside["email"].as_str().expect("an address"), "nobody@example.com", "me"] {
        site.get(Role::Helpdesk, &format!("/api/zoom/users/{name}")).await.problem(404, "not_found");
    }
    for closed in ["/api/zoom/users/summary", "/api/zoom/users/vanity_name?vanity_name=ward"] {
        site.get(Role::Helpdesk, closed).await.problem(404, "not_found");
    }
    site.get(Role::Admin, &format!("/api/zoom/users/{}", id(&outside))).await.ok();
}

#[tokio::test]
async fn lists_show_only_who_is_within() {
    let (site, group) = narrow_site().await;
    let (inside, outside) = two_people(&site, &group).await;
    for (path, rows, name) in [
        ("/api/zoom/users?page_size=300", "/users", "email"),
        ("/api/webex/people?max=300", "/items", "/emails/0"),
        ("/api/connect/hosts?page_size=300", "/hosts", "login"),
    ] {
        let pointer = format!("/{}", name.trim_start_matches('/'));
        let names = async |role| -> BTreeSet<String> {
            let listed = site.get(role, path).await.ok();
            let rows = listed.pointer(rows).and_then(Value::as_array).expect("rows").clone();
            rows.iter().filter_map(|row| Some(row.pointer(&pointer)?.as_str()?.to_lowercase())).collect()
        };
        let (everybody, some) = (names(Role::Admin).await, names(Role::Helpdesk).await);
        assert!(some.is_subset(&everybody) && some.len() < everybody.len(), "{path}: {some:?}");
        let outside = outside["email"].as_str().expect("an address").to_lowercase();
        assert!(!some.contains(&outside), "{path}");
        if path.contains("zoom") {
            assert!(some.contains(&inside["email"].as_str().expect("an address").to_lowercase()), "{some:?}");
        }
    }
}

#[tokio::test]
async fn the_index_finds_only_who_is_within() {
    let (site, group) = narrow_site().await;
    let (inside, outside) = two_people(&site, &group).await;
    let found = async |role, person: &Value| {
        let email = person["email"].as_str().expect("an address");
        site.get(role, &format!("/api/people?q={}", email.replace('@', "%40"))).await.ok()["items"].clone()
    };
    let key = found(Role::Admin, &outside).await[0]["key"].as_str().expect("a key").to_owned();
    assert_eq!(found(Role::Helpdesk, &inside).await.as_array().map(Vec::len), Some(1));
    assert_eq!(found(Role::Helpdesk, &outside).await, json!([]));
    site.get(Role::Helpdesk, &format!("/api/people/{key}")).await.problem(404, "not_found");
    site.get(Role::Admin, &format!("/api/people/{key}")).await.ok();
}

#[tokio::test]
async fn secret_of_somebody_outside_is_not_shown_and_that_is_on_record() {
    let (site, group) = narrow_site().await;
    let (inside, outside) = two_people(&site, &group).await;
    let wanted = |person: &Value| {
        let body = json!({"operation": "zoom.user_settings.get", "params": {"userId": id(person)},
            "pointer": "/schedule_meeting/pmi_password", "reason": "Ticket 4711"});
        Ask::new("POST", "/api/reveal").json(&body).by(Role::Helpdesk)
    };
    site.call(wanted(&inside)).await.ok();
    site.vendor.reset().await;
    site.call(wanted(&outside)).await.problem(404, "not_found");
    assert!(site.vendor.calls().await.is_empty());
    let record = site.record().await;
    let (_, entry) = record.last().expect("a record");
    assert_eq!((entry.kind, entry.objects.get("userId")), (Kind::Denied, Some(&id(&outside))));
}

/// Logins of the hosts that the help desk is shown, page after page.
async fn hosts_within(site: &Site) -> BTreeSet<String> {
    let (mut hosts, mut token) = (BTreeSet::new(), String::new());
    loop {
        let path = format!("/api/connect/hosts?page_size=300&next_page_token={token}");
        let page = site.get(Role::Helpdesk, path.trim_end_matches("&next_page_token=")).await.ok();
        let rows = page["hosts"].as_array().expect("hosts");
        hosts.extend(rows.iter().filter_map(|host| host["login"].as_str().map(str::to_owned)));
        match page["next_page_token"].as_str() {
            Some(next) if !next.is_empty() => next.clone_into(&mut token),
            _ => return hosts,
        }
    }
}

#[tokio::test]
async fn meeting_belongs_to_its_hosts_whom_the_vendor_is_asked_for() {
    let (site, _) = narrow_site().await;
    let hosts = hosts_within(&site).await;
    let sco = |meeting: &Value| meeting["sco_id"].as_str().expect("an id").to_owned();
    let mut own = BTreeSet::new();
    for login in &hosts {
        let path = format!("/api/connect/meetings?host={}", login.replace('@', "%40"));
        let listed = site.get(Role::Helpdesk, &path).await.ok();
        own.extend(listed["meetings"].as_array().expect("meetings").iter().map(sco));
    }
    assert!(!own.is_empty(), "{hosts:?}");
    let all = site.get(Role::Admin, "/api/connect/meetings").await.ok()["meetings"].clone();
    let mut others = 0;
    for meeting in all.as_array().expect("meetings").iter().take(40) {
        let answer = site.get(Role::Helpdesk, &format!("/api/connect/meetings/{}", sco(meeting))).await;
        if answer.status == 200 {
            let of = answer.ok()["hosts"].as_array().expect("hosts").clone();
            let is_within = of.iter().any(|host| host["login"].as_str().is_some_and(|login| hosts.contains(login)));
            assert!(is_within, "{}", answer.text);
        } else {
            answer.problem(404, "not_found");
            assert!(!own.contains(&sco(meeting)));
            let set = Ask::new("PUT", &format!("/api/connect/meetings/{}/passcode", sco(meeting)));
            site.call(set.json(&json!({"passcode": "letters12"})).by(Role::Helpdesk)).await.problem(404, "not_found");
            others += 1;
        }
    }
    assert!(others > 0);
    assert_eq!(site.vendor.writes().await.len(), 0);
}

#[tokio::test]
async fn of_the_record_only_what_is_about_somebody_within_is_read() {
    let (site, group) = narrow_site().await;
    let (inside, outside) = two_people(&site, &group).await;
    site.get(Role::Helpdesk, &format!("/api/audit?object=zoom:{}", id(&inside))).await.ok();
    site.get(Role::Helpdesk, &format!("/api/audit?object=zoom:{}", id(&outside))).await.problem(404, "not_found");
}
