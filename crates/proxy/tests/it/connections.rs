//! Raw connections: what the accept loop and the hygiene layer make of bytes that no HTTP library would send.

use std::net::SocketAddr;
use std::time::Duration;

use roomkey_proxy::config::Limits;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::support::Stage;

/// A served stage; dropping `stop` ends it.
struct Served {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<()>,
    _stage: Stage,
}

async fn serve(limits: Limits) -> Served {
    let stage = Stage::with(|config| config.limits = limits).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let app = stage.app.clone();
    let ended = tokio::spawn(async move {
        let stopped = async {
            let _ = stopped.await;
        };
        roomkey_proxy::serve(listener, app, stopped).await.unwrap();
    });
    Served { address, stop, ended, _stage: stage }
}

/// Sends bytes on a connection of their own and reads until the server closes it.
async fn exchange(address: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // The server may close before it has read everything.
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

fn head(lines: &[&str]) -> Vec<u8> {
    format!("{}\r\nConnection: close\r\n\r\n", lines.join("\r\n")).into_bytes()
}

fn assert_refused(answer: &str, status: &str, what: &str) {
    assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{what}: {answer}");
    assert!(answer.to_ascii_lowercase().contains("content-security-policy: default-src 'none'"), "{what}: {answer}");
}

#[tokio::test]
async fn dirty_heads_are_refused_before_anybody_asks_who_is_there() {
    let served = serve(Limits::default()).await;
    let get = "GET /api/schema HTTP/1.1";
    let dirty: &[&[&str]] = &[
        &[get],
        &[get, "Host: a", "Host: b"],
        &[get, "Host: a", "Host: a"],
        &[get, "Host:"],
        &["GET http://other.example/api/schema HTTP/1.1", "Host: a"],
        &["POST /auth/login HTTP/1.1", "Host: a", "Content-Length: 2", "Transfer-Encoding: chunked"],
        &["POST /auth/login HTTP/1.1", "Host: a", "Transfer-Encoding: chunked", "Content-Length: 2"],
        &["GET /api/zoom/groups/a%2fb/settings HTTP/1.1", "Host: a"],
        &["GET /api/zoom/groups/a%5Cb/settings HTTP/1.1", "Host: a"],
        &["GET /api/zoom/groups/%00/settings HTTP/1.1", "Host: a"],
        &["GET /api/zoom/groups/../users HTTP/1.1", "Host: a"],
        &["GET /api/zoom/groups/%2e%2E/users HTTP/1.1", "Host: a"],
    ];
    for lines in dirty {
        let answer = exchange(served.address, &head(lines)).await;
        assert_refused(&answer, "400", &format!("{lines:?}"));
        assert!(answer.contains("\"kind\":\"bad_request\""), "{lines:?}: {answer}");
    }
}

#[tokio::test]
async fn what_cannot_be_read_at_all_is_answered_with_the_headers_too() {
    let served = serve(Limits::default()).await;
    let long = format!("X-Long: {}", "x".repeat(40_000));
    let unreadable: &[(&str, &[&str])] = &[
        ("400", &["NONSENSE"]),
        ("400", &["GET / HTTP/1.1", "Host: a", "Bad Header: x"]),
        ("400", &["POST / HTTP/1.1", "Host: a", "Content-Length: 1", "Content-Length: 2"]),
        ("431", &["GET / HTTP/1.1", "Host: a", &long]),
    ];
    for (status, lines) in unreadable {
        let answer = exchange(served.address, &head(lines)).await;
        assert_refused(&answer, status, &format!("{:?}", lines[0]));
    }
}

#[tokio::test]
async fn a_half_sent_head_is_cut_off_in_time() {
    let served = serve(Limits { head_timeout_ms: 100, ..Limits::default() }).await;
    let ended = tokio::time::timeout(Duration::from_secs(10), exchange(served.address, b"GET / HTT")).await;
    assert!(ended.is_ok(), "the server keeps a connection that sends nothing");
}

#[tokio::test]
async fn a_half_sent_body_is_answered_in_time() {
    let served = serve(Limits { body_timeout_ms: 100, ..Limits::default() }).await;
    let origin = format!("Origin: http://{}", served.address);
    let host = format!("Host: {}", served.address);
    let mut bytes = head(&[
        "POST /auth/login HTTP/1.1",
        &host,
        &origin,
        "X-Requested-With: roomkey",
        "Content-Type: application/json",
        "Content-Length: 100",
    ]);
    bytes.extend_from_slice(b"{\"username\":");
    let answer = tokio::time::timeout(Duration::from_secs(10), exchange(served.address, &bytes)).await.unwrap();
    assert_refused(&answer, "400", "half a body");
}

#[tokio::test]
async fn a_connection_beyond_the_cap_waits_and_is_served_when_one_ends() {
    let served = serve(Limits { connections: 1, ..Limits::default() }).await;
    let first = TcpStream::connect(served.address).await.unwrap();
    let second =
        tokio::spawn(exchange(served.address, b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
    drop(first);
    assert!(second.await.unwrap().ends_with("ok\n"));
}

#[tokio::test]
async fn stopping_lets_go_of_idle_connections_and_takes_no_new_ones() {
    let served = serve(Limits::default()).await;
    let mut idle = TcpStream::connect(served.address).await.unwrap();
    idle.write_all(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
    let mut first = [0; 12];
    idle.read_exact(&mut first).await.unwrap();
    assert_eq!(&first, b"HTTP/1.1 200");
    drop(served.stop);
    tokio::time::timeout(Duration::from_secs(10), served.ended).await.unwrap().unwrap();
    assert!(TcpStream::connect(served.address).await.is_err());
}

#[tokio::test]
async fn behind_a_reverse_proxy_others_are_turned_away() {
    let stage = Stage::with(|config| {
        config.behind_proxy = true;
        config.public_origin = Some("https://roomkey.example.com".to_owned());
        config.proxy_peers = vec!["10.0.0.0/8".parse().unwrap()];
    })
    .await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(roomkey_proxy::serve(listener, stage.app.clone(), std::future::pending()));
    assert_eq!(exchange(address, b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n").await, "");
}
