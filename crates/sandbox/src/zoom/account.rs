//! What the account allows: plan, seats, domains and password rules. Everything is open at the start, and a test or a
//! demo narrows it with `POST /_sandbox/mutate` at `account`.
//! Must not decide when a rule is asked for: the handlers do.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::rules::Rule;
use crate::merge::merge;

/// What a password must have.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a rule that stands for itself")]
pub(super) struct PasswordRules {
    pub(super) length: usize,
    pub(super) letter: bool,
    pub(super) number: bool,
    pub(super) special_character: bool,
    pub(super) both_cases: bool,
    /// How many former passwords must not come again.
    pub(super) remembered: usize,
}

/// `None` is no bound.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the account that stands for itself")]
pub(super) struct Account {
    pub(super) paid: bool,
    pub(super) single_sign_on: bool,
    pub(super) pre_provision: bool,
    /// Whether presence may be read and written by this client.
    pub(super) presence: bool,
    pub(super) phone_licences: usize,
    pub(super) maximum_basic: Option<usize>,
    pub(super) maximum_licensed: Option<usize>,
    pub(super) maximum_unlicensed: Option<usize>,
    /// Seats of the Workplace bundles (`zoom_one_type`).
    pub(super) maximum_workplace: Option<usize>,
    pub(super) maximum_concurrent_basic: Option<usize>,
    pub(super) maximum_concurrent_plus: Option<usize>,
    pub(super) maximum_sales: Option<usize>,
    pub(super) maximum_divisions: usize,
    pub(super) blocked_domains: Vec<String>,
    /// Blocked by the vendor itself.
    pub(super) unsafe_domains: Vec<String>,
    /// When there are some, new people must be of one of them.
    pub(super) limited_domains: Vec<String>,
    /// People of these domains cannot be let go.
    pub(super) managed_domains: Vec<String>,
    /// Addresses of people in other accounts.
    pub(super) taken_elsewhere: Vec<String>,
    /// Ids of groups of other accounts.
    pub(super) foreign_groups: Vec<String>,
    pub(super) password: PasswordRules,
}

impl Default for Account {
    fn default() -> Self {
        Self {
            paid: true,
            single_sign_on: true,
            pre_provision: true,
            presence: true,
            phone_licences: usize::MAX,
            maximum_basic: None,
            maximum_licensed: None,
            maximum_unlicensed: None,
            maximum_workplace: None,
            maximum_concurrent_basic: None,
            maximum_concurrent_plus: None,
            maximum_sales: None,
            maximum_divisions: 500,
            blocked_domains: vec!["blocked.example".to_owned()],
            unsafe_domains: vec!["unsafe.example".to_owned()],
            limited_domains: Vec::new(),
            managed_domains: Vec::new(),
            taken_elsewhere: vec!["elsewhere@example.org".to_owned()],
            foreign_groups: vec!["groupOfAnotherAccount0".to_owned()],
            password: PasswordRules {
                length: 8,
                letter: true,
                number: true,
                special_character: true,
                both_cases: true,
                remembered: 3,
            },
        }
    }
}

impl Account {
    /// Merges a change; the error says what is wrong with it.
    pub(super) fn mutate(&mut self, change: &Value) -> Result<(), String> {
        let mut whole = serde_json::to_value(&*self).map_err(|problem| problem.to_string())?;
        merge(&mut whole, change);
        *self = serde_json::from_value(whole).map_err(|problem| problem.to_string())?;
        Ok(())
    }

    /// Whether an address may come in.
    pub(super) fn refuse_address(&self, email: &str) -> Result<(), Rule> {
        let domain = email.rsplit('@').next().unwrap_or_default();
        let listed = |list: &[String]| list.iter().any(|one| one.eq_ignore_ascii_case(domain));
        if listed(&self.unsafe_domains) {
            return Err(Rule::UnsafeDomain);
        }
        if listed(&self.blocked_domains) {
            return Err(Rule::BlockedDomain);
        }
        if !self.limited_domains.is_empty() && !listed(&self.limited_domains) {
            return Err(Rule::OutsideDomains(email.to_owned()));
        }
        if self.taken_elsewhere.iter().any(|taken| taken.eq_ignore_ascii_case(email)) {
            return Err(Rule::HoldsAccount(email.to_owned()));
        }
        Ok(())
    }

    pub(super) fn manages(&self, email: &str) -> bool {
        let domain = email.rsplit('@').next().unwrap_or_default();
        self.managed_domains.iter().any(|one| one.eq_ignore_ascii_case(domain))
    }
}
