//! A value of a `view!` at its place on the page, and another one in its stead.

use leptos::prelude::*;
use leptos::tachys::renderer::{RemoveEventHandler, Rndr};
use web_sys::Element;

use super::child::Inside;
use super::values::{Filling, Value};

/// Where a value went, and what keeps it going.
pub(super) enum Filled {
    Attribute(
        Element,
        &'static str,
        #[expect(dead_code, reason = "it follows as long as this is kept")] Option<RenderEffect<()>>,
    ),
    Property(
        Element,
        &'static str,
        #[expect(dead_code, reason = "it follows as long as this is kept")] RenderEffect<()>,
    ),
    /// Taken away when it is dropped.
    Listener(Element, #[expect(dead_code, reason = "it listens as long as this is kept")] RemoveEventHandler<Element>),
    Child(Inside),
}

impl Filled {
    /// Gives an element the value of something that it has by name; children are built by themselves.
    pub(super) fn new(element: &Element, name: &'static str, value: Filling) -> Self {
        let element = element.clone();
        match value {
            Filling::Attribute(value) => {
                let following = attribute(&element, name, value);
                Self::Attribute(element, name, following)
            }
            Filling::Property(mut value) => {
                let (own, mut before) = (element.clone(), None);
                let follow = RenderEffect::new(move |_| {
                    let now = value();
                    if before.as_ref() != Some(&now) {
                        Rndr::set_property(&own, name, &now);
                        before = Some(now);
                    }
                });
                Self::Property(element, name, follow)
            }
            Filling::Listener(event, act) => {
                let listening = Rndr::add_event_listener(&element, &event, act.take());
                Self::Listener(element, listening)
            }
            Filling::Child(child) => {
                let mut inside = child.build();
                inside.mount(&element, None);
                Self::Child(inside)
            }
        }
    }

    /// Another value at the same place.
    pub(super) fn change(&mut self, value: Filling) {
        match (self, value) {
            (Self::Child(inside), Filling::Child(child)) => child.rebuild(inside),
            (known @ (Self::Attribute(..) | Self::Property(..) | Self::Listener(..)), value) => {
                let (element, name) = match known {
                    Self::Attribute(element, name, _) | Self::Property(element, name, _) => (element.clone(), *name),
                    Self::Listener(element, _) => (element.clone(), ""),
                    Self::Child(_) => return,
                };
                *known = Self::new(&element, name, value);
            }
            (Self::Child(_), _) => {}
        }
    }
}

fn attribute(element: &Element, name: &'static str, value: Value) -> Option<RenderEffect<()>> {
    match value {
        Value::Absent => set(element, name, None),
        Value::Text(text) => set(element, name, Some(&text)),
        Value::Live(mut value) => {
            let (element, mut before) = (element.clone(), None);
            // A browser does more for an attribute that is set again than it takes to find that it is the same.
            return Some(RenderEffect::new(move |_| {
                let now = value();
                if before.as_ref() != Some(&now) {
                    set(&element, name, now.as_deref());
                    before = Some(now);
                }
            }));
        }
    }
    None
}

fn set(element: &Element, name: &str, value: Option<&str>) {
    match value {
        Some(value) => Rndr::set_attribute(element, name, value),
        None => Rndr::remove_attribute(element, name),
    }
}
