//! Cards: what one vendor has of a person, a room or a meeting, small enough to stand beside the others', and what of it
//! can be reset. Part of a place, built from the same data (`place_build`). Shapes only.

use litemap::LiteMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::form::{Above, Bound, Call};
use crate::node::Node;
use crate::place::{Action, Column, List};

/// What one vendor has of somebody.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Card {
    /// What a person calls it, such as "Webex personal room".
    pub title: String,
    /// What its tag says, of what the first of `reads` brings; empty values are left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub state: Vec<Column>,
    /// What is read for it, side by side.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reads: Vec<Part>,
    /// Whose locks bind the facts that say so. `object` is the same call as one of `reads`, which need not be made twice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub above: Option<Above>,
    /// Several things of one kind, such as the meetings that somebody hosts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<List>,
    /// What can be reset.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resets: Vec<Reset>,
}

/// Facts that come with one call.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Part {
    /// How they are read.
    pub read: Call,
    /// Query that always goes with it.
    #[serde(default, skip_serializing_if = "LiteMap::is_empty")]
    pub query: LiteMap<String, String>,
    /// At least one.
    pub facts: Vec<Fact>,
}

/// One value, and what binds it. `*` in its pointer stands for every item of a list: several values, one after the other.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Fact {
    /// The value and the words for it.
    pub column: Column,
    /// Said only where these pointers of the same answer have these values, as text.
    #[serde(default, skip_serializing_if = "LiteMap::is_empty")]
    pub when: LiteMap<String, String>,
    /// Where the lock stands that takes the choice away: a lock of any of the groups binds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bound: Option<Bound>,
    /// Whether the value is ids of groups, said by the names that [`Card::above`] reads.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub groups: bool,
}

/// A PIN, a key or a passcode that is given a new value.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct Reset {
    /// Stable name, such as `webex.host_pin`.
    pub id: String,
    /// How it is done: call, parameters, the rest of the body, and where it can be done at all. Asks for nothing. Its
    /// label is on the button, its title above the dialog.
    pub action: Action,
    /// Pointer of the new value in the body.
    pub at: String,
    /// What a person calls the value.
    pub label: String,
    /// When it works, as a sentence.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub help: String,
    /// What may stand there, a PIN or a passcode, as its schema. See [`Reset::node`].
    pub rule: Value,
    /// What is read first, for the entity tag without which the old object could be written over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Call>,
    /// Id of the tab of the place where its button stands; beside the name, when it is empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub tab: String,
    /// Whether it is about one of [`Card::rows`] instead of the card's own object.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub for_row: bool,
}

impl Reset {
    /// What may stand there: checks what somebody chooses, and says how a new one is made up. Read when it is wanted: the
    /// code for it weighs more than all else that reads the index.
    pub fn node(&self) -> Node {
        Node::from(self.rule.clone())
    }
}
