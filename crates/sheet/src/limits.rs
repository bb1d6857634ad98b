//! How much a file may hold, and how it is to be read. Must not read anything itself.

/// What a file may not go beyond. Every number is counted while reading; none is taken from what the file says of
/// itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The file as it was sent, in bytes.
    pub file_bytes: u64,
    /// All parts of a workbook that are read, unpacked, together, in bytes.
    pub inflated_bytes: u64,
    /// All cells together, as UTF-8, in bytes. A workbook may name one long text a million times, so what it unpacks to
    /// says little about what it becomes.
    pub text_bytes: u32,
    /// Rows below the header that are not blank.
    pub rows: u32,
    /// Columns up to the last cell that holds something.
    pub columns: u32,
    /// Characters (Unicode scalar values) of a cell.
    pub cell_chars: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 10 << 20,
            inflated_bytes: 100 << 20,
            text_bytes: 32 << 20,
            rows: 50_000,
            columns: 100,
            cell_chars: 4_096,
        }
    }
}

/// Whether the first row that is not blank names the columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HeaderRow {
    /// It does when it looks like it.
    #[default]
    Guess,
    /// It does.
    Present,
    /// It does not.
    Absent,
}

/// How a file is to be read. The default finds out everything by itself.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What the file may hold.
    pub limits: Limits,
    /// Whether there is a header.
    pub header: HeaderRow,
    /// What stands between the cells of a text file, one ASCII character; found out when not given.
    pub separator: Option<char>,
    /// The sheet of a workbook, by its name; the first one that is not hidden when not given.
    pub sheet: Option<String>,
}
