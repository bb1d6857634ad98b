//! Hangs, cuts and simultaneous writes over a real connection. Must not wait for time to pass.

use std::net::SocketAddr;
use std::time::Duration;

use axum::http::StatusCode;
use roomkey_sandbox::Options;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use crate::bench::{Bench, options};

async fn served(limits: bool) -> (Bench, SocketAddr) {
    let bench = Bench::with(Options { limits, ..options() }).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let app = bench.app.clone();
    tokio::spawn(async move { axum::serve(listener, app).await });
    (bench, address)
}

/// Sends a request and leaves the connection open.
async fn send(bench: &Bench, address: SocketAddr, method: &str, path: &str, body: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    let request = format!(
        "{method} /zoom/v2{path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nAuthorization: Bearer {}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        bench.token(),
        body.len(),
    );
    stream.write_all(request.as_bytes()).await.expect("a request sent");
    stream
}

async fn receive(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    // A connection that breaks off may end with an error; what came before it is what counts.
    let _ = stream.read_to_end(&mut bytes).await;
    String::from_utf8(bytes).expect("text")
}

/// The ledger once it has a line of this method.
async fn wait_for(bench: &Bench, method: &str) -> Value {
    let found = async || bench.ledger().await.into_iter().find(|line| line["method"] == method);
    eventually(found).await
}

/// What a look finds, looked again and again without waiting; the deadline is for a look that never finds it.
pub(crate) async fn eventually<T>(look: impl AsyncFn() -> Option<T>) -> T {
    let looking = async {
        loop {
            if let Some(found) = look().await {
                return found;
            }
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(20), looking).await.expect("found before the deadline")
}

#[tokio::test]
async fn cut_answer_announces_more_than_it_sends() {
    let (bench, address) = served(false).await;
    bench.faults(json!([{"path": "groups", "times": 1, "fault": {"kind": "cut", "bytes": 20}}])).await;
    let cut = receive(send(&bench, address, "GET", "/groups", "").await).await;
    let whole = receive(send(&bench, address, "GET", "/groups", "").await).await;
    let (head, body) = cut.split_once("\r\n\r\n").expect("a head");
    let (_, whole_body) = whole.split_once("\r\n\r\n").expect("a head");
    assert!(head.starts_with("HTTP/1.1 200 OK"), "{head}");
    assert!(head.contains(&format!("content-length: {}", whole_body.len())), "{head}");
    assert_eq!(body, &whole_body[..20]);
}

#[tokio::test]
async fn cut_write_is_applied_and_its_answer_broken() {
    let (bench, address) = served(false).await;
    let path = bench.clinical("/settings").await;
    bench.faults(json!([{"method": "PATCH", "fault": {"kind": "cut", "bytes": 0}}])).await;
    let body = json!({"recording": {"auto_recording": "cloud"}}).to_string();
    let cut = receive(send(&bench, address, "PATCH", &path, &body).await).await;
    assert!(cut.is_empty() || cut.contains("content-length: 1\r\n"), "{cut}");
    assert!(cut.is_empty() || cut.ends_with("\r\n\r\n"), "{cut}");
    assert_eq!(bench.read(&path).await["recording"]["auto_recording"], "cloud");
}

#[tokio::test]
async fn hang_is_in_the_ledger_without_status_and_ends_without_effect_when_rules_are_replaced() {
    let (bench, address) = served(false).await;
    let path = bench.clinical("/settings").await;
    bench.faults(json!([{"method": "PATCH", "fault": {"kind": "hang"}}])).await;
    let body = json!({"recording": {"auto_recording": "cloud"}}).to_string();
    let stream = send(&bench, address, "PATCH", &path, &body).await;
    let line = wait_for(&bench, "PATCH").await;
    assert_eq!((&line["status"], &line["fault"]), (&json!(null), &json!("hang")));
    assert!(stream.try_read(&mut [0; 1]).is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock));
    bench.faults(json!([])).await;
    assert!(receive(stream).await.starts_with("HTTP/1.1 503 "));
    assert_ne!(bench.read(&path).await["recording"]["auto_recording"], "cloud");
}

#[tokio::test]
async fn applied_and_kept_back_write_has_its_effect_and_no_answer() {
    let (bench, address) = served(false).await;
    let path = bench.clinical("/settings").await;
    bench.faults(json!([{"method": "PATCH", "fault": {"kind": "apply_then_hang"}}])).await;
    let body = json!({"recording": {"auto_recording": "cloud"}}).to_string();
    let stream = send(&bench, address, "PATCH", &path, &body).await;
    let line = wait_for(&bench, "PATCH").await;
    assert_eq!((&line["status"], &line["fault"]), (&json!(null), &json!("apply_then_hang")));
    assert_eq!(bench.read(&path).await["recording"]["auto_recording"], "cloud");
    assert!(stream.try_read(&mut [0; 1]).is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock));
}

#[tokio::test]
async fn second_write_to_a_group_is_refused_while_the_first_is_in_flight() {
    let (bench, address) = served(true).await;
    let path = bench.clinical("/settings").await;
    bench.faults(json!([{"method": "PATCH", "times": 1, "fault": {"kind": "hang"}}])).await;
    let first = send(&bench, address, "PATCH", &path, "{}").await;
    wait_for(&bench, "PATCH").await;
    bench.patch(&path, json!({})).await.is_refused(429, 429, "Too many concurrent requests.");
    let locks = bench.clinical("/lock_settings").await;
    bench.patch(&locks, json!({})).await.is_refused(429, 429, "Too many concurrent requests.");
    let other = format!("/groups/{}/settings", bench.group("Cardiology").await);
    assert_eq!(bench.patch(&other, json!({})).await.status, StatusCode::NO_CONTENT);
    assert_eq!(bench.get(&path).await.status, StatusCode::OK);
    // The client goes away: the place is free again.
    drop(first);
    bench.control("POST", "clock", json!({"advance_ms": 1000})).await;
    eventually(async || (bench.patch(&path, json!({})).await.status == StatusCode::NO_CONTENT).then_some(())).await;
}

#[tokio::test]
async fn simultaneous_writes_are_let_through_when_limits_are_off() {
    let (bench, address) = served(false).await;
    let path = bench.clinical("/settings").await;
    bench.faults(json!([{"method": "PATCH", "times": 1, "fault": {"kind": "hang"}}])).await;
    let _first = send(&bench, address, "PATCH", &path, "{}").await;
    wait_for(&bench, "PATCH").await;
    assert_eq!(bench.patch(&path, json!({})).await.status, StatusCode::NO_CONTENT);
}
