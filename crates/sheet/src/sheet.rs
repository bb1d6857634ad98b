//! A file that was read: what it is, its header and its rows. Must not print what a cell holds.

use std::fmt;

use crate::row::{CellEnd, Row, RowFacts};

/// What kind of file it is, as its content says.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Lines of text.
    Text {
        /// How its characters are written.
        encoding: Encoding,
        /// What stands between cells; none where there is one column.
        separator: Option<char>,
    },
    /// An Excel workbook, with macros or without.
    Workbook {
        /// The sheet that was read.
        sheet: String,
        /// All that can be seen and hold cells, in their order.
        sheets: Vec<String>,
    },
}

/// How the characters of a text file are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with a byte order mark or without.
    Utf8,
    /// UTF-16, low byte first: Excel's "Unicode text".
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Windows-1252: whatever is none of the others, as Excel in the west writes "CSV".
    Windows1252,
}

impl Encoding {
    /// The name by which it goes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
            Self::Windows1252 => "Windows-1252",
        }
    }
}

/// The row that names the columns.
#[derive(Clone, PartialEq, Eq)]
pub struct Header {
    /// The line or row that a person sees in the file, from 1.
    pub row: u32,
    /// The names, without space around them; empty where a column has none.
    pub names: Vec<String>,
}

impl fmt::Debug for Header {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "header in row {} of {} names", self.row, self.names.len())
    }
}

/// What a file is, besides its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// What kind of file it is.
    pub format: Format,
    /// The header, found or asked for.
    pub header: Option<Header>,
    /// Whether the first row looks like a header, whatever was asked for.
    pub header_guess: bool,
}

/// A file that was read whole.
pub struct Sheet {
    source: Source,
    cells: Cells,
}

impl Sheet {
    pub(crate) fn new(source: Source, cells: Cells) -> Self {
        Self { source, cells }
    }

    /// What kind of file it is, and its header.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The names of the columns, when there is a header.
    pub fn header(&self) -> Option<&[String]> {
        self.source.header.as_ref().map(|header| header.names.as_slice())
    }

    /// The most cells that the header or a row has.
    pub fn width(&self) -> usize {
        self.cells.width.max(self.header().map_or(0, <[String]>::len))
    }

    /// How many rows there are, without the header and blank ones.
    pub fn len(&self) -> usize {
        self.cells.rows.len()
    }

    /// Whether there is nothing below the header.
    pub fn is_empty(&self) -> bool {
        self.cells.rows.is_empty()
    }

    /// The row at this place, from 0.
    pub fn row(&self, at: usize) -> Option<Row<'_>> {
        let (facts, last) = *self.cells.rows.get(at)?;
        let first = match at.checked_sub(1).and_then(|before| self.cells.rows.get(before)) {
            Some((_, last)) => *last as usize,
            None => 0,
        };
        let start = match first.checked_sub(1).and_then(|before| self.cells.ends.get(before)) {
            Some(before) => before.end(),
            None => 0,
        };
        Some(Row { facts, text: &self.cells.text, start, ends: self.cells.ends.get(first..last as usize)? })
    }

    /// The rows from top to bottom.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.len()).filter_map(|at| self.row(at))
    }
}

impl fmt::Debug for Sheet {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Sheet").field("source", &self.source).field("rows", &self.len()).finish_non_exhaustive()
    }
}

/// The cells of all rows in one text: what five million cells cost is four bytes each and what they hold.
#[derive(Default)]
pub(crate) struct Cells {
    text: String,
    ends: Vec<CellEnd>,
    /// With where the row's last cell ends in `ends`.
    rows: Vec<(RowFacts, u32)>,
    width: usize,
}

impl Cells {
    /// Keeps a copy of the row. The reader has seen to it that everything fits.
    pub(crate) fn push(&mut self, row: Row<'_>) {
        for column in 0..row.len() {
            self.text.push_str(row.shown(column));
            self.ends.push(CellEnd::new(self.text.len(), row.cell(column).err()));
        }
        self.width = self.width.max(row.len());
        self.rows.push((row.facts, u32::try_from(self.ends.len()).unwrap_or(u32::MAX)));
    }
}
