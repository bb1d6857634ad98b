//! A number as a person reads it: digits, never `1234.0` or an exponent where it is whole. Works on digits alone; must
//! not go through a float, which would change them.

use super::styles::NumberFormat;
use crate::row::Mark;

/// Excel keeps so many digits and puts zeros for the others.
const EXACT_DIGITS: usize = 15;
/// The largest number in a workbook has 309 digits.
const MOST_DIGITS: i32 = 310;

/// What a cell shows that holds this number.
pub(super) fn shown(raw: &str, format: NumberFormat) -> (String, Option<Mark>) {
    let raw = raw.trim();
    if format == NumberFormat::Date {
        return (raw.to_owned(), Some(Mark::Date));
    }
    let Some((negative, digits)) = whole(raw) else { return (raw.to_owned(), None) };
    let mark = (digits.len() > EXACT_DIGITS).then_some(Mark::Rounded);
    let width = match format {
        NumberFormat::Zeros(width) => usize::from(width),
        NumberFormat::Plain | NumberFormat::Date => 0,
    };
    let sign = if negative && digits != "0" { "-" } else { "" };
    (format!("{sign}{digits:0>width$}"), mark)
}

/// The digits of a whole number however it is written; nothing for any other.
fn whole(raw: &str) -> Option<(bool, String)> {
    let (negative, rest) = match raw.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, raw.strip_prefix('+').unwrap_or(raw)),
    };
    let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (rest, 0),
    };
    let (before, behind) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mut digits = format!("{before}{behind}");
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // Where the point stands among the digits.
    let point = i32::try_from(before.len()).ok()?.checked_add(exponent)?;
    if !(0..=MOST_DIGITS).contains(&point) {
        return digits.bytes().all(|byte| byte == b'0').then(|| (false, "0".to_owned()));
    }
    let point = usize::try_from(point).ok()?;
    if digits.get(point..).is_some_and(|rest| rest.bytes().any(|byte| byte != b'0')) {
        return None;
    }
    digits.truncate(point);
    digits.extend(std::iter::repeat_n('0', point - digits.len()));
    let bare = digits.trim_start_matches('0');
    Some((negative, if bare.is_empty() { "0".to_owned() } else { bare.to_owned() }))
}

#[cfg(test)]
mod tests {
    use super::{Mark, NumberFormat, shown};

    #[test]
    fn whole_numbers_are_digits_and_others_stay_as_written() {
        let cases = [
            ("1234", "1234"),
            ("1234.0", "1234"),
            ("1.234E3", "1234"),
            ("1.2345678901234E+14", "123456789012340"),
            ("-42", "-42"),
            ("-0", "0"),
            ("0E+999", "0"),
            ("12.5", "12.5"),
            ("1E-3", "1E-3"),
            ("1E+400", "1E+400"),
            ("0.30000000000000004", "0.30000000000000004"),
            (" 7 ", "7"),
            ("nonsense", "nonsense"),
            ("1E+99999999999", "1E+99999999999"),
            (".", "."),
        ];
        for (raw, expected) in cases {
            assert_eq!(shown(raw, NumberFormat::Plain), (expected.to_owned(), None), "{raw}");
        }
    }

    #[test]
    fn zeros_of_the_format_are_kept_and_dates_marked() {
        assert_eq!(shown("42", NumberFormat::Zeros(4)), ("0042".to_owned(), None));
        assert_eq!(shown("4.2E1", NumberFormat::Zeros(4)), ("0042".to_owned(), None));
        assert_eq!(shown("12345", NumberFormat::Zeros(4)), ("12345".to_owned(), None));
        assert_eq!(shown("45292", NumberFormat::Date), ("45292".to_owned(), Some(Mark::Date)));
    }

    #[test]
    fn more_digits_than_excel_keeps_are_marked() {
        assert_eq!(
            shown("1.2345678901234501E+17", NumberFormat::Plain),
            ("123456789012345010".to_owned(), Some(Mark::Rounded))
        );
    }
}
