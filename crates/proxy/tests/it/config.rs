//! Configuration files: what is refused, and with which words.

use std::path::PathBuf;

use roomkey_proxy::config::{self, Config};
use secrecy::ExposeSecret;
use tempfile::TempDir;

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    fn read(&self, text: &str) -> Result<Config, String> {
        config::from_file(&self.write("roomkey.toml", text)).map_err(|fault| fault.to_string())
    }
}

#[test]
fn the_example_can_be_used() {
    let folder = Folder::new();
    folder.write("zoom.secret", "s3cret\n");
    let config = folder.read(include_str!("../../../../roomkey.example.toml")).unwrap();
    let zoom = config.vendors.zoom.as_ref().unwrap();
    assert_eq!(zoom.client_secret.as_ref().unwrap().expose_secret(), "s3cret");
    assert_eq!(config.data, folder.0.path().join("roomkey-data"), "relative to the file");
}

#[test]
fn an_unknown_key_is_refused_by_its_name() {
    for (text, name) in [
        ("data = \"d\"\nlissten = \"127.0.0.1:1\"", "lissten"),
        ("data = \"d\"\n[session]\nidle_minuts = 5", "idle_minuts"),
        ("data = \"d\"\n[vendors.zom]\naccount_id = \"a\"", "zom"),
    ] {
        let refusal = Folder::new().read(text).unwrap_err();
        assert!(refusal.contains(name), "{refusal}");
    }
}

#[test]
fn missing_values_and_files_are_named() {
    let folder = Folder::new();
    assert!(folder.read("").unwrap_err().contains("data"));
    let zoom = "data = \"d\"\n[vendors.zoom]\naccount_id = \"a\"\nclient_id = \"c\"\n";
    assert!(folder.read(zoom).unwrap_err().contains("vendors.zoom.client_secret is missing"));
    let refusal = folder.read(&format!("{zoom}client_secret_file = \"nowhere\"")).unwrap_err();
    assert!(refusal.contains("nowhere") && refusal.contains("vendors.zoom.client_secret"), "{refusal}");
    let refusal = config::from_file(&folder.0.path().join("other.toml")).unwrap_err().to_string();
    assert!(refusal.contains("other.toml"), "{refusal}");
}

#[test]
fn a_password_that_would_count_for_longer_than_five_minutes_is_refused() {
    let refusal = Folder::new().read("data = \"d\"\n[session]\nproof_seconds = 301").unwrap_err();
    assert!(refusal.contains("session.proof_seconds is 301") && refusal.contains("300"), "{refusal}");
    assert_eq!(Folder::new().read("data = \"d\"").unwrap().session.proof_seconds, 300);
}

#[test]
fn plain_http_to_the_world_is_refused() {
    let refusal = Folder::new().read("data = \"d\"\nlisten = \"0.0.0.0:80\"").unwrap_err();
    assert!(refusal.contains("without TLS"), "{refusal}");
}

#[test]
fn a_request_must_leave_time_for_its_calls() {
    let text = "data = \"d\"\n[limits]\nrequest_timeout_ms = 30000\n[vendors.zoom]\naccount_id = \"a\"\nclient_id = \"c\"\nclient_secret = \"s\"";
    let refusal = Folder::new().read(text).unwrap_err();
    assert!(refusal.contains("request_timeout_ms"), "{refusal}");
}

#[test]
fn a_secret_is_not_in_the_debug_form() {
    let text = "data = \"d\"\n[vendors.zoom]\naccount_id = \"a\"\nclient_id = \"c\"\nclient_secret = \"canary-secret\"\n[metrics]\ntoken = \"canary-token\"";
    let config = Folder::new().read(text).unwrap();
    assert!(!format!("{config:?}").contains("canary"), "{config:?}");
}
