//! The sentences that the proxy says, read from `problems.*.json`, `bulk.*.json` and `violations.*.json`. Must not hold a
//! sentence itself.

mod unsaid;

use std::collections::BTreeMap;
use std::ops::Deref;

use roomkey_schema::{Language, Violation, data};
use serde::Deserialize;
use serde_json::Value;

pub use self::unsaid::{Label, label};
use crate::http::fault::Kind;
use crate::http::language::{self, Tongue};

/// All sentences, in every language. Whoever asks gets those of the language that is spoken just now.
#[derive(Debug)]
pub struct Words {
    english: Sentences,
    german: Sentences,
    /// What is said later, by whoever shows it.
    unsaid: Sentences,
}

/// All sentences of a language. A missing or an unknown one is refused at start.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentences {
    kinds: BTreeMap<String, KindWords>,
    /// Sentences for single occasions.
    pub details: Details,
    vendors: BTreeMap<String, VendorWords>,
    /// Sentences about bulk jobs.
    #[serde(skip)]
    pub jobs: JobWords,
    /// What the record's files say.
    #[serde(skip)]
    pub record: RecordWords,
    #[serde(skip)]
    violations: BTreeMap<String, String>,
    /// Every sentence by its place in the files, for what was left unsaid.
    #[serde(skip)]
    all: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct KindWords {
    title: String,
    detail: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct VendorWords {
    name: String,
    said: String,
    codes: BTreeMap<String, String>,
}

/// Sentences for single occasions; `{…}` is filled in.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names are the keys of problems.en.json, where the sentences say it")]
pub struct Details {
    pub host_missing: String,
    pub host_twice: String,
    pub host_differs: String,
    pub transfer_encoding: String,
    pub path_encoding: String,
    pub files_malformed: String,
    pub query_encoding: String,
    pub query_twice: String,
    pub body_interrupted: String,
    pub body_not_json: String,
    pub if_match_shape: String,
    pub if_match_impossible: String,
    pub csrf_origin: String,
    pub csrf_site: String,
    pub csrf_header: String,
    pub sign_in_shape: String,
    pub sign_in_not_local: String,
    pub sign_in_no_role: String,
    pub trusted_twice: String,
    pub trusted_elsewhere: String,
    pub trusted_unproven: String,
    pub trusted_nobody: String,
    pub embed_shape: String,
    pub embed_code: String,
    pub forbidden: String,
    pub field_forbidden: String,
    pub jobs_in_part: String,
    pub took_too_long: String,
    pub object_busy: String,
    pub budget_spent: String,
    pub daily_budget_spent: String,
    pub rate_limited: String,
    pub unknown_code: String,
    pub answer_cut: String,
    pub answer_not_json: String,
    pub answer_too_large: String,
    pub server_error: String,
    pub wrong_address: String,
    pub lane_closed: String,
    pub not_configured: String,
    pub credentials_refused: String,
    pub credentials_reason: String,
    pub outcome_not_applied: String,
    pub outcome_unknown: String,
    pub read_back_failed: String,
    pub reveal_one: String,
    pub reveal_reason: String,
    pub reveal_nothing: String,
    pub reveal_unrecorded: String,
    pub not_administrator: String,
    pub cannot_sign_in: String,
    pub scope_missing: String,
    pub not_built: String,
    pub metrics_closed: String,
    pub record_choice: String,
    pub record_moment: String,
    pub record_object: String,
    pub record_objects: String,
    pub record_before: String,
    pub record_limit: String,
    pub record_long: String,
    pub record_unknown: String,
    pub record_parameters: String,
    pub record_of_whom: String,
    pub record_interrupted: String,
    pub undo_no_change: String,
    pub undo_not_applied: String,
    pub undo_secret: String,
    pub undo_unknown: String,
    pub undo_done: String,
    pub undo_conflict: String,
    pub undo_differs: String,
}

/// Sentences about bulk jobs; `{…}` is filled in.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names are the keys of bulk.en.json, where the sentences say it")]
pub struct JobWords {
    pub used_up: String,
    pub all_closed: String,
    pub no_table: String,
    pub no_kind: String,
    pub no_column: String,
    pub no_subject: String,
    pub nothing_to_set: String,
    pub two_calls: String,
    pub wrong_state: String,
    pub nothing_to_send: String,
    pub values_gone: String,
    pub reason_missing: String,
    pub row_without_subject: String,
    pub row_without_value: String,
    pub row_twice: String,
    pub row_unknown_person: String,
    pub row_several: String,
    pub row_fault: String,
    pub row_value_gone: String,
    pub row_not_applied: String,
    pub row_not_verified: String,
    pub row_given_up: String,
    pub no_longer_allowed: String,
    pub people_unreadable: String,
    pub vendor_waits: String,
    pub vendor_gone: String,
    pub too_few_pins: String,
    /// By kind of fault of a file.
    pub files: BTreeMap<String, String>,
    /// By kind of what a file is that is no table.
    pub contents: BTreeMap<String, String>,
    /// By mark of a cell that holds something else than it seems.
    pub cells: BTreeMap<String, String>,
    /// What states of rows are called in exports.
    pub states: BTreeMap<String, String>,
    /// Names of columns in exports.
    pub columns: BTreeMap<String, String>,
}

/// What the record's files say, each by its name in entries.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordWords {
    /// Names of columns.
    pub columns: BTreeMap<String, String>,
    /// What entries are about.
    pub kinds: BTreeMap<String, String>,
    /// How they ended.
    pub results: BTreeMap<String, String>,
    /// What is said of values.
    pub values: BTreeMap<String, String>,
    /// What can be wrong with the record.
    pub findings: BTreeMap<String, String>,
}

/// The words of that name, or the name.
pub fn named<'a>(words: &'a BTreeMap<String, String>, name: &'a str) -> &'a str {
    words.get(name).map_or(name, String::as_str)
}

/// The files with what the proxy says.
const FILES: [&str; 4] = ["problems", "bulk", "violations", "record_file"];

impl Words {
    /// The words that ship with the program.
    pub fn load() -> Result<Self, WordsFault> {
        Ok(Self {
            english: Sentences::load(Tongue::Said(Language::En))?,
            german: Sentences::load(Tongue::Said(Language::De))?,
            unsaid: Sentences::load(Tongue::Unsaid)?,
        })
    }

    /// Says what was left unsaid, in the language that is spoken just now. What was said already stays.
    pub fn say(&self, text: &str, label: Label<'_>) -> String {
        unsaid::say(text, &self.all, label)
    }
}

impl Deref for Words {
    type Target = Sentences;

    fn deref(&self) -> &Sentences {
        match language::spoken() {
            Tongue::Said(Language::En) => &self.english,
            Tongue::Said(Language::De) => &self.german,
            Tongue::Unsaid => &self.unsaid,
        }
    }
}

impl Sentences {
    fn load(tongue: Tongue) -> Result<Self, WordsFault> {
        let language = match tongue {
            Tongue::Said(language) => language,
            Tongue::Unsaid => Language::En,
        };
        let mut all = BTreeMap::new();
        let mut read = |file: &str| {
            let mut words: Value = serde_json::from_str(&data::words(file, language).unwrap_or_default())?;
            unsaid::flatten(file, &words, &mut all);
            if tongue == Tongue::Unsaid {
                unsaid::mark(file, &mut words);
            }
            serde_json::Result::Ok(words)
        };
        let [problems, jobs, violations, record] = FILES.map(&mut read);
        let mut words: Self = serde_json::from_value(problems?)?;
        words.jobs = serde_json::from_value(jobs?)?;
        words.record = serde_json::from_value(record?)?;
        words.violations = serde_json::from_value(violations?)?;
        words.all = all;
        match Kind::ALL.iter().find(|kind| !words.kinds.contains_key(kind.as_str())) {
            Some(kind) => Err(WordsFault::Kind(kind.as_str())),
            None => Ok(words),
        }
    }

    /// What is wrong with a value and what to do.
    pub fn violation(&self, violation: &Violation) -> String {
        let sentence = self.violations.get(violation.key()).map_or(violation.key(), String::as_str);
        fill(sentence, &[("limit", &violation.limit().unwrap_or_default())])
    }

    /// Title of a kind of problem.
    pub fn title(&self, kind: Kind) -> &str {
        self.kinds.get(kind.as_str()).map_or(kind.as_str(), |words| &words.title)
    }

    /// What a kind of problem says when nothing more is known.
    pub fn detail(&self, kind: Kind) -> &str {
        self.kinds.get(kind.as_str()).map_or(kind.as_str(), |words| &words.detail)
    }

    /// What people call a vendor.
    pub fn vendor_name<'a>(&'a self, vendor: &'a str) -> &'a str {
        self.vendors.get(vendor).map_or(vendor, |words| &words.name)
    }

    /// What a vendor's code means and what to do, if we have words for it.
    pub fn vendor_code(&self, vendor: &str, code: &str) -> Option<&str> {
        self.vendors.get(vendor)?.codes.get(code).map(String::as_str)
    }

    /// The vendor's own words, marked as such.
    pub fn vendor_said(&self, vendor: &str, message: &str) -> Option<String> {
        Some(fill(&self.vendors.get(vendor)?.said, &[("message", message)]))
    }
}

/// Why the words cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum WordsFault {
    /// Not JSON, or a sentence is missing or unknown.
    #[error("the words of the server cannot be used: {0}")]
    Shape(#[from] serde_json::Error),
    /// A kind has no words.
    #[error("problems.*.json have no words for the kind {0}")]
    Kind(&'static str),
}

/// Puts values where `{name}` stands. A value's own braces are not looked at again.
pub fn fill(sentence: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let known =
            after.split_once('}').and_then(|(name, tail)| Some((values.iter().find(|(key, _)| *key == name)?.1, tail)));
        if let Some((value, tail)) = known {
            out.push_str(value);
            rest = tail;
        } else {
            out.push('{');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_sentences_are_there_and_end_as_sentences() {
        let words = Words::load().expect("words");
        for kind in Kind::ALL {
            assert!(words.detail(kind).ends_with('.'), "{}", kind.as_str());
            assert!(!words.title(kind).ends_with('.'), "{}", kind.as_str());
        }
        for (code, sentence) in words.vendors.values().flat_map(|vendor| &vendor.codes) {
            let is_code =
                !code.is_empty() && !code.contains(|letter: char| letter.is_whitespace() || letter.is_uppercase());
            assert!(is_code && sentence.ends_with('.'), "{code}: {sentence}");
        }
    }

    #[test]
    fn every_code_of_webex_that_is_public_has_words() {
        let words = Words::load().expect("words");
        let rest =
            ["400", "401", "403", "404", "405", "409", "410", "415", "423", "428", "429", "500", "502", "503", "504"];
        let xml = ["000001", "000015", "000035", "000045", "030001", "030002", "030004", "030005"];
        for code in rest.into_iter().chain(xml) {
            assert!(words.vendor_code("webex", code).is_some(), "{code}");
        }
        assert!(words.vendor_code("webex", "423").is_some_and(|sentence| sentence.contains("locked")));
    }

    #[test]
    fn every_status_and_subcode_of_connect_that_is_public_has_words() {
        let words = Words::load().expect("words");
        let invalid =
            ["duplicate", "format", "illegal-operation", "illegal-parent", "missing", "no-such-item", "range"];
        let no_access = [
            "account-expired",
            "denied",
            "no-login",
            "no-quota",
            "not-available",
            "not-secure",
            "pending-activation",
            "pending-license",
            "sco-expired",
            "sco-not-started",
        ];
        let with = |code: &'static str, subcodes: &[&str]| {
            subcodes.iter().map(|subcode| format!("{code}/{subcode}")).chain([code.to_owned()]).collect::<Vec<_>>()
        };
        let others = ["no-data", "too-much-data", "internal-error"].map(str::to_owned);
        for code in with("invalid", &invalid).into_iter().chain(with("no-access", &no_access)).chain(others) {
            assert!(words.vendor_code("connect", &code).is_some(), "{code}");
        }
    }

    #[test]
    fn a_filled_value_is_not_filled_again() {
        assert_eq!(fill("{a} and {b} and {c}", &[("a", "{b}"), ("b", "2")]), "{b} and 2 and {c}");
    }
}
