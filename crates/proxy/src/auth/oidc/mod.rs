//! An `OpenID` provider that signs people in (OpenID Connect Core 1.0, code flow with PKCE): `flow` remembers who was sent
//! there, `begin` sends, `finish` takes what comes back, `token` looks at ID tokens, `logout` at what ends sessions. Must not
//! make a session: `admit` does.

pub mod begin;
pub mod finish;
pub mod flow;
mod http;
pub mod logout;
mod metadata;
mod provider;
mod token;

pub use provider::{CALLBACK, Provider, ProviderFault};

/// Why somebody who came by the provider was not let in, as the sign-in page knows it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Refusal {
    /// The provider cannot be reached, or makes no sense.
    ProviderDown,
    /// The person, or the provider, said no.
    Denied,
    /// No rule of `[[roles]]` fits.
    NoRole,
    /// It was not begun in this browser, too long ago, or has come back before.
    Stale,
    /// What the provider says does not hold.
    Refused,
    /// The provider did not ask the person again.
    NotProven,
    /// We cannot write it down now.
    Busy,
}

impl Refusal {
    /// The name in the sign-in page's address.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ProviderDown => "provider_down",
            Self::Denied => "denied",
            Self::NoRole => "no_role",
            Self::Stale => "stale",
            Self::Refused => "refused",
            Self::NotProven => "not_proven",
            Self::Busy => "busy",
        }
    }
}

/// A refusal, and why, for the log.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Refused {
    /// What the person is told.
    pub refusal: Refusal,
    /// What the log is told; holds no token and no code.
    pub cause: String,
}

impl Refused {
    /// With a cause.
    pub fn new(refusal: Refusal, cause: impl std::fmt::Display) -> Self {
        Self { refusal, cause: cause.to_string() }
    }
}
