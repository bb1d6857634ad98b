//! `[embed]`: whose pages may show the console in a frame. Must not read anything.

use serde::Deserialize;

use super::ConfigFault;

/// `[embed]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Embed {
    /// Origins of those pages, exactly as browsers write them; nobody by default.
    pub origins: Vec<String>,
}

impl Embed {
    /// Refuses whatever is not exactly one origin: what stands here goes into a header and decides who is listened to.
    pub(super) fn refuse_unsafe(&self) -> Result<(), ConfigFault> {
        match self.origins.iter().find(|origin| !is_exact(origin)) {
            None => Ok(()),
            Some(origin) => Err(ConfigFault::Refused(format!(
                "embed.origins holds {origin:?}; each must be exactly one origin as browsers write it: https, a host in \
                 lower case, a port only if it is unusual, no path and no wildcard, such as \
                 \"https://portal.example.com\" (http is for this machine only)"
            ))),
        }
    }
}

/// Whether a browser would write an origin so, and CSP can name it (which it cannot an IPv6 address).
fn is_exact(text: &str) -> bool {
    let Some((scheme, authority)) = text.split_once("://") else { return false };
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    };
    let usual = match scheme {
        "https" => "443",
        "http" if is_loopback(host) => "80",
        _ => return false,
    };
    let port_is_exact = port.is_none_or(|port| {
        port != usual && !port.starts_with(['0', '+']) && port.parse::<u16>().is_ok_and(|port| port > 0)
    });
    let label_is_exact = |label: &str| {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        !label.is_empty() && label.bytes().all(plain) && !label.starts_with('-') && !label.ends_with('-')
    };
    port_is_exact && host.split('.').all(label_is_exact)
}

fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host.ends_with(".localhost")
        || host.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_browser_writes_for_one_origin_is_exact() {
        for good in [
            "https://portal.example.com",
            "https://portal.example.com:8443",
            "https://xn--prtal-jua.example",
            "https://10.0.0.7",
            "http://localhost:3000",
            "http://portal.localhost",
            "http://127.0.0.1:8081",
        ] {
            assert!(is_exact(good), "{good}");
        }
        for bad in [
            "*",
            "https://*.example.com",
            "https://portal.example.com/",
            "https://portal.example.com/a",
            "https://portal.example.com:443",
            "https://portal.example.com:",
            "https://portal.example.com:080",
            "https://portal.example.com:70000",
            "https://Portal.example.com",
            "https://pörtal.example",
            "https://user@portal.example.com",
            "https://portal.example.com?x",
            "https://portal.example.com; script-src *",
            "https://portal.example.com https://other.example",
            "https://portal..example",
            "https://portal.example.",
            "https://",
            "https:",
            "http://portal.example.com",
            "http://127.0.0.1.evil.example",
            "http://localhost:80",
            "http://[::1]:8081",
            "'self'",
            "null",
            "",
        ] {
            assert!(!is_exact(bad), "{bad}");
        }
    }
}
