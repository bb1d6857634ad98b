//! When a vendor says to come back: seconds, an HTTP date, an ISO date (Zoom), or nonsense.

use std::time::{Duration, UNIX_EPOCH};

use crate::clock::{UnixMs, parse_rfc3339};

/// When nothing sensible is said.
const FALLBACK_MS: i64 = 30_000;
/// Never sooner, whatever is said: the vendor has just refused.
const SOONEST_MS: i64 = 1_000;
/// Never later: a slip of the vendor must not stop us for a week.
const LATEST_MS: i64 = 25 * 3_600_000;

/// The time to try again.
pub fn parse(value: Option<&str>, now_ms: UnixMs) -> UnixMs {
    let at_ms = value.map(str::trim).and_then(|value| seconds(value, now_ms).or_else(|| date(value)));
    at_ms.unwrap_or(now_ms + FALLBACK_MS).clamp(now_ms + SOONEST_MS, now_ms + LATEST_MS)
}

fn seconds(value: &str, now_ms: UnixMs) -> Option<UnixMs> {
    if value.is_empty() || !value.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // More digits than fit are a long time.
    let seconds = value.parse::<i64>().unwrap_or(i64::MAX);
    Some(now_ms.saturating_add(seconds.saturating_mul(1_000)))
}

fn date(value: &str) -> Option<UnixMs> {
    parse_rfc3339(value).or_else(|| {
        let since: Duration = httpdate::parse_http_date(value).ok()?.duration_since(UNIX_EPOCH).ok()?;
        i64::try_from(since.as_millis()).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2020-05-31T00:00:00Z
    const NOW: UnixMs = 1_590_883_200_000;

    #[test]
    fn seconds_http_dates_and_iso_dates_are_read() {
        assert_eq!(parse(Some("120"), NOW), NOW + 120_000);
        assert_eq!(parse(Some(" 2020-05-31T00:01:00Z "), NOW), NOW + 60_000);
        assert_eq!(parse(Some("2020-05-31T02:01:00+02:00"), NOW), NOW + 60_000);
        assert_eq!(parse(Some("Sun, 31 May 2020 00:02:00 GMT"), NOW), NOW + 120_000);
    }

    #[test]
    fn nonsense_and_silence_become_a_short_pause() {
        for value in [None, Some(""), Some("soon"), Some("-5"), Some("1.5"), Some("2020-13-77T00:00:00Z")] {
            assert_eq!(parse(value, NOW), NOW + FALLBACK_MS, "{value:?}");
        }
    }

    #[test]
    fn the_past_and_the_far_future_are_bounded() {
        assert_eq!(parse(Some("0"), NOW), NOW + SOONEST_MS);
        assert_eq!(parse(Some("2001-01-01T00:00:00Z"), NOW), NOW + SOONEST_MS);
        assert_eq!(parse(Some("99999999999999999999999"), NOW), NOW + LATEST_MS);
        assert_eq!(parse(Some("2999-01-01T00:00:00Z"), NOW), NOW + LATEST_MS);
    }
}
