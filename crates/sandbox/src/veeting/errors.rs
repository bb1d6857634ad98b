//! The refusals of Veeting: code and sentence, in one place. Must not decide when they are due.
//! The codes are public for version 1 only, and the sentences are worded here (`docs/sandbox-differences.md`).

use axum::http::StatusCode;

use super::envelope;
use crate::message::Reply;

/// Why a request is refused.
#[derive(Debug, PartialEq, thiserror::Error)]
pub(super) enum VeetingError {
    #[error("The API key is not valid.")]
    Key,
    /// One sentence for what this key must not do, what belongs to somebody else and what is not there at all: which
    /// of them it is, is not told.
    #[error("This is not allowed.")]
    NotAllowed,
    #[error("The data is not valid: {}", .0.join(" "))]
    Misfit(Vec<String>),
    #[error("There is an account with this e-mail address already.")]
    AccountExists,
    #[error("There is nothing at this address.")]
    UnknownEndpoint,
}

impl VeetingError {
    /// A body, parameter or header that does not fit, for one reason.
    pub(super) fn misfit(sentence: &str) -> Self {
        Self::Misfit(vec![sentence.to_owned()])
    }

    fn code(&self) -> i32 {
        match self {
            Self::Key => -2,
            Self::NotAllowed => -3,
            Self::Misfit(_) => -4,
            Self::AccountExists => -10,
            Self::UnknownEndpoint => -99,
        }
    }

    /// The status says nothing: what fails is answered 200, but for an address that is not there.
    fn status(&self) -> StatusCode {
        match self {
            Self::UnknownEndpoint => StatusCode::NOT_FOUND,
            Self::Key | Self::NotAllowed | Self::Misfit(_) | Self::AccountExists => StatusCode::OK,
        }
    }

    pub(super) fn reply(&self) -> Reply {
        envelope::failed(self.status(), self.code(), &self.to_string())
    }
}
