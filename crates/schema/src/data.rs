//! Our own documents, embedded, and the fault that any document can have.

use std::collections::BTreeMap;

use serde_json::Value;
use thiserror::Error;

use crate::language::Language;

/// A document by file name. The name says what it is: `<vendor>.openapi.json`, `<vendor>.overlay.json`,
/// `<vendor>.forms.json`, `<vendor>.places.json` or `words/<form>[.<part>].<language>.json`.
#[derive(Clone, Debug)]
pub struct Document {
    /// File name, with the folder for words.
    pub name: String,
    /// JSON.
    pub text: String,
}

/// A document that cannot be used.
#[derive(Debug, Error)]
#[error("{document}, at \"{pointer}\": {message}")]
pub struct DataFault {
    /// File name of the document.
    pub document: String,
    /// JSON Pointer to the place.
    pub pointer: String,
    /// What is wrong there and what is needed.
    pub message: String,
}

impl DataFault {
    pub(crate) fn new(document: &str, pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self { document: document.to_owned(), pointer: pointer.into(), message: message.into() }
    }
}

macro_rules! embedded {
    ($($name:literal),* $(,)?) => {
        [$(Document { name: $name.to_owned(), text: include_str!(concat!("../data/", $name)).to_owned() }),*]
    };
}

macro_rules! words {
    ($($name:literal),* $(,)?) => {
        &[$((
            $name,
            include_str!(concat!("../data/words/", $name, ".en.json")),
            include_str!(concat!("../data/words/", $name, ".de.json")),
        )),*]
    };
}

/// All words that the proxy reads: the name of the file, English, German.
const WORDS: &[(&str, &str, &str)] = words![
    "bulk",
    "connect.passcode_policy",
    "connect.places",
    "jobs",
    "problems",
    "record",
    "record_file",
    "veeting.account",
    "veeting.meeting",
    "veeting.places",
    "violations",
    "webex.places",
    "webex.room",
    "zoom.group_locks",
    "zoom.group_registration",
    "zoom.group_settings",
    "zoom.group_settings.in_meeting",
    "zoom.places",
    "zoom.user_presence",
    "zoom.user_profile",
    "zoom.user_settings",
];

/// The documents that ship with the program, with the words in English.
pub fn documents() -> Vec<Document> {
    documents_in(Language::En)
}

/// The documents that ship with the program, with the words in that language.
pub fn documents_in(language: Language) -> Vec<Document> {
    let described = embedded![
        "zoom.openapi.json",
        "zoom.overlay.json",
        "zoom.forms.json",
        "zoom.places.json",
        "webex.openapi.json",
        "webex.forms.json",
        "webex.places.json",
        "connect.openapi.json",
        "connect.forms.json",
        "connect.places.json",
        "veeting.openapi.json",
        "veeting.forms.json",
        "veeting.places.json",
        "jobs.json",
        "people.json",
    ];
    let words = WORDS.iter().map(|(name, english, german)| Document {
        name: format!("words/{name}.{}.json", language.as_str()),
        text: match language {
            Language::En => (*english).to_owned(),
            Language::De => over(english, german),
        },
    });
    described.into_iter().chain(words).collect()
}

/// A words file of that name in that language.
pub fn words(name: &str, language: Language) -> Option<String> {
    let (_, english, german) = WORDS.iter().find(|(known, ..)| *known == name)?;
    Some(match language {
        Language::En => (*english).to_owned(),
        Language::De => over(english, german),
    })
}

/// Names of all words files, without language and ending.
pub fn words_files() -> impl Iterator<Item = &'static str> {
    WORDS.iter().map(|(name, ..)| *name)
}

/// Words over those of English, which stand where there are none. A file that cannot be read has none.
fn over(english: &str, words: &str) -> String {
    let (Ok(mut all), Ok(words)) = (serde_json::from_str(english), serde_json::from_str(words)) else {
        return english.to_owned();
    };
    lay_over(&mut all, words);
    all.to_string()
}

/// Only what English has, too, and of the same kind: nothing else would be looked for. Lists are names that a thing is
/// known by: those of all languages count.
fn lay_over(below: &mut Value, above: Value) {
    match (below, above) {
        (Value::Object(below), Value::Object(above)) => {
            for (key, above) in above {
                if let Some(below) = below.get_mut(&key) {
                    lay_over(below, above);
                }
            }
        }
        (Value::Array(below), Value::Array(above)) => {
            let new: Vec<Value> = above.into_iter().filter(|name| !below.contains(name)).collect();
            below.extend(new);
        }
        (Value::String(below), Value::String(above)) => *below = above,
        _ => {}
    }
}

/// The overlay that says how many digits host PINs have, and on which Webex sites they have how many others.
pub fn webex_pins(digits: u8, by_site: &BTreeMap<String, u8>) -> Document {
    let mut all: BTreeMap<&str, u8> = by_site.iter().map(|(site, digits)| (site.as_str(), *digits)).collect();
    all.insert("", digits);
    let pin = serde_json::json!({"minLength": null, "maxLength": null, "x-pin": {"digits": all}});
    let schema = serde_json::json!({"schema": {"properties": {"hostPin": pin}}});
    let put = serde_json::json!({"requestBody": {"content": {"application/json": schema}}});
    let overlay = serde_json::json!({"PUT /meetingPreferences/personalMeetingRoom": put});
    Document { name: "webex.overlay.json".to_owned(), text: overlay.to_string() }
}

/// The overlay for a Webex site that is reached over XML, where a host PIN is all that can be changed.
pub fn webex_xml_overlay() -> Document {
    Document { name: "webex.overlay.json".to_owned(), text: include_str!("../data/webex_xml.overlay.json").to_owned() }
}

/// The overlay for a Veeting key of one account, which may neither make accounts nor act for others.
pub fn veeting_account_overlay() -> Document {
    let text = include_str!("../data/veeting_account.overlay.json").to_owned();
    Document { name: "veeting.overlay.json".to_owned(), text }
}
