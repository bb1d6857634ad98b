//! How the characters of a text are written. Must not replace what cannot be read: a changed name is worse than none.

use std::borrow::Cow;

use crate::fault::{Content, SheetFault};
use crate::sheet::Encoding;

/// How much of a text is looked at for the zeros that UTF-16 leaves.
const SAMPLE_BYTES: usize = 64 << 10;

/// The text, and how it was written.
pub(super) fn decode(bytes: &[u8]) -> Result<(Encoding, Cow<'_, str>), SheetFault> {
    if let Some(bytes) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        // Some programs put the mark before whatever they write.
        return Ok(utf8(bytes).unwrap_or_else(|| windows(bytes)));
    }
    if let Some(bytes) = bytes.strip_prefix(b"\xff\xfe") {
        return utf16(bytes, Encoding::Utf16Le);
    }
    if let Some(bytes) = bytes.strip_prefix(b"\xfe\xff") {
        return utf16(bytes, Encoding::Utf16Be);
    }
    let sample = bytes.get(..SAMPLE_BYTES).unwrap_or(bytes);
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if even + odd == 0 && !bytes.contains(&0) {
        return Ok(utf8(bytes).unwrap_or_else(|| windows(bytes)));
    }
    // No table holds a zero byte, so this is UTF-16 or no text at all; separators and line ends tell which byte is
    // first.
    if odd > 4 * even {
        utf16(bytes, Encoding::Utf16Le)
    } else if even > 4 * odd {
        utf16(bytes, Encoding::Utf16Be)
    } else {
        Err(SheetFault::NotATable { content: Content::Binary })
    }
}

fn utf8(bytes: &[u8]) -> Option<(Encoding, Cow<'_, str>)> {
    Some((Encoding::Utf8, Cow::Borrowed(std::str::from_utf8(bytes).ok()?)))
}

fn windows(bytes: &[u8]) -> (Encoding, Cow<'_, str>) {
    (Encoding::Windows1252, encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0)
}

fn utf16(bytes: &[u8], encoding: Encoding) -> Result<(Encoding, Cow<'_, str>), SheetFault> {
    let decoder = match encoding {
        Encoding::Utf16Be => encoding_rs::UTF_16BE,
        _ => encoding_rs::UTF_16LE,
    };
    let text = decoder.decode_without_bom_handling_and_without_replacement(bytes).ok_or(SheetFault::Undecodable)?;
    Ok((encoding, text))
}
