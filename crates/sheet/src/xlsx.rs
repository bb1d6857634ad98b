//! Reads Excel workbooks, with macros or without: parts of XML in a zip. Must not believe a size, a count or a
//! dimension that the file states, and never makes room for one.

mod archive;
mod cells;
mod escape;
mod number;
mod strings;
mod styles;
mod workbook;
mod xml;

use crate::fault::SheetFault;
use crate::intake::Intake;
use crate::limits::Options;
use crate::sheet::Format;
use archive::Archive;
use strings::Strings;

/// Hands all rows of one sheet to the intake.
pub(crate) fn read(bytes: &[u8], options: &Options, intake: &mut Intake<'_>) -> Result<Format, SheetFault> {
    let mut archive = Archive::open(bytes, options.limits.inflated_bytes)?;
    let book = workbook::read(&mut archive)?;
    let sheet = book.choose(options.sheet.as_deref())?;
    let styles = match &book.styles {
        Some(path) => archive.part(path, "styles", styles::read)?.unwrap_or_default(),
        None => styles::Styles::default(),
    };
    let strings = match &book.strings {
        Some(path) => archive.part(path, "texts", |xml| strings::read(xml, options.limits.text_bytes))?,
        None => None,
    };
    let strings = strings.unwrap_or_else(Strings::default);
    let found = archive.part(&sheet.path, cells::PART, |xml| cells::read(xml, &strings, &styles, options, intake))?;
    found.ok_or(SheetFault::Damaged { part: cells::PART })?;
    let sheets = book.sheets.iter().map(|sheet| sheet.name.clone()).collect();
    Ok(Format::Workbook { sheet: sheet.name.clone(), sheets })
}
