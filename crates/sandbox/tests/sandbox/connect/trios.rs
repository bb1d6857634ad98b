//! Several passcodes in one call: in the order in which they were sent, all or none. Must not test a single one.

use super::{ADMIN, Connect, HOST, MEETINGS, fails, invalid, ok};

const FIELD: &str = "field-id=meeting-passcode";

async fn passcodes(connect: &Connect, ids: &[String]) -> Vec<Option<String>> {
    let mut found = Vec::new();
    for id in ids {
        found.push(connect.passcode(id).await);
    }
    found
}

fn trios(changes: &[(&str, &str)]) -> String {
    let trios: Vec<_> = changes.iter().map(|(id, value)| format!("acl-id={id}&{FIELD}&value={value}")).collect();
    format!("action=acl-field-update&{}", trios.join("&"))
}

#[tokio::test]
async fn every_meeting_gets_the_value_that_was_sent_with_it() {
    let connect = Connect::new().await;
    let ids = connect.ids(MEETINGS, "row").await;
    let values: Vec<String> = (0..ids.len()).map(|at| format!("code{at}")).collect();
    let changes: Vec<_> = ids.iter().map(String::as_str).zip(values.iter().map(String::as_str)).collect();
    assert_eq!(ok(&connect.post(&trios(&changes)).await).children.len(), 1);
    let expect: Vec<_> = values.into_iter().map(Some).collect();
    assert_eq!(passcodes(&connect, &ids).await, expect);
}

#[tokio::test]
async fn nth_of_each_belong_together_however_they_are_mixed() {
    let connect = Connect::new().await;
    let ids = connect.ids(MEETINGS, "row").await[..3].to_vec();
    let [first, second, third] = &ids[..] else { panic!("three meetings") };
    let form = format!(
        "value=one&acl-id={first}&acl-id={second}&acl-id={third}&value=&value=three\
         &{FIELD}&{FIELD}&{FIELD}&action=acl-field-update"
    );
    ok(&connect.post(&form).await);
    let expect = [Some("one".to_owned()), None, Some("three".to_owned())];
    assert_eq!(passcodes(&connect, &ids).await, expect);
    // Those of the query come before those of the form.
    let query = format!("action=acl-field-update&acl-id={second}&{FIELD}&value=two");
    let form = format!("acl-id={first}&{FIELD}&value=");
    ok(&connect.bench.raw(connect.request("POST", &query, Some(&form))).await);
    assert_eq!(passcodes(&connect, &ids).await, [None, Some("two".to_owned()), Some("three".to_owned())]);
}

#[tokio::test]
async fn one_that_is_wrong_keeps_all_others_from_being_done() {
    let connect = Connect::new().await;
    let ids = connect.ids(MEETINGS, "row").await[..3].to_vec();
    let before = passcodes(&connect, &ids).await;
    let (first, second) = (ids[0].as_str(), ids[1].as_str());
    let check = async |form: &str, field, kind, subcode| {
        invalid(&connect.post(form).await, field, kind, subcode);
        assert_eq!(passcodes(&connect, &ids).await, before, "{form}");
    };
    check(&trios(&[(first, "new1"), (second, "not allowed")]), "value", "string", "format").await;
    check(&trios(&[(first, "new1"), ("11001", "new2")]), "acl-id", "id", "illegal-operation").await;
    check(&trios(&[(first, "new1"), ("x", "new2")]), "acl-id", "id", "format").await;
    check(&trios(&[(first, "new1"), (second, "new2"), (first, "new3")]), "acl-id", "id", "duplicate").await;
    let good = trios(&[(first, "new1")]);
    check(&format!("{good}&acl-id={second}&field-id=colour&value=a"), "field-id", "string", "no-such-item").await;
    check(&format!("{good}&acl-id={second}&value=a"), "field-id", "string", "missing").await;
    check(&format!("{good}&acl-id={second}&field-id=&value=a"), "field-id", "string", "missing").await;
    check(&format!("{good}&acl-id={second}&{FIELD}"), "value", "string", "missing").await;
    check(&format!("{good}&{FIELD}&value=a"), "acl-id", "id", "missing").await;
    fails(&connect.post(&trios(&[(first, "new1"), ("1", "new2")])).await, "no-access", "denied");
    assert_eq!(passcodes(&connect, &ids).await, before);
}

#[tokio::test]
async fn host_with_one_meeting_of_somebody_else_among_them_changes_none() {
    let mut connect = Connect::of_host().await;
    let folder = connect.shortcut("my-meetings").await;
    let own = connect.ids(&format!("action=sco-contents&sco-id={folder}"), "sco").await;
    connect.sign_in(ADMIN).await;
    let before = passcodes(&connect, &own).await;
    let other = connect.ids(MEETINGS, "row").await.into_iter().find(|id| !own.contains(id)).expect("another one");
    connect.sign_in(HOST).await;
    fails(&connect.post(&trios(&[(&own[0], "new1"), (&other, "new2")])).await, "no-access", "denied");
    ok(&connect.post(&trios(&[(&own[1], "new1"), (&own[2], "")])).await);
    connect.sign_in(ADMIN).await;
    assert_eq!(passcodes(&connect, &own).await, [before[0].clone(), Some("new1".to_owned()), None]);
}
