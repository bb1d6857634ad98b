//! Rule: what the console says stands in its words file. Every key that code asks for is there, and no key is left that
//! nobody asks for. Must not judge the words.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Finding;
use super::rust_tokens::{Kind, Token};
use super::source::Source;

const WORDS: &str = "crates/schema/data/words/console.en.json";

/// Functions that take a key.
const ASKING: &[&str] = &["t", "tf", "tn"];

/// Keys that code puts together from data begin with one of these.
const FROM_DATA: &[&str] = &[
    "budget.",
    "record.by.",
    "record.kind.",
    "record.object.",
    "record.result.",
    "refusal.",
    "role.",
    "vendor.",
    "way.",
];

/// Plural forms of a key, as languages have them.
const PLURALS: &[&str] = &["zero", "one", "two", "few", "many", "other"];

pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    let console = || sources.iter().filter(|source| source.is_console());
    let Some(words) = sources.iter().find(|source| source.path == WORDS) else {
        return console()
            .next()
            .map(|first| first.finding(1, format!("The console's words are missing: {WORDS}.")))
            .into_iter()
            .collect();
    };
    let known = match keys(&words.text) {
        Ok(known) => known,
        Err(cause) => return vec![words.finding(1, format!("The words cannot be read: {cause}."))],
    };
    let mut findings = Vec::new();
    for source in console() {
        for token in asked(&source.tokens).filter(|token| !known.contains_key(token.text.as_str())) {
            findings.push(source.finding(token.line, format!("There are no words for \"{}\" in {WORDS}.", token.text)));
        }
    }
    // A key may travel through a variable before it is asked for: any string that equals it counts.
    let said: BTreeSet<&str> =
        console().flat_map(|source| texts(&source.tokens)).map(|token| token.text.as_str()).collect();
    for (key, line) in known {
        if !said.contains(key.as_str()) && !FROM_DATA.iter().any(|prefix| key.starts_with(prefix)) {
            findings
                .push(words.finding(line, format!("Nobody says \"{key}\": delete it, or name its prefix in tidy.")));
        }
    }
    findings
}

/// Keys without their plural ending, each with its line.
fn keys(json: &str) -> serde_json::Result<BTreeMap<String, usize>> {
    let words: BTreeMap<String, Value> = serde_json::from_str(json)?;
    let line_of = |key: &str| {
        json.lines().position(|line| line.trim_start().starts_with(&format!("\"{key}\""))).map_or(1, |index| index + 1)
    };
    Ok(words.keys().map(|key| (stem(key).to_owned(), line_of(key))).collect())
}

fn stem(key: &str) -> &str {
    key.rsplit_once('.').filter(|(_, last)| PLURALS.contains(last)).map_or(key, |(stem, _)| stem)
}

fn asked(tokens: &[Token]) -> impl Iterator<Item = &Token> {
    tokens.windows(3).filter_map(|window| {
        let [function, parenthesis, key] = window else { return None };
        let asks =
            ASKING.iter().any(|name| function.is_word(name)) && parenthesis.is_sign("(") && key.kind == Kind::Text;
        asks.then_some(key)
    })
}

fn texts(tokens: &[Token]) -> impl Iterator<Item = &Token> {
    tokens.iter().filter(|token| token.kind == Kind::Text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_words(json: &str, code: &str) -> Vec<(String, usize)> {
        let sources = [Source::new(WORDS, json), Source::new("src/a.rs", code)];
        check(&sources).into_iter().map(|finding| (finding.path, finding.line)).collect()
    }

    #[test]
    fn asked_and_known_keys_pass_with_their_plurals() {
        let json =
            "{\n\"a.b\": \"A\",\n\"n.one\": \"1\",\n\"n.other\": \"n\",\n\"role.admin\": \"x\",\n\"via\": \"V\"\n}";
        assert!(check_words(json, "t(\"a.b\"); tn(\"n\", 3); let key = if x { \"via\" } else { \"a.b\" };").is_empty());
    }

    #[test]
    fn a_key_without_words_is_found_where_it_is_asked_for() {
        assert_eq!(check_words("{}", "fn a() {\n  t(\n\"gone\") }"), [("src/a.rs".to_owned(), 3)]);
    }

    #[test]
    fn words_that_nobody_says_are_found() {
        assert_eq!(check_words("{\n\"idle\": \"I\"\n}", "fn a() {} // t(\"idle\")"), [(WORDS.to_owned(), 2)]);
        assert_eq!(check_words("[]", "fn a() {}"), [(WORDS.to_owned(), 1)]);
    }
}
