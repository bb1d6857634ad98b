//! Places of the console as they travel to it: addresses, what is read there, lists, forms and actions. Built from data
//! (`place_build`), so that the console builds no address and no body for a single operation by hand. Shapes only.

use litemap::LiteMap;
use serde::{Deserialize, Serialize};

use crate::card::Card;
use crate::form::Call;

/// Somewhere a person can go: a list of objects, or one object with tabs.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Place {
    /// Such as `zoom.group`.
    pub id: String,
    /// Vendor's id, such as `zoom`.
    pub vendor: String,
    /// Address in the console, such as `/zoom/groups/{groupId}`. A tab's id follows as one more segment.
    pub path: String,
    /// What a person calls it: the list, or one such object while its name is not known.
    pub title: String,
    /// The icon in the navigation; empty when the place does not stand there.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub icon: String,
    /// The key behind `g` that leads there.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key: String,
    /// Id of the place that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub above: Option<String>,
    /// What is read to name the object.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<Head>,
    /// The same object seen from several sides, such as a person's rooms on several sites.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sides: Option<Sides>,
    /// At least one.
    pub tabs: Vec<Tab>,
    /// What can be done with the object.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
    /// The object in short, to stand beside what other vendors have of the same person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<Card>,
}

/// Sides of an object. Shown when there are several.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Sides {
    /// What a person calls them.
    pub label: String,
    /// Where they are listed; a row's first column is its name.
    pub list: List,
    /// Where a side leads, by pointer into its row; the parameters of this place go along.
    pub open: Open,
    /// Pointer of whether it is the side that is shown when the address names none.
    pub usual: String,
}

/// What names an object.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Head {
    /// How it is read.
    pub read: Call,
    /// Pointers of the parts of its name; empty parts are left out.
    pub name: Vec<String>,
    /// Pointer of how many people it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<String>,
    /// What else is said under the name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Column>,
}

/// One view of an object, or the only one of a place.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Tab {
    /// The last segment of its address; empty when the place has no tabs.
    pub id: String,
    /// What a person calls it.
    pub title: String,
    /// What it is for, in one line.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub help: String,
    /// Id of the form that it shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    /// The list that it shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<List>,
    /// Numbers on top, read with an operation of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Head>,
    /// What can be done here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
}

/// Rows of one kind.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct List {
    /// How it is read.
    pub read: Call,
    /// Query that always goes with it.
    #[serde(default, skip_serializing_if = "LiteMap::is_empty")]
    pub query: LiteMap<String, String>,
    /// Pointer of the rows in the answer.
    pub rows: String,
    /// Pointer of a row's own id.
    pub key: String,
    /// How many rows are asked for at once; 0 when the list comes whole.
    #[serde(default)]
    pub size: u64,
    /// The parameter that says so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub size_param: String,
    /// What is shown of a row.
    pub columns: Vec<Column>,
    /// What the list can be narrowed down by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<Filter>,
    /// Where a row leads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open: Option<Open>,
    /// Pointer of what names a row to a bulk job, where that is no e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bulk: Option<String>,
    /// What can be done with one row.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
    /// What can be done with all chosen rows at once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub chosen: Vec<Action>,
    /// What is said when there are no rows.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub empty: String,
    /// How many rows there are, as words with `{n}`, by plural form.
    #[serde(default, skip_serializing_if = "LiteMap::is_empty")]
    pub count: LiteMap<String, String>,
}

/// One value of an object or a row.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Column {
    /// Pointer.
    pub at: String,
    /// What a person calls it.
    pub label: String,
    /// How it is shown.
    #[serde(default)]
    pub kind: ColumnKind,
    /// Words for its values.
    #[serde(default, skip_serializing_if = "LiteMap::is_empty")]
    pub choices: LiteMap<String, String>,
    /// Of a secret: where it is read, when the reader may be shown what it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reveal: Option<Reveal>,
}

/// Where one secret is read by itself.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Reveal {
    /// How.
    pub read: Call,
    /// Its parameters by pointer into the row; those of the place's address go along.
    #[serde(default, skip_serializing_if = "LiteMap::is_empty")]
    pub params: LiteMap<String, String>,
    /// Pointer of the secret in what is read.
    pub at: String,
}

/// How a value is shown.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    /// As it is.
    #[default]
    Text,
    /// As people write numbers.
    Number,
    /// A moment, in the reader's zone.
    Time,
    /// A secret: whether it is set.
    Secret,
}

/// Narrows a list down.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Filter {
    /// What a person calls it.
    pub label: String,
    /// The parameter that goes with reading the list; else rows are compared here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub param: Option<String>,
    /// Pointer of the value in a row, when rows are compared here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// How its value is given: chosen, or a moment.
    #[serde(default)]
    pub kind: ColumnKind,
    /// Words for its values; without them, the values that the rows have.
    #[serde(default, skip_serializing_if = "LiteMap::is_empty")]
    pub choices: LiteMap<String, String>,
    /// Where the values come from, when an operation lists them: its key is the value, its first column the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<List>,
}

/// Things that a value is chosen from by name. The first column of the list is the name, the second says more.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Pick {
    /// Where they are listed.
    pub list: List,
    /// The value for a chosen one: pointer in the value → pointer into the row, or `=` and a text or whole number. The
    /// first names it. A single entry with an empty pointer makes the value itself.
    #[serde(default, skip_serializing_if = "LiteMap::is_empty")]
    pub item: LiteMap<String, String>,
    /// Pointer in the value that takes what was typed, where what was typed will do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub typed: Option<String>,
    /// Pointers of members that are asked for each chosen one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ask: Vec<String>,
}

/// Where a row leads.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Open {
    /// Id of the place.
    pub place: String,
    /// Path parameters, by pointer into the row.
    pub params: LiteMap<String, String>,
}

/// Something that can be done.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Action {
    /// The operation.
    pub call: Call,
    /// On the button.
    pub label: String,
    /// Above the dialog.
    pub title: String,
    /// What will happen, to whom. `{name}` is what it is done to.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// What is said afterwards.
    pub done: String,
    /// Whether something is lost by it.
    #[serde(default)]
    pub danger: bool,
    /// What is read before it is asked: how many there are stands in the question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<List>,
    /// Id of the form that asks for the rest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    /// Parameters of path and query: pointer into what it is done to, or `=` and the value itself.
    #[serde(default, skip_serializing_if = "LiteMap::is_empty")]
    pub params: LiteMap<String, String>,
    /// Members of the body: pointer in the body → pointer into what it is done to, `=` and the value itself, or the name
    /// of a parameter of the place's address in braces.
    #[serde(default, skip_serializing_if = "LiteMap::is_empty")]
    pub body: LiteMap<String, String>,
    /// What the form begins with: pointer in the body → pointer into what it is done to.
    #[serde(default, skip_serializing_if = "LiteMap::is_empty")]
    pub fill: LiteMap<String, String>,
    /// Only where these pointers have these values, as text.
    #[serde(default, skip_serializing_if = "LiteMap::is_empty")]
    pub when: LiteMap<String, String>,
    /// How many rows go at once, when it can be done to several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub many: Option<Many>,
    /// What of the answer is shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub result: Vec<Column>,
    /// Where the answer says what came of each row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub each: Option<Each>,
    /// Whether the object is gone afterwards.
    #[serde(default)]
    pub leaves: bool,
    /// Member of a multipart body that takes a file; several files go one after the other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
}

/// What came of each row, in one answer about several.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Each {
    /// Pointer of the row's id, in the row.
    pub key: String,
    /// Pointer of its name, in the row.
    pub name: String,
    /// Pointer of the ids for which it was done, in the answer.
    pub done: String,
    /// Pointer of the reasons why it was not, each with its ids.
    pub failed: String,
    /// Pointer of the ids, in a reason.
    pub ids: String,
    /// Pointer of what is said about them, in a reason.
    pub reason: String,
    /// Words for the reasons.
    #[serde(default, skip_serializing_if = "LiteMap::is_empty")]
    pub choices: LiteMap<String, String>,
}

/// Several rows in one call.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Many {
    /// Pointer of the list in the body, or `?` and the name of the parameter that takes ids with commas between them.
    pub at: String,
    /// Members of one item: pointer in the item → pointer into the row. A single entry with an empty pointer makes the
    /// item that value itself.
    #[serde(default, skip_serializing_if = "LiteMap::is_empty")]
    pub item: LiteMap<String, String>,
    /// How many at most.
    pub size: u64,
    /// Items that go by themselves, in smaller numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apart: Option<Apart>,
}

/// Items of one kind that have a limit of their own.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Apart {
    /// Pointer into the item.
    pub at: String,
    /// The value there that makes it one of these, as text.
    pub value: String,
    /// How many at most.
    pub size: u64,
}
