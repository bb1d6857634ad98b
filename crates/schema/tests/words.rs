//! The words of every language: none missing, none left over, each with the values and plural forms of its sentence, and
//! nothing left in English by mistake. A failure names file and key of each. Must not judge how something is said.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use roomkey_schema::{Catalog, Language, data};
use serde_json::Value;

/// Plural forms of our languages (CLDR): both have these and no others.
const PLURALS: [&str; 2] = ["one", "other"];
/// Plural forms of any language.
const ANY_PLURALS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// What may stand in German as it does in English: names of products and places, technical terms, and words that are the
/// same in both. Whole texts, one a line.
const SAME: &str = include_str!("same_in_every_language.txt");

type Words = BTreeMap<String, String>;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data/words")
}

/// Names of all words files, without language.
fn files() -> BTreeSet<String> {
    let names = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.map(|name| name.strip_suffix(".json").unwrap().rsplit_once('.').unwrap().0.to_owned()).collect()
}

/// Every text of a file by its JSON Pointer. Lists are left out: they are names that a thing is recognised by, and those of
/// all languages count.
fn words(file: &str, language: Language) -> Words {
    let path = folder().join(format!("{file}.{}.json", language.as_str()));
    let text = fs::read_to_string(&path).unwrap_or_else(|cause| panic!("{}: {cause}", path.display()));
    let value: Value = serde_json::from_str(&text).unwrap_or_else(|cause| panic!("{}: {cause}", path.display()));
    let mut words = Words::new();
    flatten(&value, "", &mut words);
    words
}

fn flatten(value: &Value, pointer: &str, words: &mut Words) {
    match value {
        Value::Object(members) => {
            for (key, member) in members.iter().filter(|(key, _)| !names_another(pointer, key)) {
                flatten(member, &format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1")), words);
            }
        }
        Value::String(text) => drop(words.insert(pointer.to_owned(), text.clone())),
        _ => {}
    }
}

/// Whether a text is no word, but names other words or another row.
fn names_another(pointer: &str, key: &str) -> bool {
    (pointer.is_empty() && key == "like") || (pointer.ends_with("/depends") && key == "on")
}

/// What a text is filled with: names in braces.
fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|behind| Some(behind.split_once('}')?.0)).collect()
}

/// Calls `fault` with English and German of every file.
fn every_file(mut faults_of: impl FnMut(&Words, &Words) -> Vec<String>) {
    let mut faults = Vec::new();
    for file in files() {
        let (english, german) = (words(&file, Language::En), words(&file, Language::De));
        faults.extend(faults_of(&english, &german).into_iter().map(|fault| format!("{file}.*.json: {fault}")));
    }
    assert!(faults.is_empty(), "{} faults in words:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_word_of_each_language_is_in_the_other() {
    every_file(|english, german| {
        let missing = |from: &Words, of: &Words, language: &str| -> Vec<String> {
            of.keys().filter(|key| !from.contains_key(*key)).map(|key| format!("not in {language}: {key}")).collect()
        };
        [missing(german, english, "de"), missing(english, german, "en")].concat()
    });
}

#[test]
fn every_sentence_is_filled_with_the_same_values_in_each_language() {
    every_file(|english, german| {
        let differs = |(key, text): (&String, &String)| {
            let theirs = placeholders(german.get(key)?);
            (placeholders(text) != theirs).then(|| format!("{key}: {:?} in en, {theirs:?} in de", placeholders(text)))
        };
        english.iter().filter_map(differs).collect()
    });
}

#[test]
fn every_plural_has_exactly_the_forms_of_its_language() {
    every_file(|english, german| {
        let incomplete = |words: &Words, language: &str| -> Vec<String> {
            let mut forms: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
            for key in words.keys() {
                if let Some((stem, form)) = key.rsplit_once(['.', '/']).filter(|(_, form)| ANY_PLURALS.contains(form)) {
                    forms.entry(stem).or_default().insert(form);
                }
            }
            // Choices, fields and sections may be called so, too.
            let is_plural = |stem: &str| !["choices", "sections", "fields"].iter().any(|named| stem.ends_with(named));
            forms
                .into_iter()
                .filter(|(stem, _)| is_plural(stem))
                .filter(|(_, forms)| *forms != BTreeSet::from(PLURALS))
                .map(|(stem, forms)| format!("{language} {stem}: has {forms:?}"))
                .collect()
        };
        [incomplete(english, "en"), incomplete(german, "de")].concat()
    });
}

#[test]
fn nothing_is_left_in_english_by_mistake() {
    every_file(|english, german| {
        let is_word = |text: &str| text.chars().filter(|letter| letter.is_alphabetic()).count() > 1;
        let only_values = |text: &str| {
            let bare = placeholders(text)
                .into_iter()
                .fold(text.to_owned(), |text, name| text.replace(&format!("{{{name}}}"), ""));
            !is_word(&bare)
        };
        let same = english.iter().filter(|(key, text)| {
            german.get(*key) == Some(text) && !only_values(text) && !SAME.lines().any(|same| same == *text)
        });
        same.map(|(key, text)| format!("the same in both: {key}: {text:?}")).collect()
    });
}

#[test]
fn no_text_is_empty_or_has_spaces_at_its_ends() {
    every_file(|english, german| {
        let untidy = |(key, text): (&String, &String)| {
            (text.trim() != text || text.is_empty()).then(|| format!("{key}: {text:?}"))
        };
        english.iter().chain(german).filter_map(untidy).collect()
    });
}

#[test]
fn every_file_of_words_is_read_by_the_server_or_the_console() {
    let read: BTreeSet<String> = data::words_files().map(str::to_owned).chain(["console".to_owned()]).collect();
    assert_eq!(read, files());
}

#[test]
fn catalog_in_german_has_the_same_operations_forms_and_places() {
    let load = |language| Catalog::load(&data::documents_in(language)).unwrap_or_else(|fault| panic!("{fault}"));
    let (english, german) = (load(Language::En), load(Language::De));
    let ids = |catalog: &Catalog| {
        let forms = catalog.forms().iter().map(|form| form.id.clone());
        let places = catalog.places().iter().map(|place| place.id.clone());
        let jobs = catalog.recipes().iter().map(|recipe| recipe.kind.id.clone());
        forms.chain(places).chain(jobs).collect::<Vec<_>>()
    };
    assert_eq!(ids(&english), ids(&german));
    assert_eq!(english.operations().len(), german.operations().len());
    let rows = |catalog: &Catalog| {
        let rows = catalog.forms().iter().flat_map(|form| form.rows().map(|(_, row)| row.id.clone()));
        rows.collect::<Vec<_>>()
    };
    assert_eq!(rows(&english), rows(&german));
}

#[test]
fn a_column_is_recognised_by_its_names_in_every_language() {
    let german = Catalog::load(&data::documents_in(Language::De)).unwrap();
    let english = Catalog::load(&data::documents()).unwrap();
    for (english, german) in english.recipes().iter().zip(german.recipes()) {
        let (names, all) = (&english.kind.subject.names, &german.kind.subject.names);
        assert!(names.iter().all(|name| all.contains(name)), "{}: {all:?}", german.kind.id);
    }
}
