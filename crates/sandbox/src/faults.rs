//! Faults on demand: rules that say which request goes wrong, how often, and how.
//! Must not answer by itself: it only says which fault strikes; `exchange.rs` carries it out.

use std::collections::BTreeMap;
use std::num::NonZeroU64;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::sync::watch;

use crate::message::Asked;

/// Which requests, how often, and what happens to them. What is left out matches everything.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rule {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    vendor: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    method: Option<String>,
    /// A pattern with `*` for any run of characters, against the whole path (`/zoom/v2/groups/*/settings`) or
    /// against what stands below the vendor's base (`groups/*/settings`). Where the path does not say what a request
    /// is for, that may follow it: `XMLService/SetUser`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    /// A part of the query, such as `option=meeting_security`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    query: Option<String>,
    /// How many requests are hit; left out: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    times: Option<u64>,
    /// How many matching requests pass first.
    #[serde(default)]
    after: u64,
    /// Of those after that, only every so manieth is hit: 2 hits the second, the fourth, and so on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    every: Option<NonZeroU64>,
    fault: Fault,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Fault {
    /// Answers so and does nothing. `retry_after` is the header's value, in the vendor's form.
    Status {
        status: u16,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        body: Option<Value>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after: Option<String>,
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        headers: BTreeMap<String, String>,
    },
    /// Keeps the request; with `ms`, handles it after that time.
    Hang {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ms: Option<u64>,
    },
    /// Handles the request and closes the connection after so many bytes of the answer's body.
    Cut { bytes: usize },
    /// Handles the request and keeps the answer.
    ApplyThenHang,
    /// Says that a write was done and does nothing. Reads are not touched.
    Ignore,
    /// Ends every token that was given out, then goes on.
    ExpireToken,
    /// From now on, and as long as the rule stands, an administrator's calls of this service are walled off after so
    /// many. It strikes no single request: vendor and number are all that counts of such a rule.
    SetuserWall { after: u64 },
}

impl Fault {
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Status { .. } => "status",
            Self::Hang { .. } => "hang",
            Self::Cut { .. } => "cut",
            Self::ApplyThenHang => "apply_then_hang",
            Self::Ignore => "ignore",
            Self::ExpireToken => "expire_token",
            Self::SetuserWall { .. } => "setuser_wall",
        }
    }
}

/// A rule and how often it was met.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Armed {
    #[serde(flatten)]
    rule: Rule,
    /// Requests that matched.
    seen: u64,
    /// Requests that were struck.
    struck: u64,
}

/// A fault that strikes now. The receiver tells when the rules were replaced: that ends a hang.
pub(crate) struct Strike {
    pub(crate) fault: Fault,
    pub(crate) lifted: watch::Receiver<u64>,
}

pub(crate) struct Faults {
    armed: Mutex<Vec<Armed>>,
    generation: watch::Sender<u64>,
}

impl Faults {
    pub(crate) fn new() -> Self {
        Self { armed: Mutex::default(), generation: watch::Sender::new(0) }
    }

    pub(crate) fn list(&self) -> Vec<Armed> {
        self.armed.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts other rules in place of all there are, and ends every hang.
    pub(crate) fn replace(&self, rules: Vec<Rule>) {
        let mut armed = self.armed.lock().unwrap_or_else(PoisonError::into_inner);
        *armed = rules.into_iter().map(|rule| Armed { rule, seen: 0, struck: 0 }).collect();
        self.generation.send_modify(|generation| *generation += 1);
    }

    /// The wall that the rules name for a vendor.
    pub(crate) fn wall(&self, vendor: &str) -> Option<u64> {
        let armed = self.armed.lock().unwrap_or_else(PoisonError::into_inner);
        armed.iter().find_map(|one| match one.rule.fault {
            Fault::SetuserWall { after } if one.rule.vendor.as_deref().is_none_or(|name| name == vendor) => Some(after),
            _ => None,
        })
    }

    /// The first rule that matches and is due.
    pub(crate) fn strike(&self, vendor: &str, base: &str, asked: &Asked) -> Option<Strike> {
        let mut armed = self.armed.lock().unwrap_or_else(PoisonError::into_inner);
        for one in armed.iter_mut().filter(|one| one.rule.matches(vendor, base, asked)) {
            one.seen += 1;
            if one.is_due() {
                one.struck += 1;
                // Taken under the lock, so that rules replaced from now on do end this hang.
                return Some(Strike { fault: one.rule.fault.clone(), lifted: self.generation.subscribe() });
            }
        }
        None
    }
}

impl Armed {
    /// Whether the request that was counted last is hit.
    fn is_due(&self) -> bool {
        let rule = &self.rule;
        let counts = self.seen.checked_sub(rule.after).filter(|count| *count > 0);
        counts.is_some_and(|count| rule.every.is_none_or(|every| count % every == 0))
            && rule.times.is_none_or(|times| self.struck < times)
    }
}

impl Rule {
    fn matches(&self, vendor: &str, base: &str, asked: &Asked) -> bool {
        if matches!(self.fault, Fault::SetuserWall { .. }) {
            return false;
        }
        let path_fits = |pattern: &str| {
            let one_fits = |path: &str| {
                let below = path.strip_prefix(base).unwrap_or(path).trim_start_matches('/');
                fits(pattern, path) || fits(pattern.trim_start_matches('/'), below)
            };
            let service = asked.service.as_ref().map(|service| format!("{}/{service}", asked.path));
            one_fits(&asked.path) || service.is_some_and(|path| one_fits(&path))
        };
        self.vendor.as_deref().is_none_or(|name| name == vendor)
            && self.method.as_deref().is_none_or(|name| name == "*" || name.eq_ignore_ascii_case(asked.method.as_str()))
            && self.path.as_deref().is_none_or(path_fits)
            && self.query.as_deref().is_none_or(|part| asked.query.contains(part))
    }
}

/// Whether `text` fits a pattern in which `*` stands for any run of characters.
fn fits(pattern: &str, text: &str) -> bool {
    let Some((head, tail)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(rest) = text.strip_prefix(head) else {
        return false;
    };
    if tail.is_empty() {
        return true;
    }
    (0..=rest.len()).any(|at| rest.get(at..).is_some_and(|end| fits(tail, end)))
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn patterns_match_runs_of_any_length_and_nothing_beside_them() {
        assert!(fits("*", "groups/a/settings"));
        assert!(fits("groups/*/settings", "groups/a/settings"));
        assert!(fits("groups/*", "groups/"));
        assert!(fits("*settings*", "groups/a/lock_settings"));
        assert!(!fits("groups/*/settings", "groups/a/lock_settings"));
        assert!(!fits("groups", "groups/a"));
        assert!(!fits("groups/*/settings", "groups/a/settings/registration"));
    }
}
