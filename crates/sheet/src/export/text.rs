//! What no cell of an export holds. Must not shorten anything.

use std::borrow::Cow;

/// The cell with a sign of replacement for each character that neither XML nor a person can do anything with. Tabs and
/// line ends stay.
pub(super) fn printable(cell: &str) -> Cow<'_, str> {
    let is_unprintable =
        |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r') || matches!(c, '\u{fffe}' | '\u{ffff}');
    if cell.contains(is_unprintable) {
        Cow::Owned(cell.replace(is_unprintable, "\u{fffd}"))
    } else {
        Cow::Borrowed(cell)
    }
}
