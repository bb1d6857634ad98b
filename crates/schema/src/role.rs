//! The roles. Who may call what is data (`x-roles` of an operation), never code.

use serde::{Deserialize, Serialize};

/// What a signed-in person is, for the purpose of permission.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Sets policy: may call everything that the table lists.
    Admin,
    /// Finds people and resets PINs and passcodes, nothing else.
    Helpdesk,
    /// Reads everything but secrets, changes nothing.
    Auditor,
}

impl Role {
    /// Every role, in the order in which people list them.
    pub const ALL: [Self; 3] = [Self::Admin, Self::Helpdesk, Self::Auditor];

    /// Whether such a person may ever be shown a secret.
    pub const fn may_see_secrets(self) -> bool {
        !matches!(self, Self::Auditor)
    }

    /// Whether such a person's reach may be limited to a part of the organisation. Policy and the record are of the whole
    /// of it, so that an administrator or auditor of a part would see, and change, what is not theirs.
    pub const fn may_be_limited(self) -> bool {
        matches!(self, Self::Helpdesk)
    }

    /// The name in data, configuration and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Helpdesk => "helpdesk",
            Self::Auditor => "auditor",
        }
    }

    /// The role of that name, if there is one.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }
}
