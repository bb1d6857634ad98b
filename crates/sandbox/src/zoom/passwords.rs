//! Whether a password is good enough, by the account's rules.
//! Must not keep a password: sums of former ones are compared.

use super::account::PasswordRules;
use super::rules::Rule;
use crate::dice::Dice;

const GUESSED: [&str; 4] = ["password", "welcome", "letmein", "qwerty"];
/// So many neighbouring characters in a row are a run.
const RUN: usize = 6;

/// What is kept of a password.
pub(super) fn sum(seed: u64, password: &str) -> u64 {
    Dice::of(seed, password, 0).throw()
}

/// The first rule that a password breaks.
pub(super) fn judge(password: &str, rules: &PasswordRules) -> Result<(), Rule> {
    let has = |fits: fn(&char) -> bool| password.chars().any(|letter| fits(&letter));
    let letters: Vec<u32> = password.to_lowercase().chars().map(u32::from).collect();
    let lower = password.to_lowercase();
    let checks = [
        (letters.len() >= rules.length, Rule::PasswordShort(rules.length)),
        (letters.windows(2).any(|pair| pair[0] != pair[1]), Rule::PasswordRepeated),
        (!letters.windows(RUN).any(is_run), Rule::PasswordRun),
        (!GUESSED.iter().any(|word| lower.contains(word)), Rule::PasswordGuessed),
        (!rules.letter || has(|letter| letter.is_alphabetic()), Rule::PasswordLetter),
        (!rules.number || has(char::is_ascii_digit), Rule::PasswordNumber),
        (!rules.special_character || has(|letter| !letter.is_alphanumeric()), Rule::PasswordSpecial),
        (
            !rules.both_cases || has(|letter| letter.is_uppercase()) && has(|letter| letter.is_lowercase()),
            Rule::PasswordCases,
        ),
    ];
    match checks.into_iter().find(|(kept, _)| !kept) {
        Some((_, broken)) => Err(broken),
        None => Ok(()),
    }
}

/// `abcdef` and `654321`.
fn is_run(letters: &[u32]) -> bool {
    letters.windows(2).all(|pair| pair[0] + 1 == pair[1]) || letters.windows(2).all(|pair| pair[1] + 1 == pair[0])
}
