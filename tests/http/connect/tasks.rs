//! The tasks that the vendor's guide lists, one test each, down to the exact parameters. Must not test what goes wrong.

use roomkey_proxy::audit::entry::Change;
use roomkey_schema::Role;
use roomkey_tests::Site;
use serde_json::{Value, json};

use super::{FEATURE, MEETINGS, POLICY, delete, meetings, open_meetings, passcode_path, put, wire, writes};

fn policy(on: bool) -> Value {
    json!({"hosts_may_require_passcode": on})
}

fn update(enable: bool) -> String {
    format!("action=meeting-feature-update&account-id=7&feature-id={FEATURE}&enable={enable}")
}

fn field_update(id: &str, passcode: &str) -> String {
    format!("action=acl-field-update&acl-id={id}&field-id=meeting-passcode&value={passcode}")
}

#[tokio::test]
async fn hosts_are_allowed_to_require_passcodes_by_turning_the_feature_off() {
    let site = Site::new().await;
    let written = site.patch(Role::Admin, POLICY, &policy(true)).await.written();
    assert_eq!((written.value, written.not_applied), (Some(policy(true)), Vec::new()));
    assert_eq!(writes(&site).await, [update(false)]);
    assert_eq!(site.get(Role::Auditor, POLICY).await.ok(), policy(true));
}

#[tokio::test]
async fn hosts_are_forbidden_to_require_passcodes_by_turning_the_feature_on() {
    let site = Site::new().await;
    site.vendor.mutate_of("connect", "account", json!({"hosts-may-require-passcodes": true})).await;
    let written = site.patch(Role::Admin, POLICY, &policy(false)).await.written();
    assert_eq!((written.value, written.not_applied), (Some(policy(false)), Vec::new()));
    assert_eq!(writes(&site).await, [update(true)]);
    assert_eq!(site.get(Role::Auditor, POLICY).await.ok(), policy(false));
}

#[tokio::test]
async fn whether_passcodes_are_allowed_is_read_and_by_default_they_are_not() {
    let site = Site::new().await;
    assert_eq!(site.get(Role::Auditor, POLICY).await.ok(), policy(false));
    let asked = |said: &str| ("GET".to_owned(), said.to_owned());
    assert_eq!(wire(&site).await, [asked("action=common-info"), asked("action=meeting-feature-info&account-id=7")]);
    site.vendor.mutate_of("connect", "account", json!({"hosts-may-require-passcodes": true})).await;
    assert_eq!(site.get(Role::Auditor, POLICY).await.ok(), policy(true));
    assert_eq!(wire(&site).await.len(), 3, "the account is asked for once");
}

#[tokio::test]
async fn switch_that_the_vendor_ignores_is_said_to_be_not_applied() {
    let site = Site::new().await;
    site.vendor.faults(json!([{"path": "xml/meeting-feature-update", "fault": {"kind": "ignore"}}])).await;
    let written = site.patch(Role::Admin, POLICY, &policy(true)).await.written();
    assert_eq!((written.value, written.not_applied), (Some(policy(false)), vec!["/hosts_may_require_passcode".into()]));
}

#[tokio::test]
async fn passcode_is_set_reset_and_removed_and_each_is_read_back() {
    let site = Site::new().await;
    let id = &open_meetings(&site, 1).await[0];
    let set = site.call(put(id, "connect12")).await.written();
    assert_eq!((set.value, set.not_applied), (Some(json!({"passcode": true})), Vec::new()));
    let reset = site.call(put(id, "Connect13")).await.written();
    assert_eq!((reset.value, reset.not_applied), (Some(json!({"passcode": true})), Vec::new()));
    let removed = site.call(delete(id)).await.written();
    assert_eq!((removed.value, removed.not_applied), (Some(json!({"passcode": false})), Vec::new()));
    let expect = [field_update(id, "connect12"), field_update(id, "Connect13"), field_update(id, "")];
    assert_eq!(writes(&site).await, expect);
    let changes: Vec<Change> = site.record().await.into_iter().flat_map(|(_, entry)| entry.changes).collect();
    let change =
        |old: bool, new: bool| Change { pointer: "/passcode".to_owned(), old: Some(json!(old)), new: json!(new) };
    assert_eq!(changes, [change(false, true), change(true, true), change(true, false)]);
}

#[tokio::test]
async fn removal_that_the_vendor_ignores_is_said_to_be_not_applied() {
    let site = Site::new().await;
    let id = &open_meetings(&site, 1).await[0];
    site.call(put(id, "connect12")).await.written();
    site.vendor.faults(json!([{"path": "xml/acl-field-update", "fault": {"kind": "ignore"}}])).await;
    assert_eq!(site.call(delete(id)).await.written().not_applied, ["/passcode"]);
    assert_eq!(site.call(put(id, "connect13")).await.written().not_applied, ["/passcode"]);
}

#[tokio::test]
async fn whether_a_meeting_has_a_passcode_is_read() {
    let site = Site::new().await;
    let id = &open_meetings(&site, 1).await[0];
    for (change, expect) in [(Value::Null, false), (json!("connect12"), true)] {
        site.vendor.mutate_of("connect", &format!("meetings/{id}"), json!({"meeting-passcode": change})).await;
        for role in Role::ALL {
            assert_eq!(site.get(role, &passcode_path(id)).await.ok(), json!({"passcode": expect}));
            assert_eq!(site.get(role, &format!("{MEETINGS}/{id}")).await.ok()["passcode"], expect);
        }
    }
    let asked = format!("action=acl-field-info&acl-id={id}&filter-field-id=meeting-passcode");
    assert!(wire(&site).await.contains(&("GET".to_owned(), asked)));
}

#[tokio::test]
async fn meetings_that_need_a_passcode_are_listed() {
    let site = Site::new().await;
    let ids = open_meetings(&site, 4).await;
    for id in &ids[..2] {
        site.call(put(id, "connect12")).await.written();
    }
    let before = wire(&site).await.len();
    let needing = meetings(&site, "&needs_passcode=true").await;
    assert!(needing.values().all(|meeting| meeting["passcode"] == true && meeting["name"].is_string()), "{needing:?}");
    assert!(ids[..2].iter().all(|id| needing.contains_key(id)) && ids[2..].iter().all(|id| !needing.contains_key(id)));
    let asked = ("GET".to_owned(), "action=acl-field-list&field-id=meeting-passcode".to_owned());
    assert!(wire(&site).await[before..].contains(&asked));
    let open = meetings(&site, "&needs_passcode=false").await;
    assert!(open.values().all(|meeting| meeting["passcode"] == false));
    assert_eq!(open.len() + needing.len(), meetings(&site, "").await.len());
}

#[tokio::test]
async fn passcode_against_the_rules_is_named_and_nobody_is_asked() {
    let site = Site::new().await;
    for (passcode, said) in
        [("", "at least 1"), ("12345678901234567", "16"), ("pass code", "letters"), ("grüße", "letters")]
    {
        let problem = site.call(put("20001", passcode)).await.problem(400, "validation");
        assert_eq!(problem.fields[0].pointer, "/passcode");
        assert!(problem.fields[0].detail.contains(said), "{}", problem.fields[0].detail);
    }
    assert!(wire(&site).await.is_empty());
}
