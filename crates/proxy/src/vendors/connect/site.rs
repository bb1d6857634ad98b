//! The one address of an Adobe Connect server: actions with their parameters, at the server's pace, writes one after the
//! other. Must not know what an action is for, and must not put what is secret into an address.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{ACCEPT, COOKIE, HeaderValue, SET_COOKIE};
use reqwest::{Client, RequestBuilder, Url};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Mutex;

use super::status::{self, Failed};
use crate::clock::Clock;
use crate::config;
use crate::rate::pace::{Grant, Left, Pace};
use crate::vendors::client::{self, Raw};
use crate::vendors::xml::Element;
use crate::vendors::{AdapterFault, Trouble, VendorFault};

/// The cookie that is a session.
const SESSION: &str = "BREEZESESSION";

/// Where a server takes actions.
pub(super) struct Site {
    client: Client,
    url: Url,
    pace: Pace,
    clock: Arc<dyn Clock>,
    /// What the vendor makes of several writes side by side is not public.
    one_write_at_a_time: Mutex<()>,
}

/// An action with its parameters, in order: some stand there several times.
pub(super) struct Ask<'a> {
    action: &'static str,
    parameters: Vec<(&'a str, &'a str)>,
    is_write: bool,
}

impl<'a> Ask<'a> {
    /// Something that changes nothing: its parameters stand in the address.
    pub(super) fn read(action: &'static str, parameters: Vec<(&'a str, &'a str)>) -> Self {
        Self { action, parameters, is_write: false }
    }

    /// Something that changes something, or proves who asks: its parameters go in the body, where nobody logs them.
    pub(super) fn write(action: &'static str, parameters: Vec<(&'a str, &'a str)>) -> Self {
        Self { action, parameters, is_write: true }
    }

    fn pairs(&self) -> Vec<(&str, &str)> {
        std::iter::once(("action", self.action)).chain(self.parameters.iter().copied()).collect()
    }
}

impl Site {
    pub(super) fn new(config: &config::Connect, clock: Arc<dyn Clock>) -> Result<Self, AdapterFault> {
        Ok(Self {
            client: client::build(Duration::from_millis(config.timeout_ms))?,
            url: Url::parse(&config.url).map_err(|_| AdapterFault::Address(config.url.clone()))?,
            pace: Pace::new("connect", Grant::per_minute(config.calls_per_minute), clock.clone()),
            clock,
            one_write_at_a_time: Mutex::default(),
        })
    }

    /// What is left of the calls that may be made.
    pub(super) fn left(&self) -> Vec<Left> {
        self.pace.left()
    }

    /// Asks as whoever the session belongs to.
    pub(super) async fn ask(&self, ask: &Ask<'_>, session: &SecretString) -> Result<Element, Failed> {
        let mut cookie = HeaderValue::from_str(&format!("{SESSION}={}", session.expose_secret()))
            .map_err(|_| Failed::Fault(VendorFault::new(Trouble::Credentials(None))))?;
        cookie.set_sensitive(true);
        let (root, _) = self.exchange(ask, Some(cookie)).await?;
        // What needs no session tells that it has ended by naming nobody who is signed in.
        match root.at(&["common"]) {
            Some(common) if common.at(&["user"]).is_none() => Err(Failed::SessionEnded),
            _ => Ok(root),
        }
    }

    /// Signs in: the only time that a password goes out. None when the answer brings no session.
    pub(super) async fn sign_in(&self, login: &str, password: &SecretString) -> Result<Option<SecretString>, Failed> {
        let ask = Ask::write("login", vec![("login", login), ("password", password.expose_secret())]);
        let (_, raw) = self.exchange(&ask, None).await?;
        Ok(session_of(&raw))
    }

    async fn exchange(&self, ask: &Ask<'_>, cookie: Option<HeaderValue>) -> Result<(Element, Raw), Failed> {
        let mut request = self.request(ask).header(ACCEPT, "text/xml");
        if let Some(cookie) = cookie {
            request = request.header(COOKIE, cookie);
        }
        let _turn = if ask.is_write { Some(self.one_write_at_a_time.lock().await) } else { None };
        let fault = |trouble| Failed::Fault(VendorFault::new(trouble));
        self.pace.turn().await.map_err(|spent| fault(Trouble::Budget(spent)))?;
        let raw = client::send(request).await.map_err(fault)?;
        match status::read(&raw, self.clock.now_ms()) {
            Ok(root) => Ok((root, raw)),
            Err(failed) => {
                if let Failed::Fault(VendorFault { trouble: Trouble::RateLimited(until_ms), .. }) = &failed {
                    self.pace.pause(*until_ms);
                }
                Err(failed)
            }
        }
    }

    fn request(&self, ask: &Ask<'_>) -> RequestBuilder {
        let mut url = self.url.clone();
        if ask.is_write {
            return self.client.post(url).form(&ask.pairs());
        }
        url.query_pairs_mut().extend_pairs(ask.pairs());
        self.client.get(url)
    }
}

/// The session among the cookies of an answer.
fn session_of(raw: &Raw) -> Option<SecretString> {
    let cookies = raw.headers.get_all(SET_COOKIE).iter().filter_map(|cookie| cookie.to_str().ok());
    let mut values = cookies.filter_map(|cookie| {
        let (name, value) = cookie.split(';').next()?.split_once('=')?;
        (name.trim() == SESSION && !value.trim().is_empty()).then(|| SecretString::from(value.trim()))
    });
    values.next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(cookies: &[&'static str]) -> Raw {
        let headers = cookies.iter().map(|cookie| (SET_COOKIE, HeaderValue::from_static(cookie))).collect();
        Raw { status: 200, headers, body: Ok(bytes::Bytes::new()) }
    }

    #[test]
    fn the_session_is_found_among_other_cookies() {
        let found = session_of(&raw(&["lang=en; path=/", "BREEZESESSION=na1breez9x; HttpOnly; path=/"]));
        assert_eq!(found.expect("a session").expose_secret(), "na1breez9x");
        for none in [&[][..], &["BREEZESESSION=; path=/"], &["XBREEZESESSION=a"], &["nonsense"]] {
            assert!(session_of(&raw(none)).is_none(), "{none:?}");
        }
    }
}
