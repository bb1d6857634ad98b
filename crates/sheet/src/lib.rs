//! Tables as people send and take them: reads CSV and XLSX, writes both.
//!
//! Bytes in, rows out, and the other way round. This crate has no IO of its own, no clock and no chance. It does not
//! know what a row means, and it has no words for people: a fault has a stable [`SheetFault::kind`] and data. What a
//! cell holds is never in a fault's text, in `Debug` or in a log.
//!
//! Files come from strangers. Everything is counted while it is read ([`Limits`]), and nothing that a file says of its
//! own size is believed. A file that cannot be read for what it plainly says is a fault, not a guess; what had to be
//! guessed (encoding, separator, header) is told in [`Source`].

mod export;
mod fault;
#[cfg(feature = "fuzzing")]
pub mod fuzzing;
mod header;
mod intake;
mod kind;
mod limits;
mod row;
mod sheet;
mod text;
mod xlsx;

use std::ops::ControlFlow;

pub use export::{write_csv, write_xlsx};
pub use fault::{Content, SheetFault, Withheld};
pub use limits::{HeaderRow, Limits, Options};
pub use row::{Mark, Row};
pub use sheet::{Encoding, Format, Header, Sheet, Source};

use intake::{Emit, Intake};
use kind::Kind;
use sheet::Cells;

/// Reads a file whole, in some four bytes for each cell and what it holds.
///
/// In a text, the apostrophe that [`write_csv`] puts before what could start a formula is taken off; a person who put
/// it there meant the same.
pub fn read(bytes: &[u8], options: &Options) -> Result<Sheet, SheetFault> {
    let mut cells = Cells::default();
    let source = run(bytes, options, &mut |_, row| {
        cells.push(row);
        ControlFlow::Continue(())
    })?;
    Ok(Sheet::new(source, cells))
}

/// Hands over the rows of a file one by one, each with the header if there is one, until `each` breaks. A fault may
/// come after rows: what is done with them before this returns must not last.
pub fn stream(
    bytes: &[u8],
    options: &Options,
    mut each: impl FnMut(Option<&Header>, Row<'_>) -> ControlFlow<()>,
) -> Result<Source, SheetFault> {
    run(bytes, options, &mut each)
}

fn run(bytes: &[u8], options: &Options, emit: &mut Emit<'_>) -> Result<Source, SheetFault> {
    let limit_bytes = options.limits.file_bytes;
    if bytes.len() as u64 > limit_bytes {
        return Err(SheetFault::FileTooLarge { limit_bytes });
    }
    let mut intake = Intake::new(options.limits, options.header, emit);
    let format = match kind::of(bytes)? {
        Kind::Text => text::read(bytes, options, &mut intake)?,
        Kind::Zip => xlsx::read(bytes, options, &mut intake)?,
    };
    if intake.is_empty() {
        return Err(SheetFault::Empty);
    }
    Ok(Source { format, header: intake.header, header_guess: intake.header_guess })
}
