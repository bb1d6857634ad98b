//! Refuses configurations that would put passwords, sessions or credentials at risk. Pure: reads nothing.

use axum::http::Uri;

use super::{Config, ConfigFault, People, Session};
use crate::rate::pace;

/// Calls to a vendor that one request may need: read, write, read back, and one repeat with a fresh token.
const CALLS_A_REQUEST: u64 = 3;

/// A sentence for the first thing that is wrong, if anything is.
pub fn refuse_unsafe(config: &Config) -> Result<(), ConfigFault> {
    let refuse = |sentence: String| Err(ConfigFault::Refused(sentence));
    if config.behind_proxy {
        if config.proxy_peers.is_empty() {
            return refuse(
                "behind_proxy is on but proxy_peers names no address range; name the addresses from which the reverse \
                 proxy connects, such as [\"10.0.0.5/32\"]"
                    .to_owned(),
            );
        }
        if config.public_origin.is_none() {
            return refuse(
                "behind_proxy is on but public_origin is missing; set it to the address that people type, such as \
                 \"https://roomkey.example.com\""
                    .to_owned(),
            );
        }
    } else if config.tls.is_none() && !config.listen.ip().is_loopback() {
        return refuse(format!(
            "{} can be reached from other machines, and without TLS passwords would travel in clear; set [tls] \
             certificate_file and key_file, or listen on 127.0.0.1, or set behind_proxy = true with proxy_peers",
            config.listen
        ));
    }
    if let Some(origin) = &config.public_origin
        && !is_origin(origin)
    {
        return refuse(format!(
            "public_origin is {origin:?}; it must be a scheme and a host, with a port if it is unusual, and nothing \
             after it, such as \"https://roomkey.example.com\""
        ));
    }
    if config.session.proof_seconds > Session::LONGEST_PROOF_SECONDS {
        return refuse(format!(
            "session.proof_seconds is {}; it must be {} or less, so that nobody is shown a secret on a page that was left \
             open",
            config.session.proof_seconds,
            Session::LONGEST_PROOF_SECONDS
        ));
    }
    if !(1..=People::LONGEST_MINUTES).contains(&config.people.refresh_minutes) {
        return refuse(format!(
            "people.refresh_minutes is {}; it must be from 1 to {}, so that people who were renamed or have left are noticed",
            config.people.refresh_minutes,
            People::LONGEST_MINUTES
        ));
    }
    if let Some(zoom) = &config.vendors.zoom {
        refuse_unsafe_address("vendors.zoom.base_url", &zoom.base_url)?;
        refuse_unsafe_address("vendors.zoom.token_url", &zoom.token_url)?;
        refuse_hurry(config, "Zoom", zoom.timeout_ms, zoom.budget.queue_ms)?;
    }
    if let Some(webex) = &config.vendors.webex {
        webex.refuse_unsafe()?;
        refuse_hurry(config, "Webex", webex.timeout_ms(), pace::QUEUE_MS)?;
    }
    if let Some(connect) = &config.vendors.connect {
        connect.refuse_unsafe()?;
        refuse_hurry(config, "Adobe Connect", connect.timeout_ms, pace::QUEUE_MS)?;
    }
    if let Some(veeting) = &config.vendors.veeting {
        refuse_unsafe_address("vendors.veeting.base_url", &veeting.base_url)?;
        refuse_hurry(config, "Veeting", veeting.timeout_ms, pace::QUEUE_MS)?;
    }
    Ok(())
}

/// Refuses an address to which credentials must not travel.
pub(super) fn refuse_unsafe_address(key: &str, url: &str) -> Result<(), ConfigFault> {
    if is_safe_vendor_url(url) {
        return Ok(());
    }
    Err(ConfigFault::Refused(format!(
        "{key} is {url:?}; it must be an https address without a user, query or fragment (http is for this machine only)"
    )))
}

/// Refuses to give up a request while its calls may still be under way.
fn refuse_hurry(config: &Config, vendor: &str, timeout_ms: u64, queue_ms: u64) -> Result<(), ConfigFault> {
    let needed_ms = CALLS_A_REQUEST.saturating_mul(timeout_ms).saturating_add(queue_ms);
    if config.limits.request_timeout_ms > needed_ms {
        return Ok(());
    }
    Err(ConfigFault::Refused(format!(
        "limits.request_timeout_ms is {}; it must be above {needed_ms}, so that a write to {vendor} and its reading back \
         fit into one request",
        config.limits.request_timeout_ms
    )))
}

fn is_origin(text: &str) -> bool {
    let Some((scheme, authority)) = text.split_once("://") else { return false };
    (scheme == "https" || scheme == "http")
        && !authority.contains(['/', '?', '#', '@'])
        && authority.parse::<axum::http::uri::Authority>().is_ok()
}

/// A vendor's base must be HTTPS, or plain HTTP to this machine.
fn is_safe_vendor_url(text: &str) -> bool {
    let Ok(uri) = text.parse::<Uri>() else { return false };
    let Some(host) = uri.host() else { return false };
    let bare = uri.authority().is_some_and(|authority| !authority.as_str().contains('@'))
        && uri.query().is_none()
        && !text.contains('#');
    let loopback = host == "localhost"
        || host.trim_matches(['[', ']']).parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
    bare && match uri.scheme_str() {
        Some("https") => true,
        Some("http") => loopback,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(config: &Config) -> String {
        refuse_unsafe(config).expect_err("refused").to_string()
    }

    #[test]
    fn plain_http_on_loopback_is_taken() {
        assert!(refuse_unsafe(&Config::in_directory("data")).is_ok());
    }

    #[test]
    fn plain_http_on_another_address_is_refused() {
        let mut config = Config::in_directory("data");
        config.listen = "0.0.0.0:80".parse().expect("address");
        assert!(sentence(&config).contains("without TLS passwords would travel in clear"));
    }

    #[test]
    fn a_reverse_proxy_needs_its_addresses_and_the_public_origin() {
        let mut config = Config::in_directory("data");
        config.listen = "0.0.0.0:80".parse().expect("address");
        config.behind_proxy = true;
        assert!(sentence(&config).contains("proxy_peers names no address range"));
        config.proxy_peers = vec!["10.0.0.0/8".parse().expect("range")];
        assert!(sentence(&config).contains("public_origin is missing"));
        config.public_origin = Some("https://roomkey.example.com/path".to_owned());
        assert!(sentence(&config).contains("nothing after it"));
        config.public_origin = Some("https://roomkey.example.com".to_owned());
        assert!(refuse_unsafe(&config).is_ok());
    }

    #[test]
    fn vendor_addresses_are_https_or_this_machine() {
        for good in
            ["https://api.zoom.us/v2", "http://127.0.0.1:9000/zoom/v2", "http://[::1]:9/v2", "http://localhost/x"]
        {
            assert!(is_safe_vendor_url(good), "{good}");
        }
        for bad in [
            "http://api.zoom.us/v2",
            "https://user@api.zoom.us/v2",
            "https://api.zoom.us/v2?x=1",
            "ftp://api.zoom.us",
            "/v2",
            "https://api.zoom.us/#x",
        ] {
            assert!(!is_safe_vendor_url(bad), "{bad}");
        }
    }
}
