//! Passwords, session tickets and access tokens, and what the ledger keeps of them. Must not test the wall.

use serde_json::json;

use super::{ADMIN, Xml, envelope, fails, succeeds, value};

const WRONG: &str = "Incorrect user or password";
const ENDED: &str = "Session ticket not valid or no longer so.";

#[tokio::test]
async fn ticket_holds_for_its_time_to_live_and_for_its_account_only() {
    let xml = Xml::new().await;
    let answer = xml.call(ADMIN, "AuthenticateUser", "").await;
    succeeds(&answer);
    assert_eq!(value(&answer, "use:timeToLive"), "5400");
    assert_eq!(value(&answer, "use:createTime"), crate::bench::START_MS.to_string());
    let ticket = format!("<sessionTicket>{}</sessionTicket>", value(&answer, "use:sessionTicket"));
    assert_ne!(xml.ticket().await, ticket);
    let other = envelope("admin2@example.com", &ticket, "GetSite", "");
    fails(&xml.send("text/xml", other).await, "000017", ENDED);
    xml.webex.bench.advance(5_399_999).await;
    succeeds(&xml.call_with(&ticket, "GetSite", "").await);
    xml.webex.bench.advance(1).await;
    fails(&xml.call_with(&ticket, "GetSite", "").await, "000017", ENDED);
    fails(&xml.call_with("<sessionTicket>x</sessionTicket>", "GetSite", "").await, "000017", ENDED);
}

#[tokio::test]
async fn access_tokens_of_the_rest_api_are_taken() {
    let xml = Xml::new().await;
    succeeds(&xml.call_with("<webExAccessToken>demo-webex-token</webExAccessToken>", "GetSite", "").await);
    fails(&xml.call_with("<webExAccessToken>x</webExAccessToken>", "GetSite", "").await, "030002", WRONG);
}

#[tokio::test]
async fn wrong_names_passwords_and_sites_fail_each_in_its_way() {
    let xml = Xml::new().await;
    for credential in ["<password>x</password>", "<password></password>", ""] {
        fails(&xml.call_with(credential, "GetSite", "").await, "030002", WRONG);
    }
    fails(&xml.call("nobody@example.com", "GetSite", "").await, "030001", "There is no user nobody@example.com.");
    let member = xml.webex.emails().await.pop().expect("somebody");
    fails(&xml.call(&member, "GetSite", "").await, "030002", WRONG);
    let two = "<password>demo-password</password><sessionTicket>x</sessionTicket>";
    let reason = "The element sessionTicket is not known here, or stands twice.";
    fails(&xml.call_with(two, "GetSite", "").await, "990002", reason);
    let elsewhere = envelope(ADMIN, "<password>demo-password</password>", "GetSite", "").replace(">demo<", ">acme<");
    fails(&xml.send("text/xml", elsewhere).await, "000001", "Access denied: this account may not do that.");
    succeeds(&xml.call("Admin5@Example.com", "GetSite", "").await);
}

#[tokio::test]
async fn expired_tickets_fail_until_there_is_a_new_one_and_passwords_go_on() {
    let xml = Xml::new().await;
    let ticket = xml.ticket().await;
    let rule =
        json!({"vendor": "webex_xml", "path": "XMLService/GetSite", "times": 1, "fault": {"kind": "expire_token"}});
    xml.webex.bench.faults(json!([rule])).await;
    fails(&xml.call_with(&ticket, "GetSite", "").await, "000017", ENDED);
    succeeds(&xml.call(ADMIN, "GetSite", "").await);
    succeeds(&xml.call_with(&xml.ticket().await, "GetSite", "").await);
}

#[tokio::test]
async fn ledger_tells_service_and_document_without_credentials() {
    let xml = Xml::new().await;
    xml.set_pin(ADMIN, "admin2@example.com", "8042").await;
    let ticket = xml.ticket().await;
    xml.call_with(&ticket, "GetSite", "").await;
    xml.call_with("<webExAccessToken>demo-webex-token</webExAccessToken>", "NoService", "").await;
    xml.send("text/xml", "<message><password>demo-password").await;
    let ledger = xml.webex.bench.ledger().await;
    let services: Vec<_> = ledger.iter().skip(1).map(|line| line["service"].as_str()).collect();
    let expect = [Some("SetUser"), Some("AuthenticateUser"), Some("GetSite"), Some("NoService"), None];
    assert_eq!(services, expect);
    assert_eq!((&ledger[1]["status"], &ledger[1]["path"]), (&json!(200), &json!(super::ADDRESS)));
    let text = xml.webex.bench.control("GET", "ledger", json!(null)).await.text;
    let ticket = ticket.split(['<', '>']).nth(2).expect("a ticket");
    assert!(text.contains("<hostPIN>8042</hostPIN>") && text.contains("<password>***</password>"));
    assert!(!text.contains("demo-password") && !text.contains("demo-webex-token") && !text.contains(ticket));
}
