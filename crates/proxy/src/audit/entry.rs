//! What a row of the record says. The order of the fields is the canonical form: rows are hashed as they are written.
//! Must not hold a secret: callers redact before they build an entry.

use std::collections::BTreeMap;

use roomkey_schema::Role;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a row is about.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Somebody is about to change something at a vendor.
    Intent,
    /// Somebody is about to be shown a secret.
    Reveal,
    /// How either ended.
    Outcome,
    /// Somebody asked for something that the role, or a rule about secrets, does not allow.
    Denied,
    /// Somebody signed in.
    SignedIn,
    /// Somebody signed out.
    SignedOut,
    /// Somebody failed to sign in.
    SignInFailed,
    /// Somebody started a bulk job, or let it go on.
    JobStarted,
    /// Somebody paused a bulk job.
    JobPaused,
    /// Somebody ended a bulk job.
    JobCancelled,
    /// Somebody let the failed rows of a bulk job run again.
    JobRepeated,
    /// Somebody threw a bulk job away that never ran.
    JobDeleted,
    /// Somebody took the new values of a bulk job; they are destroyed then.
    HandedOver,
    /// Somebody took a part of the record away.
    Exported,
}

/// How a change ended.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Result {
    /// The vendor accepted it, and reading back shows all of it (or the operation has nothing to read back).
    Applied,
    /// The vendor accepted it; reading back shows a part, or could not be done.
    Accepted,
    /// The secret was shown.
    Shown,
    /// The vendor refused it.
    Refused,
    /// It was never sent.
    NotSent,
    /// Nobody knows: the vendor did not answer, and reading back did not settle it.
    Unknown,
}

/// A leaf that is being changed.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Change {
    /// JSON Pointer into the body.
    pub pointer: String,
    /// What was there before; absent when it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<Value>,
    /// What was sent.
    pub new: Value,
}

/// A row's content.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Entry {
    /// RFC 3339, UTC, with milliseconds.
    pub at: String,
    /// What it is about.
    pub kind: Kind,
    /// Account.
    pub actor: String,
    /// The account's role at that moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Ours.
    pub request_id: String,
    /// Vendor, when one is concerned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vendor: Option<String>,
    /// Operation, when one is concerned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// Path parameters: whose settings, which member.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub objects: BTreeMap<String, String>,
    /// Query parameters.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub query: BTreeMap<String, String>,
    /// With an outcome: sequence number of its intent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intent: Option<u64>,
    /// Old and new leaves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// With an outcome: how it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<Result>,
    /// Kind of the problem, when there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// The vendor's code, when it sent one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vendor_code: Option<String>,
    /// The vendor's tracking id, when it sent one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tracking_id: Option<String>,
    /// Leaves that were sent and are not there after reading back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_applied: Vec<String>,
    /// JSON Pointer of the secret that somebody wants to be shown.
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
    /// Why somebody did it, in that person's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Entry {
    /// An entry of that kind with nothing else in it.
    pub fn new(kind: Kind, at: String, actor: &str, role: Option<Role>, request_id: &str) -> Self {
        Self {
            at,
            kind,
            actor: actor.to_owned(),
            role,
            request_id: request_id.to_owned(),
            vendor: None,
            operation: None,
            objects: BTreeMap::new(),
            query: BTreeMap::new(),
            intent: None,
            changes: Vec::new(),
            result: None,
            problem: None,
            vendor_code: None,
            tracking_id: None,
            not_applied: Vec::new(),
            secret: None,
            job: None,
            row: None,
            undoes: None,
            reason: None,
        }
    }
}
