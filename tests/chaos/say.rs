//! Every line that is printed.

use std::io::Write as _;

/// A line of plain text.
pub(crate) fn line(text: &str) {
    // A closed pipe is the reader's choice, not a failure.
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}
