//! Finding meetings by name, host and folder, and what is told of one. Must not test filters as such: `lists.rs` does.

use std::collections::BTreeSet;

use roomkey_sandbox::Options;

use super::xml::Node;
use super::{Connect, HOST, MEETINGS, fails, invalid};
use crate::bench::options;

#[tokio::test]
async fn five_thousand_people_have_six_hundred_meetings_and_others_as_many_for_their_number() {
    for (people, meetings) in [(5000, 600), (400, 48), (50, 6), (0, 4)] {
        let connect = Connect::with(Options { people, ..options() }).await;
        let ids = connect.ids(MEETINGS, "row").await;
        assert_eq!((ids.len(), ids.iter().collect::<BTreeSet<_>>().len()), (meetings, meetings), "{people} people");
    }
}

#[tokio::test]
async fn report_has_every_meeting_with_address_name_and_dates_and_content_beside_them() {
    let connect = Connect::new().await;
    let report = connect.read(MEETINGS).await;
    let rows = &report.child("report-bulk-objects").expect("the report").children;
    for row in rows {
        assert_eq!((row.name.as_str(), row.attribute("type"), row.attribute("icon")), ("row", "meeting", "meeting"));
        assert!(row.text("url").starts_with('/') && row.text("url").ends_with('/'));
        assert!(row.text("date-created") <= row.text("date-modified"));
        assert_eq!(row.text("date-created").len(), "2026-03-01T10:00:00.000+00:00".len());
    }
    let names: BTreeSet<_> = rows.iter().map(|row| row.text("name")).collect();
    let addresses: BTreeSet<_> = rows.iter().map(|row| row.text("url")).collect();
    assert_eq!((names.len(), addresses.len()), (rows.len(), rows.len()));
    let all = connect.read("action=report-bulk-objects").await;
    let kinds: BTreeSet<_> = all.all("row").iter().map(|row| row.attribute("type").to_owned()).collect();
    assert_eq!(kinds, BTreeSet::from(["content".to_owned(), "meeting".to_owned()]));
}

#[tokio::test]
async fn meeting_is_found_by_the_folder_that_is_named_after_its_host() {
    let connect = Connect::new().await;
    let users = connect.shortcut("user-meetings").await;
    let mut seen = 0;
    for folder in connect.read(&format!("action=sco-contents&sco-id={users}")).await.all("sco") {
        assert_eq!((folder.attribute("type"), folder.attribute("is-folder")), ("folder", "1"));
        assert_eq!(folder.attribute("folder-id"), users);
        let login = folder.text("name");
        let by_login = connect.ids(&format!("action=sco-contents&sco-id={users}&filter-name={login}"), "sco").await;
        assert_eq!(by_login, [folder.attribute("sco-id")]);
        for id in connect.ids(&format!("action=sco-contents&sco-id={}", by_login[0]), "sco").await {
            assert_eq!(hosts(&connect, &id).await[0], login);
            seen += 1;
        }
    }
    assert_eq!(seen, 44, "all but those in the shared folders");
}

#[tokio::test]
async fn every_person_has_a_folder_of_their_own() {
    let connect = Connect::new().await;
    let users = connect.shortcut("user-meetings").await;
    let folders = connect.read(&format!("action=sco-contents&sco-id={users}")).await;
    let folders: BTreeSet<_> = folders.all("sco").iter().map(|sco| sco.text("name").to_owned()).collect();
    let people = connect.read("action=principal-list&filter-type=user").await;
    let people: BTreeSet<_> = people.all("principal").iter().map(|one| one.text("login").to_owned()).collect();
    assert_eq!(folders, people);
}

#[tokio::test]
async fn shared_folders_hold_meetings_and_content() {
    let connect = Connect::new().await;
    let shared = connect.shortcut("meetings").await;
    let folders = connect.read(&format!("action=sco-contents&sco-id={shared}")).await;
    let names: Vec<_> = folders.all("sco").iter().map(|sco| sco.text("name").to_owned()).collect();
    assert_eq!((names.len(), names[0].as_str()), (8, "Clinical staff"));
    let mut meetings = 0;
    for folder in folders.all("sco") {
        let query = format!("action=sco-contents&sco-id={}", folder.attribute("sco-id"));
        let content = connect.read(&format!("{query}&filter-type=content")).await;
        assert_eq!(content.all("sco")[0].attribute("icon"), "presentation");
        let found = connect.read(&format!("{query}&filter-type=meeting")).await;
        meetings += found.all("sco").len();
        assert!(found.all("sco").iter().all(|sco| sco.text("name").starts_with(folder.text("name"))));
    }
    assert_eq!(meetings, 4);
}

#[tokio::test]
async fn one_meeting_is_told_as_in_its_folder_and_with_a_description() {
    let connect = Connect::new().await;
    let (mut planned, mut described) = (0, 0);
    for row in connect.read(MEETINGS).await.all("row") {
        let id = row.attribute("sco-id");
        let info = connect.read(&format!("action=sco-info&sco-id={id}")).await;
        let sco = info.child("sco").expect("the meeting");
        assert_eq!((sco.attribute("sco-id"), sco.attribute("is-folder")), (id, "0"));
        assert_eq!((sco.text("name"), sco.text("url-path")), (row.text("name"), row.text("url")));
        described += usize::from(sco.text("description") == "Bring your questions & your notes.");
        let folder = sco.attribute("folder-id");
        let query = format!("action=sco-contents&sco-id={folder}&filter-sco-id={id}");
        let mut whole = sco.clone();
        whole.children.retain(|child| child.name != "description");
        assert_eq!(connect.read(&query).await.all("sco"), [&whole]);
        if sco.child("date-begin").is_some() {
            assert!(sco.text("date-begin") < sco.text("date-end"));
            planned += 1;
        }
    }
    assert!((20..45).contains(&planned) && (8..35).contains(&described), "{planned}, {described}");
    let root = connect.read("action=sco-info&sco-id=11001").await;
    assert_eq!(root.all("sco")[0].text("name"), "Shared Meetings");
}

#[tokio::test]
async fn what_is_not_there_has_no_data_and_what_is_not_for_a_host_is_denied() {
    let connect = Connect::of_host().await;
    for action in ["sco-info", "sco-contents"] {
        fails(&connect.get(&format!("action={action}&sco-id=1")).await, "no-data", "");
        fails(&connect.get(&format!("action={action}&sco-id=11002")).await, "no-access", "denied");
        invalid(&connect.get(&format!("action={action}")).await, "sco-id", "id", "missing");
        invalid(&connect.get(&format!("action={action}&sco-id=-1")).await, "sco-id", "id", "format");
    }
    invalid(&connect.get("action=permissions-info&acl-id=a").await, "acl-id", "id", "format");
    fails(&connect.get("action=permissions-info&acl-id=1").await, "no-access", "denied");
    fails(&connect.get("action=permissions-info&acl-id=11001").await, "no-access", "denied");
}

#[tokio::test]
async fn shortcuts_lead_to_shared_everybody_s_and_own_folders() {
    let connect = Connect::of_host().await;
    let shortcuts = connect.read("action=sco-shortcuts").await;
    let told: Vec<_> = shortcuts.all("sco").iter().map(|sco| sco.attribute("type").to_owned()).collect();
    assert_eq!(told, ["meetings", "user-meetings", "my-meetings"]);
    assert!(shortcuts.all("sco").iter().all(|sco| sco.text("domain-name") == "connect.example.com"));
    let own = connect.shortcut("my-meetings").await;
    let info = connect.read(&format!("action=sco-info&sco-id={own}")).await;
    assert_eq!(info.all("sco")[0].text("name"), HOST);
}

#[tokio::test]
async fn own_meetings_are_those_that_one_hosts_or_is_invited_to() {
    let mut connect = Connect::of_host().await;
    let own = connect.read("action=report-my-meetings").await;
    let rows = &own.child("my-meetings").expect("the report").children;
    assert_eq!(rows.len(), 3);
    for row in rows {
        assert_eq!((row.name.as_str(), row.attribute("permission-id")), ("meeting", "host"));
        if row.child("date-begin").is_some() {
            let expired = row.text("date-end") < "2026-03-01T10:00:00.000+00:00";
            assert_eq!(row.text("expired"), expired.to_string());
            assert_eq!(row.text("duration").len(), "00:45:00.000".len());
        }
        assert_eq!(hosts(&connect, row.attribute("sco-id")).await[0], HOST);
    }
    connect.sign_in(super::ADMIN).await;
    assert_eq!(connect.read("action=report-my-meetings").await.all("meeting").len(), 0);
}

#[tokio::test]
async fn permissions_tell_hosts_guests_and_owners() {
    let connect = Connect::new().await;
    let (mut second_hosts, mut guests) = (0, 0);
    for id in connect.ids(MEETINGS, "row").await {
        let all = connect.read(&format!("action=permissions-info&acl-id={id}")).await;
        let count = |permission: &str| rows_with(&all, permission);
        assert_eq!(hosts(&connect, &id).await.len(), count("host"));
        assert_eq!(count("host") + count("view"), all.all("principal").len());
        assert!(count("host") >= 1);
        second_hosts += usize::from(count("host") > 1);
        guests += count("view");
    }
    assert!(second_hosts > 0 && guests > 0, "{second_hosts}, {guests}");
    let own = connect.shortcut("my-meetings").await;
    let all = connect.read(&format!("action=permissions-info&acl-id={own}")).await;
    assert_eq!((all.all("principal").len(), rows_with(&all, "manage")), (1, 1));
}

fn rows_with(permissions: &Node, permission: &str) -> usize {
    permissions.all("principal").iter().filter(|one| one.attribute("permission-id") == permission).count()
}

async fn hosts(connect: &Connect, id: &str) -> Vec<String> {
    let answer = connect.read(&format!("action=permissions-info&acl-id={id}&filter-permission-id=host")).await;
    answer.child("permissions").expect("the list").children.iter().map(|one| one.text("login").to_owned()).collect()
}
