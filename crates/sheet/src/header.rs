//! Whether the first row names the columns, and whether the names can be told apart. Must not look at any other row.

use crate::fault::{SheetFault, Withheld};
use crate::row::Row;
use crate::sheet::Header;

/// Longer texts are no names.
const NAME_CHARS: usize = 100;

/// Whether a row looks like names rather than like what they name: nothing in it is an address, a number, a date or a
/// formula's doing. A first row of plain words, like a list of people, does look like names; whoever sent it can tell.
pub(crate) fn looks_like_one(row: Row<'_>) -> bool {
    let mut some = false;
    for cell in row.cells() {
        let Ok(cell) = cell else { return false };
        let cell = cell.trim();
        if cell.is_empty() {
            continue;
        }
        some = true;
        let long = cell.chars().nth(NAME_CHARS).is_some();
        let logical = cell.eq_ignore_ascii_case("true") || cell.eq_ignore_ascii_case("false");
        if long || logical || is_address(cell) || is_number(cell) {
            return false;
        }
    }
    some
}

/// The names in a row; a fault when two of them are the same but for case and space.
pub(crate) fn names(row: Row<'_>) -> Result<Header, SheetFault> {
    let names: Vec<String> = (0..row.len()).map(|column| row.shown(column).trim().to_owned()).collect();
    let folded: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
    for (second, name) in folded.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
        if let Some(first) = folded.iter().take(second).position(|other| other == name) {
            return Err(SheetFault::DuplicateHeader {
                row: row.number(),
                first: column_number(first),
                second: column_number(second),
                name: Withheld::new(names.get(second).map_or("", String::as_str)),
            });
        }
    }
    Ok(Header { row: row.number(), names })
}

/// A column as a person counts it, from 1.
pub(crate) fn column_number(column: usize) -> u32 {
    u32::try_from(column).unwrap_or(u32::MAX).saturating_add(1)
}

fn is_address(cell: &str) -> bool {
    cell.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
}

/// Digits, alone or with what numbers, dates, times and telephone numbers are written with.
fn is_number(cell: &str) -> bool {
    cell.contains(|c: char| c.is_ascii_digit()) && !cell.contains(char::is_alphabetic)
}
