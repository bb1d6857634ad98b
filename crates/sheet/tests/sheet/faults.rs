//! Files that are no tables.

use std::collections::BTreeSet;

use roomkey_sheet::fuzzing::workbook;
use roomkey_sheet::{Content, SheetFault};

use crate::fault;

const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

fn content(bytes: &[u8]) -> Content {
    match fault(bytes) {
        SheetFault::NotATable { content } => content,
        fault => panic!("{fault}"),
    }
}

fn zip(path: &str, content: &str) -> Vec<u8> {
    workbook(&[(path, content.as_bytes())]).unwrap()
}

#[test]
fn a_container_of_old_is_an_old_workbook_or_a_locked_one() {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(fault(&[OLE, &[0; 512]].concat()), SheetFault::OldExcel);
    assert_eq!(fault(&[OLE, &[0; 512], &name, &[0; 64]].concat()), SheetFault::Protected);
}

#[test]
fn other_files_are_named_for_what_they_are() {
    assert_eq!(content(b"%PDF-1.7\n"), Content::Pdf);
    assert_eq!(content(b"\xef\xbb\xbf \r\n<!DOCTYPE html><table><tr><td>1</table>"), Content::Markup);
    assert_eq!(content(b"<html><body>PINs</body></html>"), Content::Markup);
    assert_eq!(content(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Content::Binary);
    assert_eq!(content(b"\x01\x02\x03a,b\n"), Content::Binary);
    let ods = workbook(&[("mimetype", b"application/vnd.oasis"), ("content.xml", b"<x/>")]).unwrap();
    assert_eq!(content(&ods), Content::OpenDocument);
    assert_eq!(content(&zip("xl/workbook.bin", "")), Content::BinaryWorkbook);
    assert_eq!(content(&zip("readme.txt", "hello")), Content::Archive);
    assert_eq!(content(&zip("xl/workbook.xml", "<document/>")), Content::Archive);
}

#[test]
fn nothing_is_an_empty_file() {
    for bytes in [&b""[..], b"\n\n", b"\xef\xbb\xbf", b" , ,\n,,\n"] {
        assert_eq!(fault(bytes), SheetFault::Empty);
    }
}

#[test]
fn a_zip_that_is_broken_is_a_damaged_workbook() {
    assert!(matches!(fault(b"PK\x03\x04 and nothing more"), SheetFault::Damaged { .. }));
    let whole = zip("xl/workbook.xml", "<workbook/>");
    assert_eq!(fault(&whole), SheetFault::NoSheet);
    let half = whole.get(..whole.len() / 2).unwrap();
    assert!(matches!(fault(half), SheetFault::Damaged { .. }));
}

#[test]
fn a_zip_with_a_password_is_a_locked_workbook() {
    let mut bytes = zip("xl/workbook.xml", "<workbook/>");
    for (signature, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let at = bytes.windows(4).position(|window| window == signature).unwrap();
        *bytes.get_mut(at + flags).unwrap() |= 1;
    }
    assert_eq!(fault(&bytes), SheetFault::Protected);
}

#[test]
fn every_fault_has_a_kind_of_its_own() {
    let faults = [
        SheetFault::FileTooLarge { limit_bytes: 1 },
        SheetFault::InflatedTooLarge { limit_bytes: 1 },
        SheetFault::TextTooLarge { limit_bytes: 1 },
        SheetFault::TooManyRows { limit: 1 },
        SheetFault::TooManyColumns { row: 1, limit: 1 },
        SheetFault::CellTooLong { row: 1, column: 1, limit: 1 },
        SheetFault::ControlCharacter { row: 1, column: 1 },
        SheetFault::Empty,
        SheetFault::NotATable { content: Content::Binary },
        SheetFault::OldExcel,
        SheetFault::Protected,
        SheetFault::Undecodable,
        SheetFault::UnterminatedQuote { row: 1 },
        fault(b"x,x\n"),
        SheetFault::Damaged { part: "x" },
        SheetFault::Doctype { part: "x" },
        SheetFault::TooDeep { part: "x", limit: 1 },
        SheetFault::NoSheet,
        SheetFault::NoSuchSheet { sheets: Vec::new() },
    ];
    let kinds: BTreeSet<&str> = faults.iter().map(SheetFault::kind).collect();
    let texts: BTreeSet<String> = faults.iter().map(SheetFault::to_string).collect();
    assert_eq!((kinds.len(), texts.len()), (faults.len(), faults.len()));
}
