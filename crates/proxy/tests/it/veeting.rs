//! `[vendors.veeting]` in configuration files: what is read, and with which words the rest is refused. Must not call Veeting.

use roomkey_proxy::config::{self, Config, VeetingLevel};
use secrecy::ExposeSecret;
use tempfile::TempDir;

const WHOLE: &str =
    "base_url = \"https://meet.acme.example/api/v6\"\nlevel = \"instance\"\napi_key_file = \"veeting.key\"\n";

fn read(veeting: &str) -> Result<Config, String> {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("veeting.key"), "canary-file\n").unwrap();
    let path = folder.path().join("roomkey.toml");
    std::fs::write(&path, format!("data = \"d\"\n[vendors.veeting]\n{veeting}")).unwrap();
    config::from_file(&path).map_err(|fault| fault.to_string())
}

#[test]
fn key_comes_from_its_file_and_is_not_printed() {
    let config = read(WHOLE).unwrap();
    let veeting = config.vendors.veeting.as_ref().unwrap();
    assert_eq!((veeting.level, veeting.calls_per_minute, veeting.timeout_ms), (VeetingLevel::Instance, 300, 30_000));
    assert_eq!(veeting.api_key.as_ref().unwrap().expose_secret(), "canary-file");
    assert!(!format!("{config:?}").contains("canary"), "{config:?}");
}

#[test]
fn missing_and_odd_values_are_named() {
    for (odd, words) in [
        (WHOLE.replace("api_key_file = \"veeting.key\"\n", ""), "vendors.veeting.api_key is missing"),
        (WHOLE.replace("veeting.key", "nowhere.key"), "nowhere.key"),
        (WHOLE.replace("https", "http"), "vendors.veeting.base_url"),
        (WHOLE.replace("instance", "galaxy"), "galaxy"),
        (WHOLE.replace("level = \"instance\"\n", ""), "level"),
        (format!("{WHOLE}calls_per_minut = 5\n"), "calls_per_minut"),
        (format!("{WHOLE}timeout_ms = 60000\n"), "Veeting"),
    ] {
        let refusal = read(&odd).unwrap_err();
        assert!(refusal.contains(words), "{words}: {refusal}");
    }
}

/// The example names every key in comments; without the signs of the comments it can be used.
#[test]
fn the_example_can_be_used() {
    let example = include_str!("../../../../roomkey.example.toml");
    let veeting = example.split_once("# [vendors.veeting]\n").unwrap().1.split_once("\n\n").unwrap().0;
    let lines: Vec<&str> = veeting.lines().filter_map(|line| line.strip_prefix("# ")).collect();
    let config = read(&format!("{}\n", lines.join("\n"))).unwrap();
    assert_eq!(config.vendors.veeting.unwrap().base_url, "https://meet.acme.example/api/v6");
}
