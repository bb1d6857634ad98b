//! `_x000D_`: how a workbook writes characters that XML has no way for. Must not touch any other underscore.

use std::borrow::Cow;

/// The text with each `_xHHHH_` as the character it stands for. Halves of pairs belong together; a lone one stays.
pub(super) fn undo(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let pair = match (unit(from), from.get(7..).and_then(unit)) {
            (Some(high), Some(low)) => char::decode_utf16([high, low]).next().and_then(Result::ok),
            _ => None,
        };
        let single = unit(from).and_then(|unit| char::from_u32(u32::from(unit)));
        let (c, taken) = match (single, pair) {
            (Some(c), _) => (Some(c), 7),
            (None, Some(c)) => (Some(c), 14),
            (None, None) => (None, 2),
        };
        match c {
            Some(c) => out.push(c),
            None => out.push_str("_x"),
        }
        rest = from.get(taken..).unwrap_or_default();
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The unit of UTF-16 that an escape at the beginning of the text stands for.
fn unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("_x")?.get(..4)?;
    let is_escape = digits.bytes().all(|byte| byte.is_ascii_hexdigit()) && text.get(6..7) == Some("_");
    is_escape.then(|| u16::from_str_radix(digits, 16).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::undo;

    #[test]
    fn an_escape_becomes_its_character_and_nothing_else_does() {
        let cases = [
            ("a_x000D_b", "a\rb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_xD83D__xDE00_", "😀"),
            ("_xD83D_", "_xD83D_"),
            ("snake_xyz_", "snake_xyz_"),
            ("_x00_", "_x00_"),
            ("_xéé_", "_xéé_"),
        ];
        for (text, expected) in cases {
            assert_eq!(undo(text), expected);
        }
    }
}
