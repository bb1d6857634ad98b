//! `GetUser`, `SetUser` and `GetSite`, and that REST sees the same rooms. Must not test lists or the wall.

use axum::http::StatusCode;
use serde_json::json;

use super::{ADMIN, Xml, fails, succeeds, value};
use crate::webex::{SECOND_SITE, room_of};

const OTHER: &str = "admin2@example.com";

#[tokio::test]
async fn user_is_read_with_privileges_phones_and_room() {
    let xml = Xml::new().await;
    let room = xml.webex.read(&room_of(OTHER)).await;
    let answer = xml.get_user("ADMIN2@example.com").await;
    succeeds(&answer);
    assert!(answer.text.contains("<serv:bodyContent xsi:type=\"use:getUserResponse\">"));
    assert!(
        answer.text.contains("<use:myWebEx><use:isMyWebExPro>false</use:isMyWebExPro><use:personalMeetingRoom>true<")
    );
    for (name, expect) in [
        ("use:firstName", "Admin"),
        ("use:lastName", "Two"),
        ("use:webExId", OTHER),
        ("use:email", OTHER),
        ("use:active", "ACTIVATED"),
        ("use:siteAdmin", "true"),
        ("use:host", "true"),
        ("use:title", room["topic"].as_str().expect("a topic")),
        ("use:hostPIN", room["hostPin"].as_str().expect("a PIN")),
        ("use:personalMeetingRoomURL", room["personalMeetingRoomLink"].as_str().expect("a link")),
        ("use:accessCode", room["telephony"]["accessCode"].as_str().expect("a code")),
    ] {
        assert_eq!(value(&answer, name), expect);
    }
    assert_eq!(value(&answer, "com:PIN").len(), 4);
    assert!(!value(&answer, "use:meetingType").is_empty());
    fails(&xml.get_user("no@example.com").await, "030001", "There is no user no@example.com.");
}

#[tokio::test]
async fn pin_that_is_set_is_read_over_both_apis_and_nothing_else_changes() {
    let xml = Xml::new().await;
    let (before, text) = (xml.webex.read(&room_of(OTHER)).await, xml.get_user(OTHER).await.text);
    let second = xml.webex.read(&format!("{}&siteUrl={SECOND_SITE}", room_of(OTHER))).await;
    let answer = xml.set_pin(ADMIN, OTHER, "8042").await;
    succeeds(&answer);
    assert!(answer.text.contains("<serv:bodyContent xsi:type=\"use:setUserResponse\"></serv:bodyContent>"));
    let mut expect = before.clone();
    expect["hostPin"] = json!("8042");
    assert_eq!(xml.webex.read(&room_of(OTHER)).await, expect);
    let old = before["hostPin"].as_str().expect("a PIN");
    let pin = |pin: &str| format!("<use:hostPIN>{pin}</use:hostPIN>");
    assert_eq!(xml.get_user(OTHER).await.text, text.replace(&pin(old), &pin("8042")));
    assert_eq!(xml.webex.read(&format!("{}&siteUrl={SECOND_SITE}", room_of(OTHER))).await, second);

    expect["hostPin"] = json!("5170");
    assert_eq!(xml.webex.put(&room_of(OTHER), &expect).await.status, StatusCode::OK);
    assert_eq!(value(&xml.get_user(OTHER).await, "use:hostPIN"), "5170");
}

#[tokio::test]
async fn other_fields_are_changed_as_readily_as_a_pin() {
    let xml = Xml::new().await;
    let content = format!(
        "<webExId>{OTHER}</webExId><firstName>Ada</firstName><lastName>B</lastName><active>DEACTIVATED</active>\
         <phones><PIN>9035</PIN></phones><privilege><host>false</host><siteAdmin>false</siteAdmin></privilege>\
         <meetingTypes><meetingType>3</meetingType><meetingType>5</meetingType></meetingTypes>\
         <personalMeetingRoom><title>T</title></personalMeetingRoom>"
    );
    succeeds(&xml.call(ADMIN, "SetUser", &content).await);
    let answer = xml.get_user(OTHER).await;
    for (name, expect) in [
        ("use:firstName", "Ada"),
        ("use:lastName", "B"),
        ("use:active", "DEACTIVATED"),
        ("com:PIN", "9035"),
        ("use:host", "false"),
        ("use:siteAdmin", "false"),
        ("use:meetingTypes", "<use:meetingType>3</use:meetingType><use:meetingType>5</use:meetingType>"),
        ("use:title", "T"),
    ] {
        assert_eq!(value(&answer, name), expect);
    }
    xml.webex.bench.control("POST", "reset", json!(null)).await;
    assert_eq!(value(&xml.get_user(OTHER).await, "use:firstName"), "Admin");
}

#[tokio::test]
async fn wrong_values_fail_and_change_nothing() {
    let xml = Xml::new().await;
    let before = xml.get_user(OTHER).await.text;
    for (pin, reason) in [
        ("1111", "The host PIN must not be one digit repeated."),
        ("4567", "The host PIN must not run up or down."),
        ("9876", "The host PIN must not run up or down."),
        ("34215", "The host PIN has 4 digits on this site."),
        ("x421", "The host PIN is digits only."),
        ("", "The host PIN is digits only."),
    ] {
        fails(&xml.set_pin(ADMIN, OTHER, pin).await, "990004", reason);
    }
    fails(&xml.set_pin(ADMIN, "no@example.com", "3421").await, "030001", "There is no user no@example.com.");
    for (field, name) in [
        ("<active>yes</active>", "active"),
        ("<privilege><host>1</host></privilege>", "privilege/host"),
        ("<meetingTypes><meetingType>x</meetingType></meetingTypes>", "meetingTypes/meetingType"),
        ("<personalMeetingRoom><title></title></personalMeetingRoom>", "personalMeetingRoom/title"),
        ("<firstName></firstName>", "firstName"),
    ] {
        let content = format!("<webExId>{OTHER}</webExId><lastName>X</lastName>{field}");
        let reason = format!("The element {name} has a value that it must not have.");
        fails(&xml.call(ADMIN, "SetUser", &content).await, "990003", &reason);
    }
    for (field, name) in [
        ("<hostPIN>3421</hostPIN>", "hostPIN"),
        ("<personalMeetingRoom><hostPin>3421</hostPin></personalMeetingRoom>", "personalMeetingRoom/hostPin"),
        (
            "<personalMeetingRoom><hostPIN>3421</hostPIN><hostPIN>3421</hostPIN></personalMeetingRoom>",
            "personalMeetingRoom/hostPIN",
        ),
        ("<personalMeetingRoom>3421</personalMeetingRoom>", "personalMeetingRoom"),
    ] {
        let reason = format!("The element {name} is not known here, or stands twice.");
        fails(&xml.call(ADMIN, "SetUser", &format!("<webExId>{OTHER}</webExId>{field}")).await, "990002", &reason);
    }
    assert_eq!(xml.get_user(OTHER).await.text, before);
}

#[tokio::test]
async fn account_without_site_admin_changes_itself_only() {
    let xml = Xml::new().await;
    let (sixth, denied) = ("admin6@example.com", "Access denied: this account may not do that.");
    assert_eq!(value(&xml.get_user(sixth).await, "use:siteAdmin"), "false");
    fails(&xml.set_pin(sixth, OTHER, "3421").await, "000001", denied);
    succeeds(&xml.set_pin(sixth, sixth, "3421").await);
    succeeds(&xml.call(sixth, "GetUser", &format!("<webExId>{OTHER}</webExId>")).await);
    let grant = format!("<webExId>{sixth}</webExId><privilege><siteAdmin>true</siteAdmin></privilege>");
    succeeds(&xml.call(ADMIN, "SetUser", &grant).await);
    succeeds(&xml.set_pin(sixth, OTHER, "3421").await);
}

#[tokio::test]
async fn site_says_how_long_pins_are() {
    let xml = Xml::new().await;
    let answer = xml.call(ADMIN, "GetSite", "").await;
    succeeds(&answer);
    assert!(answer.text.contains("xsi:type=\"ns1:getSiteResponse\"><ns1:siteInstance>"));
    assert_eq!(value(&answer, "ns1:personalMeetingRoomPINLength"), "4");
    assert_eq!(value(&answer, "ns1:siteURL"), "https://demo.webex.example");
    let reason = "The element x is not known here, or stands twice.";
    fails(&xml.call(ADMIN, "GetSite", "<x/>").await, "990002", reason);
}
