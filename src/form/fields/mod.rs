//! Controls, one file a kind. Dumb: they show a value and say what a person made of it, and know no form, no store and
//! no vendor. A kind that nobody knows is shown as it is.

mod choice;
mod choices;
mod object_list;
mod switch;
mod text;
mod text_list;
mod unknown;

use leptos::prelude::*;
use roomkey_schema::Node;
use roomkey_schema::form::{FieldWords, Kind};
use serde_json::Value;

pub(crate) use self::unknown::plain;

/// What a control needs to know.
#[derive(Clone)]
pub(crate) struct Field {
    /// Of the element that takes the focus.
    pub(crate) id: String,
    /// Ids of help and fault, if there are any.
    pub(crate) described_by: Option<String>,
    /// What may stand there.
    pub(crate) node: Node,
    /// Words for its values and for what is inside it.
    pub(crate) words: FieldWords,
    /// Whether it can be changed.
    pub(crate) enabled: bool,
    /// The value; what was typed, when it is no value yet.
    pub(crate) value: Signal<Option<Value>>,
    /// A person made this of it.
    pub(crate) set: Callback<Value>,
    /// A person typed this.
    pub(crate) set_text: Callback<String>,
}

/// The id of the label of a control, for controls that `for` cannot name.
pub(crate) fn label_dom_id(control_id: &str) -> String {
    format!("label-{control_id}")
}

/// The control for a kind.
pub(crate) fn control(kind: Kind, field: Field) -> AnyView {
    match kind {
        Kind::Switch => switch::view(field),
        Kind::Choice => choice::view(field),
        Kind::Integer | Kind::Text | Kind::Email => text::view(kind, field),
        Kind::Choices => choices::view(field),
        Kind::TextList => text_list::view(field),
        Kind::ObjectList => object_list::view(field),
        Kind::Object => object_list::members(&field, Vec::new()),
        Kind::Unknown => unknown::view(field),
    }
}
