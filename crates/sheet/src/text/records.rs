//! Cuts a text into records and fields, with the line on which each record begins. Must not hold more than one field.

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};

use crate::fault::{Content, SheetFault};

/// What stands between cells when nothing does: no text that is let in has it.
const NOTHING: u8 = 0x1f;
/// UTF-8 takes at most four bytes for a character, and what an export puts before formulas may double them.
const BYTES_PER_CHAR: usize = 8;

pub(super) struct Records<'t> {
    text: &'t str,
    at: usize,
    line: u32,
    parser: Reader,
    buffer: Vec<u8>,
}

/// What stands between two separators, without its quotation marks.
pub(super) struct Field<'r> {
    pub(super) text: &'r str,
    /// On which it begins.
    pub(super) line: u32,
    pub(super) is_last: bool,
    /// Whether a quotation mark stands in it as it should not: the separator may be another.
    pub(super) has_stray_quote: bool,
}

impl<'t> Records<'t> {
    /// Reads `text` from `at`, which is on line 1.
    pub(super) fn new(text: &'t str, at: usize, separator: Option<char>, cell_chars: u32) -> Self {
        let separator = separator.and_then(|separator| u8::try_from(separator).ok()).unwrap_or(NOTHING);
        let buffer = vec![0; (cell_chars as usize + 1).saturating_mul(BYTES_PER_CHAR)];
        Self { text, at, line: 1, parser: ReaderBuilder::new().delimiter(separator).build(), buffer }
    }

    /// Goes to the next record over lines without anything; its line, or nothing at the end.
    pub(super) fn begin(&mut self) -> Option<u32> {
        let rest = self.rest();
        let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        self.skip(blank);
        (self.at < self.text.len()).then_some(self.line)
    }

    /// The next field of the record; nothing when it is longer than any may be.
    pub(super) fn field(&mut self) -> Result<Option<Field<'_>>, SheetFault> {
        let (start, line) = (self.at, self.line);
        let input = self.text.as_bytes().get(start..).unwrap_or_default();
        let (mut result, taken, mut filled) = self.parser.read_field(input, &mut self.buffer);
        self.skip(taken);
        let raw = input.get(..taken).unwrap_or_default();
        let quotes = Quotes::of(raw);
        if matches!(result, ReadFieldResult::InputEmpty) {
            if quotes == Quotes::Open {
                return Err(SheetFault::UnterminatedQuote { row: line });
            }
            let rest = self.buffer.get_mut(filled..).unwrap_or_default();
            let (last, _, more) = self.parser.read_field(&[], rest);
            (result, filled) = (last, filled + more);
        }
        let is_last = match result {
            ReadFieldResult::Field { record_end } => record_end,
            // Nothing is left: the record was an end of line that `begin` has not seen.
            ReadFieldResult::End => true,
            ReadFieldResult::OutputFull if is_runaway(raw) => return Err(SheetFault::UnterminatedQuote { row: line }),
            ReadFieldResult::OutputFull | ReadFieldResult::InputEmpty => return Ok(None),
        };
        let text = self.buffer.get(..filled).and_then(|bytes| std::str::from_utf8(bytes).ok());
        // Cut at ASCII, so it is UTF-8 if the text is.
        let text = text.ok_or(SheetFault::NotATable { content: Content::Binary })?;
        Ok(Some(Field { text, line, is_last, has_stray_quote: quotes == Quotes::Stray }))
    }

    fn rest(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// Moves on and counts lines, of which CR, LF and both together end one.
    fn skip(&mut self, bytes: usize) {
        let mut before = self.at.checked_sub(1).and_then(|at| self.text.as_bytes().get(at)).copied();
        for byte in self.rest().iter().take(bytes).copied() {
            if byte == b'\r' || byte == b'\n' && before != Some(b'\r') {
                self.line = self.line.saturating_add(1);
            }
            before = Some(byte);
        }
        self.at += bytes;
    }
}

/// Whether something too long for a cell is rather one of which the second quotation mark is missing: it goes over
/// lines.
pub(super) fn is_runaway(raw: &[u8]) -> bool {
    raw.contains(&b'\n') || raw.contains(&b'\r')
}

/// How quotation marks stand in a field, by the rules of the parser.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quotes {
    /// None, or one before and one behind and doubled ones between.
    Fine,
    /// One that opens and none that closes.
    Open,
    /// Somewhere else.
    Stray,
}

impl Quotes {
    fn of(raw: &[u8]) -> Self {
        let Some(mut rest) = raw.strip_prefix(b"\"") else {
            return if raw.contains(&b'"') { Self::Stray } else { Self::Fine };
        };
        loop {
            let Some(at) = rest.iter().position(|byte| *byte == b'"') else { return Self::Open };
            rest = rest.get(at + 1..).unwrap_or_default();
            match rest.strip_prefix(b"\"") {
                Some(more) => rest = more,
                // What may follow is one separator or one end of line.
                None if rest.len() <= 1 => return Self::Fine,
                None => return Self::Stray,
            }
        }
    }
}
