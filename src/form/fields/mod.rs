//! Controls, one file a kind. Dumb: they show a value and say what a person made of it, and know no form, no store and
//! no vendor. A kind that nobody knows is shown as it is.

mod choice;
mod choices;
mod moment;
mod object_list;
mod pick;
mod switch;
mod text;
mod text_list;
mod unknown;

use leptos::prelude::*;
use roomkey_schema::Node;
use roomkey_schema::form::{FieldWords, Kind};
use serde_json::Value;

pub(crate) use self::pick::{Found, Match, Offer};
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
    /// What it is chosen from by name.
    pub(crate) offer: Option<Offer>,
}

/// The id of the label of a control, for controls that `for` cannot name.
pub(crate) fn label_dom_id(control_id: &str) -> String {
    format!("label-{control_id}")
}

/// Makes a new list of the one that is the value: vendors replace lists whole.
fn edited(value: Signal<Option<Value>>, edit: &dyn Fn(&mut Vec<Value>)) -> Value {
    let mut items = value.get_untracked().and_then(|value| value.as_array().cloned()).unwrap_or_default();
    edit(&mut items);
    Value::Array(items)
}

/// One entry of a list as a field of its own.
fn entry(
    list: &Field,
    item: &Node,
    index: usize,
    change: impl Fn(&dyn Fn(&mut Vec<Value>)) + Send + Sync + 'static,
) -> Field {
    let value = list.value;
    Field {
        id: format!("{}.{index}", list.id),
        described_by: None,
        node: item.clone(),
        value: Signal::derive(move || value.get()?.get(index).cloned()),
        set: Callback::new(move |new: Value| {
            change(&|items| {
                if let Some(place) = items.get_mut(index) {
                    *place = new.clone();
                }
            });
        }),
        set_text: Callback::new(|_| {}),
        offer: None,
        ..list.clone()
    }
}

/// The control for a kind.
pub(crate) fn control(kind: Kind, field: Field) -> AnyView {
    match kind {
        Kind::Switch => switch::view(field),
        Kind::Choice => choice::view(field),
        Kind::Integer | Kind::Text | Kind::Email => text::view(kind, field),
        Kind::Moment => moment::view(field),
        Kind::Choices => choices::view(field),
        Kind::TextList => text_list::view(field),
        Kind::ObjectList => object_list::view(field),
        Kind::Object => object_list::members(&field, Vec::new()),
        Kind::Pick => pick::view(field),
        Kind::Unknown => unknown::view(field),
    }
}
