//! A row as a reader hands it on, and the compact form it has in memory: one text, and one number for each cell. Must
//! not print what a cell holds.

use std::fmt;

/// Why what a cell holds is not what a person sees in it, or not what they meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mark {
    /// A date or a time; the file holds a count of days.
    Date,
    /// What a formula makes when it fails: `#N/A`, `#REF!`.
    Error,
    /// A formula without a value: the file was written by a program and never opened in Excel.
    NoValue,
    /// A number of more than fifteen digits, the last of which Excel has made up.
    Rounded,
}

impl Mark {
    const ALL: [Self; 4] = [Self::Date, Self::Error, Self::NoValue, Self::Rounded];

    /// Stable name, also the key of its sentence.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Error => "error",
            Self::NoValue => "no_value",
            Self::Rounded => "rounded",
        }
    }
}

/// Where a cell ends in the text of its row or sheet, with its mark in the upper bits.
#[derive(Clone, Copy)]
pub(crate) struct CellEnd(u32);

impl CellEnd {
    const BITS: u32 = 28;
    /// The longest text that cells can end in.
    pub(crate) const MOST: u32 = (1 << Self::BITS) - 1;

    pub(crate) fn new(end: usize, mark: Option<Mark>) -> Self {
        let end = u32::try_from(end).unwrap_or(Self::MOST).min(Self::MOST);
        let mark = mark.and_then(|mark| Mark::ALL.iter().position(|one| *one == mark)).map_or(0, |at| at + 1);
        Self(end | u32::try_from(mark).unwrap_or(0) << Self::BITS)
    }

    pub(crate) fn end(self) -> usize {
        (self.0 & Self::MOST) as usize
    }

    pub(crate) fn mark(self) -> Option<Mark> {
        Mark::ALL.get(((self.0 >> Self::BITS) as usize).checked_sub(1)?).copied()
    }
}

/// What is known of a row besides its cells.
#[derive(Clone, Copy, Default)]
pub(crate) struct RowFacts {
    pub(crate) number: u32,
    pub(crate) hidden: bool,
    pub(crate) ragged: bool,
}

/// A row that is not blank. Cells are counted from 0 here, as in any slice.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    pub(crate) facts: RowFacts,
    pub(crate) text: &'a str,
    pub(crate) start: usize,
    pub(crate) ends: &'a [CellEnd],
}

impl<'a> Row<'a> {
    /// The line or row that a person sees in the file, from 1. Of a row over several lines the first.
    pub fn number(&self) -> u32 {
        self.facts.number
    }

    /// Whether the row is hidden in the workbook, by hand or by a filter.
    pub fn is_hidden(&self) -> bool {
        self.facts.hidden
    }

    /// Whether a row of a text file has fewer cells than the first one, or something in more of them.
    pub fn is_ragged(&self) -> bool {
        self.facts.ragged
    }

    /// How many cells the row has in the file.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether it has none; blank rows are left out, so never.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// What a cell holds, to be worked with: nothing where the row has no such cell, and the mark instead of a value
    /// that is not what it looks like.
    pub fn cell(&self, column: usize) -> Result<&'a str, Mark> {
        match self.ends.get(column).and_then(|cell| cell.mark()) {
            Some(mark) => Err(mark),
            None => Ok(self.shown(column)),
        }
    }

    /// What a cell holds, to be shown to whoever sent it, marked or not.
    pub fn shown(&self, column: usize) -> &'a str {
        let Some(end) = self.ends.get(column) else { return "" };
        let start = match column.checked_sub(1).and_then(|before| self.ends.get(before)) {
            Some(before) => before.end(),
            None => self.start,
        };
        self.text.get(start..end.end()).unwrap_or_default()
    }

    /// The cells from left to right, as [`Row::cell`] gives them.
    pub fn cells(&self) -> impl Iterator<Item = Result<&'a str, Mark>> + use<'a> {
        let row = *self;
        (0..row.len()).map(move |column| row.cell(column))
    }
}

impl fmt::Debug for Row<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "row {} of {} cells", self.number(), self.len())
    }
}
