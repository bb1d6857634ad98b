//! The rows and cells of one sheet, as they come. Must not keep a row, or make room for what the sheet's dimension
//! says.

use super::number;
use super::strings::{RichText, Strings};
use super::styles::Styles;
use super::xml::{Node, Tag, Xml};
use super::{escape, styles::NumberFormat};
use crate::fault::SheetFault;
use crate::intake::{Intake, Width};
use crate::limits::Options;
use crate::row::Mark;

pub(super) const PART: &str = "cells";
const LAST_ROW: u32 = 1_048_576;
const LAST_COLUMN: usize = 16_384;
/// How much of a value is collected before its characters are counted.
const BYTES_PER_CHAR: usize = 4;

/// What a cell says its value is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Shared,
    Text,
    Inline,
    Logical,
    Error,
    Date,
}

/// A cell that is being read.
struct Cell {
    column: usize,
    kind: Kind,
    format: NumberFormat,
    is_formula: bool,
    in_value: bool,
    has_value: bool,
    value: String,
    inline: RichText,
}

struct Reading<'r, 'i> {
    strings: &'r Strings,
    styles: &'r Styles,
    intake: &'r mut Intake<'i>,
    most_bytes: usize,
    in_row: bool,
    row: u32,
    /// The next column, where a cell does not say.
    column: usize,
    cell: Option<Cell>,
}

pub(super) fn read(
    xml: &mut Xml<'_>,
    strings: &Strings,
    styles: &Styles,
    options: &Options,
    intake: &mut Intake<'_>,
) -> Result<(), SheetFault> {
    let most_bytes = (options.limits.cell_chars as usize + 1).saturating_mul(BYTES_PER_CHAR);
    let mut reading = Reading { strings, styles, intake, most_bytes, in_row: false, row: 0, column: 0, cell: None };
    let mut in_data = false;
    loop {
        match xml.next()? {
            Node::Open(tag) if tag.name() == "sheetData" => in_data = true,
            Node::Open(tag) if in_data => reading.open(&tag)?,
            Node::Text(text) if in_data => reading.text(&text)?,
            // What follows is looks, pictures and checks.
            Node::Close(name) if name == "sheetData" => return Ok(()),
            Node::Close(name) if in_data => {
                if reading.close(&name)? {
                    return Ok(());
                }
            }
            Node::End => return Ok(()),
            Node::Open(_) | Node::Close(_) | Node::Text(_) => {}
        }
    }
}

impl Reading<'_, '_> {
    fn open(&mut self, tag: &Tag<'_>) -> Result<(), SheetFault> {
        match (tag.name(), &mut self.cell) {
            ("row", None) if !self.in_row => self.begin_row(tag),
            ("c", None) if self.in_row => self.begin_cell(tag),
            ("row" | "c", _) => Err(DAMAGED),
            ("f", Some(cell)) => {
                cell.is_formula = true;
                Ok(())
            }
            ("v", Some(cell)) => {
                (cell.in_value, cell.has_value) = (true, true);
                Ok(())
            }
            (name, Some(cell)) if cell.kind == Kind::Inline => {
                cell.inline.open(name, tag.attribute("xml:space")?.as_deref());
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn begin_row(&mut self, tag: &Tag<'_>) -> Result<(), SheetFault> {
        let number = match tag.attribute("r")? {
            Some(number) => number.parse().map_err(|_| DAMAGED)?,
            None => self.row + 1,
        };
        if number <= self.row || number > LAST_ROW {
            return Err(DAMAGED);
        }
        let hidden = tag.attribute("hidden")?.is_some_and(|hidden| hidden == "1" || hidden == "true");
        (self.in_row, self.row, self.column) = (true, number, 0);
        self.intake.begin(number, hidden);
        Ok(())
    }

    fn begin_cell(&mut self, tag: &Tag<'_>) -> Result<(), SheetFault> {
        let column = match tag.attribute("r")? {
            Some(place) => column_of(&place).ok_or(DAMAGED)?,
            None => self.column,
        };
        if column < self.column || column >= LAST_COLUMN {
            return Err(DAMAGED);
        }
        self.column = column + 1;
        let kind = match tag.attribute("t")?.as_deref() {
            None | Some("n") => Kind::Number,
            Some("s") => Kind::Shared,
            Some("str") => Kind::Text,
            Some("inlineStr") => Kind::Inline,
            Some("b") => Kind::Logical,
            Some("e") => Kind::Error,
            Some("d") => Kind::Date,
            Some(_) => return Err(DAMAGED),
        };
        let format = match tag.attribute("s")? {
            Some(style) => self.styles.get(style.parse().map_err(|_| DAMAGED)?),
            None => NumberFormat::Plain,
        };
        self.cell = Some(Cell {
            column,
            kind,
            format,
            is_formula: false,
            in_value: false,
            has_value: false,
            value: String::new(),
            inline: RichText::default(),
        });
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), SheetFault> {
        let Some(cell) = &mut self.cell else { return Ok(()) };
        if cell.in_value {
            cell.value.push_str(text);
        } else {
            cell.inline.text(text);
        }
        // Escapes make seven characters of one.
        if cell.value.len().max(cell.inline.text.len()) > self.most_bytes * 7 {
            return Err(self.intake.too_long(cell.column));
        }
        Ok(())
    }

    /// Ends an element; whether no more rows are wanted.
    fn close(&mut self, name: &str) -> Result<bool, SheetFault> {
        match (name, &mut self.cell) {
            ("row", None) => {
                self.in_row = false;
                return Ok(self.intake.end(Width::AsFilled)?.is_break());
            }
            ("c", _) => {
                if let Some(cell) = self.cell.take() {
                    self.end_cell(&cell)?;
                }
            }
            ("v", Some(cell)) => cell.in_value = false,
            (name, Some(cell)) => cell.inline.close(name),
            _ => {}
        }
        Ok(false)
    }

    fn end_cell(&mut self, cell: &Cell) -> Result<(), SheetFault> {
        let value = cell.value.as_str();
        // A formula may well make an empty text; any other value it has not made yet.
        if cell.is_formula && (!cell.has_value || value.is_empty() && cell.kind != Kind::Text) {
            return self.intake.cell(cell.column, "", Some(Mark::NoValue));
        }
        match cell.kind {
            Kind::Inline => self.intake.cell(cell.column, &escape::undo(&cell.inline.text), None),
            Kind::Text => self.intake.cell(cell.column, &escape::undo(value), None),
            _ if value.is_empty() => Ok(()),
            Kind::Shared => {
                let text = value.trim().parse().ok().and_then(|at| self.strings.get(at)).ok_or(DAMAGED)?;
                self.intake.cell(cell.column, text, None)
            }
            Kind::Number => {
                let (text, mark) = number::shown(value, cell.format);
                self.intake.cell(cell.column, &text, mark)
            }
            Kind::Logical => {
                let text = if matches!(value.trim(), "0" | "false") { "FALSE" } else { "TRUE" };
                self.intake.cell(cell.column, text, None)
            }
            Kind::Error => self.intake.cell(cell.column, value, Some(Mark::Error)),
            Kind::Date => self.intake.cell(cell.column, value, Some(Mark::Date)),
        }
    }
}

const DAMAGED: SheetFault = SheetFault::Damaged { part: PART };

/// The column of a place like `XFD1048576`, from 0.
fn column_of(place: &str) -> Option<usize> {
    let letters = place.trim_end_matches(|c: char| c.is_ascii_digit());
    if letters.is_empty() || letters.len() > 3 || letters.len() == place.len() {
        return None;
    }
    let mut column = 0;
    for byte in letters.bytes() {
        let letter = byte.to_ascii_uppercase().checked_sub(b'A').filter(|letter| *letter < 26)?;
        column = column * 26 + usize::from(letter) + 1;
    }
    column.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::column_of;

    #[test]
    fn a_place_gives_its_column_or_nothing() {
        let cases = [("A1", Some(0)), ("Z9", Some(25)), ("AA1", Some(26)), ("XFD1048576", Some(16_383))];
        for (place, expected) in cases {
            assert_eq!(column_of(place), expected);
        }
        for place in ["", "7", "A", "ABCD1", "é1", "$A$1"] {
            assert_eq!(column_of(place), None);
        }
    }
}
