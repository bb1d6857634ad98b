//! What somebody asked for, checked against the file and the kind before a job is made. Must not look at single rows.

use roomkey_schema::job::{NewJob, Table};
use roomkey_schema::job_build::Recipe;
use roomkey_sheet::{Format, HeaderRow, Options, Sheet, SheetFault};

use crate::words::{JobWords, fill};

/// How many rows are shown of a file.
const PREVIEW: usize = 8;

/// Reads a file; `header` says whether the first row names the columns.
pub fn read(bytes: &[u8], sheet: Option<&str>, header: HeaderRow) -> Result<Sheet, SheetFault> {
    let mut options = Options { sheet: sheet.map(str::to_owned), header, ..Options::default() };
    // Before somebody has said what the first row is, it counts as one of the rows.
    options.limits.rows += u32::from(header == HeaderRow::Absent);
    roomkey_sheet::read(bytes, &options)
}

/// What is told of a file that was read without taking a header off.
pub fn table(id: &str, name: &str, sheet: &Sheet) -> Table {
    let source = sheet.source();
    let (format, encoding, separator, shown, sheets) = match &source.format {
        Format::Text { encoding, separator } => {
            let separator = separator.map(String::from).unwrap_or_default();
            ("CSV", encoding.name(), separator, String::new(), Vec::new())
        }
        Format::Workbook { sheet, sheets } => ("XLSX", "", String::new(), sheet.clone(), sheets.clone()),
        _ => ("", "", String::new(), String::new(), Vec::new()),
    };
    let width = sheet.width();
    let preview = sheet.rows().take(PREVIEW).map(|row| (0..width).map(|at| row.shown(at).to_owned()).collect());
    Table {
        id: id.to_owned(),
        name: name.to_owned(),
        format: format.to_owned(),
        encoding: encoding.to_owned(),
        separator,
        sheet: shown,
        sheets,
        header: source.header_guess,
        rows: sheet.len() as u64,
        columns: width,
        preview: preview.collect(),
    }
}

/// What is wrong with a plan, as a sentence with the key that it is about.
pub fn faults(words: &JobWords, recipe: &Recipe, plan: &NewJob, sheet: &Sheet) -> Vec<(String, String)> {
    let mut faults = Vec::new();
    let mut fault = |at: &str, sentence: String| faults.push((at.to_owned(), sentence));
    let kind = &recipe.kind;
    if plan.columns.get(&kind.subject.key).is_none() {
        fault(&kind.subject.key, words.no_subject.clone());
    }
    for (key, column) in plan.columns.iter() {
        if *column >= sheet.width() {
            fault(key, fill(&words.no_column, &[("column", &(column + 1).to_string())]));
        }
    }
    let set = set(recipe, plan);
    if set.is_empty() {
        fault("", words.nothing_to_set.clone());
    }
    let label =
        |key: &str| kind.fields.iter().find(|field| field.key == key).map_or(key, |field| &field.label).to_owned();
    if let Err((first, second)) = recipe.option(&set) {
        fault(second, fill(&words.two_calls, &[("first", &label(first)), ("second", &label(second))]));
    }
    faults
}

/// Keys of all fields that a plan sets.
pub fn set<'a>(recipe: &'a Recipe, plan: &'a NewJob) -> Vec<&'a str> {
    let generated = recipe.generate.as_ref().filter(|_| plan.generate).map(|generate| generate.field.as_str());
    let given = |key: &str| plan.columns.get(key).is_some() || plan.values.get(key).is_some();
    let keys = recipe.kind.fields.iter().map(|field| field.key.as_str());
    keys.filter(|key| generated == Some(key) || given(key)).collect()
}

/// What is wrong with a file, as a sentence.
pub fn sentence(words: &JobWords, fault: &SheetFault) -> String {
    let megabytes = |bytes: u64| format!("{} MB", bytes >> 20);
    let mut values: Vec<(&str, String)> = Vec::new();
    match fault {
        SheetFault::FileTooLarge { limit_bytes }
        | SheetFault::InflatedTooLarge { limit_bytes }
        | SheetFault::TextTooLarge { limit_bytes } => values.push(("limit", megabytes(*limit_bytes))),
        SheetFault::TooManyRows { limit } => values.push(("limit", limit.to_string())),
        SheetFault::TooManyColumns { row, limit } => {
            values.extend([("row", row.to_string()), ("limit", limit.to_string())]);
        }
        SheetFault::CellTooLong { row, column, limit } => {
            values.extend([("row", row.to_string()), ("column", column.to_string()), ("limit", limit.to_string())]);
        }
        SheetFault::ControlCharacter { row, column } => {
            values.extend([("row", row.to_string()), ("column", column.to_string())]);
        }
        SheetFault::NotATable { content } => {
            values.push(("content", words.contents.get(content.kind()).cloned().unwrap_or_default()));
        }
        SheetFault::UnterminatedQuote { row } => values.push(("row", row.to_string())),
        SheetFault::DuplicateHeader { first, second, .. } => {
            values.extend([("first", first.to_string()), ("second", second.to_string())]);
        }
        SheetFault::Damaged { part } | SheetFault::Doctype { part } | SheetFault::TooDeep { part, .. } => {
            values.push(("part", (*part).to_owned()));
        }
        _ => {}
    }
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    fill(words.files.get(fault.kind()).map_or(fault.kind(), String::as_str), &values)
}
