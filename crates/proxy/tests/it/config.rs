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

#[test]
fn connect_is_refused_without_a_safe_address_a_login_or_a_password() {
    let folder = Folder::new();
    folder.write("connect.password", "s3cret\r\n");
    let read = |table: &str| folder.read(&format!("data = \"d\"\n[vendors.connect]\n{table}"));
    let example = include_str!("../../../../roomkey.example.toml").split_once("# [vendors.connect]\n").unwrap().1;
    let lines = example.lines().map_while(|line| line.strip_prefix("# ").filter(|line| line.contains(" = ")));
    assert_eq!(read(&lines.collect::<Vec<_>>().join("\n")).unwrap().vendors.connect.unwrap().timeout_ms, 30_000);
    let url = "url = \"https://meet.example.com/api/xml\"\n";
    let config = read(&format!("{url}login = \"a@b.c\"\npassword_file = \"connect.password\"")).unwrap();
    let connect = config.vendors.connect.unwrap();
    assert_eq!(connect.password.unwrap().expose_secret(), "s3cret");
    assert_eq!((connect.timeout_ms, connect.calls_per_minute), (30_000, 300));
    for (table, said) in [
        (format!("{url}login = \"a@b.c\""), "vendors.connect.password is missing"),
        (format!("{url}password = \"x\""), "login"),
        (format!("{url}login = \" \"\npassword = \"x\""), "vendors.connect.login is empty"),
        (
            "url = \"http://meet.example.com/api/xml\"\nlogin = \"a\"\npassword = \"x\"".to_owned(),
            "vendors.connect.url",
        ),
        (format!("{url}login = \"a\"\npassword = \"x\"\ntimeout_ms = 60000"), "a write to Adobe Connect"),
        (format!("{url}login = \"a\"\npassword = \"x\"\nusername = \"a\""), "username"),
    ] {
        let refusal = read(&table).unwrap_err();
        assert!(refusal.contains(said), "{table}: {refusal}");
    }
}
