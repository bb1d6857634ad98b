//! The wall that SetUser runs into, and the account that is locked behind it. Must not test what SetUser does.

use serde_json::{Value, json};

use super::{ADMIN, Xml, fails, succeeds};

const WRONG: &str = "Incorrect user or password";
const TARGET: &str = "admin2@example.com";
const HOUR_MS: u64 = 3_600_000;

async fn raise(xml: &Xml, after: u64) {
    xml.webex.bench.faults(json!([{"vendor": "webex_xml", "fault": {"kind": "setuser_wall", "after": after}}])).await;
}

#[tokio::test]
async fn after_eight_hundred_the_password_is_called_wrong_for_six_hours_and_reading_goes_on() {
    let xml = Xml::new().await;
    let ticket = xml.ticket().await;
    for call in 0..800 {
        let pin = ["3421", "8042"][call % 2];
        let answer = if call % 3 == 0 {
            let room = format!("<personalMeetingRoom><hostPIN>{pin}</hostPIN></personalMeetingRoom>");
            xml.call_with(&ticket, "SetUser", &format!("<webExId>{TARGET}</webExId>{room}")).await
        } else {
            xml.set_pin(ADMIN, TARGET, pin).await
        };
        succeeds(&answer);
    }
    fails(&xml.set_pin(ADMIN, TARGET, "3421").await, "030002", WRONG);
    let content = format!("<webExId>{TARGET}</webExId>");
    fails(&xml.call_with(&ticket, "SetUser", &content).await, "030002", WRONG);
    succeeds(&xml.get_user(TARGET).await);
    succeeds(&xml.call(ADMIN, "AuthenticateUser", "").await);
    succeeds(&xml.set_pin("admin3@example.com", TARGET, "3421").await);
    xml.webex.bench.advance(6 * HOUR_MS - 1).await;
    fails(&xml.set_pin(ADMIN, TARGET, "3421").await, "030002", WRONG);
    xml.webex.bench.advance(1).await;
    succeeds(&xml.set_pin(ADMIN, TARGET, "3421").await);
}

#[tokio::test]
async fn only_successes_count_towards_the_wall() {
    let xml = Xml::new().await;
    raise(&xml, 2).await;
    for _ in 0..3 {
        fails(&xml.set_pin(ADMIN, TARGET, "1111").await, "990004", "The host PIN must not be one digit repeated.");
    }
    succeeds(&xml.set_pin(ADMIN, TARGET, "3421").await);
    succeeds(&xml.set_pin(ADMIN, TARGET, "3421").await);
    fails(&xml.set_pin(ADMIN, TARGET, "3421").await, "030002", WRONG);
}

#[tokio::test]
async fn ten_tries_against_the_wall_lock_the_account_until_a_reset() {
    let xml = Xml::new().await;
    raise(&xml, 0).await;
    for _ in 0..9 {
        fails(&xml.set_pin(ADMIN, TARGET, "3421").await, "030002", WRONG);
    }
    succeeds(&xml.get_user(TARGET).await);
    fails(&xml.set_pin(ADMIN, TARGET, "3421").await, "030002", WRONG);
    xml.webex.bench.advance(7 * HOUR_MS).await;
    xml.webex.bench.faults(json!([])).await;
    for service in ["GetSite", "AuthenticateUser"] {
        fails(&xml.call(ADMIN, service, "").await, "030002", WRONG);
    }
    fails(&xml.get_user(TARGET).await, "030002", WRONG);
    succeeds(&xml.set_pin(TARGET, TARGET, "3421").await);
    xml.webex.bench.control("POST", "reset", Value::Null).await;
    succeeds(&xml.get_user(TARGET).await);
    succeeds(&xml.set_pin(ADMIN, TARGET, "3421").await);
}

#[tokio::test]
async fn wall_of_a_rule_holds_for_each_administrator_and_goes_with_the_rule_or_a_reset() {
    let xml = Xml::new().await;
    raise(&xml, 1).await;
    for administrator in [ADMIN, TARGET] {
        succeeds(&xml.set_pin(administrator, TARGET, "3421").await);
        fails(&xml.set_pin(administrator, TARGET, "3421").await, "030002", WRONG);
    }
    xml.webex.bench.faults(json!([])).await;
    succeeds(&xml.set_pin(ADMIN, TARGET, "3421").await);
    raise(&xml, 2).await;
    fails(&xml.set_pin(ADMIN, TARGET, "3421").await, "030002", WRONG);
    xml.webex.bench.control("POST", "reset", Value::Null).await;
    for _ in 0..3 {
        succeeds(&xml.set_pin(ADMIN, TARGET, "3421").await);
    }
}

#[tokio::test]
async fn wall_of_another_vendor_and_other_rules_beside_it_go_on() {
    let xml = Xml::new().await;
    let wall = |vendor: &str| json!({"vendor": vendor, "fault": {"kind": "setuser_wall", "after": 0}});
    xml.webex.bench.faults(json!([wall("zoom")])).await;
    succeeds(&xml.set_pin(ADMIN, TARGET, "3421").await);
    let status = json!({"path": "XMLService/GetUser", "fault": {"kind": "status", "status": 503}});
    xml.webex.bench.faults(json!([wall("webex_xml"), status])).await;
    assert_eq!(xml.get_user(TARGET).await.status.as_u16(), 503);
    fails(&xml.set_pin(ADMIN, TARGET, "3421").await, "030002", WRONG);
    let last = xml.webex.bench.ledger().await.pop().expect("a line");
    assert_eq!(last["fault"], json!(null), "a wall strikes no single request");
}
