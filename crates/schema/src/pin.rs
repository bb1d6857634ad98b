//! PINs and passcodes: what is wrong with one, and a new one that nobody guesses first. Randomness comes from the caller.
//! The rules for PINs are Webex's (digits of the site's length, no run up or down, not one digit repeated); a generated PIN
//! also keeps away from years and days, which people try first. A passcode is of letters and digits; a generated one has
//! none that are taken for another when they are read out or written down.

use crate::node::Pin;
use crate::violation::Violation;

/// Length of a generated passcode, where more fits.
const USUAL_LETTERS: u64 = 8;
/// Letters and digits without those that look like another: no 0, O, o, no 1, I, l.
const CLEAR: &[u8; 56] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz";

/// Everything that is wrong with a PIN or a passcode, the length last.
pub fn check(rule: &Pin, text: &str, min: Option<u64>, max: Option<u64>) -> Vec<Violation> {
    let mut wrong = Vec::new();
    if rule.letters {
        let fits = |sign: char| sign.is_ascii_alphanumeric() || rule.signs.contains(sign);
        if !text.chars().all(fits) {
            wrong.push(if rule.signs.is_empty() {
                Violation::PinNotLetters
            } else {
                Violation::PinNotSigns(rule.signs.clone())
            });
        }
    } else if text.bytes().all(|byte| byte.is_ascii_digit()) {
        wrong.extend(pattern(text));
    } else {
        wrong.push(Violation::PinNotDigits);
    }
    let length = text.chars().count() as u64;
    if let Some(limit) = min.filter(|min| length < *min).or(max.filter(|max| length > *max)) {
        wrong.push(if min == max {
            Violation::PinLength(limit)
        } else if length < limit {
            Violation::TooShort(limit)
        } else {
            Violation::TooLong(limit)
        });
    }
    wrong
}

/// A new one for a field with that rule and those lengths; `byte` answers random bytes. None when `byte` fails.
pub fn fresh(rule: &Pin, min: Option<u64>, max: Option<u64>, byte: &mut dyn FnMut() -> Option<u8>) -> Option<String> {
    let shortest = min.unwrap_or(1);
    let length =
        if rule.letters { USUAL_LETTERS.clamp(shortest, max.unwrap_or(u64::MAX).max(shortest)) } else { shortest };
    generate(rule.letters, usize::try_from(length).ok()?, byte)
}

/// One of so many digits that passes [`check`] and looks like no year and no day, or of so many letters and digits, with
/// both cases and a digit where there is room: what accounts ask of passcodes. `byte`
/// answers random bytes; they are used so that each sign is as likely as any other. None when `byte` fails.
pub fn generate(letters: bool, length: usize, byte: &mut dyn FnMut() -> Option<u8>) -> Option<String> {
    if letters {
        loop {
            let passcode = drawn(CLEAR, length, byte)?;
            let has = |kind: fn(&u8) -> bool| passcode.bytes().any(|sign| kind(&sign));
            if length < 3 || (has(u8::is_ascii_digit) && has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase)) {
                return Some(passcode);
            }
        }
    }
    loop {
        let pin = drawn(b"0123456789", length, byte)?;
        if length < 3 || (pattern(&pin).is_none() && !is_guessable(&pin)) {
            return Some(pin);
        }
    }
}

/// So many of these signs.
fn drawn(signs: &[u8], length: usize, byte: &mut dyn FnMut() -> Option<u8>) -> Option<String> {
    // Bytes beyond the largest multiple of their number would make the first signs likelier.
    let end = 256 / signs.len() * signs.len();
    let mut text = String::with_capacity(length);
    while text.len() < length {
        let drawn = usize::from(byte()?);
        if let Some(sign) = signs.get(drawn % signs.len()).filter(|_| drawn < end) {
            text.push(char::from(*sign));
        }
    }
    Some(text)
}

/// The pattern that a PIN follows, if it does. A single digit follows none.
fn pattern(pin: &str) -> Option<Violation> {
    let steps = |by: i16| {
        let bytes = pin.as_bytes();
        bytes.len() > 1 && bytes.windows(2).all(|pair| matches!(pair, [a, b] if i16::from(*b) - i16::from(*a) == by))
    };
    match () {
        () if steps(1) => Some(Violation::PinRunsUp),
        () if steps(-1) => Some(Violation::PinRunsDown),
        () if steps(0) => Some(Violation::PinRepeats),
        () => None,
    }
}

/// Years of living people, days as day-month or month-day, a pair repeated, and two runs of one digit.
fn is_guessable(pin: &str) -> bool {
    let number = |from: usize, to: usize| pin.get(from..to).and_then(|part| part.parse::<u32>().ok());
    let is_year = |from: usize| number(from, from + 4).is_some_and(|year| (1900..=2039).contains(&year));
    let is_day = |from: usize| {
        let pair = number(from, from + 2).zip(number(from + 2, from + 4));
        let day = |day: u32, month: u32| (1..=31).contains(&day) && (1..=12).contains(&month);
        pair.is_some_and(|(a, b)| day(a, b) || day(b, a))
    };
    let half = pin.len() / 2;
    let doubled = pin.len().is_multiple_of(2) && pin.get(..half) == pin.get(half..);
    // A bit for each digit: a set would be many times as much code in the console.
    let few = pin.bytes().fold(0_u16, |seen, digit| seen | 1 << (digit % 16)).count_ones() < 3;
    doubled
        || few
        || match pin.len() {
            4 => is_year(0) || is_day(0),
            6 | 8 => is_day(0) || is_year(0) || is_year(pin.len() - 4),
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters() -> Pin {
        Pin { letters: true, ..Pin::default() }
    }

    /// Bytes that repeat with every run.
    fn bytes() -> impl FnMut() -> Option<u8> {
        let mut state = 7_u32;
        move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes().first().copied()
        }
    }

    #[test]
    fn check_of_a_passcode_names_foreign_signs_and_the_length() {
        let of = |text: &str| check(&letters(), text, Some(1), Some(16));
        assert!(["connect12", "1234", "aaaa", "A", &"z".repeat(16)].iter().all(|text| of(text).is_empty()));
        assert_eq!(of("pass code"), [Violation::PinNotLetters]);
        assert_eq!(of("grüße"), [Violation::PinNotLetters]);
        assert_eq!(of(""), [Violation::TooShort(1)]);
        assert_eq!(of(&"ß".repeat(17)), [Violation::PinNotLetters, Violation::TooLong(16)]);
    }

    #[test]
    fn fresh_passcodes_fit_and_have_no_signs_that_look_like_others() {
        let mut byte = bytes();
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..2_000 {
            let passcode = fresh(&letters(), Some(1), Some(16), &mut byte).expect("bytes are there");
            assert_eq!(passcode.len(), 8);
            assert!(check(&letters(), &passcode, Some(1), Some(16)).is_empty(), "{passcode}");
            assert!(!passcode.contains(['0', 'O', 'o', '1', 'I', 'l']), "{passcode}");
            seen.extend(passcode.chars());
        }
        assert_eq!(seen.len(), CLEAR.len(), "every sign occurs");
        let length = |min, max| fresh(&letters(), min, max, &mut bytes()).map(|passcode| passcode.len());
        assert_eq!(
            (length(None, Some(4)), length(Some(10), None), length(Some(3), Some(3))),
            (Some(4), Some(10), Some(3))
        );
        assert_eq!(fresh(&Pin::default(), Some(6), Some(6), &mut byte).map(|pin| pin.len()), Some(6));
        assert_eq!(fresh(&letters(), None, None, &mut || None), None);
    }

    #[test]
    fn check_names_the_pattern_and_the_length() {
        let of = |pin: &str| check(&Pin::default(), pin, Some(4), Some(4));
        assert_eq!(of("1234"), [Violation::PinRunsUp]);
        assert_eq!(of("4321"), [Violation::PinRunsDown]);
        assert_eq!(of("1111"), [Violation::PinRepeats]);
        assert_eq!(of("12a4"), [Violation::PinNotDigits]);
        assert_eq!(of("123"), [Violation::PinRunsUp, Violation::PinLength(4)]);
        assert_eq!(of("48291"), [Violation::PinLength(4)]);
        assert_eq!(of(""), [Violation::PinLength(4)]);
        assert_eq!(check(&Pin::default(), "482", Some(4), Some(10)), [Violation::TooShort(4)]);
        assert!(of("0482").is_empty() && of("9012").is_empty());
    }

    #[test]
    fn generate_passes_the_check_and_is_no_day_and_no_year() {
        let mut byte = bytes();
        for digits in [4, 6, 8, 12] {
            for _ in 0..2_000 {
                let pin = generate(false, digits, &mut byte).expect("bytes are there");
                let length = Some(digits as u64);
                assert!(check(&Pin::default(), &pin, length, length).is_empty() && !is_guessable(&pin), "{pin}");
            }
        }
        assert!(is_guessable("1987") && is_guessable("3112") && is_guessable("1231") && is_guessable("4848"));
        assert!(is_guessable("120685") && is_guessable("4477") && !is_guessable("4829"));
    }

    #[test]
    fn generate_without_randomness_is_none() {
        assert_eq!(generate(false, 4, &mut || None), None);
    }
}
