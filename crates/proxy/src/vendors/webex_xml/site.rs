//! The one address of a Webex site: one call at a time, at the site's pace. Must not know who asks for what.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{ACCEPT, CONTENT_TYPE};
use reqwest::{Client, Url};
use secrecy::SecretString;
use tokio::sync::Mutex;

use super::envelope::{self, Asker, Field, Proof, Service};
use super::errors::{self, Reading};
use crate::clock::Clock;
use crate::config;
use crate::rate::pace::{Grant, Left, Pace};
use crate::vendors::client;
use crate::vendors::xml::Element;
use crate::vendors::{AdapterFault, Trouble, VendorFault};

const XML: &str = "text/xml; charset=UTF-8";

/// Where a site takes XML.
pub(super) struct Site {
    client: Client,
    url: Url,
    name: String,
    pace: Pace,
    clock: Arc<dyn Clock>,
    /// What the vendor makes of several calls side by side is not public.
    one_at_a_time: Mutex<()>,
}

/// A request to the site.
pub(super) struct Request<'a> {
    pub(super) service: Service,
    pub(super) content: &'a [Field<'a>],
    /// What it sets that nobody must read.
    pub(super) pin: Option<&'a str>,
}

impl Site {
    pub(super) fn new(config: &config::WebexXml, clock: Arc<dyn Clock>) -> Result<Self, AdapterFault> {
        Ok(Self {
            client: client::build(Duration::from_millis(config.timeout_ms))?,
            url: Url::parse(&config.url).map_err(|_| AdapterFault::Address(config.url.clone()))?,
            name: config.site.clone(),
            pace: Pace::new("webex", Grant::per_minute(config.calls_per_minute), clock.clone()),
            clock,
            one_at_a_time: Mutex::default(),
        })
    }

    /// The site's host.
    pub(super) fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// What is left now of the calls that may be made.
    pub(super) fn left(&self) -> Vec<Left> {
        self.pace.left()
    }

    /// Asks with a session ticket.
    pub(super) async fn ask(&self, web_ex_id: &str, ticket: &SecretString, request: &Request<'_>) -> Reading {
        self.exchange(web_ex_id, Proof::Ticket(ticket), request).await
    }

    /// Asks for a session ticket: the only request that a password goes with.
    pub(super) async fn sign_in(&self, web_ex_id: &str, password: &SecretString) -> Result<Element, VendorFault> {
        let request = Request { service: Service::AuthenticateUser, content: &[], pin: None };
        match self.exchange(web_ex_id, Proof::Password(password), &request).await {
            Reading::Answer(content) => Ok(content),
            Reading::TicketEnded => Err(VendorFault::new(Trouble::Credentials(None))),
            Reading::Fault(fault) => Err(fault),
        }
    }

    async fn exchange(&self, web_ex_id: &str, proof: Proof<'_>, request: &Request<'_>) -> Reading {
        let asker = Asker { site: &self.name, web_ex_id, proof };
        let Ok(document) = envelope::write(&asker, request.service, request.content) else {
            return Reading::Fault(VendorFault::new(Trouble::Unreachable));
        };
        let post =
            self.client.post(self.url.clone()).header(ACCEPT, "text/xml").header(CONTENT_TYPE, XML).body(document);
        let _turn = self.one_at_a_time.lock().await;
        if let Err(spent) = self.pace.turn().await {
            return Reading::Fault(VendorFault::new(Trouble::Budget(spent)));
        }
        let raw = match client::send(post).await {
            Ok(raw) => raw,
            Err(trouble) => return Reading::Fault(VendorFault::new(trouble)),
        };
        let reading = errors::read(&raw, request.service, self.clock.now_ms(), request.pin);
        if let Reading::Fault(VendorFault { trouble: Trouble::RateLimited(until_ms), .. }) = &reading {
            self.pace.pause(*until_ms);
        }
        reading
    }
}
