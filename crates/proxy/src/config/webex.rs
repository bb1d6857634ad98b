//! `[vendors.webex]`: a Webex organisation over REST, or a site over XML; its shape, its secrets' files and what is refused
//! of it. Must not know what the APIs are called for.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use secrecy::SecretString;
use serde::Deserialize;

use super::load::{ConfigFault, read_secret};
use super::rules::refuse_unsafe_address;

const ACCESS_TOKEN: &str = "vendors.webex.rest.access_token";
const CLIENT_SECRET: &str = "vendors.webex.rest.client_secret";
const REFRESH_TOKEN: &str = "vendors.webex.rest.refresh_token";
const PASSWORD: &str = "vendors.webex.xml.administrators.password";
/// Lengths of host PINs that a site could have.
const PIN_DIGITS: std::ops::RangeInclusive<u8> = 2..=20;

/// `[vendors.webex]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Webex {
    /// How many digits host PINs have.
    #[serde(default = "Webex::default_pin_digits")]
    pub pin_digits: u8,
    /// How many they have on sites that differ, by the site's address without `https://`.
    #[serde(default)]
    pub pin_digits_by_site: BTreeMap<String, u8>,
    /// The organisation over REST.
    #[serde(default)]
    pub rest: Option<WebexRest>,
    /// Or a site over XML.
    #[serde(default)]
    pub xml: Option<WebexXml>,
}

/// Which of the two APIs is spoken.
#[derive(Clone, Copy, Debug)]
pub enum WebexApi<'a> {
    /// REST.
    Rest(&'a WebexRest),
    /// XML.
    Xml(&'a WebexXml),
}

/// `[vendors.webex.rest]`: an access token, or an app that renews its own.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebexRest {
    /// Base of the API.
    #[serde(default = "WebexRest::default_base_url")]
    pub base_url: String,
    /// An access token that somebody else renews.
    #[serde(default)]
    pub access_token: Option<SecretString>,
    /// File that holds it.
    #[serde(default)]
    pub access_token_file: Option<PathBuf>,
    /// The app that renews its token.
    #[serde(default)]
    pub client_id: Option<String>,
    /// The app's secret.
    #[serde(default)]
    pub client_secret: Option<SecretString>,
    /// File that holds the app's secret.
    #[serde(default)]
    pub client_secret_file: Option<PathBuf>,
    /// With what the app renews its token.
    #[serde(default)]
    pub refresh_token: Option<SecretString>,
    /// File that holds it.
    #[serde(default)]
    pub refresh_token_file: Option<PathBuf>,
    /// Time for one call.
    #[serde(default = "default_timeout_ms")]
    pub timeout_ms: u64,
    /// Calls a minute that this server makes at most.
    #[serde(default = "default_calls_per_minute")]
    pub calls_per_minute: u32,
}

/// `[vendors.webex.xml]`: a site and the administrators that take turns.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebexXml {
    /// Where the site takes XML.
    pub url: String,
    /// The site's name.
    pub site: String,
    /// The site's address without `https://`, where it is not the host of `url`.
    #[serde(default)]
    pub site_url: Option<String>,
    /// Changes of people that one administrator makes in 24 hours at most; 0 sets no limit.
    #[serde(default = "WebexXml::default_set_user_per_day")]
    pub set_user_per_day: u32,
    /// Time for one call.
    #[serde(default = "default_timeout_ms")]
    pub timeout_ms: u64,
    /// Calls a minute that this server makes at most.
    #[serde(default = "default_calls_per_minute")]
    pub calls_per_minute: u32,
    /// Who signs in, in the order in which they take turns.
    #[serde(default)]
    pub administrators: Vec<WebexAdministrator>,
}

/// `[[vendors.webex.xml.administrators]]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebexAdministrator {
    /// Name at the site.
    pub web_ex_id: String,
    /// Password.
    #[serde(default)]
    pub password: Option<SecretString>,
    /// File that holds it.
    #[serde(default)]
    pub password_file: Option<PathBuf>,
}

impl Webex {
    const fn default_pin_digits() -> u8 {
        4
    }

    /// The one API that is set.
    pub fn api(&self) -> Result<WebexApi<'_>, ConfigFault> {
        match (&self.rest, &self.xml) {
            (Some(rest), None) => Ok(WebexApi::Rest(rest)),
            (None, Some(xml)) => Ok(WebexApi::Xml(xml)),
            (Some(_), Some(_)) => Err(refused(
                "vendors.webex.rest and vendors.webex.xml are both there; keep the one that this server is to use",
            )),
            (None, None) => Err(refused(
                "vendors.webex needs one of vendors.webex.rest and vendors.webex.xml; set the one that this server is \
                 to use",
            )),
        }
    }

    /// Reads the files of secrets; their paths start at `base`.
    pub(super) fn resolve(&mut self, base: &Path) -> Result<(), ConfigFault> {
        let absolute = |path: &mut PathBuf| *path = base.join(&*path);
        if let Some(rest) = &mut self.rest {
            rest.access_token_file.iter_mut().for_each(absolute);
            rest.client_secret_file.iter_mut().for_each(absolute);
            rest.refresh_token_file.iter_mut().for_each(absolute);
            if rest.is_fixed()? {
                rest.access_token = Some(rest.read_access_token()?);
            } else {
                rest.client_secret = Some(rest.read_client_secret()?);
                rest.refresh_token = Some(rest.read_refresh_token()?);
            }
        }
        for administrator in self.xml.iter_mut().flat_map(|xml| &mut xml.administrators) {
            administrator.password_file.iter_mut().for_each(absolute);
            administrator.password = Some(administrator.read_password()?);
        }
        Ok(())
    }

    /// A sentence for the first thing that is wrong, if anything is.
    pub(super) fn refuse_unsafe(&self) -> Result<(), ConfigFault> {
        let mut digits = self.pin_digits_by_site.values().chain([&self.pin_digits]);
        if let Some(odd) = digits.find(|digits| !PIN_DIGITS.contains(digits)) {
            return Err(refused(&format!(
                "vendors.webex.pin_digits and pin_digits_by_site say how many digits host PINs have, from {} to {}; {odd} \
                 is not possible",
                PIN_DIGITS.start(),
                PIN_DIGITS.end()
            )));
        }
        match self.api()? {
            WebexApi::Rest(rest) => {
                rest.is_fixed()?;
                refuse_unsafe_address("vendors.webex.rest.base_url", &rest.base_url)
            }
            WebexApi::Xml(xml) => {
                refuse_unsafe_address("vendors.webex.xml.url", &xml.url)?;
                xml.refuse_administrators()
            }
        }
    }

    /// Time for one call.
    pub(super) fn timeout_ms(&self) -> u64 {
        self.rest
            .as_ref()
            .map(|rest| rest.timeout_ms)
            .or(self.xml.as_ref().map(|xml| xml.timeout_ms))
            .unwrap_or_default()
    }
}

impl WebexRest {
    fn default_base_url() -> String {
        "https://webexapis.com/v1".to_owned()
    }

    /// Whether the access token is set, rather than an app that renews its own.
    pub fn is_fixed(&self) -> Result<bool, ConfigFault> {
        let fixed = self.access_token.is_some() || self.access_token_file.is_some();
        let renewed = self.client_id.is_some()
            || self.client_secret.is_some()
            || self.client_secret_file.is_some()
            || self.refresh_token.is_some()
            || self.refresh_token_file.is_some();
        match (fixed, renewed) {
            (true, false) => Ok(true),
            (false, true) if self.client_id.is_none() => {
                Err(refused("vendors.webex.rest.client_id is missing; set it beside client_secret and refresh_token"))
            }
            (false, true) => Ok(false),
            (true, true) => Err(refused(
                "vendors.webex.rest has both an access_token and an app with client_id and refresh_token; keep one of \
                 them",
            )),
            (false, false) => Err(refused(
                "vendors.webex.rest needs a token: set access_token or access_token_file, or client_id, client_secret \
                 and refresh_token of an app",
            )),
        }
    }

    /// The access token.
    pub fn read_access_token(&self) -> Result<SecretString, ConfigFault> {
        read_secret(ACCESS_TOKEN, self.access_token.as_ref(), self.access_token_file.as_deref())
    }

    /// The app's secret.
    pub fn read_client_secret(&self) -> Result<SecretString, ConfigFault> {
        read_secret(CLIENT_SECRET, self.client_secret.as_ref(), self.client_secret_file.as_deref())
    }

    /// With what the app renews its token.
    pub fn read_refresh_token(&self) -> Result<SecretString, ConfigFault> {
        read_secret(REFRESH_TOKEN, self.refresh_token.as_ref(), self.refresh_token_file.as_deref())
    }
}

impl WebexXml {
    const fn default_set_user_per_day() -> u32 {
        700
    }

    fn refuse_administrators(&self) -> Result<(), ConfigFault> {
        let mut seen = BTreeSet::new();
        if self.administrators.is_empty() {
            return Err(refused(
                "vendors.webex.xml.administrators is empty; name at least one site administrator with web_ex_id and \
                 password or password_file",
            ));
        }
        match self.administrators.iter().find(|one| !seen.insert(one.web_ex_id.to_lowercase())) {
            Some(twice) => Err(refused(&format!(
                "vendors.webex.xml.administrators names {:?} twice; name each administrator once",
                twice.web_ex_id
            ))),
            None => Ok(()),
        }
    }
}

impl WebexAdministrator {
    /// The password.
    pub fn read_password(&self) -> Result<SecretString, ConfigFault> {
        read_secret(PASSWORD, self.password.as_ref(), self.password_file.as_deref())
    }
}

const fn default_timeout_ms() -> u64 {
    30_000
}

const fn default_calls_per_minute() -> u32 {
    300
}

fn refused(sentence: &str) -> ConfigFault {
    ConfigFault::Refused(sentence.to_owned())
}
