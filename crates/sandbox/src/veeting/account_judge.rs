//! The body that makes an account: which fields are wanted and of what kind.
//! Must not use the project's own validators: this is the judge that they are measured by.

use serde_json::{Map, Value};

use super::account::{PAID, TRIAL};
use super::errors::VeetingError;
use super::judge::Judge;
use crate::clock::Timestamp;

/// What a new account is asked to be.
pub(super) struct Wish {
    pub(super) send_password: bool,
    pub(super) kind: &'static str,
    pub(super) first_name: String,
    pub(super) last_name: String,
    pub(super) email: String,
    pub(super) language: String,
    pub(super) paid_until: Timestamp,
}

/// What a body asks for, or all that is wrong with it. Unknown fields are passed over.
pub(super) fn judged(body: &Map<String, Value>) -> Result<Wish, VeetingError> {
    let mut judge = Judge::of(body);
    let send_password = judge.switch("sendPassword");
    let kind = judge.choice("accountType", &[TRIAL, PAID]);
    let (first_name, last_name) = (judge.text("adminFirstname"), judge.text("adminLastname"));
    let email = judge.email("adminEmail");
    let language = judge.wanted("adminPreferredLanguage", "a language in two letters, such as en", language);
    let paid_until = judge.instant("paidUntil");
    let made = || {
        Some(Wish {
            send_password: send_password?,
            kind: kind?,
            first_name: first_name?,
            last_name: last_name?,
            email: email?,
            language: language?,
            paid_until: paid_until?,
        })
    };
    let made = made();
    judge.done(made)
}

fn language(value: &Value) -> Option<String> {
    let is_one = |text: &&str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_lowercase());
    value.as_str().filter(is_one).map(str::to_owned)
}
