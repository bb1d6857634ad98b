//! Pages of a list, as RFC 5988 has it: the address of the next one in a `Link` header, with a cursor in it.
//! Must not keep anything: a cursor carries its own position and filters, with a check sum.

use axum::http::header::LINK;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::call::Call;
use super::errors::WebexError;
use crate::dice::Dice;
use crate::message::Reply;

const DEFAULT: usize = 100;
const MAXIMUM: usize = 1000;

/// The part of a list that was asked for.
pub(super) struct Page<'a> {
    pub(super) start: usize,
    pub(super) size: usize,
    /// Names the list and its filters: a cursor fits only the list that it came from.
    list: &'a str,
    seed: u64,
}

impl<'a> Page<'a> {
    pub(super) fn asked(call: &Call<'_>, list: &'a str, seed: u64) -> Result<Self, WebexError> {
        let size = match call.query("max") {
            None => DEFAULT,
            Some(text) => text.parse().map_err(|_| WebexError::Parameter("max"))?,
        };
        if size == 0 || size > MAXIMUM {
            return Err(WebexError::Parameter("max"));
        }
        let start = match call.query("cursor") {
            None => 0,
            Some(text) => read(text, list, seed).ok_or(WebexError::Parameter("cursor"))?,
        };
        Ok(Self { start, size, list, seed })
    }

    /// Says where the next page is, if there is one.
    pub(super) fn linked(&self, reply: Reply, call: &Call<'_>, there_is_more: bool) -> Reply {
        if !there_is_more {
            return reply;
        }
        let cursor = write(self.start.saturating_add(self.size), self.list, self.seed);
        reply.with(LINK, format!("<{}>; rel=\"next\"", call.address_with("cursor", &cursor)))
    }
}

fn write(start: usize, list: &str, seed: u64) -> String {
    let start = u64::try_from(start).unwrap_or(u64::MAX);
    let sum = check_sum(start, list, seed);
    URL_SAFE_NO_PAD.encode([(start ^ sum).to_le_bytes(), sum.to_le_bytes()].concat())
}

fn read(cursor: &str, list: &str, seed: u64) -> Option<usize> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
    let (start, sum) = bytes.split_at_checked(8)?;
    let (start, sum) = (u64::from_le_bytes(start.try_into().ok()?), u64::from_le_bytes(sum.try_into().ok()?));
    let start = start ^ sum;
    (sum == check_sum(start, list, seed)).then(|| usize::try_from(start).ok()).flatten()
}

fn check_sum(start: u64, list: &str, seed: u64) -> u64 {
    Dice::of(seed, list, start).throw()
}
