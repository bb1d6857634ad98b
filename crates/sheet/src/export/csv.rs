//! Writes CSV for Excel and for programs: UTF-8 with a byte order mark, without which Excel takes names for
//! Windows-1252; commas; CRLF; quotation marks only where they are needed. Must not write a cell that starts a formula.

use std::io::{self, Write};

use super::guard;
use super::text::printable;

/// Writes a header and rows.
///
/// CSV has no types: Excel shows `0042` as 42 when it opens the file by a double click, which no writer can help. Where
/// that matters, offer [`write_xlsx`](crate::write_xlsx). An apostrophe stands before what would start a formula; our
/// reader takes it off.
pub fn write_csv<R, C>(header: &[&str], rows: impl IntoIterator<Item = R>, out: &mut impl Write) -> io::Result<()>
where
    R: IntoIterator<Item = C>,
    C: AsRef<str>,
{
    out.write_all("\u{feff}".as_bytes())?;
    write_line(header, out)?;
    for row in rows {
        write_line(row, out)?;
    }
    Ok(())
}

fn write_line<C: AsRef<str>>(cells: impl IntoIterator<Item = C>, out: &mut impl Write) -> io::Result<()> {
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            out.write_all(b",")?;
        }
        let cell = printable(cell.as_ref());
        let cell = guard::put(&cell);
        if needs_quotes(&cell) {
            write!(out, "\"{}\"", cell.replace('"', "\"\""))?;
        } else {
            out.write_all(cell.as_bytes())?;
        }
    }
    out.write_all(b"\r\n")
}

/// Also where a reader that guesses could guess wrong: at other separators, at space that it might trim, and at what
/// means something at the very beginning of a file.
fn needs_quotes(cell: &str) -> bool {
    cell.contains(['"', ',', ';', '|', '\t', '\r', '\n'])
        || cell.starts_with(char::is_whitespace)
        || cell.ends_with(char::is_whitespace)
        || cell.starts_with('\u{feff}')
        || cell.get(..4).is_some_and(|name| name.eq_ignore_ascii_case("sep="))
}

#[cfg(test)]
mod tests {
    use super::write_csv;

    #[test]
    fn cells_are_quoted_and_guarded_only_where_needed() {
        let mut out = Vec::new();
        let rows =
            [vec!["anna@example.com", "0042", "a \"b\""], vec!["=1+1", "", "x,y"], vec!["a;=1", "\u{7}", "b\nc"]];
        write_csv(&["E-mail", "PIN", "Note"], rows, &mut out).expect("written");
        assert_eq!(
            String::from_utf8(out).expect("text"),
            "\u{feff}E-mail,PIN,Note\r\nanna@example.com,0042,\"a \"\"b\"\"\"\r\n\
             '=1+1,,\"x,y\"\r\n\"a;'=1\",\u{fffd},\"b\nc\"\r\n"
        );
    }
}
