//! Makes the one file of words that the console fetches in each language: its own words and, behind `violation.`, the
//! sentences about values that do not fit. Where a language lacks a word, English stands in. Must not judge the words.

use std::fs;

use serde_json::{Map, Value};

use crate::failure::{Result, sentence};
use crate::workspace;

/// English first: the others are laid over it.
const LANGUAGES: [&str; 2] = ["en", "de"];
/// Where index.html looks for them.
const MADE: &str = "target/words";

/// Writes the files.
pub(crate) fn make() -> Result<()> {
    let made = workspace::root().join(MADE);
    fs::create_dir_all(&made).map_err(|cause| sentence(format!("{MADE} cannot be made: {cause}.")))?;
    let mut words = Map::new();
    for language in LANGUAGES {
        for (key, word) in read("console", language)? {
            put(&mut words, key, word, language);
        }
        for (key, word) in read("violations", language)? {
            put(&mut words, format!("violation.{key}"), word, language);
        }
        let name = format!("console.{language}.json");
        let written = fs::write(made.join(&name), Value::from(words.clone()).to_string());
        written.map_err(|cause| sentence(format!("{MADE}/{name} cannot be written: {cause}.")))?;
    }
    Ok(())
}

/// What English does not have nobody asks for.
fn put(words: &mut Map<String, Value>, key: String, word: Value, language: &str) {
    if language == LANGUAGES[0] || words.contains_key(&key) {
        words.insert(key, word);
    }
}

fn read(name: &str, language: &str) -> Result<Map<String, Value>> {
    let path = format!("crates/schema/data/words/{name}.{language}.json");
    let text = fs::read_to_string(workspace::root().join(&path));
    let text = text.map_err(|cause| sentence(format!("{path} cannot be read: {cause}.")))?;
    serde_json::from_str(&text).map_err(|cause| sentence(format!("{path} holds no words: {cause}.")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_language_lies_over_english_and_adds_no_key() {
        let mut words = Map::new();
        for (key, word, language) in [("a", "A", "en"), ("b", "B", "en"), ("a", "Ä", "de"), ("c", "C", "de")] {
            put(&mut words, key.to_owned(), Value::from(word), language);
        }
        assert_eq!(Value::from(words).to_string(), r#"{"a":"Ä","b":"B"}"#);
    }
}
