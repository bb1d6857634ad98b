//! From where, and with what, somebody signs in: enough to tell one's own sessions from others. Must not be used to decide
//! anything: a browser says of itself what it likes.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::USER_AGENT;
use axum::http::request::Parts;

use crate::app::App;
use crate::http::peer::Peer;

/// Address and browser, as far as they are known.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Whence {
    /// The address, when it means one machine.
    pub address: Option<String>,
    /// Browser and system, roughly.
    pub browser: Option<String>,
}

impl FromRequestParts<App> for Whence {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<Peer>().and_then(|peer| peer.ip());
        // Behind a reverse proxy everybody comes from there.
        let address = peer.filter(|_| !app.config.behind_proxy).map(|ip| ip.to_string());
        let agent = parts.headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok());
        Ok(Self { address, browser: agent.and_then(browser) })
    }
}

/// Browsers, each with what only it, or those above it, say of themselves.
const BROWSERS: [(&str, &str); 7] = [
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// What it is, in a few words of ours: never what was sent.
fn browser(agent: &str) -> Option<String> {
    let find =
        |known: &[(&str, &'static str)]| known.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    match (find(&BROWSERS), find(&SYSTEMS)) {
        (Some(browser), Some(system)) => Some(format!("{browser}, {system}")),
        (Some(one), None) | (None, Some(one)) => Some(one.to_owned()),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_named_roughly_and_what_was_sent_is_not_repeated() {
        let chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
        for (agent, named) in [
            (chrome.to_owned(), Some("Chrome, Windows")),
            (format!("{chrome} Edg/142.0.0.0"), Some("Edge, Windows")),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0".to_owned(),
                Some("Firefox, Linux"),
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Safari/604"
                    .to_owned(),
                Some("Safari, iPhone"),
            ),
            ("<script>".to_owned(), None),
        ] {
            assert_eq!(browser(&agent).as_deref(), named, "{agent}");
        }
    }
}
