//! Filters, orders and parts of lists, and lists that are too long. Must not test what the rows are.

use serde_json::json;

use super::{ADMIN, Connect, MEETINGS, PASSCODES, fails, invalid};

async fn names(connect: &Connect, query: &str) -> Vec<String> {
    let answer = connect.read(query).await;
    answer.all("row").iter().map(|row| row.text("name").to_owned()).collect()
}

#[tokio::test]
async fn filters_and_names_count_by_the_letter() {
    let connect = Connect::new().await;
    let all = names(&connect, MEETINGS).await;
    let with = |part: &str| all.iter().filter(|name| name.contains(part)).cloned().collect::<Vec<_>>();
    assert!(!with("Seminar").is_empty() && !with("min").is_empty());
    for part in ["Seminar", "seminar", "SEMINAR", "min", "é"] {
        assert_eq!(names(&connect, &format!("{MEETINGS}&filter-like-name={part}")).await, with(part), "{part}");
    }
    assert_eq!(with("seminar"), [""; 0]);
    assert_eq!(names(&connect, &format!("{MEETINGS}&filter-like-name=")).await, all);
    let name = all[0].replace(' ', "+");
    assert_eq!(names(&connect, &format!("{MEETINGS}&filter-name={name}")).await, all[..1]);
    assert_eq!(names(&connect, &format!("{MEETINGS}&filter-name={}", name.to_lowercase())).await, [""; 0]);
    assert_eq!(names(&connect, "action=report-bulk-objects&filter-type=Meeting").await, [""; 0]);
    let people = connect.read("action=principal-list&filter-login=Admin@example.com").await;
    assert_eq!(people.child("principal-list").expect("the list").children.len(), 0);
    let people = connect.read(&format!("action=principal-list&filter-login={ADMIN}&filter-like-name=Connect")).await;
    assert_eq!(people.all("principal").len(), 1);
}

#[tokio::test]
async fn same_filter_twice_takes_either_and_different_ones_both() {
    let connect = Connect::new().await;
    let all = names(&connect, MEETINGS).await;
    let (one, two) = (all[0].replace(' ', "+"), all[1].replace(' ', "+"));
    let either = format!("{MEETINGS}&filter-name={one}&filter-name={two}");
    assert_eq!(names(&connect, &either).await, all[..2]);
    let both = format!("{MEETINGS}&filter-name={one}&filter-like-name={two}");
    assert_eq!(names(&connect, &both).await, [""; 0]);
    let twice = names(&connect, "action=report-bulk-objects&filter-type=meeting&filter-type=content").await;
    assert_eq!(twice.len(), all.len() + 8);
}

#[tokio::test]
async fn rows_are_ordered_by_text_or_number_in_either_direction() {
    let connect = Connect::new().await;
    let mut sorted = names(&connect, MEETINGS).await;
    sorted.sort();
    assert_eq!(names(&connect, &format!("{MEETINGS}&sort-name=asc")).await, sorted);
    sorted.reverse();
    assert_eq!(names(&connect, &format!("{MEETINGS}&sort-name=desc")).await, sorted);
    let ids = connect.ids(&format!("{MEETINGS}&sort-sco-id=desc"), "row").await;
    let numbers: Vec<u64> = ids.iter().map(|id| id.parse().expect("a number")).collect();
    assert!(numbers.is_sorted_by(|one, next| one > next), "{numbers:?}");
    let users = connect.shortcut("user-meetings").await;
    let folders = connect.ids(&format!("action=sco-contents&sco-id={users}&sort-date-created=asc"), "sco").await;
    assert_ne!(folders, connect.ids(&format!("action=sco-contents&sco-id={users}"), "sco").await);
}

#[tokio::test]
async fn parts_of_a_list_make_up_the_whole() {
    let connect = Connect::new().await;
    for (query, name) in [(MEETINGS, "row"), (PASSCODES, "acl")] {
        let whole = connect.ids(query, name).await;
        let mut seen = Vec::new();
        for start in (0..).step_by(5) {
            let part = connect.ids(&format!("{query}&filter-start={start}&filter-rows=5"), name).await;
            assert!(part.len() == 5 || seen.len() + part.len() == whole.len());
            if part.is_empty() {
                break;
            }
            seen.extend(part);
        }
        assert_eq!(seen, whole);
        assert_eq!(connect.ids(&format!("{query}&filter-start=2"), name).await, whole[2..]);
    }
    let sorted = names(&connect, &format!("{MEETINGS}&sort-name=asc")).await;
    let part = names(&connect, &format!("{MEETINGS}&sort-name=asc&filter-start=3&filter-rows=2")).await;
    assert_eq!(part, sorted[3..5]);
}

#[tokio::test]
async fn filters_and_orders_that_make_no_sense_are_named() {
    let connect = Connect::new().await;
    for (rest, field, kind, subcode) in [
        ("filter-colour=red", "filter-colour", "string", "no-such-item"),
        ("filter-like-colour=red", "filter-like-colour", "string", "no-such-item"),
        ("filter-login=a", "filter-login", "string", "no-such-item"),
        ("sort-colour=asc", "sort-colour", "string", "no-such-item"),
        ("sort-name=up", "sort-name", "string", "format"),
        ("filter-rows=0", "filter-rows", "long", "range"),
        ("filter-rows=many", "filter-rows", "long", "format"),
        ("filter-start=-1", "filter-start", "long", "format"),
    ] {
        invalid(&connect.get(&format!("{MEETINGS}&{rest}")).await, field, kind, subcode);
    }
    for action in ["principal-list", "report-my-meetings", "sco-contents&sco-id=11001", "permissions-info&acl-id=11001"]
    {
        let answer = connect.get(&format!("action={action}&filter-colour=red")).await;
        invalid(&answer, "filter-colour", "string", "no-such-item");
    }
}

#[tokio::test]
async fn list_beyond_the_limit_is_too_much_unless_a_part_is_asked_for() {
    let connect = Connect::new().await;
    connect.mutate("account", json!({"row-limit": 10})).await;
    for (query, name) in [(MEETINGS, "row"), (PASSCODES, "acl")] {
        fails(&connect.get(query).await, "too-much-data", "");
        assert_eq!(connect.ids(&format!("{query}&filter-rows=11"), name).await.len(), 11);
    }
    fails(&connect.get(&format!("{MEETINGS}&sort-name=asc")).await, "too-much-data", "");
    assert!(names(&connect, &format!("{MEETINGS}&filter-like-name=Connect+Host")).await.len() == 3);
    assert!(connect.read("action=principal-list").await.all("principal").len() > 10);
    connect.mutate("account", json!({"row-limit": null})).await;
    assert_eq!(connect.ids(MEETINGS, "row").await.len(), 48);
}
