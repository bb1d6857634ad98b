//! What in a `view!` may change or is made by Rust: values of attributes and properties, listeners, children. One type
//! each, whatever they are made of.

use std::borrow::Cow;

use leptos::ev::EventDescriptor;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, JsValue};

use super::Html;
use super::child::{Child, IntoChild};
use crate::ui::erase::Live;

/// The values of a `view!`, in the order in which they stand there.
#[expect(
    clippy::box_collection,
    reason = "it is passed from call to call, and a pointer is passed with the fewest bytes"
)]
pub(crate) struct Values(Box<Vec<Filling>>);

/// What is done on an event.
pub(super) type Act = Box<dyn FnMut(JsValue)>;

/// One of them.
pub(super) enum Filling {
    Attribute(Value),
    Property(Box<dyn FnMut() -> JsValue + Send>),
    Listener(Cow<'static, str>, SendWrapper<Act>),
    Child(Child),
}

/// What an attribute is: not there, a text, or whatever something makes of what it reads.
pub(crate) enum Value {
    Absent,
    Text(Cow<'static, str>),
    Live(Live<Option<String>>),
}

impl Values {
    /// None yet.
    #[inline(never)]
    pub(crate) fn new() -> Self {
        Self(Box::default())
    }

    /// Of an attribute.
    #[inline(never)]
    pub(crate) fn attribute<T: IntoValue>(&mut self, value: T) {
        self.add(Filling::Attribute(value.into_value()));
    }

    /// Of a property, which follows what it reads.
    #[inline(never)]
    pub(crate) fn property<T: Into<JsValue> + 'static>(&mut self, mut value: Live<T>) {
        self.add(Filling::Property(Box::new(move || value().into())));
    }

    /// What happens on an event.
    #[inline(never)]
    pub(crate) fn listener<E>(&mut self, event: E, mut act: Box<dyn FnMut(E::EventType)>)
    where
        E: EventDescriptor,
        E::EventType: JsCast + 'static,
    {
        self.listen(event.name(), Box::new(move |event| act(event.unchecked_into())));
    }

    fn listen(&mut self, event: Cow<'static, str>, mut act: Act) {
        let owner = Owner::current().unwrap_or_default();
        let act = move |event: JsValue| owner.with(|| act(event));
        self.add(Filling::Listener(event, SendWrapper::new(Box::new(act))));
    }

    /// What stands inside.
    #[inline(never)]
    pub(crate) fn child<T: IntoChild>(&mut self, child: T) {
        self.add(Filling::Child(child.into_child()));
    }

    #[inline(never)]
    fn add(&mut self, filling: Filling) {
        self.0.push(filling);
    }

    /// The elements that the program describes, with these values.
    #[inline(never)]
    pub(crate) fn into_html(self, program: &'static str) -> Html {
        Html { program, values: *self.0 }
    }
}

/// What an attribute can be given.
pub(crate) trait IntoValue {
    /// As a value.
    fn into_value(self) -> Value;
}

impl IntoValue for &'static str {
    fn into_value(self) -> Value {
        Value::Text(Cow::Borrowed(self))
    }
}

impl IntoValue for String {
    fn into_value(self) -> Value {
        Value::Text(Cow::Owned(self))
    }
}

impl IntoValue for usize {
    fn into_value(self) -> Value {
        self.to_string().into_value()
    }
}

impl IntoValue for bool {
    fn into_value(self) -> Value {
        if self { "".into_value() } else { Value::Absent }
    }
}

impl<T: IntoValue> IntoValue for Option<T> {
    fn into_value(self) -> Value {
        self.map_or(Value::Absent, T::into_value)
    }
}

impl IntoValue for Live<Option<String>> {
    fn into_value(self) -> Value {
        Value::Live(self)
    }
}

impl IntoValue for Live<String> {
    fn into_value(mut self) -> Value {
        Value::Live(Box::new(move || Some(self())))
    }
}
