//! Sessions, and the ways to get one, as they travel to the console: `GET /api/sessions`, `GET /auth/ways`. Shapes only.

use serde::{Deserialize, Serialize};

use crate::role::Role;

/// How somebody signed in.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// With a name and a password that are kept here.
    #[default]
    Password,
    /// At an `OpenID` provider.
    Provider,
    /// At a reverse proxy, which says who it is in a header.
    Header,
}

impl Way {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Password, Self::Provider, Self::Header];

    /// Whether it is the one that needs nobody else.
    pub const fn is_password(&self) -> bool {
        matches!(self, Self::Password)
    }

    /// The name in JSON and in the store.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Provider => "provider",
            Self::Header => "header",
        }
    }

    /// The way of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.as_str() == name)
    }
}

/// A session, for whoever may end it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Session {
    /// Names it in `DELETE /api/sessions/{id}`; opens nothing.
    pub id: String,
    /// Whose it is.
    pub name: String,
    /// What that person may do.
    pub role: Role,
    /// How that person signed in.
    pub way: Way,
    /// Address from which that was, when it means one machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Browser and system, roughly; none when it did not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub browser: Option<String>,
    /// When it began (RFC 3339).
    pub began_at: String,
    /// When the person last did something (RFC 3339), within a quarter of a minute.
    pub active_at: String,
    /// Whether it is the one that asks.
    #[serde(default)]
    pub current: bool,
}

/// How one can sign in.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Ways {
    /// With a name and a password that are kept here.
    pub local: bool,
    /// What the `OpenID` provider is called, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// Who a reverse proxy says is there, when it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<String>,
}

/// What came of signing out.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct SignedOut {
    /// Where the provider ends its own session, when it can.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}
