//! Rule: no sentence of the server is left that nobody says. Which ones there must be is checked when the server starts: a
//! missing or an unknown one is refused. Must not judge the words.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::Finding;
use super::rust_tokens::Kind;
use super::source::Source;

/// The files, and where in them the sentences stand that code asks for by name; nothing for the whole file. Vendors' codes
/// come from the vendors.
pub(super) const FILES: [(&str, &[&str]); 3] = [
    ("crates/schema/data/words/problems.en.json", &["kinds", "details"]),
    ("crates/schema/data/words/bulk.en.json", &[]),
    ("crates/schema/data/words/violations.en.json", &[]),
];

/// Only gives the sentences their shape.
const SHAPE: &str = "crates/proxy/src/words.rs";

pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    let code = sources.iter().filter(|source| source.path.starts_with("crates/") && source.path != SHAPE);
    let tokens = code.flat_map(|source| &source.tokens);
    let said: BTreeSet<&str> =
        tokens.filter(|token| matches!(token.kind, Kind::Text | Kind::Word)).map(|token| token.text.as_str()).collect();
    let mut findings = Vec::new();
    for (path, parts) in FILES {
        let Some(file) = sources.iter().find(|source| source.path == path) else { continue };
        let words: Map<String, Value> = match serde_json::from_str(&file.text) {
            Ok(words) => words,
            Err(cause) => {
                findings.push(file.finding(1, format!("The words cannot be read: {cause}.")));
                continue;
            }
        };
        for key in keys(&words, parts).into_iter().filter(|key| !said.contains(key.as_str())) {
            let line = file.text.lines().position(|line| line.trim_start().starts_with(&format!("\"{key}\"")));
            let line = line.map_or(1, |index| index + 1);
            findings.push(file.finding(line, format!("Nobody says \"{key}\": delete it.")));
        }
    }
    findings
}

/// Names of sentences; of a group of them, the group's and theirs.
fn keys(words: &Map<String, Value>, parts: &[&str]) -> Vec<String> {
    let mut keys = Vec::new();
    for (key, word) in words.iter().filter(|(key, _)| parts.is_empty() || parts.contains(&key.as_str())) {
        keys.push(key.clone());
        keys.extend(word.as_object().into_iter().flat_map(Map::keys).cloned());
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_words(json: &str, code: &str) -> Vec<usize> {
        let sources = [
            Source::new(FILES[1].0, json),
            Source::new("crates/proxy/src/jobs.rs", code),
            Source::new(SHAPE, "pub left: String, pub used: String"),
        ];
        check(&sources).into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn sentences_that_are_asked_for_by_name_or_by_text_pass() {
        let json = "{\n\"used\": \"U\",\n\"files\": {\n\"damaged\": \"D\"\n}\n}";
        assert!(check_words(json, "words.used; words.files.get(\"damaged\")").is_empty());
    }

    #[test]
    fn a_sentence_that_only_has_a_shape_is_found() {
        assert_eq!(check_words("{\n\"used\": \"U\",\n\"left\": \"L\"\n}", "words.used"), [3]);
        assert_eq!(check_words("[]", ""), [1]);
    }
}
