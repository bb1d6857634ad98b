//! What is written is what is read again, and nothing in it starts a formula.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use roomkey_sheet::{HeaderRow, Options, read, write_csv, write_xlsx};

const STARTS: [&str; 8] = ["=", "+", "-", "@", "\t=", "\r=", " =", "＝"];

fn written(header: &[&str], rows: &[Vec<String>]) -> [Vec<u8>; 2] {
    let (mut text, mut book) = (Vec::new(), Vec::new());
    write_csv(header, rows, &mut text).unwrap();
    write_xlsx("PINs", header, rows, &mut book).unwrap();
    [text, book]
}

fn read_again(bytes: &[u8], width: usize) -> Vec<Vec<String>> {
    let options = Options { header: HeaderRow::Present, ..Options::default() };
    let sheet = read(bytes, &options).unwrap();
    let row = |row: roomkey_sheet::Row<'_>| (0..width).map(|column| row.cell(column).unwrap().to_owned()).collect();
    sheet.rows().map(row).collect()
}

/// Any text, and more often what is hard: quotation marks, separators, line ends, starts of formulas, apostrophes.
fn cell() -> impl Strategy<Value = String> {
    let hard = prop::collection::vec(
        prop::sample::select(vec![
            "\"", ",", ";", "\t", "|", "\r", "\n", "\r\n", "'", "=", "+", "-", "@", " ", "0042", "é", "sep=;",
            "_x000D_", "\u{feff}", "\u{a0}", "<", "&", "]]>", "x",
        ]),
        0..6,
    );
    prop_oneof!["[^\\p{C}\u{fffe}\u{ffff}]{0,12}", hard.prop_map(|parts| parts.concat())]
}

#[test]
fn any_table_that_is_written_is_read_again() {
    let tables = (1_usize..5).prop_flat_map(|width| {
        let rows = prop::collection::vec(prop::collection::vec(cell(), width), 0..8);
        (prop::collection::vec(cell(), width), rows)
    });
    let config = Config { cases: 512, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config).run(&tables, |(header, rows)| {
        // A header must have names that differ, and blank rows are left out.
        let names: Vec<String> = header.iter().enumerate().map(|(at, name)| format!("{name}{at}n")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let filled: Vec<Vec<String>> =
            rows.into_iter().filter(|row| row.iter().any(|cell| !cell.trim().is_empty())).collect();
        for bytes in written(&names, &filled) {
            prop_assert_eq!(&read_again(&bytes, names.len()), &filled);
        }
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn no_cell_of_a_csv_file_starts_a_formula_whatever_the_separator() {
    let cells: Vec<Vec<String>> = STARTS
        .iter()
        .flat_map(|start| [format!("{start}1"), format!("a;{start}1"), format!("a\t{start}1"), format!("a\n{start}1")])
        .map(|cell| vec!["x".to_owned(), cell])
        .collect();
    let [text, _] = written(&["Name", "Note"], &cells);
    let text = String::from_utf8(text).unwrap();
    for piece in text.split([',', ';', '\t', '\r', '\n', '"']) {
        assert!(!piece.trim_start().starts_with(['=', '+', '-', '@', '＝']), "{piece:?}");
    }
}

#[test]
fn a_workbook_holds_texts_only_and_no_formula() {
    let cells: Vec<Vec<String>> =
        STARTS.iter().map(|start| vec![(*start).to_owned() + "1", "0042".to_owned()]).collect();
    let [_, book] = written(&["Name", "PIN"], &cells);
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
    let mut xml = String::new();
    std::io::Read::read_to_string(&mut zip.by_name("xl/worksheets/sheet1.xml").unwrap(), &mut xml).unwrap();
    assert_eq!(xml.matches("<c ").count(), xml.matches("t=\"inlineStr\"").count());
    assert_eq!(xml.matches("<c ").count(), 2 + 2 * STARTS.len());
    assert!(!xml.contains("<f>") && !xml.contains("<v>"));
}

#[test]
fn a_csv_file_begins_with_a_mark_and_ends_its_lines_as_excel_does() {
    let [text, _] = written(&["Name"], &[vec!["Bjö".to_owned()]]);
    assert_eq!(text, "\u{feff}Name\r\nBjö\r\n".as_bytes());
}

#[test]
fn the_same_rows_give_the_same_bytes() {
    let rows = vec![vec!["a".to_owned(), "0042".to_owned()]];
    assert_eq!(written(&["Name", "PIN"], &rows), written(&["Name", "PIN"], &rows));
}

#[test]
fn rows_for_which_a_workbook_has_no_place_are_an_error() {
    let wide = vec!["x"; 16_385];
    assert!(write_xlsx("Sheet", &wide, Vec::<Vec<String>>::new(), &mut Vec::new()).is_err());
}
