//! Sentences that are kept before anybody reads them: the key of each and the values that go into it, as one text that
//! holds others of its kind. Whoever shows it says it in the reader's language. Must not know what a sentence is about.
//!
//! A mark is `STX key (US name=value)* ETX`. Vendors' texts and cells of files have no such characters; a text that breaks
//! the rule is shown without them.

use std::collections::BTreeMap;

use serde_json::Value;

const BEGIN: char = '\u{2}';
const END: char = '\u{3}';
const NEXT: char = '\u{1f}';
/// What the keys of fields' names begin with; behind it the kind of job and, behind a slash, the field's key.
const LABEL: &str = "label/";

/// What people call a field of a kind of job, by kind and key.
pub type Label<'a> = &'a dyn Fn(&str, &str) -> Option<String>;

/// The name of a field, left unsaid.
pub fn label(kind: &str, key: &str) -> String {
    format!("{BEGIN}{LABEL}{kind}/{key}{END}")
}

/// Puts a mark in the place of every sentence. Its values are filled in where they would be in the sentence.
pub(super) fn mark(path: &str, words: &mut Value) {
    match words {
        Value::Object(members) => {
            for (key, word) in members {
                mark(&format!("{path}/{key}"), word);
            }
        }
        Value::String(sentence) => {
            let mut marked = format!("{BEGIN}{path}");
            for name in names(sentence) {
                marked.extend([String::from(NEXT), format!("{name}={{{name}}}")]);
            }
            marked.push(END);
            *sentence = marked;
        }
        _ => {}
    }
}

/// Every sentence by its key.
pub(super) fn flatten(path: &str, words: &Value, all: &mut BTreeMap<String, String>) {
    match words {
        Value::Object(members) => {
            for (key, word) in members {
                flatten(&format!("{path}/{key}"), word, all);
            }
        }
        Value::String(sentence) => drop(all.insert(path.to_owned(), sentence.clone())),
        _ => {}
    }
}

/// Says every mark of a text.
pub(super) fn say(text: &str, sentences: &BTreeMap<String, String>, label: Label<'_>) -> String {
    let mut said = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once(BEGIN) {
        said.push_str(before);
        let Some(length) = length(behind) else {
            rest = behind;
            break;
        };
        said.push_str(&one(&behind[..length], sentences, label));
        rest = &behind[length + END.len_utf8()..];
    }
    said.push_str(rest);
    if said.contains([BEGIN, END, NEXT]) { said.replace([BEGIN, END, NEXT], "") } else { said }
}

fn one(mark: &str, sentences: &BTreeMap<String, String>, label: Label<'_>) -> String {
    let mut parts = parts(mark).into_iter();
    let key = parts.next().unwrap_or_default();
    if let Some((kind, field)) = key.strip_prefix(LABEL).and_then(|named| named.split_once('/')) {
        return label(kind, field).unwrap_or_else(|| field.trim_start_matches('/').to_owned());
    }
    let values: Vec<(&str, String)> = parts
        .filter_map(|part| part.split_once('='))
        .map(|(name, value)| (name, say(value, sentences, label)))
        .collect();
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    match sentences.get(key) {
        Some(sentence) => super::fill(sentence, &values),
        // Of another release: at least what it was about.
        None => values.iter().fold(key.to_owned(), |said, (_, value)| format!("{said} {value}")),
    }
}

/// How long a mark is whose beginning was read already; none when it does not end.
fn length(behind: &str) -> Option<usize> {
    let mut depth = 1;
    for (at, letter) in behind.char_indices() {
        match letter {
            BEGIN => depth += 1,
            END => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// Key and values of a mark; those of marks inside stay together.
fn parts(mark: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut begun) = (Vec::new(), 0, 0);
    for (at, letter) in mark.char_indices() {
        match letter {
            BEGIN => depth += 1,
            END => depth -= 1,
            NEXT if depth == 0 => {
                parts.push(&mark[begun..at]);
                begun = at + NEXT.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&mark[begun..]);
    parts
}

/// Names that stand in braces.
fn names(sentence: &str) -> impl Iterator<Item = &str> {
    sentence.split('{').skip(1).filter_map(|behind| Some(behind.split_once('}')?.0))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn german() -> BTreeMap<String, String> {
        let mut all = BTreeMap::new();
        let words = json!({"fault": "{field}: {fault}", "short": "Mindestens {limit} Zeichen.", "two": "{b} vor {a}"});
        flatten("f", &words, &mut all);
        all
    }

    fn marks() -> Value {
        let mut words = json!({"fault": "{field}: {fault}", "short": "At least {limit}.", "two": "{a}, {b}"});
        mark("f", &mut words);
        words
    }

    fn labels(kind: &str, key: &str) -> Option<String> {
        (kind == "zoom.host_key").then(|| format!("Feld {key}"))
    }

    #[test]
    fn what_was_left_unsaid_is_said_in_the_readers_language_with_what_stands_inside() {
        let marks = marks();
        let filled = |key: &str, values: &[(&str, &str)]| crate::words::fill(marks[key].as_str().unwrap(), values);
        let short = filled("short", &[("limit", "6")]);
        let fault = filled("fault", &[("field", &label("zoom.host_key", "/host_key")), ("fault", &short)]);
        assert_eq!(say(&fault, &german(), &labels), "Feld /host_key: Mindestens 6 Zeichen.");
        let joined = format!("{short} Zoom said: “=x=”");
        assert_eq!(say(&joined, &german(), &labels), "Mindestens 6 Zeichen. Zoom said: “=x=”");
        assert_eq!(say(&filled("two", &[("a", "1"), ("b", "{a}=2")]), &german(), &labels), "{a}=2 vor 1");
    }

    #[test]
    fn what_was_said_already_or_makes_no_sense_is_shown_as_it_is() {
        assert_eq!(say("The pin is too short.", &german(), &labels), "The pin is too short.");
        assert_eq!(say("a\u{2}f/short", &german(), &labels), "af/short");
        assert_eq!(say("\u{3}b\u{1f}\u{2}gone\u{1f}x=7\u{3}", &german(), &labels), "bgone 7");
        assert_eq!(say(&label("other", "/pin"), &german(), &labels), "pin");
    }
}
