//! What the fuzz targets call, and workbooks made of any parts. Must not be in a build that people run.
//!
//! With a nightly compiler and `cargo install cargo-fuzz`, in `crates/sheet`, where `TARGET` is `csv` or `xlsx`:
//! `mkdir -p fuzz/corpus/TARGET && cargo +nightly fuzz run TARGET fuzz/corpus/TARGET corpus`. On stable,
//! `tests/sheet/mutations.rs` runs the same two over the corpus and some thousand changes of it.

use std::io::{Cursor, Write};
use std::ops::ControlFlow;

use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, result::ZipError};

use crate::{HeaderRow, Limits, Options, Sheet, read, stream, write_csv, write_xlsx};

/// Small, so that a run shows what goes beyond.
const LIMITS: Limits = Limits {
    file_bytes: 1 << 20,
    inflated_bytes: 4 << 20,
    text_bytes: 1 << 20,
    rows: 200,
    columns: 20,
    cell_chars: 64,
};

/// Parts of a workbook, by path.
pub type Parts<'a> = [(&'a str, &'a [u8])];

/// The parts of a workbook of one sheet; those with `xl/` are worth changing.
pub const PARTS: [(&str, &[u8]); 6] = [
    ("xl/worksheets/sheet1.xml", include_bytes!("fuzzing/sheet.xml")),
    ("xl/sharedStrings.xml", include_bytes!("fuzzing/strings.xml")),
    ("xl/styles.xml", include_bytes!("fuzzing/styles.xml")),
    ("xl/workbook.xml", include_bytes!("fuzzing/workbook.xml")),
    ("xl/_rels/workbook.xml.rels", include_bytes!("fuzzing/workbook-rels.xml")),
    ("_rels/.rels", include_bytes!("export/xlsx/rels.xml")),
];

/// Reads the bytes as a text, whatever they begin with.
pub fn csv(data: &[u8]) {
    check(data);
    // What a zip or a container of old would be behind.
    check(&[b"a,b\n", data].concat());
}

/// Reads the bytes as a workbook, then as each part of one.
pub fn xlsx(data: &[u8]) {
    check(data);
    for changed in 0..PARTS.len() - 1 {
        let mut parts = PARTS;
        if let Some(part) = parts.get_mut(changed) {
            part.1 = data;
        }
        if let Ok(book) = workbook(&parts) {
            check(&book);
        }
    }
}

/// A zip of these parts.
pub fn workbook(parts: &Parts<'_>) -> Result<Vec<u8>, ZipError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (path, content) in parts {
        zip.start_file(*path, options)?;
        zip.write_all(content)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Whatever the bytes are, reading ends, keeps its limits, says the same twice, and what it gives can be written and
/// read again.
fn check(bytes: &[u8]) {
    let options = Options { limits: LIMITS, ..Options::default() };
    let result = read(bytes, &options);
    let mut streamed = 0;
    let source = stream(bytes, &options, |_, _| {
        streamed += 1;
        ControlFlow::Continue(())
    });
    assert_eq!(result.as_ref().map(Sheet::source).map_err(Clone::clone), source.as_ref().map_err(Clone::clone));
    let Ok(sheet) = result else { return };
    assert_eq!(sheet.len(), streamed);
    assert!(sheet.len() <= LIMITS.rows as usize && sheet.width() <= LIMITS.columns as usize);
    let mut before = 0;
    for row in sheet.rows() {
        assert!(row.number() > before, "rows come in order");
        before = row.number();
        assert!((0..row.len()).all(|column| row.shown(column).chars().count() <= LIMITS.cell_chars as usize));
    }
    check_again(&sheet);
}

fn check_again(sheet: &Sheet) {
    let header: Vec<String> = (0..sheet.width()).map(|column| format!("Column {column}")).collect();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let rows = || sheet.rows().map(|row| (0..sheet.width()).map(move |column| row.shown(column)));
    // A row of marked cells alone may be blank without its marks.
    let is_blank = |row: &crate::Row<'_>| (0..row.len()).all(|column| row.shown(column).trim().is_empty());
    let filled = sheet.rows().filter(|row| !is_blank(row)).count();
    let options = Options { header: HeaderRow::Present, ..Options::default() };
    let (mut text, mut book) = (Vec::new(), Vec::new());
    let written = write_csv(&header, rows(), &mut text).and_then(|()| write_xlsx("Sheet", &header, rows(), &mut book));
    assert!(written.is_ok());
    for bytes in [text, book] {
        let again = read(&bytes, &options).map(|sheet| sheet.len());
        assert_eq!(again, Ok(filled));
    }
}
