//! Why a file cannot be read. The sentences that people read stand with the project's words, under
//! [`SheetFault::kind`]; those here are for logs, and so name places and never what a cell holds.

use std::fmt;

/// Why a file cannot be read. `row` is the line or row that a person sees in the file, from 1; so is `column`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SheetFault {
    /// More bytes than may be sent.
    #[error("the file is larger than {limit_bytes} bytes")]
    FileTooLarge {
        /// The most there may be.
        limit_bytes: u64,
    },
    /// A workbook that unpacks to more than may be.
    #[error("the workbook unpacks to more than {limit_bytes} bytes")]
    InflatedTooLarge {
        /// The most there may be.
        limit_bytes: u64,
    },
    /// The cells together are more text than may be.
    #[error("the cells hold more than {limit_bytes} bytes together")]
    TextTooLarge {
        /// The most there may be.
        limit_bytes: u64,
    },
    /// More rows than may be.
    #[error("there are more than {limit} rows")]
    TooManyRows {
        /// The most there may be.
        limit: u32,
    },
    /// A cell to the right of the last column that may be.
    #[error("row {row} has more than {limit} columns")]
    TooManyColumns {
        /// Where.
        row: u32,
        /// The most there may be.
        limit: u32,
    },
    /// A cell longer than may be.
    #[error("row {row}, column {column} is longer than {limit} characters")]
    CellTooLong {
        /// Where.
        row: u32,
        /// Where.
        column: u32,
        /// The most there may be.
        limit: u32,
    },
    /// A cell with a character that nobody can type or see.
    #[error("row {row}, column {column} holds a control character")]
    ControlCharacter {
        /// Where.
        row: u32,
        /// Where.
        column: u32,
    },
    /// Nothing but blank rows.
    #[error("the file holds no rows")]
    Empty,
    /// Something else than a table.
    #[error("the file is no table but {content}")]
    NotATable {
        /// What it is instead.
        content: Content,
    },
    /// A workbook from before Excel 2007.
    #[error("the file is an old .xls workbook")]
    OldExcel,
    /// A workbook behind a password.
    #[error("the workbook is behind a password")]
    Protected,
    /// Text in UTF-16 that breaks off or is not paired.
    #[error("the text is not in the encoding that it begins with")]
    Undecodable,
    /// A quotation mark opens a cell and none closes it.
    #[error("the quotation mark that opens a cell in row {row} is never closed")]
    UnterminatedQuote {
        /// Where it opens.
        row: u32,
    },
    /// Two columns of one name.
    #[error("columns {first} and {second} of the header in row {row} have one name")]
    DuplicateHeader {
        /// Where the header is.
        row: u32,
        /// One of them.
        first: u32,
        /// The other.
        second: u32,
        /// What both are called.
        name: Withheld,
    },
    /// A workbook that is not one inside.
    #[error("the workbook is damaged in its {part}")]
    Damaged {
        /// The part of it, in plain words.
        part: &'static str,
    },
    /// A document type, which no spreadsheet program writes and which only serves attacks.
    #[error("the workbook has a document type in its {part}")]
    Doctype {
        /// The part of it, in plain words.
        part: &'static str,
    },
    /// Elements inside elements inside elements.
    #[error("the workbook nests more than {limit} deep in its {part}")]
    TooDeep {
        /// The part of it, in plain words.
        part: &'static str,
        /// The most there may be.
        limit: u32,
    },
    /// A workbook in which no sheet of cells can be seen.
    #[error("the workbook has no sheet that can be seen")]
    NoSheet,
    /// No sheet of the name that was asked for.
    #[error("the workbook has no such sheet that can be seen")]
    NoSuchSheet {
        /// Those that there are.
        sheets: Vec<String>,
    },
}

impl SheetFault {
    /// Stable name, also the key of its sentence.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::FileTooLarge { .. } => "file_too_large",
            Self::InflatedTooLarge { .. } => "inflated_too_large",
            Self::TextTooLarge { .. } => "text_too_large",
            Self::TooManyRows { .. } => "too_many_rows",
            Self::TooManyColumns { .. } => "too_many_columns",
            Self::CellTooLong { .. } => "cell_too_long",
            Self::ControlCharacter { .. } => "control_character",
            Self::Empty => "empty",
            Self::NotATable { .. } => "not_a_table",
            Self::OldExcel => "old_excel",
            Self::Protected => "protected",
            Self::Undecodable => "undecodable",
            Self::UnterminatedQuote { .. } => "unterminated_quote",
            Self::DuplicateHeader { .. } => "duplicate_header",
            Self::Damaged { .. } => "damaged",
            Self::Doctype { .. } => "doctype",
            Self::TooDeep { .. } => "too_deep",
            Self::NoSheet => "no_sheet",
            Self::NoSuchSheet { .. } => "no_such_sheet",
        }
    }
}

/// What a file is that is no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Content {
    /// Bytes that are no text.
    Binary,
    /// HTML or XML; some programs call such a file `.xls`.
    Markup,
    /// PDF.
    Pdf,
    /// A spreadsheet of LibreOffice or another office than Excel.
    OpenDocument,
    /// Excel's binary workbook, `.xlsb`.
    BinaryWorkbook,
    /// A zip of something else.
    Archive,
}

impl Content {
    /// Stable name, also the key of its word.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Binary => "binary",
            Self::Markup => "markup",
            Self::Pdf => "pdf",
            Self::OpenDocument => "open_document",
            Self::BinaryWorkbook => "binary_workbook",
            Self::Archive => "archive",
        }
    }
}

impl fmt::Display for Content {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.kind())
    }
}

/// What a file says, for the person who sent it and for no log: a row of people may be taken for a header.
#[derive(Clone, PartialEq, Eq)]
pub struct Withheld(String);

impl Withheld {
    pub(crate) fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The text, to be shown to whoever sent the file.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Withheld {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("withheld")
    }
}
