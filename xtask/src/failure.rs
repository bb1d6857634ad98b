//! What went wrong, as a sentence that says what to do. Must not carry a backtrace or a bare error code.

use std::fmt;

/// What every step of xtask answers.
pub(crate) type Result<T> = std::result::Result<T, Failure>;

/// A sentence for the person at the keyboard.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A failure with these words.
pub(crate) fn sentence(words: impl Into<String>) -> Failure {
    Failure(words.into())
}
