//! The record as it travels to the console: `GET /api/audit`. Shapes only; the record itself is the proxy's.

use litemap::LiteMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Role;

/// A page of the record, newest first.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Page {
    /// Entries; an intent and its outcome are one.
    pub items: Vec<Entry>,
    /// Ask with `before` this number for what is older; none at the beginning of the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<u64>,
}

/// Something that was done, tried or denied.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Entry {
    /// Number of its first row in the record.
    pub seq: u64,
    /// When (RFC 3339).
    pub at: String,
    /// When it ended, if that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<String>,
    /// What it is about, such as `intent` or `signed_in`.
    pub kind: String,
    /// Who.
    pub actor: String,
    /// As what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Vendor's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vendor: Option<String>,
    /// Operation's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// What a person calls the operation.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Whose settings, which member: parameters of the path, and those of the query that say so.
    #[serde(default, skip_serializing_if = "LiteMap::is_empty")]
    pub objects: LiteMap<String, String>,
    /// Names of those objects, by parameter, as far as the index knows them.
    #[serde(default, skip_serializing_if = "LiteMap::is_empty")]
    pub names: LiteMap<String, String>,
    /// Old and new.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// How it ended, such as `applied`; none while that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<String>,
    /// What went wrong, as a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// The vendor's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vendor_code: Option<String>,
    /// The vendor's tracking id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tracking_id: Option<String>,
    /// Ours.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub request_id: String,
    /// Why, in that person's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What was shown, or was to be, as a person calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
    /// The bulk job that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job: Option<String>,
    /// Number of the row in the job's file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<u64>,
    /// The entry that it undoes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<u64>,
    /// The entry that undid it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undone: Option<u64>,
    /// Whether the reader may undo it from here.
    #[serde(default)]
    pub undo: bool,
}

/// One leaf, old and new.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Change {
    /// JSON Pointer into the body.
    pub pointer: String,
    /// What a person calls it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// Before; none when it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<Value>,
    /// Sent.
    pub new: Value,
    /// What a person calls the old value, when that is something else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old_name: Option<String>,
    /// What a person calls the new value, when that is something else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_name: Option<String>,
    /// Whether it locks a setting instead of being one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lock: bool,
    /// Whether it is a secret: old and new say only whether it is set.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub secret: bool,
    /// Whether it was sent and is not there after reading back.
    #[serde(default)]
    pub not_applied: bool,
}

/// Whether the record is whole: `GET` and `POST /api/audit/verify`. A `POST` begins to look and answers at once.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Verification {
    /// How far it is.
    pub state: VerificationState,
    /// Rows that were looked at.
    #[serde(default)]
    pub checked: u64,
    /// Rows that there were when it began.
    #[serde(default)]
    pub of: u64,
    /// When it ended (RFC 3339).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// Since when there is a record (RFC 3339).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// The first thing that is wrong, as a sentence.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub finding: String,
    /// What checkpoints are checked with elsewhere, in hexadecimal.
    pub public_key: String,
}

/// How far a verification is.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum VerificationState {
    /// Nobody has looked since the server started.
    #[default]
    Unknown,
    /// Under way.
    Running,
    /// Nothing is wrong.
    Whole,
    /// Something is.
    Broken,
    /// It could not be looked at.
    Failed,
}
