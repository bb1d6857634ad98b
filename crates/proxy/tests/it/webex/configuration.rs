//! `[vendors.webex]` in configuration files: what is read, and with which words the rest is refused. Must not call Webex.

use roomkey_proxy::config::{self, Config, WebexApi};
use secrecy::ExposeSecret;
use tempfile::TempDir;

const REST: &str = "[vendors.webex.rest]\naccess_token = \"canary-token\"\n";
const XML: &str = "[vendors.webex.xml]\nurl = \"https://acme.webex.com/WBXService/XMLService\"\nsite = \"acme\"\n";
const ADMINISTRATOR: &str =
    "[[vendors.webex.xml.administrators]]\nweb_ex_id = \"a@acme.example\"\npassword_file = \"p\"\n";

fn read(webex: &str) -> Result<Config, String> {
    let folder = TempDir::new().unwrap();
    for name in ["p", "webex.secret", "webex.refresh", "webex.token", "webex-first.password", "zoom.secret"] {
        std::fs::write(folder.path().join(name), "canary-file\n").unwrap();
    }
    let path = folder.path().join("roomkey.toml");
    std::fs::write(&path, format!("data = \"d\"\n{webex}")).unwrap();
    config::from_file(&path).map_err(|fault| fault.to_string())
}

/// Asserts that a configuration is refused with words that hold these.
#[track_caller]
fn refused(webex: &str, words: &[&str]) {
    let refusal = read(webex).unwrap_err();
    assert!(words.iter().all(|word| refusal.contains(word)), "{refusal}");
}

#[test]
fn rest_takes_a_token_or_an_app() {
    let config = read(&format!("[vendors.webex]\npin_digits = 6\n{REST}")).unwrap();
    let webex = config.vendors.webex.as_ref().unwrap();
    assert!(
        matches!(webex.api(), Ok(WebexApi::Rest(rest)) if rest.calls_per_minute == 300 && rest.is_fixed().unwrap())
    );
    assert_eq!(webex.pin_digits, 6);
    assert!(!format!("{config:?}").contains("canary"), "{config:?}");
    let app = "[vendors.webex.rest]\nclient_id = \"c\"\nclient_secret_file = \"p\"\nrefresh_token = \"r\"\n";
    let config = read(app).unwrap();
    let secret = config.vendors.webex.unwrap().rest.unwrap().client_secret.unwrap();
    assert_eq!(secret.expose_secret(), "canary-file");
}

#[test]
fn xml_takes_administrators_in_their_order() {
    let sites = "[vendors.webex.pin_digits_by_site]\n\"demo-eu.webex.example\" = 6\n";
    let config = read(&format!("{sites}{XML}set_user_per_day = 0\n{ADMINISTRATOR}")).unwrap();
    let webex = config.vendors.webex.as_ref().unwrap();
    assert_eq!((webex.pin_digits, webex.pin_digits_by_site["demo-eu.webex.example"]), (4, 6));
    let Ok(WebexApi::Xml(xml)) = webex.api() else { panic!("{webex:?}") };
    assert_eq!((xml.set_user_per_day, xml.administrators[0].web_ex_id.as_str()), (0, "a@acme.example"));
    assert_eq!(xml.administrators[0].password.as_ref().unwrap().expose_secret(), "canary-file");
    assert!(!format!("{config:?}").contains("canary"), "{config:?}");
}

#[test]
fn both_apis_or_none_are_refused_by_their_keys() {
    refused(&format!("{REST}{XML}{ADMINISTRATOR}"), &["vendors.webex.rest", "vendors.webex.xml", "both"]);
    refused("[vendors.webex]\npin_digits = 4\n", &["vendors.webex.rest", "vendors.webex.xml"]);
}

#[test]
fn missing_contradicting_and_odd_values_are_named() {
    refused("[vendors.webex.rest]\n", &["access_token", "client_id"]);
    refused(&format!("{REST}client_id = \"c\"\n"), &["both", "access_token", "client_id"]);
    let rest = |keys: &str| format!("[vendors.webex.rest]\n{keys}\n");
    refused(&rest("refresh_token = \"r\""), &["vendors.webex.rest.client_id is missing"]);
    refused(&rest("client_id = \"c\"\nrefresh_token = \"r\""), &["vendors.webex.rest.client_secret is missing"]);
    refused(&rest("client_id = \"c\"\nclient_secret = \"r\""), &["vendors.webex.rest.refresh_token is missing"]);
    refused(&rest("access_token_file = \"nowhere\""), &["nowhere", "vendors.webex.rest.access_token"]);
    refused(&format!("{REST}base_url = \"http://webexapis.com/v1\"\n"), &["vendors.webex.rest.base_url", "https"]);
    refused(&format!("{REST}calls_per_minut = 5\n"), &["calls_per_minut"]);
    refused(&format!("{REST}timeout_ms = 60000\n"), &["request_timeout_ms", "Webex"]);
    refused(XML, &["vendors.webex.xml.administrators is empty"]);
    refused(&format!("{XML}{ADMINISTRATOR}{ADMINISTRATOR}"), &["a@acme.example", "twice"]);
    refused(&XML.replace("https", "http"), &["vendors.webex.xml.url", "https"]);
    let nameless = ADMINISTRATOR.replace("password_file = \"p\"\n", "");
    refused(&format!("{XML}{nameless}"), &["vendors.webex.xml.administrators.password is missing"]);
    refused(&format!("[vendors.webex]\npin_digits = 1\n{REST}"), &["vendors.webex.pin_digits", "1 is not possible"]);
}

/// The example names every key in comments; without the signs of the comments it can be used.
#[test]
fn the_example_can_be_used_with_either_api() {
    let example = include_str!("../../../../../roomkey.example.toml");
    let webex = example.split_once("# [vendors.webex]\n").unwrap().1;
    let is_line = |line: &&str| line.starts_with('[') || line.contains(" = ") && !line.contains(". ");
    let lines = webex.lines().filter_map(|line| line.strip_prefix("# ")).filter(is_line);
    let lines: Vec<&str> = lines.filter(|line| !line.starts_with("access_token_file")).collect();
    let text = lines.join("\n");
    let (before, rest) = text.split_once("[vendors.webex.rest]").unwrap();
    let (rest, xml) = rest.split_once("[vendors.webex.xml]").unwrap();
    // Other vendors follow.
    let xml = xml.split("\n[vendors.").next().unwrap();
    let rest = read(&format!("[vendors.webex]\n{before}[vendors.webex.rest]{rest}")).unwrap().vendors.webex.unwrap();
    assert_eq!(rest.rest.unwrap().client_id.as_deref(), Some("your-client-id"));
    let xml = read(&format!("[vendors.webex]\n{before}[vendors.webex.xml]{xml}")).unwrap().vendors.webex.unwrap();
    assert_eq!(xml.pin_digits_by_site["acme-eu.webex.com"], 6);
    assert_eq!(xml.xml.unwrap().administrators.len(), 1);
}
