//! Instants as Veeting writes them: ISO 8601 in UTC, to the millisecond. Must not know any other form or zone.

use super::calendar::Date;
use crate::clock::Timestamp;

const DAY_MS: u64 = 86_400_000;
/// What a text has to be to be read.
pub(super) const EXPECTED: &str = "an instant such as 2026-03-01T10:00:00.000Z";

pub(super) fn written(at: Timestamp) -> String {
    let seconds = at.to_string();
    format!("{}.{:03}Z", seconds.trim_end_matches('Z'), at.millis() % 1000)
}

/// An instant since 1970; the milliseconds may be left out.
pub(super) fn read(text: &str) -> Option<Timestamp> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let (clock, ms) = time.split_once('.').unwrap_or((time, "000"));
    let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
    let [hour, minute, second] = numbers(clock, ':', [2, 2, 2])?;
    let days = Date { year, month, day }.days()?;
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let of_day = ((hour * 60 + minute) * 60 + second) * 1000 + number(ms, 3)?;
    Some(Timestamp::from_millis(days * DAY_MS + of_day))
}

fn numbers(text: &str, separator: char, lengths: [usize; 3]) -> Option<[u64; 3]> {
    let mut parts = text.split(separator);
    let mut found = [0; 3];
    for (place, length) in found.iter_mut().zip(lengths) {
        *place = number(parts.next()?, length)?;
    }
    parts.next().is_none().then_some(found)
}

fn number(text: &str, length: usize) -> Option<u64> {
    let is_one = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_one { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::{read, written};

    #[test]
    fn what_is_read_is_written_the_same() {
        for text in ["2024-04-07T09:00:00.000Z", "1970-01-01T00:00:00.000Z", "2024-02-29T23:59:59.999Z"] {
            assert_eq!(read(text).map(written).as_deref(), Some(text));
        }
        assert_eq!(read("2024-04-07T09:00:00Z").map(written).as_deref(), Some("2024-04-07T09:00:00.000Z"));
    }

    #[test]
    fn other_forms_are_no_instants() {
        for text in [
            "",
            "2024-04-07",
            "2024-04-07T09:00:00.000",
            "2024-04-07T09:00:00.000+01:00",
            "2024-04-07 09:00:00.000Z",
            "2024-04-07T09:00:00.00Z",
            "2024-04-31T09:00:00.000Z",
            "2024-04-07T24:00:00.000Z",
            "2024-04-07T09:60:00.000Z",
            "24-04-07T09:00:00.000Z",
            "2024-04-07-01T09:00:00.000Z",
            "2024-04-07T+9:00:00.000Z",
            "1969-12-31T23:59:59.999Z",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
