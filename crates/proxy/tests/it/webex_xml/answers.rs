//! Answers that say no, or make no sense. Where the sandbox would not give them, the vendor is a few lines here. Must not
//! test what goes well.

use std::sync::Arc;

use axum::Router;
use roomkey_proxy::clock::ManualClock;
use roomkey_proxy::rate::budget::Spent;
use roomkey_proxy::vendors::webex_xml::WebexXml;
use roomkey_proxy::vendors::{Trouble, Vendor, VendorFault};
use roomkey_schema::Method;
use serde_json::json;

use crate::support::{BEGIN_MS, listen};
use crate::webex::{ADMIN, Bench, PEOPLE, ROOM, call, site};

/// How reading a room ends when everything but signing in is answered so.
async fn answered_with(answer: String) -> Result<roomkey_proxy::vendors::Answer, VendorFault> {
    let webex = Router::new().fallback(move |asked: String| async move {
        if asked.contains("AuthenticateUser") { success("<sessionTicket>t</sessionTicket>") } else { answer }
    });
    let url = format!("http://{}/WBXService/XMLService", listen(webex).await);
    let vendor = WebexXml::new(&site(&url, 1), Arc::new(ManualClock::at(BEGIN_MS))).unwrap();
    vendor.call(&call(Method::Get, ROOM, &[("userEmail", ADMIN)], None)).await
}

fn success(content: &str) -> String {
    format!(
        "<message><header><response><result>SUCCESS</result></response></header><body><bodyContent>{content}\
         </bodyContent></body></message>"
    )
}

#[tokio::test]
async fn nonsense_in_a_success_of_http_is_no_answer() {
    let user = success("<webExId>a</webExId>");
    assert_eq!(answered_with(user.clone()).await.unwrap().body, Some(json!({})));
    let deep = format!("{}{}", "<a>".repeat(70), "</a>".repeat(70));
    for answer in [
        "<!DOCTYPE html><html><body>Sign in</body></html>".to_owned(),
        "<html><body><p>Down for maintenance<br></body></html>".to_owned(),
        "{\"items\":[]}".to_owned(),
        String::new(),
        success(""),
        format!("<!DOCTYPE message [<!ENTITY a \"b\">]>{user}"),
        success(&deep),
    ] {
        let fault = answered_with(answer.clone()).await.unwrap_err();
        assert_eq!((fault.trouble, fault.code), (Trouble::NotJson, None), "{answer}");
    }
}

#[tokio::test]
async fn a_limit_pauses_the_site_for_a_minute() {
    let failure = "<message><header><response><result>FAILURE</result><reason>Slow down</reason><exceptionID>000045\
                   </exceptionID></response></header></message>";
    let fault = answered_with(failure.to_owned()).await.unwrap_err();
    let trouble = Trouble::RateLimited(BEGIN_MS + 60_000);
    assert_eq!((fault.trouble, fault.code.as_deref()), (trouble, Some("000045")));
    let bench = Bench::xml_with(|xml| xml.calls_per_minute = 5).await;
    for _ in 0..4 {
        bench.read(PEOPLE, &[]).await;
    }
    let spent = bench.get(PEOPLE, &[]).await.unwrap_err();
    assert_eq!(spent.trouble, Trouble::Budget(Spent::Until(BEGIN_MS + 60_050)), "signing in counts too");
}

#[tokio::test]
async fn a_service_that_does_not_respond_is_a_failure_of_the_server() {
    let bench = Bench::xml().await;
    bench.mutate("webex_xml", "services/SetUser", json!({"responding": false})).await;
    let fault = bench.put(&[("userEmail", ADMIN)], json!({"hostPin": "2583"})).await.unwrap_err();
    assert_eq!((&fault.trouble, fault.code.as_deref()), (&Trouble::Server(503), Some("000035")));
    assert!(fault.leaves_outcome_open());
    bench.mutate("webex_xml", "services/AuthenticateUser", json!({"responding": false})).await;
    let fresh = Bench { vendor: fresh(&bench), clock: bench.clock.clone(), sandbox: bench.sandbox };
    let unsent = fresh.put(&[("userEmail", ADMIN)], json!({"hostPin": "2583"})).await.unwrap_err();
    assert!(unsent.was_not_sent(), "{unsent:?}");
}

/// Another adapter of the same site, without a ticket.
fn fresh(bench: &Bench<WebexXml>) -> Arc<WebexXml> {
    let url = format!("http://{}/webex-xml/WBXService/XMLService", bench.sandbox);
    Arc::new(WebexXml::new(&site(&url, 1), bench.clock.clone()).unwrap())
}

#[tokio::test]
async fn an_unknown_refusal_quotes_the_reason_without_the_pin() {
    let bench = Bench::xml().await;
    let fault = bench.put(&[("userEmail", ADMIN)], json!({"hostPin": "1111"})).await.unwrap_err();
    let said = Some("The host PIN must not be one digit repeated.".to_owned());
    assert_eq!(fault.trouble, Trouble::Refused { message: said, fields: Vec::new(), absent: false });
    assert_eq!(fault.code.as_deref(), Some("990004"));
}

#[tokio::test]
async fn a_write_without_an_answer_leaves_its_outcome_open() {
    let bench = Bench::xml_with(|xml| xml.timeout_ms = 400).await;
    bench.read(PEOPLE, &[]).await;
    for (fault, trouble) in [
        (json!({"kind": "apply_then_hang"}), Trouble::Timeout),
        (json!({"kind": "cut", "bytes": 3}), Trouble::Cut),
        (json!({"kind": "status", "status": 502}), Trouble::Server(502)),
    ] {
        bench.faults(json!([{"vendor": "webex_xml", "path": "XMLService/SetUser", "fault": fault}])).await;
        let ended = bench.put(&[("userEmail", ADMIN)], json!({"hostPin": "2583"})).await.unwrap_err();
        assert_eq!(ended.trouble, trouble);
        assert!(ended.leaves_outcome_open());
    }
    let writes = bench.ledger().await.into_iter().filter(|line| line["service"] == "SetUser").count();
    assert_eq!(writes, 3, "nothing is sent twice");
}
