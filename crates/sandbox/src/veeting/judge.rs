//! Looking at the fields of a body one by one, with one sentence for each that does not fit.
//! Must not know what the fields are for, nor use the project's own validators.

use serde_json::{Map, Value};

use super::errors::VeetingError;
use super::instant;
use crate::clock::Timestamp;

/// How long any text may be.
const TEXT_LENGTH: usize = 255;

pub(super) struct Judge<'a> {
    fields: &'a Map<String, Value>,
    /// What stands before the names in sentences.
    within: &'static str,
    faults: Vec<String>,
}

impl<'a> Judge<'a> {
    pub(super) fn of(fields: &'a Map<String, Value>) -> Self {
        Self::within("", fields)
    }

    /// Of fields that are inside another one.
    pub(super) fn within(within: &'static str, fields: &'a Map<String, Value>) -> Self {
        Self { fields, within, faults: Vec::new() }
    }

    pub(super) fn fault(&mut self, name: &str, rule: &str) {
        self.faults.push(format!("{}{name} is {rule}.", self.within));
    }

    /// A field that has to be there; the rule says what it is when it is right.
    pub(super) fn wanted<T>(&mut self, name: &str, rule: &str, read: impl FnOnce(&'a Value) -> Option<T>) -> Option<T> {
        let Some(value) = self.fields.get(name) else {
            self.fault(name, "missing");
            return None;
        };
        let found = read(value);
        if found.is_none() {
            self.fault(name, rule);
        }
        found
    }

    /// A field that may be left out, for which there is a value then.
    pub(super) fn maybe<T>(
        &mut self,
        name: &str,
        otherwise: T,
        rule: &str,
        read: impl FnOnce(&'a Value) -> Option<T>,
    ) -> Option<T> {
        if self.fields.contains_key(name) { self.wanted(name, rule, read) } else { Some(otherwise) }
    }

    pub(super) fn switch(&mut self, name: &str) -> Option<bool> {
        self.wanted(name, "true or false", Value::as_bool)
    }

    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        self.wanted(name, &format!("a text of 1 to {TEXT_LENGTH} characters"), text)
    }

    pub(super) fn email(&mut self, name: &str) -> Option<String> {
        self.wanted(name, "an e-mail address", |value| text(value).filter(|text| is_email(text)))
    }

    pub(super) fn instant(&mut self, name: &str) -> Option<Timestamp> {
        self.wanted(name, instant::EXPECTED, at)
    }

    pub(super) fn choice(&mut self, name: &str, choices: &[&'static str]) -> Option<&'static str> {
        let rule = format!("one of {}", choices.join(", "));
        self.wanted(name, &rule, |value| choices.iter().copied().find(|choice| value == *choice))
    }

    /// All that was found wrong so far by another judge of the same body.
    pub(super) fn take_faults(&mut self, other: Judge<'_>) {
        self.faults.extend(other.faults);
    }

    /// What was made of the fields, unless anything was wrong.
    pub(super) fn done<T>(self, made: Option<T>) -> Result<T, VeetingError> {
        match made {
            Some(made) if self.faults.is_empty() => Ok(made),
            _ => Err(VeetingError::Misfit(self.faults)),
        }
    }
}

pub(super) fn text(value: &Value) -> Option<String> {
    let text = value.as_str()?;
    let fits = !text.trim().is_empty() && text.chars().count() <= TEXT_LENGTH;
    fits.then(|| text.to_owned())
}

pub(super) fn at(value: &Value) -> Option<Timestamp> {
    instant::read(value.as_str()?)
}

/// Something before the one @ and a name with a dot behind it.
pub(super) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let is_odd = |letter: char| letter.is_whitespace() || letter.is_control() || letter == '@';
    let has_dot = domain.split_once('.').is_some_and(|(name, rest)| !name.is_empty() && !rest.is_empty());
    !local.is_empty() && has_dot && !text.replacen('@', "", 1).contains(is_odd)
}

#[cfg(test)]
mod tests {
    use super::is_email;

    #[test]
    fn addresses_have_one_at_and_a_domain_with_a_dot() {
        assert!(is_email("ana.o'brien@example.com"));
        for text in ["", "ana", "@example.com", "ana@example", "ana@.com", "ana@com.", "a b@example.com", "a@b@c.com"] {
            assert!(!is_email(text), "{text}");
        }
    }
}
