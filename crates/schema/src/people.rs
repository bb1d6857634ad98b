//! People, and what else the index finds, as they travel to the console: `GET /api/people` and below it each one.
//! Shapes only; never a secret.

use litemap::LiteMap;
use serde::{Deserialize, Serialize};

/// What was found (`GET /api/people?q=…&limit=…`).
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Found {
    /// Best first.
    pub items: Vec<Hit>,
    /// Whether there are more than these.
    pub more: bool,
    /// How fresh the index is, for each vendor that it is read from.
    pub sources: Vec<Source>,
}

/// One line of what was found.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Hit {
    /// Names it in `/api/people/{key}` and `/people/{key}`.
    pub key: String,
    /// Whether it is a person or a meeting that has no person of its own.
    pub kind: Kind,
    /// What people call it.
    pub name: String,
    /// An e-mail address, or the host of a meeting.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// Department, when a vendor names one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub department: String,
    /// Ids of the vendors that know it.
    pub vendors: Vec<String>,
    /// Whether the same address belongs to several people, so that nothing was joined.
    #[serde(default)]
    pub ambiguous: bool,
}

/// What a line of the index is about.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A person.
    #[default]
    Person,
    /// A meeting or a room.
    Meeting,
}

/// How fresh the index is for one vendor.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Source {
    /// Vendor's id.
    pub vendor: String,
    /// When it was last read whole (RFC 3339); none when it never was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_at: Option<String>,
    /// Whether it is being read now.
    #[serde(default)]
    pub reading: bool,
    /// How many lines it has brought.
    pub count: u64,
    /// Why it could not be read last time, as a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// One person or meeting with its accounts (`GET /api/people/{key}`).
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Person {
    /// As it was found.
    #[serde(flatten)]
    pub hit: Hit,
    /// Every address that is known.
    #[serde(default)]
    pub emails: Vec<String>,
    /// What each vendor has.
    pub accounts: Vec<Account>,
    /// Keys and names of others with the same address, when that is why nothing was joined.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<Hit>,
}

/// What one vendor has of a person.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Account {
    /// Vendor's id.
    pub vendor: String,
    /// Id of the place that shows it, such as `zoom.user`.
    pub place: String,
    /// Path parameters of that place.
    pub params: LiteMap<String, String>,
    /// What the vendor calls it.
    pub name: String,
    /// Its address there.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub email: String,
}
