//! What is read leniently of a document and what is not, and requests that are no documents. Must not test services.

use axum::body::Body;
use axum::http::Request;

use super::{ADDRESS, ADMIN, Xml, envelope, fails, succeeds};

const CONTEXT: &str = "<securityContext><siteName>demo</siteName><webExID>admin1@example.com</webExID>\
                       <password>demo-password</password></securityContext>";
const SERVICE: &str = "java:com.webex.service.binding.user.GetUser";

#[tokio::test]
async fn prefixes_may_be_undeclared_others_or_none() {
    let xml = Xml::new().await;
    let content = format!("<webExId>{ADMIN}</webExId>");
    for document in [
        format!(
            "<serv:message xmlns:xsi=\"\" xmlns:serv=\"\"><serv:header>{CONTEXT}</serv:header><serv:body>\
             <serv:bodyContent xsi:type=\"{SERVICE}\">{content}</serv:bodyContent></serv:body></serv:message>"
        ),
        format!(
            "<x:message><x:header>{CONTEXT}</x:header><x:body><x:bodyContent i:type='{SERVICE}'>{content}\
             </x:bodyContent></x:body></x:message>"
        ),
        format!(
            "\n <message><!-- a note --><header>{CONTEXT}</header><body><bodyContent type=\"{SERVICE}\">\n\
             <use:webExId> {ADMIN} </use:webExId>\n</bodyContent></body></message>\n"
        ),
    ] {
        succeeds(&xml.send("text/xml", document).await);
    }
}

#[tokio::test]
async fn three_content_types_are_taken_and_others_are_not() {
    let xml = Xml::new().await;
    let document = envelope(ADMIN, "<password>demo-password</password>", "GetSite", "");
    for content_type in ["application/x-www-form-urlencoded", "text/xml; charset=utf-8", "Application/XML"] {
        succeeds(&xml.send(content_type, document.clone()).await);
    }
    assert_eq!(xml.send("application/json", document.clone()).await.status.as_u16(), 415);
    let none = Request::post(ADDRESS).body(Body::from(document)).expect("a request");
    succeeds(&xml.webex.bench.raw(none).await);
}

#[tokio::test]
async fn other_addresses_and_methods_are_no_xml() {
    let xml = Xml::new().await;
    let ask = async |method: &str, path: &str| {
        let request = Request::builder().method(method).uri(path).body(Body::empty()).expect("a request");
        xml.webex.bench.raw(request).await
    };
    assert_eq!(ask("POST", "/webex-xml/other").await.status.as_u16(), 404);
    let answer = ask("GET", ADDRESS).await;
    assert_eq!((answer.status.as_u16(), answer.header("allow")), (405, Some("POST")));
}

#[tokio::test]
async fn documents_that_cannot_be_read_fail_with_the_reason() {
    let xml = Xml::new().await;
    let nested = format!("{}{}", "<a>".repeat(65), "</a>".repeat(65));
    for (document, reason) in [
        ("", "it has no element."),
        ("<message>", "it ends too early."),
        ("<message/><message/>", "it has two roots."),
        ("hello", "there is text outside of its elements."),
        ("<!DOCTYPE message><message/>", "a DOCTYPE is not read here."),
        ("<message>&other;</message>", "it has a reference that is not known."),
        ("<?xml version=\"1.0\" encoding=\"UTF-16\"?><message/>", "the encoding utf-16 is not read here."),
        (nested.as_str(), "it is nested deeper than 64."),
    ] {
        let answer = xml.send("text/xml", document.to_owned()).await;
        fails(&answer, "990001", &format!("The document cannot be read: {reason}"));
    }
    let answer = xml.send("text/xml", &b"<message>\xfc</message>"[..]).await;
    fails(&answer, "990001", "The document cannot be read: it is not the UTF-8 that it should be.");
    let answer = xml.send("text/xml", "<message></other>").await;
    assert!(answer.text.contains("<serv:exceptionID>990001<"), "{}", answer.text);
}

#[tokio::test]
async fn element_names_are_taken_by_the_letter_and_once() {
    let xml = Xml::new().await;
    let misplaced = |name: &str| format!("The element {name} is not known here, or stands twice.");
    let body = format!("<body><bodyContent xsi:type=\"{SERVICE}\"><webExId>{ADMIN}</webExId></bodyContent></body>");
    for (document, reason) in [
        ("<Message/>".to_owned(), misplaced("Message")),
        (format!("<message><Header/>{body}</message>"), misplaced("Header")),
        (format!("<message>{body}</message>"), "The element header is missing.".to_owned()),
        (format!("<message><header/>{body}</message>"), "The element securityContext is missing.".to_owned()),
        (format!("<message><header>{CONTEXT}</header></message>"), "The element body is missing.".to_owned()),
        (
            format!("<message><header>{}</header>{body}</message>", CONTEXT.replace("webExID", "webExId")),
            misplaced("webExId"),
        ),
        (format!("<message><header>{CONTEXT}{CONTEXT}</header>{body}</message>"), misplaced("securityContext")),
    ] {
        fails(&xml.send("text/xml", document).await, "990002", &reason);
    }
    for (content, reason) in [
        ("<webExID>a</webExID>", misplaced("webExID")),
        ("<webExId>a</webExId><webExId>b</webExId>", misplaced("webExId")),
        ("<webExId><b>a</b></webExId>", misplaced("webExId")),
        ("", "The element webExId is missing.".to_owned()),
    ] {
        fails(&xml.call(ADMIN, "GetUser", content).await, "990002", &reason);
    }
}

#[tokio::test]
async fn unknown_services_fail_by_their_type() {
    let xml = Xml::new().await;
    for (service, told) in
        [("DelUser", "user.DelUser"), ("getUser", "user.getUser"), ("GetUser.x", "user.GetUser.x"), ("", "user.")]
    {
        let reason = format!("There is no service &quot;java:com.webex.service.binding.{told}&quot;.");
        fails(&xml.call(ADMIN, service, "").await, "000002", &reason);
    }
    let bare = format!("<message><header>{CONTEXT}</header><body><bodyContent/></body></message>");
    fails(&xml.send("text/xml", bare).await, "000002", "There is no service &quot;&quot;.");
}
