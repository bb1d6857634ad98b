//! What a file is, from its first bytes. Must not believe its name: half of all `.xls` files are something else.

use crate::fault::{Content, SheetFault};

const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// How far a byte order mark and a declaration may push what a text begins with.
const HEAD_BYTES: usize = 512;

/// What can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Zip,
}

/// What the bytes are; a fault when they are something that cannot be read.
pub(crate) fn of(bytes: &[u8]) -> Result<Kind, SheetFault> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Ok(Kind::Zip);
    }
    if bytes.starts_with(OLE) {
        // A locked workbook of today is a stream of this name, in UTF-16, inside of the container of old.
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let locked = bytes.windows(name.len()).any(|window| window == name);
        return Err(if locked { SheetFault::Protected } else { SheetFault::OldExcel });
    }
    if bytes.starts_with(b"%PDF") {
        return Err(SheetFault::NotATable { content: Content::Pdf });
    }
    let head = bytes.get(..HEAD_BYTES).unwrap_or(bytes);
    // Without its zeros UTF-16 of markup reads like any other.
    let head: Vec<u8> = head.iter().filter(|byte| **byte != 0).map(u8::to_ascii_lowercase).collect();
    let at = head.iter().position(|byte| *byte < 0x80 && !byte.is_ascii_whitespace()).unwrap_or(head.len());
    let head = head.get(at..).unwrap_or_default();
    if [&b"<!doctype"[..], b"<html", b"<table", b"<?xml", b"<meta", b"<head"].iter().any(|one| head.starts_with(one)) {
        return Err(SheetFault::NotATable { content: Content::Markup });
    }
    Ok(Kind::Text)
}
