//! One meeting's passcode: set, reset, removed, looked for and listed. Must not test several at once: `trios.rs` does.

use super::{Connect, HOST, MEETINGS, PASSCODES, fails, invalid, ok};

/// A meeting without a passcode.
async fn open_meeting(connect: &Connect) -> String {
    for id in connect.ids(MEETINGS, "row").await {
        if connect.passcode(&id).await.is_none() {
            return id;
        }
    }
    panic!("every meeting has a passcode");
}

#[tokio::test]
async fn passcode_is_set_reset_and_removed_and_read_at_once() {
    let connect = Connect::new().await;
    let id = open_meeting(&connect).await;
    let info = format!("action=acl-field-info&acl-id={id}&filter-field-id=meeting-passcode");
    assert_eq!(connect.read(&info).await.children.len(), 1, "nothing but the status");
    for value in ["connect12", "A", "ABCdef0123456789"] {
        assert_eq!(ok(&connect.set_passcode(&id, value).await).children.len(), 1);
        let answer = connect.get(&info).await;
        ok(&answer);
        let field = format!("<field acl-id=\"{id}\" field-id=\"meeting-passcode\"><value>{value}</value></field>");
        assert!(answer.text.contains(&format!("<status code=\"ok\"/>{field}</results>")), "{}", answer.text);
        assert!(connect.ids(PASSCODES, "acl").await.contains(&id));
    }
    ok(&connect.set_passcode(&id, "").await);
    assert_eq!(connect.read(&info).await.children.len(), 1);
    assert!(!connect.ids(PASSCODES, "acl").await.contains(&id));
}

#[tokio::test]
async fn query_sets_a_passcode_as_the_form_does_and_both_together_too() {
    let connect = Connect::new().await;
    let id = open_meeting(&connect).await;
    let query = format!("action=acl-field-update&acl-id={id}&field-id=meeting-passcode&value=one1");
    ok(&connect.get(&query).await);
    assert_eq!(connect.passcode(&id).await.as_deref(), Some("one1"));
    let form = format!("acl-id={id}&field-id=meeting-passcode&value=two2");
    ok(&connect.bench.raw(connect.request("POST", "action=acl-field-update", Some(&form))).await);
    assert_eq!(connect.passcode(&id).await.as_deref(), Some("two2"));
}

#[tokio::test]
async fn passcode_against_the_rules_is_refused_and_the_old_one_stays() {
    let connect = Connect::new().await;
    let id = open_meeting(&connect).await;
    ok(&connect.set_passcode(&id, "before").await);
    for value in ["ABCdef01234567890", "two+words", "a-b", "k%C3%A4se", "%20", "a%00", "%F0%9F%94%92"] {
        invalid(&connect.set_passcode(&id, value).await, "value", "string", "format");
    }
    assert_eq!(connect.passcode(&id).await.as_deref(), Some("before"));
}

#[tokio::test]
async fn wrong_ids_and_fields_are_told_apart() {
    let connect = Connect::new().await;
    let id = open_meeting(&connect).await;
    let update = "action=acl-field-update&field-id=meeting-passcode&value=a";
    invalid(&connect.get(update).await, "acl-id", "id", "missing");
    invalid(&connect.get(&format!("{update}&acl-id=")).await, "acl-id", "id", "missing");
    invalid(&connect.get(&format!("{update}&acl-id=first")).await, "acl-id", "id", "format");
    fails(&connect.get(&format!("{update}&acl-id=1")).await, "no-access", "denied");
    let folder = connect.shortcut("meetings").await;
    invalid(&connect.get(&format!("{update}&acl-id={folder}")).await, "acl-id", "id", "illegal-operation");
    let content = connect.ids("action=report-bulk-objects&filter-type=content", "row").await;
    invalid(&connect.get(&format!("{update}&acl-id={}", content[0])).await, "acl-id", "id", "illegal-operation");
    let other = format!("action=acl-field-update&acl-id={id}&field-id=colour&value=a");
    invalid(&connect.get(&other).await, "field-id", "string", "no-such-item");

    invalid(&connect.get("action=acl-field-info").await, "acl-id", "id", "missing");
    fails(&connect.get("action=acl-field-info&acl-id=1").await, "no-access", "denied");
    invalid(&connect.get("action=acl-field-list").await, "field-id", "string", "missing");
    invalid(&connect.get("action=acl-field-list&field-id=colour").await, "field-id", "string", "no-such-item");
}

#[tokio::test]
async fn list_holds_each_meeting_with_a_passcode_once_and_its_value() {
    let connect = Connect::new().await;
    let list = connect.read(PASSCODES).await;
    let rows = &list.child("acl-field-list").expect("the list").children;
    assert!((5..30).contains(&rows.len()), "about three in ten of 48, not {}", rows.len());
    for row in rows {
        let field = row.child("field").expect("the field");
        assert_eq!((row.name.as_str(), field.attribute("field-id")), ("acl", "meeting-passcode"));
        assert_eq!(connect.passcode(row.attribute("acl-id")).await.as_deref(), Some(field.text("value")));
    }
    let listed = connect.ids(PASSCODES, "acl").await;
    for id in connect.ids(MEETINGS, "row").await {
        let count = listed.iter().filter(|one| **one == id).count();
        assert_eq!(count, usize::from(connect.passcode(&id).await.is_some()), "{id}");
    }
}

#[tokio::test]
async fn host_sets_the_passcode_of_own_meetings_only_and_reads_none() {
    let mut connect = Connect::of_host().await;
    let own = connect.shortcut("my-meetings").await;
    let own = connect.ids(&format!("action=sco-contents&sco-id={own}"), "sco").await;
    assert_eq!(own.len(), 3);
    ok(&connect.set_passcode(&own[0], "mine1").await);
    fails(&connect.get(&format!("action=acl-field-info&acl-id={}", own[0])).await, "no-access", "denied");
    fails(&connect.get(PASSCODES).await, "no-access", "denied");
    connect.sign_in(super::ADMIN).await;
    assert_eq!(connect.passcode(&own[0]).await.as_deref(), Some("mine1"));
    let mut others = connect.ids(MEETINGS, "row").await;
    others.retain(|id| !own.contains(id));
    let hosts = connect.read(&format!("action=permissions-info&acl-id={}", others[0])).await;
    assert!(hosts.all("principal").iter().all(|one| one.text("login") != HOST));
    connect.sign_in(HOST).await;
    for id in [&others[0], "11001", "1"] {
        fails(&connect.set_passcode(id, "theirs").await, "no-access", "denied");
    }
}
