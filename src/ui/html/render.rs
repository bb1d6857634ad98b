//! Puts elements on the page and changes them there, as Leptos asks its views to.

use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::Rndr;
use leptos::tachys::ssr::StreamBuilder;
use leptos::tachys::view::add_attr::AddAnyAttr;
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};
use web_sys::{Element, Node};

use super::Html;
use super::fill::Filled;
use super::program::{Step, Steps};

/// Elements that are drawn, not written.
const DRAWN: &[&str] = &["svg", "use"];
const SVG: &str = "http://www.w3.org/2000/svg";

/// Elements on the page.
pub(crate) struct Shown {
    program: &'static str,
    root: Element,
    /// In the order of the values.
    filled: Vec<Filled>,
}

impl Render for Html {
    type State = Shown;

    fn build(self) -> Shown {
        let mut values = self.values.into_iter();
        let mut filled = Vec::new();
        // The element that is being made, below those that it is inside of.
        let mut open: Vec<Element> = Vec::new();
        for step in Steps(self.program) {
            if let Step::Open(name) = step {
                let element = Rndr::create_element(name, DRAWN.contains(&name).then_some(SVG));
                if let Some(around) = open.last() {
                    Rndr::insert_node(around, element.as_ref(), None);
                }
                open.push(element);
                continue;
            }
            let Some(element) = open.last() else { break };
            let name = match step {
                Step::Attribute(name, value) => {
                    Rndr::set_attribute(element, name, value);
                    continue;
                }
                Step::Text(text) => {
                    Rndr::insert_node(element, Rndr::create_text_node(text).as_ref(), None);
                    continue;
                }
                Step::Close if open.len() > 1 => {
                    open.pop();
                    continue;
                }
                Step::Value(name) | Step::Property(name) => name,
                Step::Open(_) | Step::Close | Step::Listener | Step::Child => "",
            };
            if let Some(value) = values.next() {
                filled.push(Filled::new(element, name, value));
            }
        }
        let root = open.into_iter().next().unwrap_or_else(|| Rndr::create_element("div", None));
        Shown { program: self.program, root, filled }
    }

    /// What never changes stays on the page, with its focus and where it was scrolled to.
    fn rebuild(self, shown: &mut Shown) {
        if shown.program == self.program {
            for (filled, value) in shown.filled.iter_mut().zip(self.values) {
                filled.change(value);
            }
            return;
        }
        let mut new = self.build();
        shown.insert_before_this(&mut new);
        shown.unmount();
        *shown = new;
    }
}

impl Mountable for Shown {
    fn unmount(&mut self) {
        Rndr::remove(self.root.as_ref());
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        Rndr::insert_node(parent, self.root.as_ref(), marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.root.insert_before_this(child)
    }

    fn elements(&self) -> Vec<Element> {
        vec![self.root.clone()]
    }
}

/// Attributes that a component passes on: `view!` has no way to say them.
impl AddAnyAttr for Html {
    type Output<A: Attribute> = Self;

    fn add_any_attr<A: Attribute>(self, _: A) -> Self {
        self
    }
}

/// There is no server that renders: the console is made in the browser. What stands here is for Leptos' types only.
impl RenderHtml for Html {
    type AsyncOutput = Self;
    type Owned = Self;
    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

    fn to_html_async_with_buf<const OUT_OF_ORDER: bool>(
        self,
        _: &mut StreamBuilder,
        _: &mut Position,
        _: bool,
        _: bool,
        _: Vec<AnyAttribute>,
    ) {
    }

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> Shown {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}
