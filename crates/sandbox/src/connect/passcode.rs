//! What a meeting's passcode may be. Must not use the project's own validators: this is the judge that they are
//! measured by.

/// The vendor's longest.
pub(super) const LENGTH: usize = 16;

/// Letters and digits of ASCII, sixteen at most.
pub(super) fn is_allowed(passcode: &str) -> bool {
    passcode.len() <= LENGTH && passcode.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::is_allowed;

    #[test]
    fn letters_and_digits_up_to_sixteen_are_allowed() {
        for (passcode, expect) in [
            ("connect12", true),
            ("7", true),
            ("ABCdef0123456789", true),
            ("ABCdef01234567890", false),
            ("two words", false),
            ("käse", false),
            ("a-b", false),
        ] {
            assert_eq!(is_allowed(passcode), expect, "{passcode}");
        }
    }
}
