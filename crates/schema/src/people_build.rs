//! What the people index reads, from `people.json`: which lists, what of a row is a name, an address, a membership, and which
//! writes make it read something again. Refuses data that would index a secret. Must not know a vendor by name.

mod check;
mod line;

use std::collections::BTreeMap;

use litemap::LiteMap;
use serde::Deserialize;
use serde_json::Value;

pub use self::line::Line;
use crate::data::{DataFault, Document};
use crate::operation::Operation;
use crate::path::PathParams;
use crate::people::Kind;
use crate::place::Place;

/// The file.
pub(crate) const FILE: &str = "people.json";

/// What stands before a pointer into the vendor's answer, where data says whom a write was about.
const OF_ANSWER: &str = "answer:";

/// A list of people or meetings.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listing {
    /// Such as `zoom.users`.
    pub id: String,
    /// Vendor's id, from the operation.
    #[serde(skip)]
    pub vendor: String,
    /// Id of the operation that lists.
    pub read: String,
    /// Pointer of the rows in an answer.
    pub rows: String,
    /// The parameter that says how many rows come at once; empty when the list comes whole.
    #[serde(default)]
    pub size_param: String,
    /// How many.
    #[serde(default)]
    pub size: u64,
    /// Queries that are read one after the other; one without anything when there are none.
    #[serde(default = "one_query")]
    pub queries: Vec<BTreeMap<String, String>>,
    /// The list is read once for each row of another one.
    #[serde(default)]
    pub each: Option<Each>,
    /// How a single one is read again.
    #[serde(default)]
    pub one: Option<One>,
    /// Writes after which it is read again.
    #[serde(default)]
    pub after: Vec<After>,
    /// What a row is about.
    kind: Kind,
    /// Pointers of its id at the vendor: the first that is there.
    key: Vec<String>,
    /// Names, each put together from the texts at these pointers; the first is shown, all are found.
    names: Vec<Vec<String>>,
    /// Pointers of its addresses. `*` stands for every item of a list.
    #[serde(default)]
    emails: Vec<String>,
    /// Pointers of what else the vendor knows it by.
    #[serde(default)]
    ids: Vec<String>,
    #[serde(default)]
    department: Option<String>,
    /// Pointers of memberships by kind of unit, such as `zoom.group`.
    #[serde(default)]
    units: BTreeMap<String, String>,
    /// Pointers of whose meeting it is: an address or an id.
    #[serde(default)]
    host: Vec<String>,
    open: Open,
}

/// Rows for each of which a list is read.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Each {
    /// Id of the operation that lists them, whole.
    pub read: String,
    /// Pointer of the rows.
    pub rows: String,
    /// Path parameters of the list by pointer into such a row.
    pub params: BTreeMap<String, String>,
}

/// How a single row is read.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct One {
    /// Id of the operation; its answer is like a row.
    pub read: String,
    /// Its path parameter.
    pub param: String,
}

/// A write that changes whom the index knows.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct After {
    /// Id of the operation.
    #[serde(rename = "do")]
    pub operation: String,
    /// It only counts when its body has something at one of these pointers; any body when there are none.
    #[serde(default)]
    pub fields: Vec<String>,
    /// Whom it was about: `{parameter}`, a pointer into the body, or `answer:` and a pointer into the answer. The whole
    /// list is read again when this says nobody.
    #[serde(default)]
    pub who: Vec<String>,
}

/// The place that shows a row.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Open {
    place: String,
    /// Path parameters: pointers into the row, of which the first that is there counts, or `{parameter}` of the list.
    params: LiteMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Definitions {
    lists: Vec<Listing>,
}

fn one_query() -> Vec<BTreeMap<String, String>> {
    vec![BTreeMap::new()]
}

/// Every list that somebody may read. Those of operations that nobody may call here are left out.
pub(crate) fn build(
    documents: &[Document],
    operations: &[Operation],
    closed: &[Operation],
    places: &[Place],
) -> Result<Vec<Listing>, DataFault> {
    let Some(file) = documents.iter().find(|document| document.name == FILE) else { return Ok(Vec::new()) };
    let value = crate::document::parse(file)?;
    let definitions: Definitions = serde_json::from_value(value)
        .map_err(|error| DataFault::new(FILE, "/lists", format!("lists of people cannot be read: {error}")))?;
    let mut listings = Vec::new();
    for (index, mut listing) in definitions.lists.into_iter().enumerate() {
        let at = format!("/lists/{index}");
        let known = |id: &str| operations.iter().chain(closed).find(|operation| operation.id == id);
        listing.vendor = check::Check { at: &at, listing: &listing, known: &known, places }.all()?.vendor.clone();
        if operations.iter().any(|open| open.id == listing.read) {
            listings.push(listing);
        }
    }
    Ok(listings)
}

impl Listing {
    /// Id of the place that shows a row.
    pub fn place(&self) -> &str {
        &self.open.place
    }

    /// The lines of an answer; `given` are the parameters that it was asked with. None when there are no rows in it.
    pub fn lines(&self, answer: &Value, given: &PathParams) -> Option<Vec<Line>> {
        let rows = answer.pointer(&self.rows)?.as_array()?;
        Some(rows.iter().filter_map(|row| self.line(row, given)).collect())
    }

    /// The line of one row, or of the answer that reads a single one. None when it has no id.
    pub fn line(&self, row: &Value, given: &PathParams) -> Option<Line> {
        line::of(self, row, given)
    }

    /// Whom a write was about, as far as this list has to read it again. None: it is none of this list's business; nobody
    /// named: the whole list.
    pub fn touched(
        &self,
        operation: &str,
        params: &PathParams,
        body: Option<&Value>,
        answer: Option<&Value>,
    ) -> Option<Vec<String>> {
        let after = self.after.iter().find(|after| after.operation == operation)?;
        let counts = |pointer: &String| body.is_some_and(|body| body.pointer(pointer).is_some());
        if !after.fields.is_empty() && !after.fields.iter().any(counts) {
            return None;
        }
        let mut who = Vec::new();
        for from in &after.who {
            if let Some(name) = from.strip_prefix('{').and_then(|from| from.strip_suffix('}')) {
                who.extend(params.get(name).cloned());
            } else if let Some(pointer) = from.strip_prefix(OF_ANSWER) {
                who.extend(answer.into_iter().flat_map(|answer| line::texts(answer, pointer)));
            } else {
                who.extend(body.into_iter().flat_map(|body| line::texts(body, from)));
            }
        }
        who.sort_unstable();
        who.dedup();
        Some(who)
    }
}
