//! How numbers are shown, as far as it changes what a person reads: leading zeros and dates. Must not format anything
//! else; a price is its number.

use std::collections::HashMap;

use super::xml::{Node, Xml};
use crate::fault::SheetFault;

/// Excel stops at 65,490 styles and 4,000 formats.
const MOST: usize = 70_000;

/// What a number format makes of a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum NumberFormat {
    /// Nothing that matters here.
    #[default]
    Plain,
    /// At least so many digits: `0000` shows 42 as 0042.
    Zeros(u8),
    /// A date, a time or a span of time.
    Date,
}

/// The format of each style, by the number that cells name it by.
#[derive(Default)]
pub(super) struct Styles(Vec<NumberFormat>);

impl Styles {
    pub(super) fn get(&self, style: usize) -> NumberFormat {
        self.0.get(style).copied().unwrap_or_default()
    }
}

pub(super) fn read(xml: &mut Xml<'_>) -> Result<Styles, SheetFault> {
    let mut codes: HashMap<u32, NumberFormat> = HashMap::new();
    let mut styles: Vec<u32> = Vec::new();
    let (mut in_formats, mut in_cells) = (false, false);
    let damaged = xml.damaged();
    loop {
        match xml.next()? {
            Node::Open(tag) => match tag.name() {
                "numFmts" => in_formats = true,
                "cellXfs" => in_cells = true,
                // Rules for looks have formats of their own, with numbers that may be the same.
                "numFmt" if in_formats => {
                    let id = tag.attribute("numFmtId")?.and_then(|id| id.parse().ok());
                    if let (Some(id), Some(code)) = (id, tag.attribute("formatCode")?) {
                        codes.insert(id, format_of(&code));
                    }
                }
                "xf" if in_cells => {
                    styles.push(tag.attribute("numFmtId")?.and_then(|id| id.parse().ok()).unwrap_or_default());
                }
                _ => {}
            },
            Node::Close(name) if name == "numFmts" => in_formats = false,
            Node::Close(name) if name == "cellXfs" => in_cells = false,
            Node::Close(_) | Node::Text(_) => {}
            Node::End => break,
        }
        if styles.len() > MOST || codes.len() > MOST {
            return Err(damaged);
        }
    }
    let format = |id: u32| codes.get(&id).copied().unwrap_or_else(|| built_in(id));
    Ok(Styles(styles.into_iter().map(format).collect()))
}

/// Formats that files do not spell out (ECMA-376 part 1, 18.8.30), those of East Asia with them.
fn built_in(id: u32) -> NumberFormat {
    match id {
        14..=22 | 27..=36 | 45..=47 | 50..=58 => NumberFormat::Date,
        _ => NumberFormat::Plain,
    }
}

/// What a format's code makes of a number that is not negative: the code up to its first semicolon.
fn format_of(code: &str) -> NumberFormat {
    let (mut zeros, mut others) = (0_u8, false);
    let mut rest = code.chars();
    while let Some(c) = rest.next() {
        match c {
            ';' => break,
            '"' => rest.by_ref().take_while(|c| *c != '"').for_each(drop),
            // The character behind these is shown, left as room or repeated.
            '\\' | '_' | '*' => drop(rest.next()),
            '[' => {
                // Of what stands in brackets, only a span of time is more than a colour, a condition or a country.
                let inner: String = rest.by_ref().take_while(|c| *c != ']').collect();
                if !inner.is_empty() && inner.chars().all(|c| matches!(c.to_ascii_lowercase(), 'h' | 'm' | 's')) {
                    return NumberFormat::Date;
                }
            }
            '0' => zeros = zeros.saturating_add(1),
            'G' | 'g' if is_general(c, rest.as_str()) => return NumberFormat::Plain,
            'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' | 's' | 'S' => return NumberFormat::Date,
            '#' | '?' | '.' | ',' | '%' | 'E' | 'e' | '/' | '@' => others = true,
            _ => {}
        }
    }
    if zeros > 1 && !others { NumberFormat::Zeros(zeros) } else { NumberFormat::Plain }
}

fn is_general(first: char, rest: &str) -> bool {
    first.eq_ignore_ascii_case(&'g') && rest.get(..6).is_some_and(|rest| rest.eq_ignore_ascii_case("eneral"))
}

#[cfg(test)]
mod tests {
    use super::{NumberFormat, format_of};

    #[test]
    fn a_format_is_zeros_a_date_or_nothing_that_matters() {
        let cases = [
            ("0000", NumberFormat::Zeros(4)),
            ("000000;-000000", NumberFormat::Zeros(6)),
            ("[$-407]00000", NumberFormat::Zeros(5)),
            ("\"PIN \"0000", NumberFormat::Zeros(4)),
            ("000\\-000", NumberFormat::Zeros(6)),
            ("0", NumberFormat::Plain),
            ("0.00", NumberFormat::Plain),
            ("#,##0", NumberFormat::Plain),
            ("00.0E+00", NumberFormat::Plain),
            ("General", NumberFormat::Plain),
            ("[Red]0", NumberFormat::Plain),
            ("@", NumberFormat::Plain),
            ("\"dd\"0", NumberFormat::Plain),
            ("dd/mm/yyyy", NumberFormat::Date),
            ("[$-F800]dddd\\,\\ mmmm", NumberFormat::Date),
            ("[h]:mm", NumberFormat::Date),
            ("h:mm AM/PM", NumberFormat::Date),
            ("yyyy\\-mm", NumberFormat::Date),
        ];
        for (code, expected) in cases {
            assert_eq!(format_of(code), expected, "{code}");
        }
    }
}
