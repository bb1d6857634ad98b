//! Webex's XML API, for sites that set host PINs with SetUser: the same people, sites and rooms as Webex's REST adapter
//! answers, as far as XML has them. Must not repeat a SetUser that was refused for its administrator.

mod administrator;
mod envelope;
mod errors;
mod people;
mod room;
mod site;

use std::sync::Arc;

use async_trait::async_trait;
use roomkey_schema::{Method, RateClass};
use serde_json::{Value, json};

use self::administrator::Administrator;
use self::site::{Request, Site};
use super::xml::Element;
use super::{AdapterFault, Answer, Call, Lane, Trouble, Vendor, VendorFault, Warning};
use crate::clock::{Clock, UnixMs};
use crate::config;
use crate::rate::pace::Left;

/// One Webex site.
pub struct WebexXml {
    /// Its address without `https://`, as people name it.
    site_url: String,
    site: Arc<Site>,
    administrators: Vec<Administrator>,
    set_user_per_day: Option<u32>,
    calls_per_minute: u32,
}

impl WebexXml {
    /// An adapter for the configured site. Makes no call yet.
    pub fn new(config: &config::WebexXml, clock: Arc<dyn Clock>) -> Result<Self, AdapterFault> {
        let site = Arc::new(Site::new(config, clock.clone())?);
        let administrators = config.administrators.iter();
        let administrators = administrators.map(|one| Administrator::new(one, site.clone(), clock.clone()));
        Ok(Self {
            site_url: config.site_url.clone().unwrap_or_else(|| site.host().to_owned()),
            administrators: administrators.collect::<Result<_, _>>()?,
            set_user_per_day: Some(config.set_user_per_day).filter(|per_day| *per_day > 0),
            calls_per_minute: config.calls_per_minute,
            site,
        })
    }

    /// Reads with the first administrator whose ticket works.
    async fn read(&self, request: &Request<'_>) -> Result<Element, VendorFault> {
        let mut refused = VendorFault::new(Trouble::Credentials(None));
        for administrator in &self.administrators {
            match administrator.ask(request).await {
                Err(fault) if matches!(fault.trouble, Trouble::Credentials(_)) => refused = fault,
                other => return other,
            }
        }
        Err(refused)
    }

    /// Writes with the administrator of that lane, or with the first.
    async fn write(&self, lane: Option<&str>, request: &Request<'_>) -> Result<Element, VendorFault> {
        let administrator = match lane {
            None => self.administrators.first(),
            Some(lane) => self.administrators.iter().find(|one| one.id == lane),
        };
        // Who is no longer in the configuration takes no more writes.
        administrator.ok_or(VendorFault::new(Trouble::LaneClosed))?.ask(request).await
    }

    /// The sites: there is one.
    fn sites(&self) -> Value {
        json!({"sites": [{"siteUrl": self.site_url, "default": true}]})
    }

    async fn room(&self, call: &Call) -> Result<Option<Value>, VendorFault> {
        let id = self.person(call)?;
        if call.method.is_read() {
            let content = room::get_user(id);
            let user = self.read(&room::request(&content, None)).await?;
            return room::room(&user).map(Some).ok_or(VendorFault::new(Trouble::NotJson));
        }
        let pin = room::pin(call)?;
        let content = room::set_user(id, pin);
        self.write(call.lane.as_deref(), &room::request(&content, Some(pin))).await?;
        Ok(None)
    }

    /// Whose room a call is about. Nobody has a name that XML cannot hold, or a room on another site.
    fn person<'a>(&self, call: &'a Call) -> Result<&'a str, VendorFault> {
        let here = call.parameter("siteUrl").is_none_or(|url| url.eq_ignore_ascii_case(&self.site_url));
        let absent = Trouble::Refused { message: None, fields: Vec::new(), absent: true };
        call.parameter("userEmail").filter(|id| here && envelope::is_text(id)).ok_or(VendorFault::new(absent))
    }
}

#[async_trait]
impl Vendor for WebexXml {
    async fn call(&self, call: &Call) -> Result<Answer, VendorFault> {
        let path: Vec<&str> = call.segments.iter().map(String::as_str).collect();
        let body = match (call.method, path.as_slice()) {
            (Method::Get, ["people"]) => Some(people::list(self, call).await?),
            (Method::Get, ["meetingPreferences", "sites"]) => Some(self.sites()),
            (Method::Get | Method::Put, ["meetingPreferences", "personalMeetingRoom"]) => self.room(call).await?,
            _ => return Err(VendorFault::new(Trouble::WrongAddress)),
        };
        Ok(Answer { body, tracking_id: None })
    }

    /// There are none: whether the first administrator that can sign in may read.
    async fn scopes(&self) -> Result<Vec<String>, VendorFault> {
        if let Some(first) = self.administrators.first() {
            self.read(&room::request(&room::get_user(&first.id), None)).await?;
        }
        Ok(Vec::new())
    }

    /// SetUser of others fails for who is no administrator of the site, however much else they may.
    async fn warnings(&self) -> Result<Vec<Warning>, VendorFault> {
        let mut warnings = Vec::new();
        for administrator in &self.administrators {
            match administrator.ask(&room::request(&room::get_user(&administrator.id), None)).await {
                Ok(user) if user.text(&["privilege", "siteAdmin"]) == Some("true") => {}
                Ok(_) => warnings.push(Warning::NotAdministrator(administrator.id.clone())),
                Err(fault) if matches!(fault.trouble, Trouble::Credentials(_)) => {
                    warnings.push(Warning::CannotSignIn(administrator.id.clone(), fault));
                }
                Err(fault) => return Err(fault),
            }
        }
        Ok(warnings)
    }

    fn lanes(&self, call: &Call) -> Vec<Lane> {
        if call.method.is_read() {
            return Vec::new();
        }
        let lane = |one: &Administrator| Lane { id: one.id.clone(), per_day: self.set_user_per_day };
        self.administrators.iter().map(lane).collect()
    }

    fn left(&self) -> Vec<Left> {
        self.site.left()
    }

    /// The oldest ticket.
    fn token_held(&self) -> Option<(UnixMs, UnixMs)> {
        self.administrators.iter().filter_map(Administrator::ticket_held).min()
    }

    fn per_minute(&self, _: RateClass) -> u32 {
        self.calls_per_minute
    }

    fn at_once(&self) -> usize {
        1
    }
}
