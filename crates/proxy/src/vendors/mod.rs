//! The vendors, as the proxy sees them: a call goes out, an answer or a fault comes back. An adapter knows its vendor's
//! tokens, errors and pace; it must not know who asks, nor what a person reads about a fault.

pub mod client;
pub mod connect;
pub(crate) mod paging;
pub mod retry_after;
pub mod token;
pub mod veeting;
pub mod webex;
pub mod webex_xml;
pub(crate) mod xml;
pub mod zoom;

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use axum::http::HeaderValue;
use bytes::Bytes;
use roomkey_schema::{Method, RateClass};
use serde_json::Value;

use crate::clock::{Clock, UnixMs};
use crate::config::{self, ConfigFault, WebexApi};
use crate::rate::budget::Spent;
use crate::rate::pace::Left;

/// What to ask a vendor.
#[derive(Clone, Debug)]
pub struct Call {
    /// HTTP method.
    pub method: Method,
    /// Decoded path segments below the vendor's base.
    pub segments: Vec<String>,
    /// Declared query parameters.
    pub query: Vec<(String, String)>,
    /// JSON body.
    pub body: Option<Value>,
    /// Files instead of JSON, as they came.
    pub upload: Option<Upload>,
    /// Which budget it counts against.
    pub rate: RateClass,
    /// Which of the vendor's lanes makes it; one of `Vendor::lanes`, where there are any.
    pub lane: Option<String>,
}

impl Call {
    /// Such a call, about nobody yet: to ask an adapter which accounts could make it.
    pub fn about(operation: &roomkey_schema::Operation) -> Self {
        Self {
            method: operation.method,
            segments: operation.path.fill(&roomkey_schema::PathParams::new()).unwrap_or_default(),
            query: Vec::new(),
            body: None,
            upload: None,
            rate: operation.rate,
            lane: None,
        }
    }

    /// A parameter of the query; one that is empty counts as left out.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }
}

/// An account that writes are made with, where the vendor counts them by account.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Lane {
    /// Its name at the vendor.
    pub id: String,
    /// How many writes it may make in 24 hours; none when nobody set it.
    pub per_day: Option<u32>,
}

/// A multipart body. Its parts are the vendor's to read.
#[derive(Clone, Debug)]
pub struct Upload {
    /// With the boundary between the parts.
    pub content_type: HeaderValue,
    /// The parts.
    pub bytes: Bytes,
}

/// What a vendor answered.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// JSON body, when there is one.
    pub body: Option<Value>,
    /// To quote to the vendor's support.
    pub tracking_id: Option<String>,
}

/// Why there is no answer.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{}, code {}", .trouble.summary(), .code.as_deref().unwrap_or("none"))]
pub struct VendorFault {
    /// What went wrong.
    pub trouble: Trouble,
    /// The vendor's own code.
    pub code: Option<String>,
    /// To quote to the vendor's support.
    pub tracking_id: Option<String>,
}

/// What can go wrong with a call.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Trouble {
    /// The vendor understood and said no.
    Refused {
        /// Its own words.
        message: Option<String>,
        /// JSON Pointers of fields with its words about each.
        fields: Vec<(String, String)>,
        /// Whether it says that the object does not exist.
        absent: bool,
    },
    /// The vendor takes no more calls before that time.
    RateLimited(UnixMs),
    /// We take no more calls for the moment.
    Budget(Spent),
    /// The vendor does not take our credentials.
    Credentials(Option<String>),
    /// The vendor does not know the address: the configuration is wrong.
    WrongAddress,
    /// The vendor's service failed with that status.
    Server(u16),
    /// The answer broke off, or the connection did, after the call was sent.
    Cut,
    /// The answer is not in the form that can be read.
    NotJson,
    /// The answer is larger than we take.
    TooLarge,
    /// No answer in time, after the call was sent.
    Timeout,
    /// The call could not be sent.
    Unreachable,
    /// The vendor no longer takes writes from this lane; others may go on.
    LaneClosed,
}

impl Trouble {
    /// What went wrong, for the log: without the vendor's words, which may name people.
    pub fn summary(&self) -> String {
        match self {
            Self::Refused { .. } => "refused".to_owned(),
            Self::RateLimited(_) => "the vendor takes no more calls".to_owned(),
            Self::Budget(_) => "the budget of calls is spent".to_owned(),
            Self::Credentials(_) => "the credentials are not accepted".to_owned(),
            Self::WrongAddress => "the vendor does not know the address".to_owned(),
            Self::Server(status) => format!("the vendor failed with status {status}"),
            Self::Cut => "the answer broke off".to_owned(),
            Self::NotJson => "the answer makes no sense".to_owned(),
            Self::TooLarge => "the answer is too large".to_owned(),
            Self::Timeout => "no answer in time".to_owned(),
            Self::Unreachable => "the vendor cannot be reached".to_owned(),
            Self::LaneClosed => "the vendor takes no more writes from this account".to_owned(),
        }
    }
}

impl VendorFault {
    /// A fault that the vendor said nothing about.
    pub const fn new(trouble: Trouble) -> Self {
        Self { trouble, code: None, tracking_id: None }
    }

    /// With the vendor's code.
    #[must_use]
    pub fn coded(mut self, code: &str) -> Self {
        self.code = Some(code.to_owned());
        self
    }

    /// Whether a write that ended so may have been carried out all the same.
    pub const fn leaves_outcome_open(&self) -> bool {
        matches!(
            self.trouble,
            Trouble::Server(_) | Trouble::Cut | Trouble::NotJson | Trouble::TooLarge | Trouble::Timeout
        )
    }

    /// Whether the call never reached the part of the vendor that acts.
    pub const fn was_not_sent(&self) -> bool {
        matches!(
            self.trouble,
            Trouble::Budget(_) | Trouble::Credentials(_) | Trouble::Unreachable | Trouble::LaneClosed
        )
    }
}

/// Why an adapter cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum AdapterFault {
    /// A configured address is none.
    #[error("the vendor's address {0:?} is not a URL")]
    Address(String),
    /// The HTTP client cannot be made.
    #[error("the HTTP client cannot be made: {0}")]
    Client(#[from] reqwest::Error),
    /// No secret, or no choice.
    #[error(transparent)]
    Config(#[from] ConfigFault),
}

/// Every configured vendor, by name.
pub fn configured(
    config: &config::Vendors,
    clock: &Arc<dyn Clock>,
) -> Result<BTreeMap<String, Arc<dyn Vendor>>, AdapterFault> {
    let mut vendors: BTreeMap<String, Arc<dyn Vendor>> = BTreeMap::new();
    if let Some(zoom) = &config.zoom {
        vendors.insert("zoom".to_owned(), Arc::new(zoom::Zoom::new(zoom, clock.clone())?));
    }
    if let Some(veeting) = &config.veeting {
        vendors.insert("veeting".to_owned(), Arc::new(veeting::Veeting::new(veeting, clock.clone())?));
    }
    if let Some(webex) = &config.webex {
        // Both are the same vendor to everybody else.
        let adapter: Arc<dyn Vendor> = match webex.api()? {
            WebexApi::Rest(rest) => Arc::new(webex::Webex::new(rest, clock.clone())?),
            WebexApi::Xml(xml) => Arc::new(webex_xml::WebexXml::new(xml, clock.clone())?),
        };
        vendors.insert("webex".to_owned(), adapter);
    }
    if let Some(connect) = &config.connect {
        vendors.insert("connect".to_owned(), Arc::new(connect::Connect::new(connect, clock.clone())?));
    }
    Ok(vendors)
}

/// What will go wrong later with an account that writes are made with.
#[derive(Clone, Debug)]
pub enum Warning {
    /// It may read and not write: it is no administrator of the site.
    NotAdministrator(String),
    /// It cannot sign in.
    CannotSignIn(String, VendorFault),
}

/// One vendor's account.
#[async_trait]
pub trait Vendor: Send + Sync {
    /// Makes one call. Repeats it only when the vendor said that it was not carried out.
    async fn call(&self, call: &Call) -> Result<Answer, VendorFault>;

    /// Proves the credentials and answers the scopes that they grant.
    async fn scopes(&self) -> Result<Vec<String>, VendorFault>;

    /// Whether those scopes are all that the credentials grant: some vendors do not say.
    fn tells_scopes(&self) -> bool {
        false
    }

    /// Whether the API itself answers: one small read, where proving the credentials makes none.
    async fn answers(&self) -> Result<(), VendorFault> {
        Ok(())
    }

    /// What will go wrong later although the credentials work.
    async fn warnings(&self) -> Result<Vec<Warning>, VendorFault> {
        Ok(Vec::new())
    }

    /// Accounts that this call can be made with, in the order in which they take turns. None: the vendor does not count
    /// by account.
    fn lanes(&self, _call: &Call) -> Vec<Lane> {
        Vec::new()
    }

    /// What is left now of the calls that may be made.
    fn left(&self) -> Vec<Left> {
        Vec::new()
    }

    /// When the token that is held was granted, and when it will be renewed.
    fn token_held(&self) -> Option<(UnixMs, UnixMs)> {
        None
    }

    /// How many calls of that class the vendor takes in a minute, for estimates.
    fn per_minute(&self, rate: RateClass) -> u32;

    /// How many writes may be under way at once.
    fn at_once(&self) -> usize {
        4
    }
}
