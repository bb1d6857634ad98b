//! The part of an address behind the question mark, decoded strictly. Must not know what the names mean.

use percent_encoding::percent_decode_str;

use super::fault::{Fault, Kind};
use crate::words::Words;

/// Names and values in order, each decoded once.
pub(crate) fn pairs(words: &Words, raw: &str) -> Result<Vec<(String, String)>, Fault> {
    let decode = |text: &str| {
        let spaced = text.replace('+', " ");
        let decoded = percent_decode_str(&spaced).decode_utf8().map(std::borrow::Cow::into_owned);
        decoded.map_err(|_| Fault::new(Kind::BadRequest).detail(&words.details.query_encoding))
    };
    let split = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        Ok((decode(name)?, decode(value)?))
    };
    raw.split('&').filter(|pair| !pair.is_empty()).map(split).collect()
}
