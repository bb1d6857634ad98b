//! Each limit, at it and one beyond.

use std::ops::ControlFlow;

use roomkey_sheet::{Limits, Options, SheetFault, read, stream, write_xlsx};

fn limited(limits: Limits) -> Options {
    Options { limits, ..Options::default() }
}

/// The same table as text and as a workbook.
fn both(header: &[&str], rows: &[Vec<String>]) -> [Vec<u8>; 2] {
    let mut text = header.join(",");
    for row in rows {
        text.push('\n');
        text.push_str(&row.join(","));
    }
    let mut book = Vec::new();
    write_xlsx("Sheet", header, rows, &mut book).unwrap();
    [text.into_bytes(), book]
}

#[test]
fn a_file_may_be_so_large() {
    let limits = Limits { file_bytes: 8, ..Limits::default() };
    assert_eq!(read(b"Name\nAnn", &limited(limits)).unwrap().len(), 1);
    assert_eq!(read(b"Name\nAnna", &limited(limits)).unwrap_err(), SheetFault::FileTooLarge { limit_bytes: 8 });
}

#[test]
fn there_may_be_so_many_rows_below_the_header() {
    let limits = Limits { rows: 3, ..Limits::default() };
    for bytes in both(&["Name"], &vec![vec!["x".to_owned()]; 3]) {
        assert_eq!(read(&bytes, &limited(limits)).unwrap().len(), 3);
    }
    for bytes in both(&["Name"], &vec![vec!["x".to_owned()]; 4]) {
        assert_eq!(read(&bytes, &limited(limits)).unwrap_err(), SheetFault::TooManyRows { limit: 3 });
    }
}

#[test]
fn there_may_be_so_many_columns_that_hold_something() {
    let limits = Limits { columns: 3, ..Limits::default() };
    for bytes in both(&["A", "B", "C", "", ""], &[]) {
        assert_eq!(read(&bytes, &limited(limits)).unwrap().header().unwrap().len(), 3);
    }
    for bytes in both(&["A", "B", "C", "", "D"], &[]) {
        let fault = read(&bytes, &limited(limits)).unwrap_err();
        assert_eq!(fault, SheetFault::TooManyColumns { row: 1, limit: 3 });
    }
}

#[test]
fn a_cell_may_have_so_many_characters() {
    let limits = Limits { cell_chars: 5, ..Limits::default() };
    for bytes in both(&["Name", "Note"], &[vec!["x".to_owned(), "ééééé".to_owned()]]) {
        assert_eq!(read(&bytes, &limited(limits)).unwrap().len(), 1);
    }
    for long in ["éééééé".to_owned(), "x".repeat(100_000)] {
        for bytes in both(&["Name", "Note"], &[vec!["x".to_owned(), long.clone()]]) {
            let fault = read(&bytes, &limited(limits)).unwrap_err();
            assert_eq!(fault, SheetFault::CellTooLong { row: 2, column: 2, limit: 5 });
        }
    }
}

#[test]
fn cells_may_hold_so_much_together() {
    let limits = Limits { text_bytes: 10, ..Limits::default() };
    for bytes in both(&["Name"], &vec![vec!["abc".to_owned()]; 2]) {
        assert_eq!(read(&bytes, &limited(limits)).unwrap().len(), 2);
    }
    for bytes in both(&["Name"], &vec![vec!["abcd".to_owned()]; 2]) {
        assert_eq!(read(&bytes, &limited(limits)).unwrap_err(), SheetFault::TextTooLarge { limit_bytes: 10 });
    }
}

#[test]
fn a_workbook_may_unpack_to_so_much_over_all_its_parts() {
    let [_, bytes] = both(&["Name"], &vec![vec!["x".to_owned()]; 1_000]);
    let fault = |inflated_bytes| {
        let limits = Limits { inflated_bytes, ..Limits::default() };
        read(&bytes, &limited(limits)).map(|sheet| sheet.len())
    };
    assert_eq!(fault(200_000), Ok(1_000));
    assert_eq!(fault(20_000), Err(SheetFault::InflatedTooLarge { limit_bytes: 20_000 }));
    assert_eq!(fault(10), Err(SheetFault::InflatedTooLarge { limit_bytes: 10 }));
}

#[test]
fn rows_that_are_streamed_come_with_the_header_until_enough() {
    for bytes in both(&["Name"], &vec![vec!["x".to_owned()]; 10]) {
        let mut numbers = Vec::new();
        let source = stream(&bytes, &Options::default(), |header, row| {
            assert_eq!(header.unwrap().names, ["Name"]);
            numbers.push(row.number());
            if numbers.len() == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert!(source.unwrap().header_guess);
        assert_eq!(numbers, [2, 3, 4]);
    }
}
