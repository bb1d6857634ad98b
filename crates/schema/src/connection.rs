//! How it stands between this server and a vendor, as it travels to the console. Shapes only; must not hold a credential.

use serde::{Deserialize, Serialize};

use crate::people::Source;
use crate::wire::Problem;

/// One vendor's account (`GET /api/connections`).
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Connection {
    /// Vendor's id, such as `zoom`.
    pub vendor: String,
    /// What the last test showed.
    pub state: State,
    /// When that was: RFC 3339, UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tested_at: Option<String>,
    /// Why it does not work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
    /// What will go wrong although it works, most of all operations that an account may not use.
    #[serde(default)]
    pub notices: Vec<Notice>,
    /// What of the vendor's grant is left now.
    #[serde(default)]
    pub budgets: Vec<Budget>,
    /// When the token that is held was granted: RFC 3339, UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token_since: Option<String>,
    /// When it will be renewed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token_until: Option<String>,
    /// How fresh the people index is for it; none when nothing is read from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<Source>,
}

/// What a test showed.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// There was none yet.
    #[default]
    Untested,
    /// It works.
    Works,
    /// It works, and some operations do not.
    Partly,
    /// It does not work.
    Fails,
}

/// What will go wrong at a vendor.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Notice {
    /// Vendor's id.
    pub vendor: String,
    /// What it is and what to do, as sentences.
    pub text: String,
    /// Ids of the operations that it will happen to.
    #[serde(default)]
    pub operations: Vec<String>,
}

/// Calls of one kind, or changes of one account, out of what the vendor grants.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Budget {
    /// The kind's or the account's name.
    pub name: String,
    /// How many are left now.
    pub left: u64,
    /// Out of how many.
    pub of: u64,
    /// In how many seconds.
    pub seconds: u64,
    /// When there will be some again, where none may be used before: RFC 3339, UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}
