//! A value of a `view!` at its place on the page, and another one in its stead.

use leptos::prelude::*;
use leptos::tachys::renderer::{RemoveEventHandler, Rndr};
use web_sys::Element;

use super::child::Inside;
use super::values::{Filling, Value};

/// Where a value went.
pub(super) enum Filled {
    /// To an element, as something that it has by name.
    Part(Element, &'static str, #[expect(dead_code, reason = "it goes on as long as this is kept")] Kept),
    Child(Inside),
}

/// What keeps a part going. It ends when this is dropped.
pub(super) enum Kept {
    Nothing,
    Following(#[expect(dead_code, reason = "kept, not read")] RenderEffect<()>),
    Listening(#[expect(dead_code, reason = "kept, not read")] RemoveEventHandler<Element>),
}

impl Filled {
    /// Puts a value into an element: under a name, or inside it.
    pub(super) fn new(element: &Element, name: &'static str, value: Filling) -> Self {
        let kept = match value {
            Filling::Attribute(value) => attribute(element, name, value),
            Filling::Property(mut value) => {
                let (own, mut before) = (element.clone(), None);
                Kept::Following(RenderEffect::new(move |_| {
                    let now = value();
                    if before.as_ref() != Some(&now) {
                        Rndr::set_property(&own, name, &now);
                        before = Some(now);
                    }
                }))
            }
            Filling::Listener(event, act) => Kept::Listening(Rndr::add_event_listener(element, &event, act.take())),
            Filling::Child(child) => {
                let mut inside = child.build();
                inside.mount(element, None);
                return Self::Child(inside);
            }
        };
        Self::Part(element.clone(), name, kept)
    }

    /// Another value at the same place. The program is the same, and so is the kind of value.
    pub(super) fn change(&mut self, value: Filling) {
        match (self, value) {
            (Self::Child(inside), Filling::Child(child)) => child.rebuild(inside),
            (Self::Child(_), _) => {}
            (part @ Self::Part(..), value) => {
                if let Self::Part(element, name, _) = part {
                    *part = Self::new(&element.clone(), name, value);
                }
            }
        }
    }
}

fn attribute(element: &Element, name: &'static str, value: Value) -> Kept {
    match value {
        Value::Absent => set(element, name, None),
        Value::Text(text) => set(element, name, Some(&text)),
        Value::Live(mut value) => {
            let (element, mut before) = (element.clone(), None);
            // A browser does more for an attribute that is set again than it takes to find that it is the same.
            return Kept::Following(RenderEffect::new(move |_| {
                let now = value();
                if before.as_ref() != Some(&now) {
                    set(&element, name, now.as_deref());
                    before = Some(now);
                }
            }));
        }
    }
    Kept::Nothing
}

fn set(element: &Element, name: &str, value: Option<&str>) {
    match value {
        Some(value) => Rndr::set_attribute(element, name, value),
        None => Rndr::remove_attribute(element, name),
    }
}
