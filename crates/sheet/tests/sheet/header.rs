//! Whether there is a header.

use roomkey_sheet::{HeaderRow, Options, SheetFault, read};

use crate::{fault, seen, sheet};

fn guess(text: &str) -> bool {
    let sheet = sheet(text.as_bytes());
    assert_eq!(sheet.source().header_guess, sheet.header().is_some());
    sheet.source().header_guess
}

#[test]
fn names_are_a_header_and_what_they_name_is_none() {
    assert!(guess("E-mail,PIN\na@b.c,1\n"));
    assert!(guess("\n\nE-mail,,PIN 2\na@b.c,x,1\n"));
    assert!(!guess("a@b.c,0042\nd@e.f,0043\n"));
    assert!(!guess("Anna,0042\nBerta,0043\n"));
    assert!(!guess("Anna,2024-01-01\nBerta,2024-01-02\n"));
    assert!(!guess("Anna,+49 30 123\n"));
    assert!(!guess("Anna,TRUE\n"));
}

#[test]
fn a_caller_may_say_that_there_is_a_header_or_none() {
    let bytes = b"Anna,Berlin\nBerta,Bonn\n";
    assert_eq!(seen(&sheet(bytes)), ["2: Berta|Bonn"]);
    let none = read(bytes, &Options { header: HeaderRow::Absent, ..Options::default() }).unwrap();
    assert_eq!(seen(&none), ["1: Anna|Berlin", "2: Berta|Bonn"]);
    assert!(none.header().is_none() && none.source().header_guess);
    let one = read(b"1,2\n3,4\n", &Options { header: HeaderRow::Present, ..Options::default() }).unwrap();
    assert_eq!(one.header().unwrap(), ["1", "2"]);
}

#[test]
fn two_columns_of_one_name_are_a_fault_that_logs_do_not_quote() {
    let fault = fault(b"E-mail,PIN,e-mail \na@b.c,1,d@e.f\n");
    let SheetFault::DuplicateHeader { row: 1, first: 1, second: 3, name } = &fault else { panic!("{fault:?}") };
    assert_eq!(name.reveal(), "e-mail");
    assert!(!format!("{fault} {fault:?}").contains("e-mail"));
    let absent = Options { header: HeaderRow::Absent, ..Options::default() };
    assert_eq!(read(b"E-mail,PIN,e-mail \na@b.c,1,d@e.f\n", &absent).unwrap().len(), 2);
}

#[test]
fn a_header_alone_is_a_sheet_without_rows() {
    assert!(sheet(b"E-mail,PIN\n").is_empty());
}

#[test]
fn what_cells_hold_is_in_no_debug_text() {
    let sheet = sheet(b"E-mail,PIN\nanna@example.com,0042\n");
    let text = format!("{sheet:?} {:?} {:?}", sheet.row(0), sheet.source());
    for secret in ["anna", "0042", "E-mail", "PIN"] {
        assert!(!text.contains(secret), "{text}");
    }
}
