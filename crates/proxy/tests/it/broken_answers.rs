//! Answers whose head came and whose body did not: what the head said is kept. The vendor writes bytes here, because no
//! server would send such answers.

use std::sync::Arc;

use roomkey_proxy::clock::ManualClock;
use roomkey_proxy::config::{Budget, Zoom as ZoomConfig};
use roomkey_proxy::vendors::client::LARGEST_ANSWER;
use roomkey_proxy::vendors::zoom::Zoom;
use roomkey_proxy::vendors::{Call, Trouble, Vendor, VendorFault};
use roomkey_schema::{Method, RateClass};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::support::BEGIN_MS;

/// What happens to the connection when the bytes are out.
#[derive(Clone, Copy)]
enum Then {
    Close,
    Stall,
}

/// How a call ends that is answered with these bytes.
async fn answered_with(head: &str, body: Vec<u8>, then: Then) -> VendorFault {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let answer = [head.replace('\n', "\r\n").as_bytes(), b"\r\n", &body].concat();
    let vendor = tokio::spawn(async move {
        let grant = r#"{"access_token":"t","expires_in":3600}"#;
        let length = grant.len();
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{grant}");
        let _first = answer_next(&listener, head.as_bytes()).await;
        let second = answer_next(&listener, &answer).await;
        match then {
            Then::Close => drop(second),
            Then::Stall => std::future::pending().await,
        }
    });
    let config = ZoomConfig {
        base_url: format!("http://{address}/v2"),
        token_url: format!("http://{address}/oauth/token"),
        account_id: "account".to_owned(),
        client_id: "client".to_owned(),
        client_secret: Some("secret".into()),
        client_secret_file: None,
        timeout_ms: 1_500,
        budget: Budget::unlimited(),
    };
    let zoom = Zoom::new(&config, Arc::new(ManualClock::at(BEGIN_MS))).unwrap();
    let call = Call {
        method: Method::Get,
        segments: vec!["groups".to_owned()],
        query: Vec::new(),
        body: None,
        upload: None,
        rate: RateClass::Medium,
        lane: None,
    };
    let fault = zoom.call(&call).await.unwrap_err();
    vendor.abort();
    fault
}

async fn answer_next(listener: &TcpListener, answer: &[u8]) -> TcpStream {
    let (mut stream, _) = listener.accept().await.unwrap();
    let mut asked = Vec::new();
    while !asked.windows(4).any(|window| window == b"\r\n\r\n") {
        assert_ne!(stream.read_buf(&mut asked).await.unwrap(), 0, "a whole request");
    }
    // Who has seen enough hangs up before the end.
    let _ = stream.write_all(answer).await;
    stream
}

#[track_caller]
fn is(fault: &VendorFault, trouble: &Trouble) {
    assert_eq!((&fault.trouble, fault.tracking_id.as_deref()), (trouble, Some("T-1")));
}

const OK: &str = "HTTP/1.1 200 OK\nx-zm-trackingid: T-1\n";

#[tokio::test]
async fn an_answer_that_breaks_off_keeps_its_tracking_id() {
    let fault = answered_with(&format!("{OK}content-length: 99\n"), b"{".to_vec(), Then::Close).await;
    is(&fault, &Trouble::Cut);
    assert!(fault.leaves_outcome_open());
}

#[tokio::test]
async fn an_answer_that_stalls_keeps_its_tracking_id() {
    is(&answered_with(&format!("{OK}content-length: 99\n"), b"{".to_vec(), Then::Stall).await, &Trouble::Timeout);
}

#[tokio::test]
async fn an_answer_that_is_too_large_keeps_its_tracking_id() {
    let announced = format!("{OK}content-length: {}\n", LARGEST_ANSWER + 1);
    is(&answered_with(&announced, Vec::new(), Then::Stall).await, &Trouble::TooLarge);
    is(&answered_with(OK, vec![b' '; LARGEST_ANSWER + 1], Then::Close).await, &Trouble::TooLarge);
}

#[tokio::test]
async fn a_limit_or_a_failure_whose_body_breaks_off_is_still_one() {
    let head = "HTTP/1.1 429 Too Many Requests\nx-zm-trackingid: T-1\nretry-after: 60\ncontent-length: 99\n";
    is(&answered_with(head, Vec::new(), Then::Close).await, &Trouble::RateLimited(BEGIN_MS + 60_000));
    let head = "HTTP/1.1 503 Service Unavailable\nx-zm-trackingid: T-1\ncontent-length: 99\n";
    is(&answered_with(head, Vec::new(), Then::Close).await, &Trouble::Server(503));
}
