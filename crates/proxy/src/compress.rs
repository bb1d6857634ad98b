//! Brotli, for what is compressed once and sent often. Must not compress secrets beside what a caller chose.

use std::io::{Read, Write};

use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, VARY};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use bytes::Bytes;

/// A good trade at run time; files of the console are compressed harder when the program is built.
const QUALITY: u32 = 5;
const WINDOW: u32 = 22;
const BUFFER: usize = 16 * 1024;

/// Content in both forms.
#[derive(Clone, Debug)]
pub struct Compressed {
    plain: Bytes,
    brotli: Bytes,
}

impl Compressed {
    /// Compresses.
    pub fn new(plain: Bytes) -> Self {
        let mut brotli = Vec::new();
        {
            let mut writer = brotli::CompressorWriter::new(&mut brotli, BUFFER, QUALITY, WINDOW);
            // Writing into memory does not fail.
            let _ = writer.write_all(&plain);
        }
        Self { plain, brotli: brotli.into() }
    }

    /// An answer in the form that the caller understands.
    pub fn answer(&self, asked: &HeaderMap) -> Response {
        if accepts_brotli(asked) { answer(self.brotli.clone(), true) } else { answer(self.plain.clone(), false) }
    }
}

/// An answer with a body in either form.
pub fn answer(body: Bytes, is_brotli: bool) -> Response {
    let mut response = Response::new(body.into());
    response.headers_mut().insert(VARY, HeaderValue::from_static("accept-encoding"));
    if is_brotli {
        response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    response
}

/// Whether the caller understands Brotli.
pub fn accepts_brotli(headers: &HeaderMap) -> bool {
    headers
        .get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|coding| {
            let mut parts = coding.split(';').map(str::trim);
            let is_brotli = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("br"));
            is_brotli && !parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
        })
}

/// Undoes Brotli; `None` when it is none.
pub fn expand(brotli: &[u8]) -> Option<Vec<u8>> {
    let mut plain = Vec::new();
    brotli::Decompressor::new(brotli, BUFFER).read_to_end(&mut plain).ok()?;
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_compressed_comes_back() {
        let content = Compressed::new(Bytes::from_static(b"a settings form, a settings form"));
        assert_eq!(expand(&content.brotli).as_deref(), Some(&content.plain[..]));
    }

    #[test]
    fn brotli_is_sent_only_to_those_who_want_it() {
        let accepts = |value: &'static str| {
            accepts_brotli(&HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(value))]))
        };
        assert!(accepts("gzip, deflate, br, zstd"));
        assert!(accepts("br;q=0.5"));
        assert!(!accepts("gzip, br;q=0"));
        assert!(!accepts_brotli(&HeaderMap::new()));
    }
}
