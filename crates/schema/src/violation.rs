//! What can be wrong with a value, and the sentence a person reads about it. The sentences stand in
//! `data/words/violations.en.json`; this file only fills them in.

use std::sync::OnceLock;

use serde_json::Value;

/// One fault of a body or of a parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// JSON Pointer into the body, or the name of a parameter.
    pub pointer: String,
    /// What is wrong there.
    pub violation: Violation,
}

/// What is wrong with a value. Lengths count characters (Unicode scalar values), sizes count items.
#[derive(Clone, Debug, PartialEq)]
pub enum Violation {
    /// Not of the type that the schema names: `boolean`, `integer`, `number`, `string`, `array` or `object`.
    WrongType(&'static str),
    /// Not one of the values that the vendor knows.
    NotAChoice,
    /// Below this.
    TooSmall(i64),
    /// Above this.
    TooLarge(i64),
    /// Shorter than this.
    TooShort(u64),
    /// Longer than this.
    TooLong(u64),
    /// Fewer items than this.
    TooFew(u64),
    /// More items than this.
    TooMany(u64),
    /// Not an e-mail address.
    NotAnEmail,
    /// Not a moment.
    NotAMoment,
    /// A PIN with something else than digits.
    PinNotDigits,
    /// A passcode with something else than letters and digits.
    PinNotLetters,
    /// A passcode with something else than letters, digits and these signs.
    PinNotSigns(String),
    /// A PIN that does not have so many digits.
    PinLength(u64),
    /// A PIN whose digits run upward.
    PinRunsUp,
    /// A PIN whose digits run downward.
    PinRunsDown,
    /// A PIN of one digit repeated.
    PinRepeats,
    /// A member that must be there is not.
    Missing,
    /// A member or parameter that the operation does not have.
    Unknown,
    /// A member or parameter that the caller's role may not set.
    NotForRole,
}

impl Violation {
    /// Stable name, also the key of its sentence.
    pub fn key(&self) -> &'static str {
        match self {
            Self::WrongType("boolean") => "not_a_switch",
            Self::WrongType("integer") => "not_an_integer",
            Self::WrongType("number") => "not_a_number",
            Self::WrongType("string") => "not_a_text",
            Self::WrongType("array") => "not_a_list",
            Self::WrongType(_) => "not_an_object",
            Self::NotAChoice => "not_a_choice",
            Self::TooSmall(_) => "too_small",
            Self::TooLarge(_) => "too_large",
            Self::TooShort(_) => "too_short",
            Self::TooLong(_) => "too_long",
            Self::TooFew(_) => "too_few",
            Self::TooMany(_) => "too_many",
            Self::NotAnEmail => "not_an_email",
            Self::NotAMoment => "not_a_moment",
            Self::PinNotDigits => "pin_not_digits",
            Self::PinNotLetters => "pin_not_letters",
            Self::PinNotSigns(_) => "pin_not_signs",
            Self::PinLength(_) => "pin_length",
            Self::PinRunsUp => "pin_runs_up",
            Self::PinRunsDown => "pin_runs_down",
            Self::PinRepeats => "pin_repeats",
            Self::Missing => "missing",
            Self::Unknown => "unknown",
            Self::NotForRole => "not_for_role",
        }
    }

    /// What is wrong and what to do, for a person.
    pub fn sentence(&self) -> String {
        static SENTENCES: OnceLock<Value> = OnceLock::new();
        let sentences = SENTENCES
            .get_or_init(|| serde_json::from_str(include_str!("../data/words/violations.en.json")).unwrap_or_default());
        let sentence = sentences.get(self.key()).and_then(Value::as_str).unwrap_or(self.key());
        match self {
            Self::TooSmall(limit) | Self::TooLarge(limit) => sentence.replace("{limit}", &limit.to_string()),
            Self::TooShort(limit)
            | Self::TooLong(limit)
            | Self::TooFew(limit)
            | Self::TooMany(limit)
            | Self::PinLength(limit) => sentence.replace("{limit}", &limit.to_string()),
            Self::PinNotSigns(signs) => sentence.replace("{signs}", signs),
            _ => sentence.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentence_every_violation_has_words_and_its_limit() {
        let all = [
            Violation::WrongType("boolean"),
            Violation::WrongType("integer"),
            Violation::WrongType("number"),
            Violation::WrongType("string"),
            Violation::WrongType("array"),
            Violation::WrongType("object"),
            Violation::NotAChoice,
            Violation::TooSmall(17),
            Violation::TooLarge(17),
            Violation::TooShort(17),
            Violation::TooLong(17),
            Violation::TooFew(17),
            Violation::TooMany(17),
            Violation::NotAnEmail,
            Violation::NotAMoment,
            Violation::PinNotDigits,
            Violation::PinNotLetters,
            Violation::PinNotSigns("@*".to_owned()),
            Violation::PinLength(17),
            Violation::PinRunsUp,
            Violation::PinRunsDown,
            Violation::PinRepeats,
            Violation::Missing,
            Violation::Unknown,
            Violation::NotForRole,
        ];
        for violation in all {
            let sentence = violation.sentence();
            assert!(sentence.ends_with('.') && !sentence.contains('{'), "{violation:?}: {sentence}");
            assert_eq!(format!("{violation:?}").contains("(17)"), sentence.contains("17"), "{sentence}");
        }
    }
}
