//! Workbooks that other programs wrote: `corpus/rust-xlsxwriter.xlsx` by the crate of that name (0.102), with a hidden
//! sheet before, a hidden row and a style on the very last cell; `corpus/openpyxl.xlsx` by the Python package (3.1),
//! which writes formulas without their values.

use roomkey_sheet::{Format, Mark};

use crate::{seen, sheet};

#[test]
fn a_workbook_of_rust_xlsxwriter_is_read() {
    let sheet = sheet(include_bytes!("../../corpus/rust-xlsxwriter.xlsx"));
    let sheets = vec!["PINs".to_owned(), "Other".to_owned()];
    assert_eq!(sheet.source().format, Format::Workbook { sheet: "PINs".to_owned(), sheets });
    assert_eq!(sheet.header().unwrap(), ["E-mail", "PIN", "Given out", "Note"]);
    assert_eq!(
        seen(&sheet),
        [
            "2: anna@example.com|0042|45292|bold and plain",
            "3: björn@example.com|0043|2| two\nlines _x000D_ ",
            "5: chloé@example.com|123456|TRUE|1.5"
        ]
    );
    assert_eq!(sheet.row(0).unwrap().cell(2), Err(Mark::Date));
    assert!(sheet.row(2).unwrap().is_hidden());
}

#[test]
fn a_workbook_of_openpyxl_is_read() {
    let sheet = sheet(include_bytes!("../../corpus/openpyxl.xlsx"));
    assert_eq!(
        seen(&sheet),
        ["2: anna@example.com|0042|'x|", "3: björn@example.com|0043|45292.5|#N/A", "5: chloé@example.com|TRUE|12.5"]
    );
    let marks: Vec<Option<Mark>> =
        sheet.rows().flat_map(|row| row.cells().map(Result::err)).flatten().map(Some).collect();
    assert_eq!(marks, [Some(Mark::NoValue), Some(Mark::Date), Some(Mark::Error)]);
}
