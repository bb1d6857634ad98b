//! The command `sandbox` as it is started. Must not test what the router answers.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

/// Stops the command when a test ends, also when it fails.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(arguments: &[&str]) -> (Running, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sandbox"))
        .args(arguments)
        .stdout(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
    let address = line.trim().strip_prefix("sandbox  http://").and_then(|rest| rest.strip_suffix('/'));
    let address = address.unwrap_or_else(|| panic!("no address in {line:?}")).to_owned();
    (Running(child), address)
}

fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("a connection");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").expect("sent");
    let mut text = String::new();
    stream.read_to_string(&mut text).expect("an answer");
    text
}

#[test]
fn command_prints_its_loopback_address_and_answers_there() {
    let (_running, address) = start(&["--people", "50", "--limits", "off"]);
    assert!(address.starts_with("127.0.0.1:"), "{address}");
    assert!(get(&address, "/_sandbox/").starts_with("HTTP/1.1 200 OK"));
    assert!(get(&address, "/zoom/v2/groups").contains("\"code\":124"));
}

#[test]
fn command_serves_the_documents_of_a_folder_and_writes_its_ledger() {
    let folder = tempfile::tempdir().expect("a folder");
    let document = r#"{"x-vendor": "zoom", "paths": {"/lamps": {"get": {}, "patch": {}}}}"#;
    std::fs::write(folder.path().join("lamps.openapi.json"), document).expect("written");
    std::fs::write(folder.path().join("notes.txt"), "not a document").expect("written");
    let ledger = folder.path().join("ledger.ndjson");
    let (path, file) = (folder.path().to_str().expect("text"), ledger.to_str().expect("text"));
    let (_running, address) = start(&["--people", "50", "--schemas", path, "--ledger", file]);
    assert!(get(&address, "/zoom/v2/lamps").contains("\"code\":124"));
    let line = std::fs::read_to_string(&ledger).expect("the ledger");
    assert!(line.contains("\"path\":\"/zoom/v2/lamps\"") && line.ends_with("}\n"), "{line}");
}

#[test]
fn command_with_a_faulty_document_ends_with_its_name() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("zoom.broken.openapi.json"), "{").expect("written");
    let output = Command::new(env!("CARGO_BIN_EXE_sandbox"))
        .args(["--schemas", folder.path().to_str().expect("text")])
        .output()
        .expect("the command runs");
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("zoom.broken.openapi.json"));
}
