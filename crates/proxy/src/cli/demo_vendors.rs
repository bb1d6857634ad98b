//! The emulated vendors' accounts, as the demo is configured with them. Must not be used with real vendors: everybody knows
//! these secrets.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use clap::ValueEnum;
use secrecy::SecretString;

use crate::config::{Budget, Connect, Veeting, VeetingLevel, Webex, WebexAdministrator, WebexRest, WebexXml, Zoom};

/// The emulated vendors are given less time than the real ones: nobody wants to watch a demo wait.
const TIMEOUT_MS: u64 = 10_000;
const WEBEX_CALLS_PER_MINUTE: u32 = 300;
const CONNECT_CALLS_PER_MINUTE: u32 = 300;
const VEETING_CALLS_PER_MINUTE: u32 = 300;
/// The emulated site has as many administrators that may change others.
const ADMINISTRATORS: u8 = 5;
/// The emulated organisation's sites, with the lengths of their PINs.
const SITES: [(&str, u8); 2] = [("demo.webex.example", 4), ("demo-eu.webex.example", 6)];

/// Which of Webex's two APIs is used.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(super) enum WebexApi {
    /// REST.
    Rest,
    /// XML.
    Xml,
}

/// Which of Veeting's two keys is used.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(super) enum VeetingKey {
    /// Of the whole platform.
    Instance,
    /// Of one account.
    Account,
}

pub(super) fn veeting(sandbox: SocketAddr, is_limited: bool, key: VeetingKey) -> Veeting {
    let (level, key) = match key {
        VeetingKey::Instance => (VeetingLevel::Instance, "demo-instance-key"),
        VeetingKey::Account => (VeetingLevel::Account, "demo-account-key"),
    };
    Veeting {
        base_url: format!("http://{sandbox}/veeting/api/v6"),
        level,
        api_key: Some(SecretString::from(key)),
        api_key_file: None,
        timeout_ms: TIMEOUT_MS,
        calls_per_minute: if is_limited { VEETING_CALLS_PER_MINUTE } else { u32::MAX },
    }
}

pub(super) fn zoom(sandbox: SocketAddr, is_limited: bool) -> Zoom {
    Zoom {
        base_url: format!("http://{sandbox}/zoom/v2"),
        token_url: format!("http://{sandbox}/zoom/oauth/token"),
        account_id: "demo-account".to_owned(),
        client_id: "demo-client".to_owned(),
        client_secret: Some(SecretString::from("demo-secret")),
        client_secret_file: None,
        timeout_ms: TIMEOUT_MS,
        budget: if is_limited { Budget::default() } else { Budget::unlimited() },
    }
}

pub(super) fn webex(sandbox: SocketAddr, is_limited: bool, api: WebexApi, set_user_per_day: u32) -> Webex {
    let calls_per_minute = if is_limited { WEBEX_CALLS_PER_MINUTE } else { u32::MAX };
    let [(main_site, pin_digits), _] = SITES;
    let rest = WebexRest {
        base_url: format!("http://{sandbox}/webex/v1"),
        access_token: None,
        access_token_file: None,
        client_id: Some("demo-webex-client".to_owned()),
        client_secret: Some(SecretString::from("demo-webex-secret")),
        client_secret_file: None,
        refresh_token: Some(SecretString::from("demo-webex-refresh")),
        refresh_token_file: None,
        timeout_ms: TIMEOUT_MS,
        calls_per_minute,
    };
    let xml = WebexXml {
        url: format!("http://{sandbox}/webex-xml/WBXService/XMLService"),
        site: "demo".to_owned(),
        site_url: Some(main_site.to_owned()),
        set_user_per_day,
        timeout_ms: TIMEOUT_MS,
        calls_per_minute,
        administrators: (1..=ADMINISTRATORS).map(administrator).collect(),
    };
    Webex {
        pin_digits,
        pin_digits_by_site: SITES.iter().map(|&(site, digits)| (site.to_owned(), digits)).collect::<BTreeMap<_, _>>(),
        rest: (api == WebexApi::Rest).then_some(rest),
        xml: (api == WebexApi::Xml).then_some(xml),
    }
}

pub(super) fn connect(sandbox: SocketAddr, is_limited: bool) -> Connect {
    Connect {
        url: format!("http://{sandbox}/connect/api/xml"),
        login: "admin@example.com".to_owned(),
        password: Some(SecretString::from("demo-password")),
        password_file: None,
        timeout_ms: TIMEOUT_MS,
        calls_per_minute: if is_limited { CONNECT_CALLS_PER_MINUTE } else { u32::MAX },
    }
}

fn administrator(number: u8) -> WebexAdministrator {
    WebexAdministrator {
        web_ex_id: format!("admin{number}@example.com"),
        password: Some(SecretString::from("demo-password")),
        password_file: None,
    }
}
