//! The vendors, as the proxy sees them: a call goes out, an answer or a fault comes back. An adapter knows its vendor's
//! tokens, errors and pace; it must not know who asks, nor what a person reads about a fault.

pub mod client;
pub mod retry_after;
pub mod zoom;

use async_trait::async_trait;
use axum::http::HeaderValue;
use bytes::Bytes;
use roomkey_schema::{Method, RateClass};
use serde_json::Value;

use crate::clock::UnixMs;
use crate::rate::budget::Spent;

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
    /// The answer is not JSON.
    NotJson,
    /// The answer is larger than we take.
    TooLarge,
    /// No answer in time, after the call was sent.
    Timeout,
    /// The call could not be sent.
    Unreachable,
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
            Self::NotJson => "the answer is not JSON".to_owned(),
            Self::TooLarge => "the answer is too large".to_owned(),
            Self::Timeout => "no answer in time".to_owned(),
            Self::Unreachable => "the vendor cannot be reached".to_owned(),
        }
    }
}

impl VendorFault {
    /// A fault that the vendor said nothing about.
    pub const fn new(trouble: Trouble) -> Self {
        Self { trouble, code: None, tracking_id: None }
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
        matches!(self.trouble, Trouble::Budget(_) | Trouble::Credentials(_) | Trouble::Unreachable)
    }
}

/// One vendor's account.
#[async_trait]
pub trait Vendor: Send + Sync {
    /// Makes one call. Repeats it only when the vendor said that it was not carried out.
    async fn call(&self, call: &Call) -> Result<Answer, VendorFault>;

    /// Proves the credentials and answers the scopes that they grant.
    async fn scopes(&self) -> Result<Vec<String>, VendorFault>;
}
