//! Tables of every kind, read and written.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod book;
mod export;
mod faults;
mod header;
mod limits;
mod mutations;
mod other_programs;
mod text;

use roomkey_sheet::{Options, Sheet, SheetFault, read};

/// The sheet, with everything found out.
fn sheet(bytes: &[u8]) -> Sheet {
    read(bytes, &Options::default()).unwrap()
}

/// Why it is none.
fn fault(bytes: &[u8]) -> SheetFault {
    read(bytes, &Options::default()).unwrap_err()
}

/// What is to be seen: each row's number, then its cells with bars between.
fn seen(sheet: &Sheet) -> Vec<String> {
    let line = |row: roomkey_sheet::Row<'_>| {
        let cells: Vec<&str> = (0..row.len()).map(|column| row.shown(column)).collect();
        format!("{}: {}", row.number(), cells.join("|"))
    };
    sheet.rows().map(line).collect()
}
