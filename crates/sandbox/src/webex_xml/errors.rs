//! The failures of Webex XML: a code and a sentence, inside an answer that HTTP calls a success.
//! Must not decide when they are due. Codes of which the vendor has none in public are marked.

use crate::webex::pin::PinFault;

/// Why a request fails.
#[derive(Debug, thiserror::Error)]
pub(super) enum XmlError {
    #[error("Access denied: this account may not do that.")]
    AccessDenied,
    #[error("There is no service {0:?}.")]
    UnknownService(String),
    #[error("No records were found.")]
    NoRecords,
    #[error("Session ticket not valid or no longer so.")]
    TicketEnded,
    #[error("The service {0} is not responding.")]
    NotResponding(&'static str),
    #[error("The rate limit is reached; there is room again in {0} seconds.")]
    TooMany(u64),
    #[error("The rate limit is reached; too many requests are running at once.")]
    Busy,
    #[error("There is no user {0}.")]
    NoSuchUser(String),
    #[error("Incorrect user or password")]
    WrongPassword,
    #[error("The document cannot be read: {0}")]
    Malformed(String),
    #[error("The element {0} is not known here, or stands twice.")]
    Misplaced(String),
    #[error("The element {0} is missing.")]
    Missing(&'static str),
    #[error("The element {0} has a value that it must not have.")]
    Value(&'static str),
    #[error(transparent)]
    Pin(#[from] PinFault),
}

impl XmlError {
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::AccessDenied => "000001",
            Self::UnknownService(_) => "000002",
            Self::NoRecords => "000015",
            // Invented.
            Self::TicketEnded => "000017",
            Self::NotResponding(_) => "000035",
            Self::TooMany(_) | Self::Busy => "000045",
            Self::NoSuchUser(_) => "030001",
            Self::WrongPassword => "030002",
            // These four are invented, far from the vendor's own.
            Self::Malformed(_) => "990001",
            Self::Misplaced(_) | Self::Missing(_) => "990002",
            Self::Value(_) => "990003",
            Self::Pin(_) => "990004",
        }
    }
}
