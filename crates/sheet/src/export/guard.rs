//! Keeps the cells of a CSV file from being taken for formulas, and takes the guard away again when such a file is
//! read.
//!
//! A spreadsheet program takes a cell for a formula by its first character; some do behind white space, and in some
//! countries with full-width characters. A program that expects another separator than ours also cuts cells in two: so
//! each piece that a semicolon, a tab or an end of line could make is looked at. Before such a piece goes an
//! apostrophe, the sign for "this is text". Pieces that have one already get another, so that reading gives back what
//! was written.
//!
//! Must not be used where a cell has a type: a workbook's text is text.

use std::borrow::Cow;

/// The cell with an apostrophe before each piece that could be taken for a formula.
pub(super) fn put(cell: &str) -> Cow<'_, str> {
    change(cell, |piece, is_first, out| {
        if is_formula(piece.trim_start_matches('\''), is_first) {
            out.push('\'');
        }
        out.push_str(piece);
    })
}

/// The cell without the apostrophes that [`put`] has put.
pub(crate) fn lift(cell: &str) -> Cow<'_, str> {
    // Most cells of most files, and those of files of millions of cells.
    if !cell.contains('\'') {
        return Cow::Borrowed(cell);
    }
    change(cell, |piece, is_first, out| match piece.strip_prefix('\'') {
        Some(bare) if is_formula(bare.trim_start_matches('\''), is_first) => out.push_str(bare),
        _ => out.push_str(piece),
    })
}

fn change(cell: &str, one: impl Fn(&str, bool, &mut String)) -> Cow<'_, str> {
    let mut out = String::with_capacity(cell.len() + 1);
    for (at, piece) in cell.split_inclusive([';', '\t', '\r', '\n']).enumerate() {
        one(piece, at == 0, &mut out);
    }
    if out == cell { Cow::Borrowed(cell) } else { Cow::Owned(out) }
}

/// A tab or an end of line at the very beginning counts as well: some programs drop it together with what guards.
fn is_formula(piece: &str, is_first: bool) -> bool {
    let bare = piece.trim_start_matches(|c: char| c.is_whitespace() || is_invisible(c));
    is_first && piece.starts_with(['\t', '\r', '\n'])
        || bare.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '−', '﹢', '﹣', '﹦', '﹫'])
}

/// Not white space to Unicode, but nothing to see either.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}') || c.is_control()
}

#[cfg(test)]
mod tests {
    use super::{lift, put};

    const GUARDED: [(&str, &str); 12] = [
        ("=1+1", "'=1+1"),
        ("+49 30 1", "'+49 30 1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1", "'  =1"),
        ("\u{a0}=1", "'\u{a0}=1"),
        ("\u{feff}=1", "'\u{feff}=1"),
        ("＝1", "'＝1"),
        ("\tx", "'\tx"),
        ("a;=1", "a;'=1"),
        ("a\r\n=1", "a\r\n'=1"),
        ("'=1", "''=1"),
    ];

    #[test]
    fn a_formula_gets_an_apostrophe_and_loses_it_again() {
        for (bare, guarded) in GUARDED {
            assert_eq!(put(bare), guarded);
            assert_eq!(lift(guarded), bare);
        }
    }

    #[test]
    fn what_starts_no_formula_stays_as_it_is() {
        for cell in ["", "0042", "a=1", "O'Neill", "'quoted'", "a, -b", "x-y", "10:30", "Müller; Anna", "one\r\ntwo"] {
            assert_eq!(put(cell), cell);
            assert_eq!(lift(cell), cell);
        }
    }
}
