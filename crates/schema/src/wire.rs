//! What travels between the proxy and the console beside the vendors' own bodies: problems, outcomes of writes, the
//! signed-in person and the index of forms. Shapes only; must not hold sentences or behaviour.

use litemap::LiteMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::connection::Notice;
use crate::place::Place;
use crate::role::Role;
use crate::scope::Scope;
use crate::session::Way;

/// An RFC 9457 problem (`application/problem+json`) with our extensions.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Problem {
    /// `about:blank`, or a URI that names the kind.
    #[serde(rename = "type", default)]
    pub type_uri: String,
    /// A short name of the kind, the same for every occurrence.
    pub title: String,
    /// HTTP status of this answer.
    pub status: u16,
    /// What happened and what to do next, as a sentence for a person.
    #[serde(default)]
    pub detail: String,
    /// Our stable name of the kind, such as `conflict` or `vendor_rate_limited`.
    pub kind: String,
    /// Which vendor said so, when one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vendor: Option<String>,
    /// The vendor's own code, as it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vendor_code: Option<String>,
    /// Faults of single fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldProblem>,
    /// Ours; the same as in `X-Request-Id` and in the record.
    #[serde(default)]
    pub request_id: String,
    /// The vendor's, to quote to its support.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tracking_id: Option<String>,
    /// When it makes sense to try again: RFC 3339, UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_at: Option<String>,
    /// With `conflict`: what the vendor holds now, secrets redacted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current: Option<Value>,
    /// With `conflict`: the entity tag of `current`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
}

/// A fault of one field of a request.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct FieldProblem {
    /// JSON Pointer into the body, or the name of a parameter.
    pub pointer: String,
    /// A sentence: what is wrong and what to do.
    pub detail: String,
}

/// The answer to a write that the vendor accepted (status 200).
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Written {
    /// Sequence number of the outcome in the record.
    pub record: u64,
    /// The vendor's tracking id of the write.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tracking_id: Option<String>,
    /// What the vendor holds now, read back, secrets redacted. Absent when the operation has nothing to read back, or
    /// when reading back failed (`read_back_problem` then says why).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// Entity tag of `value`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// JSON Pointers of leaves that were sent and are not there after reading back.
    #[serde(default)]
    pub not_applied: Vec<String>,
    /// The vendor's own answer body when it has one (a created object, say), secrets redacted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Value>,
    /// Why reading back failed, when it did. The write itself was accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_back_problem: Option<Box<Problem>>,
}

/// Who is signed in (`GET /auth/me`).
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Me {
    /// Account name; see `actor`.
    pub name: String,
    /// What the person may do.
    pub role: Role,
    /// With whom.
    #[serde(default, skip_serializing_if = "Scope::is_everywhere")]
    pub scope: Scope,
    /// How the person signed in.
    #[serde(default, skip_serializing_if = "Way::is_password")]
    pub way: Way,
}

/// What the caller may reach (`GET /api/schema`).
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Index {
    /// Forms that the caller may read.
    pub forms: Vec<FormEntry>,
    /// Operations that the caller may call, by id.
    pub operations: LiteMap<String, OperationEntry>,
    /// Places that the caller may go to.
    #[serde(default)]
    pub places: Vec<Place>,
    /// Addresses of places that there are, but not for the caller.
    #[serde(default)]
    pub closed: Vec<String>,
    /// What will go wrong at a vendor, as far as it concerns the caller.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<Notice>,
}

/// One form of the index.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct FormEntry {
    /// Such as `zoom.group_settings`.
    pub id: String,
    /// Vendor's id, such as `zoom`.
    pub vendor: String,
    /// What a person calls it.
    pub title: String,
    /// Path parameters that say whose settings they are, in order.
    pub params: Vec<String>,
    /// Hash of the form's content: `GET /api/schema/{id}?v={hash}` never changes.
    pub hash: String,
    /// Whether the form has a place of its own in the console; others are listed under their vendor.
    pub placed: bool,
}

/// One operation of the index.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct OperationEntry {
    /// `GET`, `POST`, `PUT`, `PATCH` or `DELETE`.
    pub method: String,
    /// Template below `/api`, such as `/zoom/groups/{groupId}`.
    pub path: String,
}
