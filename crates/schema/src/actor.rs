//! What people are called in the record. A local account is called by its name. Whom somebody else vouches for is called
//! `NAME [SUBJECT at ISSUER]`: a local name holds neither space nor bracket, so that neither can pass for the other, and
//! two people with one name differ behind it. Pure.

use std::fmt::Write as _;

/// Longest name that is shown before the bracket, in characters.
const LONGEST_LABEL: usize = 64;

/// What a person is called whom an issuer vouches for.
pub fn federated(label: &str, subject: &str, issuer: &str) -> String {
    let label = plain(label);
    let label = if label.is_empty() { "unnamed" } else { &label };
    format!("{label} {}", bracket(subject, issuer))
}

/// Whether that is what the person of this subject at this issuer is called.
pub fn is_of(name: &str, subject: &str, issuer: &str) -> bool {
    name.strip_suffix(&bracket(subject, issuer)).is_some_and(|label| label.ends_with(' ') && !label.contains('['))
}

/// The part that one reads first: all of a local name.
pub fn label(name: &str) -> &str {
    name.split_once(" [").map_or(name, |(label, _)| label)
}

fn bracket(subject: &str, issuer: &str) -> String {
    let issuer = issuer.strip_prefix("https://").unwrap_or(issuer);
    format!("[{} at {}]", encoded(subject), encoded(issuer))
}

/// Nothing that could end the label, or turn the direction of the line.
fn plain(label: &str) -> String {
    let is_unseen = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    let seen = label.chars().filter(|c| !is_unseen(*c)).map(|c| match c {
        '[' => '(',
        ']' => ')',
        other => other,
    });
    let seen: String = seen.take(LONGEST_LABEL).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whatever is not plain ASCII stands as its bytes.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:/@|+=".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a text does not fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_called_by_name_subject_and_issuer() {
        let dana = federated("Dana Fox", "248", "https://id.example.com/realms/a");
        assert_eq!(dana, "Dana Fox [248 at id.example.com/realms/a]");
        assert_eq!((label(&dana), label("dana")), ("Dana Fox", "dana"));
        assert!(is_of(&dana, "248", "https://id.example.com/realms/a"));
        for (subject, issuer) in [("48", "https://id.example.com/realms/a"), ("248", "https://id.example.com/realms/b")]
        {
            assert!(!is_of(&dana, subject, issuer));
        }
    }

    #[test]
    fn a_name_that_pretends_to_be_somebody_else_stays_in_its_place() {
        let forged = federated("Dana [248 at id.example.com]\u{202e}", "666 at x] [1", "https://id.example.com");
        assert_eq!(forged, "Dana (248 at id.example.com) [666%20at%20x%5D%20%5B1 at id.example.com]");
        assert!(!is_of(&forged, "248", "https://id.example.com") && !is_of(&forged, "1", "https://id.example.com"));
        assert_eq!(federated(" \u{200b}", "1", "header"), "unnamed [1 at header]");
    }
}
