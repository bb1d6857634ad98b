//! Reads tables that are text. Must not guess silently: what was found out is told with the rows.

mod encoding;
mod records;
mod separator;

use crate::export::guard;
use crate::fault::{Content, SheetFault};
use crate::intake::{Intake, Width};
use crate::limits::Options;
use crate::sheet::Format;
use records::Records;

/// How much of a text is looked at to tell a table from anything else.
const SAMPLE_CHARS: usize = 4_096;

/// Hands all rows of a text to the intake.
pub(crate) fn read(bytes: &[u8], options: &Options, intake: &mut Intake<'_>) -> Result<Format, SheetFault> {
    let (encoding, text) = encoding::decode(bytes)?;
    if is_nonsense(&text) {
        return Err(SheetFault::NotATable { content: Content::Binary });
    }
    let (named, skip) = separator::named(&text);
    let separator = match options.separator.or(named) {
        Some(separator) => Some(separator),
        None => separator::guess(text.get(skip..).unwrap_or_default(), options.limits.cell_chars),
    };
    let mut records = Records::new(&text, skip, separator, options.limits.cell_chars);
    while let Some(line) = records.begin() {
        intake.begin(line, false);
        let mut column = 0;
        loop {
            let Some(field) = records.field()? else { return Err(intake.too_long(column)) };
            intake.cell(column, &guard::lift(field.text), None).map_err(|fault| match fault {
                SheetFault::CellTooLong { .. } if records::is_runaway(field.text.as_bytes()) => {
                    SheetFault::UnterminatedQuote { row: field.line }
                }
                fault => fault,
            })?;
            column += 1;
            if field.is_last {
                break;
            }
        }
        if intake.end(Width::AsWritten(column))?.is_break() {
            break;
        }
    }
    Ok(Format::Text { encoding, separator })
}

/// Whether there are more control characters than a slip of the keyboard explains.
fn is_nonsense(text: &str) -> bool {
    let (mut all, mut control) = (0, 0);
    for c in text.chars().take(SAMPLE_CHARS) {
        all += 1;
        control += usize::from(c.is_control() && !matches!(c, '\t' | '\n' | '\r'));
    }
    control > 0 && control * 50 >= all
}
