//! Host PINs: what is wrong with one, and a new one that nobody guesses first. Randomness comes from the caller. The rules
//! are Webex's (digits of the site's length, no run up or down, not one digit repeated); a generated PIN also keeps away
//! from years and days, which people try first.

use crate::violation::Violation;

/// Everything that is wrong with a PIN, the length last.
pub fn check(pin: &str, min: Option<u64>, max: Option<u64>) -> Vec<Violation> {
    if !pin.bytes().all(|byte| byte.is_ascii_digit()) {
        return vec![Violation::PinNotDigits];
    }
    let mut wrong: Vec<Violation> = pattern(pin).into_iter().collect();
    let length = pin.len() as u64;
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

/// A PIN of so many digits that passes [`check`] and looks like no year and no day. `byte` answers random bytes; they are
/// used so that every digit is as likely as any other. None when `byte` fails.
pub fn generate(digits: usize, byte: &mut dyn FnMut() -> Option<u8>) -> Option<String> {
    loop {
        let mut pin = String::with_capacity(digits);
        while pin.len() < digits {
            // 250 is the largest multiple of ten below 256.
            let drawn = byte()?;
            if drawn < 250 {
                pin.push(char::from(b'0' + drawn % 10));
            }
        }
        let plain = digits < 3 || (pattern(&pin).is_none() && !is_guessable(&pin));
        if plain {
            return Some(pin);
        }
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
    let few = pin.bytes().collect::<std::collections::BTreeSet<_>>().len() < 3.min(pin.len());
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

    #[test]
    fn check_names_the_pattern_and_the_length() {
        let of = |pin: &str| check(pin, Some(4), Some(4));
        assert_eq!(of("1234"), [Violation::PinRunsUp]);
        assert_eq!(of("4321"), [Violation::PinRunsDown]);
        assert_eq!(of("1111"), [Violation::PinRepeats]);
        assert_eq!(of("12a4"), [Violation::PinNotDigits]);
        assert_eq!(of("123"), [Violation::PinRunsUp, Violation::PinLength(4)]);
        assert_eq!(of("48291"), [Violation::PinLength(4)]);
        assert_eq!(of(""), [Violation::PinLength(4)]);
        assert_eq!(check("482", Some(4), Some(10)), [Violation::TooShort(4)]);
        assert!(of("0482").is_empty() && of("9012").is_empty());
    }

    #[test]
    fn generate_passes_the_check_and_is_no_day_and_no_year() {
        let mut state = 7_u32;
        let mut byte = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes().first().copied()
        };
        for digits in [4, 6, 8, 12] {
            for _ in 0..2_000 {
                let pin = generate(digits, &mut byte).expect("bytes are there");
                let length = Some(digits as u64);
                assert!(check(&pin, length, length).is_empty() && !is_guessable(&pin), "{pin}");
            }
        }
        assert!(is_guessable("1987") && is_guessable("3112") && is_guessable("1231") && is_guessable("4848"));
        assert!(is_guessable("120685") && is_guessable("4477") && !is_guessable("4829"));
    }

    #[test]
    fn generate_without_randomness_is_none() {
        assert_eq!(generate(4, &mut || None), None);
    }
}
