//! Writes XLSX: one sheet, every cell a text, so that nothing starts a formula and no zero is lost. Rows go out as they
//! come; must not keep them, in memory or in a file beside.

use std::io::{self, Write};

use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, StreamWriter, ZipWriter};

use super::text::printable;

const PARTS: [(&str, &str); 4] = [
    ("[Content_Types].xml", include_str!("xlsx/content-types.xml")),
    ("_rels/.rels", include_str!("xlsx/rels.xml")),
    ("xl/_rels/workbook.xml.rels", include_str!("xlsx/workbook-rels.xml")),
    ("xl/styles.xml", include_str!("xlsx/styles.xml")),
];
const WORKBOOK: &str = include_str!("xlsx/workbook.xml");
const SHEET: &str = include_str!("xlsx/sheet.xml");
/// Where the name and the rows go.
const HERE: &str = "{here}";

/// The styles in `xlsx/styles.xml`: both are text, so that a cell stays one when a person edits it.
const HEADER_STYLE: u8 = 1;
const CELL_STYLE: u8 = 2;

/// Excel calls a file damaged that goes beyond these.
const MOST_ROWS: u32 = 1_048_576;
const MOST_COLUMNS: u32 = 16_384;
const MOST_UNITS: usize = 32_767;
const MOST_NAME_UNITS: usize = 31;

/// Writes a sheet of this name with a header that stays in view, and rows. Texts longer than Excel takes are cut off
/// with an ellipsis; more rows or columns than it takes are an error.
pub fn write_xlsx<R, C>(
    name: &str,
    header: &[&str],
    rows: impl IntoIterator<Item = R>,
    out: &mut impl Write,
) -> io::Result<()>
where
    R: IntoIterator<Item = C>,
    C: AsRef<str>,
{
    // Without a time of its own, the zip says 1980 and the same rows give the same bytes.
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut zip = ZipWriter::new_stream(out);
    for (path, content) in PARTS {
        zip.start_file(path, options)?;
        zip.write_all(content.as_bytes())?;
    }
    zip.start_file("xl/workbook.xml", options)?;
    let (before, behind) = WORKBOOK.split_once(HERE).unwrap_or_default();
    zip.write_all(before.as_bytes())?;
    zip.write_all(escaped(&sheet_name(name)).as_bytes())?;
    zip.write_all(behind.as_bytes())?;

    zip.start_file("xl/worksheets/sheet1.xml", options)?;
    let (before, behind) = SHEET.split_once(HERE).unwrap_or_default();
    zip.write_all(before.as_bytes())?;
    let mut line = Vec::new();
    write_row(&mut zip, &mut line, 1, HEADER_STYLE, header)?;
    for (row, number) in rows.into_iter().zip(2..) {
        write_row(&mut zip, &mut line, number, CELL_STYLE, row)?;
    }
    zip.write_all(behind.as_bytes())?;
    zip.finish()?.into_inner().flush()
}

fn write_row<C: AsRef<str>>(
    zip: &mut ZipWriter<StreamWriter<impl Write>>,
    line: &mut Vec<u8>,
    number: u32,
    style: u8,
    cells: impl IntoIterator<Item = C>,
) -> io::Result<()> {
    if number > MOST_ROWS {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "more rows than a workbook can hold"));
    }
    line.clear();
    write!(line, "<row r=\"{number}\">")?;
    for (cell, column) in cells.into_iter().zip(0..) {
        if column >= MOST_COLUMNS {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "more columns than a workbook can hold"));
        }
        let cell = cell.as_ref();
        if cell.is_empty() {
            continue;
        }
        let place = letters(column);
        let text = escaped(&shortened(&printable(cell)));
        write!(line, "<c r=\"{place}{number}\" s=\"{style}\" t=\"inlineStr\">")?;
        write!(line, "<is><t xml:space=\"preserve\">{text}</t></is></c>")?;
    }
    line.extend_from_slice(b"</row>");
    zip.write_all(line)
}

/// For XML, with what a workbook escapes besides: the end of line that XML would change, and what looks like an escape.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("_x000D_"),
            '_' if text.get(at..).is_some_and(|rest| rest.starts_with("_x")) => out.push_str("_x005F_"),
            c => out.push(c),
        }
    }
    out
}

fn shortened(text: &str) -> String {
    if text.len() <= MOST_UNITS || text.encode_utf16().count() <= MOST_UNITS {
        return text.to_owned();
    }
    let mut out = cut(text, MOST_UNITS - 1);
    out.push('…');
    out
}

/// As much of a text as is no longer than so many units of UTF-16, which is what Excel counts.
fn cut(text: &str, most_units: usize) -> String {
    let mut units = 0;
    let fits = |c: &char| {
        units += c.len_utf16();
        units <= most_units
    };
    text.chars().take_while(fits).collect()
}

/// A name that Excel takes for a sheet.
fn sheet_name(name: &str) -> String {
    let name = printable(name).replace(['[', ']', ':', '*', '?', '/', '\\', '\t', '\r', '\n'], " ");
    let name = cut(name.trim_matches(|c: char| c == '\'' || c.is_whitespace()), MOST_NAME_UNITS);
    // Excel keeps this name for itself.
    if name.is_empty() || name.eq_ignore_ascii_case("history") { "Sheet1".to_owned() } else { name }
}

/// The letters of a column: A to XFD.
fn letters(column: u32) -> String {
    let mut rest = column + 1;
    let mut out = Vec::new();
    while rest > 0 {
        rest -= 1;
        out.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default()));
        rest /= 26;
    }
    out.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::{letters, sheet_name, shortened};

    #[test]
    fn columns_are_named_as_excel_names_them() {
        for (column, expected) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
            assert_eq!(letters(column), expected);
        }
    }

    #[test]
    fn a_name_becomes_one_that_excel_takes() {
        assert_eq!(sheet_name("Host PINs"), "Host PINs");
        assert_eq!(sheet_name("'a/b:c'"), "a b c");
        assert_eq!(sheet_name("  "), "Sheet1");
        assert_eq!(sheet_name(&"x".repeat(40)).len(), 31);
    }

    #[test]
    fn a_text_longer_than_excel_takes_is_cut_off() {
        assert_eq!(shortened(&"é".repeat(40_000)).encode_utf16().count(), 32_767);
        assert_eq!(shortened("short"), "short");
    }
}
