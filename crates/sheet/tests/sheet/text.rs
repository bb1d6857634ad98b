//! Text in: encodings, separators, quotation marks and lines.

use roomkey_sheet::{Encoding, Format, Options, SheetFault, read};

use crate::{fault, seen, sheet};

fn encoding(bytes: &[u8]) -> Encoding {
    let sheet = sheet(bytes);
    assert_eq!(sheet.header().unwrap(), ["Name", "PIN"]);
    assert_eq!(seen(&sheet), ["2: Bjö€|0042"]);
    let Format::Text { encoding, .. } = sheet.source().format else { panic!("text") };
    encoding
}

fn separator(text: &str) -> Option<char> {
    let sheet = sheet(text.as_bytes());
    let Format::Text { separator, .. } = sheet.source().format else { panic!("text") };
    separator
}

#[test]
fn every_encoding_is_found_with_and_without_a_mark() {
    let text = "Name,PIN\r\nBjö€,0042\r\n";
    let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(encoding(text.as_bytes()), Encoding::Utf8);
    assert_eq!(encoding(&[b"\xef\xbb\xbf", text.as_bytes()].concat()), Encoding::Utf8);
    assert_eq!(encoding(&le), Encoding::Utf16Le);
    assert_eq!(encoding(&be), Encoding::Utf16Be);
    assert_eq!(encoding(&[b"\xff\xfe".to_vec(), le].concat()), Encoding::Utf16Le);
    assert_eq!(encoding(&[b"\xfe\xff".to_vec(), be].concat()), Encoding::Utf16Be);
    assert_eq!(encoding(b"Name,PIN\r\nBj\xf6\x80,0042\r\n"), Encoding::Windows1252);
}

#[test]
fn utf16_that_breaks_off_is_a_fault() {
    assert_eq!(fault(b"\xff\xfea\0,\0b\0\n"), SheetFault::Undecodable);
    assert_eq!(fault(b"\xff\xfea\0\x00\xd8b\0"), SheetFault::Undecodable);
}

#[test]
fn the_separator_that_fits_all_lines_is_found() {
    assert_eq!(separator("E-mail,PIN\na@b.c,0042\n"), Some(','));
    assert_eq!(separator("E-mail;PIN\na@b.c;0042\n"), Some(';'));
    assert_eq!(separator("E-mail\tPIN\na@b.c\t0042\n"), Some('\t'));
    assert_eq!(separator("E-mail|PIN\na@b.c|0042\n"), Some('|'));
    assert_eq!(separator("Name;Price\nAnna;1,50\nBerta;2,50\nCora;3\n"), Some(';'));
    assert_eq!(separator("1,5;2,5;3,5\n1,5;2,5;3,5\n"), Some(';'));
    assert_eq!(separator("Name,Note\nAnna,\"a;b;c\"\nBerta,\"d;e;f\"\n"), Some(','));
    assert_eq!(separator("E-mail\na@b.c\nd@e.f\n"), None);
    assert_eq!(separator("\"Doe, Jane\"\n\"Roe, Jo\"\n"), None);
}

#[test]
fn excels_line_about_the_separator_is_obeyed_and_counted() {
    let sheet = sheet(b"sep=;\r\nName;PIN\r\nDoe, J;0042\r\n");
    assert_eq!(sheet.header().unwrap(), ["Name", "PIN"]);
    assert_eq!(seen(&sheet), ["3: Doe, J|0042"]);
    assert_eq!(sheet.source().header.as_ref().unwrap().row, 2);
}

#[test]
fn a_separator_that_is_given_is_taken() {
    let options = Options { separator: Some(':'), ..Options::default() };
    let sheet = read(b"Name:PIN\nAnna, B:0042\n", &options).unwrap();
    assert_eq!(seen(&sheet), ["2: Anna, B|0042"]);
}

#[test]
fn lines_are_numbered_as_a_person_sees_them() {
    for end in ["\n", "\r\n", "\r"] {
        let text = "Name,Note\n\n\nAnna,\"one\ntwo\n\nfour\"\n,\n  ,\nBerta,x\n\n".replace('\n', end);
        let sheet = sheet(text.as_bytes());
        let note = format!("4: Anna|one{end}two{end}{end}four");
        assert_eq!(seen(&sheet), [note, "10: Berta|x".to_owned()], "{end:?}");
    }
}

#[test]
fn quotation_marks_are_taken_off_and_doubled_ones_kept() {
    let sheet = sheet(b"Name,Note\n\"A \"\"x\"\" B\",\"\"\nC 5\" pipe,\" y \"\n");
    assert_eq!(seen(&sheet), ["2: A \"x\" B|", "3: C 5\" pipe| y "]);
}

#[test]
fn a_quotation_mark_that_is_never_closed_is_a_fault_with_its_line() {
    assert_eq!(fault(b"Name,PIN\nAnna,1\nBerta,\"2\nCora,3\n"), SheetFault::UnterminatedQuote { row: 3 });
    assert_eq!(fault(b"Name,PIN\nAnna,\""), SheetFault::UnterminatedQuote { row: 2 });
    // Longer than a cell, so that its end is never looked for.
    let long = format!("Name,PIN\nAnna,1\nBerta,\"2\n{}", "Cora,3\n".repeat(10_000));
    assert_eq!(fault(long.as_bytes()), SheetFault::UnterminatedQuote { row: 3 });
    let closed = format!("Name,PIN\nAnna,\"1\n{}Berta,\"2\"\n", "Cora,3\n".repeat(1_000));
    assert_eq!(fault(closed.as_bytes()), SheetFault::UnterminatedQuote { row: 2 });
}

#[test]
fn a_row_of_another_width_is_marked_and_reads_as_if_filled_up() {
    let sheet = sheet(b"Name,PIN,Note\nAnna,1\nBerta,2,x\nCora,3,x,y\nDora,4,x,,\n");
    let ragged: Vec<u32> = sheet.rows().filter(roomkey_sheet::Row::is_ragged).map(|row| row.number()).collect();
    assert_eq!(ragged, [2, 4]);
    assert_eq!(sheet.row(0).unwrap().cell(2), Ok(""));
    assert_eq!(sheet.width(), 5);
}

#[test]
fn leading_zeros_and_space_stay() {
    assert_eq!(seen(&sheet(b"Name,PIN\nAnna,0042\nBerta, 007 \n")), ["2: Anna|0042", "3: Berta| 007 "]);
}

#[test]
fn a_control_character_is_a_fault_with_its_place() {
    let text = format!("Name,PIN\nAnna,0042\n{}Ber\u{7}ta,1\n", "Cora,1\n".repeat(20));
    assert_eq!(fault(text.as_bytes()), SheetFault::ControlCharacter { row: 23, column: 1 });
}
