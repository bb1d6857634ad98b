//! Workbooks in: what each kind of cell becomes. The parts are ours; files of other programs are in `other_programs`.

use roomkey_sheet::fuzzing::{PARTS, workbook};
use roomkey_sheet::{Format, HeaderRow, Mark, Options, Sheet, SheetFault, read};

use crate::{fault, seen, sheet};

/// A workbook of the usual parts, with one of another content.
fn with(path: &str, content: &str) -> Vec<u8> {
    let mut parts = PARTS;
    parts.iter_mut().find(|(name, _)| *name == path).unwrap().1 = content.as_bytes();
    workbook(&parts).unwrap()
}

/// A workbook with these rows.
fn rows(rows: &str) -> Vec<u8> {
    with("xl/worksheets/sheet1.xml", &format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"))
}

fn without_header(bytes: &[u8]) -> Sheet {
    read(bytes, &Options { header: HeaderRow::Absent, ..Options::default() }).unwrap()
}

/// What a row of these cells shows.
fn cells(cells: &str) -> String {
    let sheet = without_header(&rows(&format!("<row>{cells}</row>")));
    seen(&sheet).concat()
}

/// What the only cell is.
fn cell(cell: &str) -> Result<String, Mark> {
    let sheet = without_header(&rows(&format!("<row>{cell}</row>")));
    sheet.row(0).unwrap().cell(0).map(str::to_owned)
}

#[test]
fn every_kind_of_cell_is_what_a_person_sees() {
    let sheet = sheet(&workbook(&PARTS).unwrap());
    assert_eq!(sheet.source().format, Format::Workbook { sheet: "PINs".into(), sheets: vec!["PINs".into()] });
    assert_eq!(sheet.header().unwrap(), ["E-mail", "PIN", "Note"]);
    assert_eq!(seen(&sheet), ["2: anna@example.com|0042|TRUE", "4: b&b@example.com|0043\r|45292.5|#N/A||1500"]);
    let row = sheet.row(1).unwrap();
    assert!(row.is_hidden() && !row.is_ragged());
    let marks: Vec<Option<Mark>> = row.cells().map(Result::err).collect();
    assert_eq!(marks, [None, None, Some(Mark::Date), Some(Mark::Error), Some(Mark::NoValue), None]);
}

#[test]
fn leading_zeros_stay_in_texts_and_come_from_formats() {
    assert_eq!(cell("<c t=\"inlineStr\"><is><t>0042</t></is></c>"), Ok("0042".into()));
    assert_eq!(cell("<c t=\"str\"><v>0042</v></c>"), Ok("0042".into()));
    assert_eq!(cell("<c s=\"1\"><v>42</v></c>"), Ok("0042".into()));
    assert_eq!(cell("<c><v>42</v></c>"), Ok("42".into()));
}

#[test]
fn numbers_are_shown_without_a_point_or_an_exponent_where_they_are_whole() {
    assert_eq!(cells("<c><v>1234.0</v></c><c><v>1.234E5</v></c><c><v>0.5</v></c>"), "1: 1234|123400|0.5");
    assert_eq!(cell("<c><v>12345678901234567</v></c>"), Err(Mark::Rounded));
}

#[test]
fn what_is_not_what_it_looks_like_is_marked() {
    assert_eq!(cell("<c s=\"2\"><v>45292</v></c>"), Err(Mark::Date));
    assert_eq!(cell("<c t=\"d\"><v>2024-01-01</v></c>"), Err(Mark::Date));
    assert_eq!(cell("<c t=\"e\"><v>#REF!</v></c>"), Err(Mark::Error));
    assert_eq!(cell("<c><f>A2</f></c>"), Err(Mark::NoValue));
    assert_eq!(cell("<c><f>A2</f><v></v></c>"), Err(Mark::NoValue));
    assert_eq!(cells("<c t=\"str\"><f>A2</f><v></v></c><c><f>1+1</f><v>2</v></c>"), "1: |2");
}

#[test]
fn space_in_a_text_stays_where_it_is_said_to_matter() {
    assert_eq!(cell("<c t=\"inlineStr\"><is><t xml:space=\"preserve\"> a </t></is></c>"), Ok(" a ".into()));
    assert_eq!(cell("<c t=\"inlineStr\"><is><t> a\r\nb </t></is></c>"), Ok("a\nb".into()));
    let rich = "<r><t xml:space=\"preserve\">a </t></r><r><t>b</t></r><rPh><t>no</t></rPh>";
    assert_eq!(cell(&format!("<c t=\"inlineStr\"><is>{rich}</is></c>")), Ok("a b".into()));
    assert_eq!(cell("<c t=\"str\"><v>a<!-- no -->&#98;<![CDATA[<c>]]></v></c>"), Ok("ab<c>".into()));
}

#[test]
fn the_last_cell_of_a_sheet_costs_nothing_until_it_holds_something() {
    let blank = "<row r=\"1048576\"><c r=\"XFD1048576\" s=\"1\"/></row>";
    let first = "<row r=\"3\"><c r=\"C3\"><v>7</v></c></row>";
    assert_eq!(seen(&without_header(&rows(&format!("{first}{blank}")))), ["3: ||7"]);
    let last = "<row r=\"1048576\"><c r=\"A1048576\"><v>8</v></c></row>";
    assert_eq!(seen(&without_header(&rows(&format!("{first}{last}")))), ["3: ||7", "1048576: 8"]);
    let far = fault(&rows("<row r=\"2\"><c r=\"XFD2\"><v>8</v></c></row>"));
    assert_eq!(far, SheetFault::TooManyColumns { row: 2, limit: 100 });
}

#[test]
fn rows_and_cells_that_are_not_in_order_are_damage() {
    for wrong in [
        "<row r=\"2\"><c><v>1</v></c></row><row r=\"1\"/>",
        "<row r=\"0\"/>",
        "<row r=\"1048577\"/>",
        "<row r=\"x\"/>",
        "<row><c r=\"B1\"/><c r=\"A1\"/></row>",
        "<row><c r=\"XFE1\"/></row>",
        "<row><row/></row>",
        "<row><c><c/></c></row>",
        "<row><c t=\"s\"><v>99</v></c></row>",
        "<row><c t=\"nonsense\"/></row>",
        "<row><c><v>&unknown;</v></c></row>",
    ] {
        assert_eq!(fault(&rows(wrong)), SheetFault::Damaged { part: "cells" }, "{wrong}");
    }
}

#[test]
fn a_document_type_or_too_deep_a_nest_is_a_fault() {
    let laughs = "<!DOCTYPE lolz [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><worksheet>&b;</worksheet>";
    for (path, part) in
        [("xl/worksheets/sheet1.xml", "cells"), ("xl/styles.xml", "styles"), ("xl/sharedStrings.xml", "texts")]
    {
        assert_eq!(fault(&with(path, laughs)), SheetFault::Doctype { part });
    }
    assert_eq!(fault(&rows(&"<x>".repeat(70))), SheetFault::TooDeep { part: "cells", limit: 64 });
    assert_eq!(fault(&rows("<row><c>")), SheetFault::Damaged { part: "cells" });
}

#[test]
fn a_sheet_is_chosen_by_name_among_those_that_can_be_seen() {
    let book = "<workbook xmlns:r=\"r\"><sheets><sheet name=\"Hidden\" state=\"hidden\" r:id=\"rId1\"/>\
        <sheet name=\"Chart\" r:id=\"rId2\"/><sheet name=\"A &amp; B\" r:id=\"rId1\"/></sheets></workbook>";
    let bytes = with("xl/workbook.xml", book);
    let named = |name: &str| read(&bytes, &Options { sheet: Some(name.to_owned()), ..Options::default() });
    assert_eq!(named("A & B").unwrap().len(), 2);
    let Format::Workbook { sheet, sheets } = sheet(&bytes).source().format.clone() else { panic!("workbook") };
    assert_eq!((sheet.as_str(), sheets), ("A & B", vec!["A & B".to_owned()]));
    for name in ["Hidden", "Chart", "C"] {
        assert_eq!(named(name).unwrap_err(), SheetFault::NoSuchSheet { sheets: vec!["A & B".to_owned()] });
    }
    assert_eq!(fault(&with("xl/workbook.xml", "<workbook><sheets/></workbook>")), SheetFault::NoSheet);
}

#[test]
fn prefixes_and_the_case_of_paths_do_not_matter() {
    let sheet_part =
        "<x:worksheet xmlns:x=\"m\"><x:sheetData><x:row><x:c><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>";
    let mut parts = PARTS.map(|(path, content)| (path.replace("xl/", "XL\\"), content));
    parts.first_mut().unwrap().1 = sheet_part.as_bytes();
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(path, content)| (path.as_str(), *content)).collect();
    assert_eq!(seen(&without_header(&workbook(&parts).unwrap())), ["1: 5"]);
}
