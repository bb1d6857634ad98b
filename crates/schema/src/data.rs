//! Our own documents, embedded, and the fault that any document can have.

use std::collections::BTreeMap;

use thiserror::Error;

/// A document by file name. The name says what it is: `<vendor>.openapi.json`, `<vendor>.overlay.json`,
/// `<vendor>.forms.json`, `<vendor>.places.json` or `words/<form>[.<part>].en.json`.
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

/// The documents that ship with the program.
pub fn documents() -> Vec<Document> {
    embedded![
        "zoom.openapi.json",
        "zoom.overlay.json",
        "zoom.forms.json",
        "zoom.places.json",
        "words/zoom.group_settings.in_meeting.en.json",
        "words/zoom.group_settings.en.json",
        "words/zoom.group_locks.en.json",
        "words/zoom.user_settings.en.json",
        "words/zoom.user_profile.en.json",
        "words/zoom.user_presence.en.json",
        "words/zoom.group_registration.en.json",
        "words/zoom.places.en.json",
        "webex.openapi.json",
        "webex.forms.json",
        "webex.places.json",
        "words/webex.room.en.json",
        "words/webex.places.en.json",
        "connect.openapi.json",
        "connect.forms.json",
        "connect.places.json",
        "words/connect.passcode_policy.en.json",
        "words/connect.places.en.json",
        "veeting.openapi.json",
        "veeting.forms.json",
        "veeting.places.json",
        "words/veeting.account.en.json",
        "words/veeting.meeting.en.json",
        "words/veeting.places.en.json",
        "jobs.json",
        "people.json",
        "words/jobs.en.json",
        "words/record.en.json",
    ]
    .into()
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
