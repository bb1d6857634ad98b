//! What a person changes and what came of it, as plain data between the model, the store and the views.

use roomkey_schema::form::FieldWords;
use roomkey_schema::{Node, Shape, Violation};
use serde_json::Value;

/// Which half of a row.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) enum Part {
    /// The setting itself.
    Setting,
    /// The lock on it.
    Lock,
}

/// One half of one row: row index, half.
pub(crate) type Place = (usize, Part);

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Fault {
    /// What we found.
    Found(Violation),
    /// What the server says, as a sentence.
    Said(String),
}

/// How a row stands; everything that can change about it.
#[expect(clippy::struct_excessive_bools, reason = "each stands for itself, and all combinations occur")]
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct RowState {
    /// The setting's value as it would be after applying; none when the vendor did not tell.
    pub(crate) value: Option<Value>,
    /// What was typed, when it is no value yet.
    pub(crate) typed: Option<String>,
    /// Whether it is locked; none when the vendor did not tell.
    pub(crate) lock: Option<bool>,
    /// The setting was changed here and not yet applied.
    pub(crate) changed: bool,
    /// The lock was changed here and not yet applied.
    pub(crate) lock_changed: bool,
    /// What is wrong with what was typed.
    pub(crate) fault: Option<Fault>,
    /// Of a secret: whether there is one. What it is stays with the vendor.
    pub(crate) is_set: Option<bool>,
    /// What came of the last apply.
    pub(crate) outcome: Outcome,
    /// Somebody else changed it meanwhile, to this.
    pub(crate) theirs: Option<Value>,
    /// The switch above is off, so this has no effect now.
    pub(crate) off: bool,
    /// Left out by the filter.
    pub(crate) hidden: bool,
}

/// What came of a row's last apply.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) enum Outcome {
    /// Nothing was applied.
    #[default]
    None,
    /// Written and read back.
    Applied,
    /// Accepted by the vendor, but read back with the old value.
    NotApplied,
    /// Not asked for; the vendor changed it along with something else.
    AlsoChanged,
}

/// Numbers for the bar and the sections.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Summary {
    /// Changed settings.
    pub(crate) changes: usize,
    /// Changed locks.
    pub(crate) locks: usize,
    /// Rows with a fault.
    pub(crate) faults: usize,
    /// Rows that somebody else changed meanwhile.
    pub(crate) conflicts: usize,
    /// Rows that the filter leaves, by section.
    pub(crate) shown: Vec<usize>,
    /// Changed rows by section.
    pub(crate) changed: Vec<usize>,
    /// Locked rows by section.
    pub(crate) locked: Vec<usize>,
}

/// One line of the review.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Change {
    /// Where it is.
    pub(crate) place: Place,
    /// The row's label.
    pub(crate) label: String,
    /// Value before.
    pub(crate) old: Said,
    /// Value after.
    pub(crate) new: Said,
}

/// A value as it is said to a person. Words for on, off and the like are the view's.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Said {
    /// A switch that is on.
    On,
    /// A switch that is off.
    Off,
    /// A lock that is closed.
    Locked,
    /// A lock that is open.
    Open,
    /// No value, or an empty one.
    Nothing,
    /// Text that needs no words.
    Text(String),
    /// A moment, as vendors write it.
    Moment(String),
    /// This many objects.
    Entries(usize),
}

/// Says a value.
pub(crate) fn say(part: Part, node: &Node, words: &FieldWords, value: Option<&Value>) -> Said {
    match (part, value) {
        (_, None | Some(Value::Null)) => Said::Nothing,
        (Part::Lock, Some(Value::Bool(true))) => Said::Locked,
        (Part::Lock, Some(Value::Bool(false))) => Said::Open,
        (_, Some(Value::Bool(true))) => Said::On,
        (_, Some(Value::Bool(false))) => Said::Off,
        (_, Some(Value::Array(items))) if items.is_empty() => Said::Nothing,
        (_, Some(Value::Array(items))) => match &node.shape {
            Shape::List { item, .. } if item.members().is_none() => {
                Said::Text(items.iter().map(|item| words.name_of(item)).collect::<Vec<_>>().join(", "))
            }
            _ => Said::Entries(items.len()),
        },
        (_, Some(Value::String(text))) if !text.is_empty() && node.shape == Shape::Moment => Said::Moment(text.clone()),
        (_, Some(Value::String(text))) if text.is_empty() && !words.choices.contains_key("") => Said::Nothing,
        (_, Some(value)) => Said::Text(words.name_of(value)),
    }
}
