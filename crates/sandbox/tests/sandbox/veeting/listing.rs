//! What is there at the start, and what lists leave in. Must not change anything.

use std::collections::{BTreeMap, BTreeSet};

use roomkey_sandbox::Options;
use serde_json::{Value, json};

use super::{INSTANCE, NOW, Veeting, id, is_misfit};
use crate::bench::options;

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().expect("a text")
}

#[tokio::test]
async fn thirty_accounts_have_organizers_of_the_organisation_and_nobody_is_in_two() {
    let mut veeting = Veeting::new().await;
    veeting.key(INSTANCE);
    let accounts = veeting.list("/account").await;
    assert_eq!(accounts.len(), 30);
    assert_eq!(accounts[0]["name"], "Clinical staff");
    let mut people = BTreeMap::new();
    for status in ["active", "inactive", "pending"] {
        let list = veeting.bench.read(&format!("/users?page_size=2000&status={status}")).await;
        for user in list["users"].as_array().expect("users") {
            people.insert(text(user, "email").to_owned(), user.clone());
        }
    }
    let (mut seen, mut all) = (BTreeSet::new(), 0);
    for account in &accounts {
        let organizers = veeting.list(&format!("/account/admin/{}", id(account))).await;
        assert_eq!(account["numberOfMeetingOrganizers"], organizers.len() - 1);
        for organizer in organizers {
            let same = people.get(text(&organizer, "email")).expect("the same person");
            assert_eq!((&organizer["firstName"], &organizer["lastName"]), (&same["first_name"], &same["last_name"]));
            seen.insert(text(&organizer, "email").to_owned());
            all += 1;
        }
    }
    assert_eq!(seen.len(), all);
    assert!(all > accounts.len() * 3 / 2, "{all}");
}

#[tokio::test]
async fn each_account_has_meetings_of_each_kind_and_one_with_people_at_most() {
    let mut veeting = Veeting::new().await;
    veeting.key(INSTANCE);
    let mut by_account: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for meeting in veeting.list("/meeting").await {
        by_account.entry(text(&meeting, "accountId").to_owned()).or_default().push(meeting);
    }
    assert_eq!(by_account.len(), 30);
    let mut active = 0;
    for account in veeting.list("/account").await {
        let meetings = &by_account[id(&account)];
        assert_eq!(account["numberOfMeetings"], meetings.len());
        assert!((10..=11).contains(&meetings.len()));
        let count = |fits: &dyn Fn(&Value) -> bool| meetings.iter().filter(|meeting| fits(meeting)).count();
        assert_eq!(count(&|one| one["isClosed"] == true && one["dtClosedAt"].is_null()), 2, "over");
        assert_eq!(count(&|one| one["isClosed"] == true && one["dtClosedAt"].is_string()), 1, "closed early");
        assert_eq!(count(&|one| text(one, "startTime") > NOW), 3, "to come");
        let patterns: BTreeSet<(&str, &str)> = meetings
            .iter()
            .filter(|one| one["isRecurring"] == true)
            .map(|one| (text(&one["recurring"], "frequencyType"), text(&one["recurring"], "monthlyPattern")))
            .collect();
        let all = [("daily", ""), ("monthly", "dayOfMonth"), ("monthly", "dayOfWeek"), ("weekly", "")];
        assert_eq!(patterns, BTreeSet::from(all));
        let with_people = count(&|one| one["isActive"] == true);
        assert!(with_people <= 1);
        active += with_people;
    }
    assert_eq!(active, 20);
}

#[tokio::test]
async fn account_key_sees_the_first_account_and_the_meetings_of_all_its_organizers() {
    let mut veeting = Veeting::new().await;
    let (accounts, meetings) = (veeting.list("/account").await, veeting.list("/meeting").await);
    veeting.key(INSTANCE);
    assert_eq!(accounts, veeting.list("/account").await[..1]);
    let mut of_account = veeting.list("/meeting").await;
    of_account.retain(|meeting| meeting["accountId"] == accounts[0]["id"]);
    assert_eq!(meetings, of_account);
    let mut of_organizers = 0;
    let organizers = veeting.list(&format!("/account/admin/{}", id(&accounts[0]))).await;
    assert_eq!(organizers.len(), 4);
    for organizer in organizers {
        veeting.behalf("x-user-id", id(&organizer));
        of_organizers += veeting.list("/meeting").await.len();
    }
    assert_eq!(of_organizers, meetings.len());
}

#[tokio::test]
async fn meetings_are_listed_by_their_start_and_within_a_span_of_time() {
    let veeting = Veeting::new().await;
    let all = veeting.list("/meeting").await;
    assert!(all.is_sorted_by_key(|meeting| text(meeting, "startTime").to_owned()));
    assert_eq!(veeting.list("/meeting?start=&end=").await, all);
    let later = veeting.list(&format!("/meeting?start={NOW}")).await;
    let earlier = veeting.list(&format!("/meeting?end={NOW}")).await;
    let open = id(&veeting.open_meeting().await).to_owned();
    for meeting in &all {
        let (start, end) = (text(meeting, "startTime"), text(meeting, "endTime"));
        let series = meeting["isRecurring"] == true;
        // All series began before now and have something to come.
        assert_eq!(later.contains(meeting), series || end > NOW, "{meeting}");
        assert_eq!(earlier.contains(meeting), series || start < NOW, "{meeting}");
    }
    let now = veeting.list("/meeting?start=2026-03-01T10:00:00.000Z&end=2026-03-01T10:00:00.001Z").await;
    assert!(now.iter().any(|meeting| id(meeting) == open));
    assert!(now.iter().all(|meeting| meeting["isOpen"] == true));
    assert_eq!(veeting.list("/meeting?end=2020-01-01T00:00:00.000Z").await, [json!(null); 0]);
}

#[tokio::test]
async fn bounds_that_are_no_instants_are_refused() {
    let veeting = Veeting::new().await;
    for (query, name) in
        [("start=today", "start"), ("end=2026-03-01", "end"), ("start=2026-03-01T10:00:00%2B01:00", "start")]
    {
        let sentence = format!("{name} is an instant such as 2026-03-01T10:00:00.000Z.");
        is_misfit(&veeting.get(&format!("/meeting?{query}")).await, &sentence);
    }
}

#[tokio::test]
async fn permission_profiles_are_the_same_for_both_keys_and_can_be_given() {
    let mut veeting = Veeting::new().await;
    let profiles = veeting.list("/meetingPermission").await;
    assert_eq!(profiles.len(), 3);
    assert!(profiles.iter().all(|one| one.as_object().map(serde_json::Map::len) == Some(2) && one["name"].is_string()));
    let body = super::with(&super::tomorrow(), "meetingPermissionId", profiles[1]["id"].clone());
    assert_eq!(veeting.schedule(&body).await["meetingPermissionId"], profiles[1]["id"]);
    veeting.key(INSTANCE);
    assert_eq!(veeting.list("/meetingPermission").await, profiles);
}

#[tokio::test]
async fn hardly_any_people_are_enough_for_an_account() {
    for (people, accounts) in [(0, 1), (3, 3), (31, 30)] {
        let mut veeting = Veeting::with(Options { people, ..options() }).await;
        assert_eq!(veeting.list("/account").await.len(), 1);
        assert!(veeting.list("/meeting").await.len() >= 10);
        veeting.key(INSTANCE);
        assert_eq!(veeting.list("/account").await.len(), accounts);
    }
}
