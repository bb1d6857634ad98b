//! UTF-8 and ISO-8859-1, in both directions. Must not use names that only one of them has but where it is the point.

use serde_json::json;

use super::{ADMIN, Xml, envelope, succeeds, value};

const LATIN1: &str = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>";
const UTF8: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

#[tokio::test]
async fn answers_are_in_either_encoding_by_person_and_always_in_the_same() {
    let xml = Xml::new().await;
    let (mut latin1, mut utf8) = (0, 0);
    for email in xml.webex.emails().await.iter().take(60) {
        let answer = xml.get_user(email).await;
        succeeds(&answer);
        assert_eq!(answer.header("content-type"), Some("text/xml"), "only the declaration says it");
        latin1 += u32::from(answer.text.starts_with(LATIN1));
        utf8 += u32::from(answer.text.starts_with(UTF8));
        assert_eq!(xml.get_user(email).await.text, answer.text);
    }
    assert_eq!(latin1 + utf8, 60);
    assert!(latin1 > 10 && utf8 > 10, "{latin1} {utf8}");
}

#[tokio::test]
async fn name_beyond_latin1_is_answered_in_utf8() {
    let xml = Xml::new().await;
    for email in xml.webex.emails().await.iter().take(12) {
        let content = format!("<webExId>{email}</webExId><firstName>Łucja</firstName>");
        succeeds(&xml.call(ADMIN, "SetUser", &content).await);
        let answer = xml.get_user(email).await;
        assert!(answer.text.starts_with(UTF8));
        assert_eq!(value(&answer, "use:firstName"), "Łucja");
    }
}

#[tokio::test]
async fn request_in_latin1_is_read_by_its_declaration() {
    let xml = Xml::new().await;
    let title = "<personalMeetingRoom><title>Büro &amp; Küche</title></personalMeetingRoom>";
    let content = format!("<webExId>{ADMIN}</webExId>{title}");
    let document = envelope(ADMIN, "<password>demo-password</password>", "SetUser", &content);
    let document = document.replace("UTF-8", "iso-8859-1");
    let bytes: Vec<u8> = document.chars().map(|letter| u8::try_from(u32::from(letter)).expect("Latin-1")).collect();
    succeeds(&xml.send("application/x-www-form-urlencoded", bytes).await);
    assert_eq!(xml.webex.read(crate::webex::ROOM).await["topic"], "Büro & Küche");
    assert_eq!(value(&xml.get_user(ADMIN).await, "use:title"), "Büro &amp; Küche");
    let line = xml.webex.bench.ledger().await.into_iter().find(|line| line["service"] == json!("SetUser"));
    assert!(line.expect("a line")["body"].as_str().is_some_and(|body| body.contains("Büro")));
}
