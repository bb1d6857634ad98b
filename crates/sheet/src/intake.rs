//! What every reader hands its cells to: it counts them against the limits, leaves out blank rows, finds the header and
//! hands whole rows on. Must not know what kind of file they come from.

use std::ops::ControlFlow;

use crate::fault::SheetFault;
use crate::header::{self, column_number};
use crate::limits::{HeaderRow, Limits};
use crate::row::{CellEnd, Mark, Row, RowFacts};
use crate::sheet::Header;

/// Takes a row, with the header if there is one, and says whether to go on.
pub(crate) type Emit<'a> = dyn FnMut(Option<&Header>, Row<'_>) -> ControlFlow<()> + 'a;

/// How a row of a kind of file ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Width {
    /// With its last cell, empty or not; a row should have as many as the first.
    AsWritten(usize),
    /// With its last cell that holds something.
    AsFilled,
}

pub(crate) struct Intake<'a> {
    limits: Limits,
    wanted: HeaderRow,
    emit: &'a mut Emit<'a>,
    facts: RowFacts,
    text: String,
    ends: Vec<CellEnd>,
    filled: bool,
    rows: u32,
    text_bytes: u64,
    /// Cells of the first row: up to the last that holds something, and all.
    first: Option<(usize, usize)>,
    pub(crate) header: Option<Header>,
    pub(crate) header_guess: bool,
}

impl<'a> Intake<'a> {
    pub(crate) fn new(limits: Limits, wanted: HeaderRow, emit: &'a mut Emit<'a>) -> Self {
        Self {
            limits,
            wanted,
            emit,
            facts: RowFacts::default(),
            text: String::new(),
            ends: Vec::new(),
            filled: false,
            rows: 0,
            text_bytes: 0,
            first: None,
            header: None,
            header_guess: false,
        }
    }

    /// Begins a row.
    pub(crate) fn begin(&mut self, number: u32, hidden: bool) {
        self.facts = RowFacts { number, hidden, ragged: false };
        self.text.clear();
        self.ends.clear();
        self.filled = false;
    }

    /// A cell of the row that was begun, right of those before; cells that were left out are empty.
    pub(crate) fn cell(&mut self, column: usize, text: &str, mark: Option<Mark>) -> Result<(), SheetFault> {
        // So that a style on column XFD, or a line of a million commas, costs nothing.
        if text.is_empty() && mark.is_none() {
            return Ok(());
        }
        if column >= self.limits.columns as usize {
            return Err(SheetFault::TooManyColumns { row: self.facts.number, limit: self.limits.columns });
        }
        // Characters are never more than bytes.
        if text.len() > self.limits.cell_chars as usize && text.chars().count() > self.limits.cell_chars as usize {
            return Err(self.too_long(column));
        }
        if text.contains(|c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r')) {
            return Err(SheetFault::ControlCharacter { row: self.facts.number, column: column_number(column) });
        }
        let most = self.limits.text_bytes.min(CellEnd::MOST);
        self.text_bytes += text.len() as u64;
        if self.text_bytes > u64::from(most) {
            return Err(SheetFault::TextTooLarge { limit_bytes: u64::from(most) });
        }
        self.fill(column);
        self.text.push_str(text);
        self.ends.push(CellEnd::new(self.text.len(), mark));
        self.filled |= mark.is_some() || !text.trim().is_empty();
        Ok(())
    }

    /// Ends the row and hands it on, unless it is blank.
    pub(crate) fn end(&mut self, width: Width) -> Result<ControlFlow<()>, SheetFault> {
        if !self.filled {
            return Ok(ControlFlow::Continue(()));
        }
        let filled = self.ends.len();
        if let Width::AsWritten(cells) = width {
            self.fill(cells.min(self.limits.columns as usize));
            let (least, most) = *self.first.get_or_insert((filled, cells));
            self.facts.ragged = cells < least || filled > most;
        }
        let row = Row { facts: self.facts, text: &self.text, start: 0, ends: &self.ends };
        if self.is_empty() {
            self.header_guess = header::looks_like_one(row);
            let is_header = match self.wanted {
                HeaderRow::Guess => self.header_guess,
                HeaderRow::Present => true,
                HeaderRow::Absent => false,
            };
            if is_header {
                self.header = Some(header::names(row)?);
                return Ok(ControlFlow::Continue(()));
            }
        }
        self.rows += 1;
        if self.rows > self.limits.rows {
            return Err(SheetFault::TooManyRows { limit: self.limits.rows });
        }
        Ok((self.emit)(self.header.as_ref(), row))
    }

    /// Whether there was no row at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.rows == 0 && self.header.is_none()
    }

    /// The fault of a cell that is too long to be handed over.
    pub(crate) fn too_long(&self, column: usize) -> SheetFault {
        SheetFault::CellTooLong { row: self.facts.number, column: column_number(column), limit: self.limits.cell_chars }
    }

    /// Empty cells up to this column.
    fn fill(&mut self, columns: usize) {
        if self.ends.len() < columns {
            self.ends.resize(columns, CellEnd::new(self.text.len(), None));
        }
    }
}
