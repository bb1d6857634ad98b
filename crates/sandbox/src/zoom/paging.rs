//! Pages of a list: size, position and the opaque token of the next page, which is dead after 15 minutes.
//! Must not keep anything: a token carries its own position, list and time, with a check sum.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::call::Call;
use super::errors::ZoomError;
use crate::clock::Timestamp;
use crate::dice::Dice;

const LIFETIME_MS: u64 = 15 * 60 * 1000;

/// What a list allows.
pub(super) struct Sizes {
    pub(super) default: usize,
    pub(super) maximum: usize,
}

/// The part of a list that was asked for.
pub(super) struct Page {
    pub(super) start: usize,
    pub(super) size: usize,
}

impl Page {
    /// `list` names the list and its filters: a token fits only the list that it came from.
    pub(super) fn asked(call: &Call<'_>, list: &str, seed: u64, sizes: &Sizes) -> Result<Self, ZoomError> {
        let size = number(call, "page_size")?.unwrap_or(sizes.default);
        if size == 0 || size > sizes.maximum {
            return Err(ZoomError::Parameter("page_size"));
        }
        let start = match call.query("next_page_token") {
            Some(token) if !token.is_empty() => read(token, list, seed, call.now).ok_or(ZoomError::PageToken)?,
            _ => {
                let page = number(call, "page_number")?.unwrap_or(1);
                page.checked_sub(1).ok_or(ZoomError::Parameter("page_number"))?.saturating_mul(size)
            }
        };
        Ok(Self { start, size })
    }

    /// The token of what follows, or an empty string at the end, as Zoom has it.
    pub(super) fn next_token(&self, total: usize, list: &str, seed: u64, now: Timestamp) -> String {
        let next = self.start.saturating_add(self.size);
        if next >= total { String::new() } else { write(next, list, seed, now) }
    }

    /// The number of this page, from 1.
    pub(super) fn number(&self) -> usize {
        self.start / self.size + 1
    }

    /// How many pages there are.
    pub(super) fn count(&self, total: usize) -> usize {
        total.div_ceil(self.size)
    }
}

fn number(call: &Call<'_>, name: &'static str) -> Result<Option<usize>, ZoomError> {
    call.query(name).map(|text| text.parse().map_err(|_| ZoomError::Parameter(name))).transpose()
}

fn write(start: usize, list: &str, seed: u64, now: Timestamp) -> String {
    let start = u64::try_from(start).unwrap_or(u64::MAX);
    let sum = check_sum(start, now.millis(), list, seed);
    // The position is hidden behind the sum, so that nobody counts pages in tokens.
    let words = [start ^ sum, now.millis() ^ sum, sum];
    URL_SAFE_NO_PAD.encode(words.map(u64::to_le_bytes).concat())
}

fn read(token: &str, list: &str, seed: u64, now: Timestamp) -> Option<usize> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let mut words = bytes.chunks_exact(8).filter_map(|word| word.try_into().ok()).map(u64::from_le_bytes);
    let (start, issued, sum) = (words.next()?, words.next()?, words.next()?);
    let (start, issued) = (start ^ sum, issued ^ sum);
    let alive = issued.saturating_add(LIFETIME_MS) > now.millis();
    let sound = bytes.len() == 24 && sum == check_sum(start, issued, list, seed);
    if sound && alive { usize::try_from(start).ok() } else { None }
}

fn check_sum(start: u64, issued: u64, list: &str, seed: u64) -> u64 {
    Dice::of(seed ^ issued.rotate_left(17), list, start).throw()
}
