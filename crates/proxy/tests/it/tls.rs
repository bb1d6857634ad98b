//! HTTPS by the program itself.

use roomkey_proxy::config::Tls;
use tokio::net::TcpListener;

use crate::support::Stage;

#[tokio::test]
async fn https_is_served_with_the_configured_certificate_and_plain_http_is_not() {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let folder = tempfile::TempDir::new().unwrap();
    let tls = Tls { certificate_file: folder.path().join("chain.pem"), key_file: folder.path().join("key.pem") };
    std::fs::write(&tls.certificate_file, made.cert.pem()).unwrap();
    std::fs::write(&tls.key_file, made.signing_key.serialize_pem()).unwrap();
    let stage = Stage::with(|config| config.tls = Some(tls)).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(roomkey_proxy::serve(listener, stage.app.clone(), std::future::pending()));

    let certificate = reqwest::Certificate::from_pem(made.cert.pem().as_bytes()).unwrap();
    let client = reqwest::Client::builder()
        .tls_certs_only([certificate])
        .resolve("localhost", address)
        .no_proxy()
        .build()
        .unwrap();
    let answer = client.get(format!("https://localhost:{}/healthz", address.port())).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(answer.headers().contains_key("strict-transport-security"));
    assert!(client.get(format!("http://{address}/healthz")).send().await.is_err());
}

#[tokio::test]
async fn a_certificate_that_cannot_be_used_stops_the_start_with_its_name() {
    let folder = tempfile::TempDir::new().unwrap();
    let tls = Tls { certificate_file: folder.path().join("nowhere.pem"), key_file: folder.path().join("key.pem") };
    let stage = Stage::with(|config| config.tls = Some(tls)).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let fault = roomkey_proxy::serve(listener, stage.app.clone(), std::future::pending()).await.unwrap_err();
    assert!(fault.to_string().contains("nowhere.pem"), "{fault}");
}
