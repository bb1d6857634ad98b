//! What stands inside an element: texts and elements without a detour, all else as a view of Leptos'.

use std::borrow::Cow;

use leptos::prelude::*;
use leptos::tachys::renderer::Rndr;
use leptos::tachys::renderer::types::{Placeholder, Text};
use leptos::tachys::view::any_view::AnyViewState;
use leptos::tachys::view::iterators::StaticVec;
use leptos::tachys::view::{Mountable, Render};
use web_sys::{Element, Node};

use super::Html;
use super::render::Shown;
use crate::ui::erase::Live;

/// Something that is not on the page yet.
pub(crate) enum Child {
    Nothing,
    Text(Cow<'static, str>),
    LiveText(Live<String>),
    Html(Html),
    View(AnyView),
}

/// It, on the page.
pub(super) enum Inside {
    /// Keeps the place.
    Nothing(Placeholder),
    Text(Text),
    LiveText(Text, #[expect(dead_code, reason = "the text follows as long as this is kept")] RenderEffect<()>),
    Html(Shown),
    View(AnyViewState),
}

impl Child {
    pub(super) fn build(self) -> Inside {
        match self {
            Self::Nothing => Inside::Nothing(Rndr::create_placeholder()),
            Self::Text(text) => Inside::Text(Rndr::create_text_node(&text)),
            Self::LiveText(text) => live_text(Rndr::create_text_node(""), text),
            Self::Html(html) => Inside::Html(html.build()),
            Self::View(view) => Inside::View(view.build()),
        }
    }

    /// Takes the place of what is there; what is of the same kind stays on the page.
    pub(super) fn rebuild(self, inside: &mut Inside) {
        match (self, inside) {
            (Self::Nothing, Inside::Nothing(_)) => {}
            (Self::Text(text), Inside::Text(node)) => Rndr::set_text(node, &text),
            (Self::LiveText(text), inside @ Inside::LiveText(..)) => {
                if let Inside::LiveText(node, _) = inside {
                    *inside = live_text(node.clone(), text);
                }
            }
            (Self::Html(html), Inside::Html(shown)) => html.rebuild(shown),
            (Self::View(view), Inside::View(state)) => view.rebuild(state),
            (new, inside) => {
                let mut new = new.build();
                inside.as_mountable().insert_before_this(new.as_mountable_mut());
                inside.as_mountable_mut().unmount();
                *inside = new;
            }
        }
    }
}

fn live_text(node: Text, mut text: Live<String>) -> Inside {
    let (own, mut before) = (node.clone(), None);
    let follow = RenderEffect::new(move |_| {
        let now = text();
        if before.as_ref() != Some(&now) {
            Rndr::set_text(&own, &now);
            before = Some(now);
        }
    });
    Inside::LiveText(node, follow)
}

impl Inside {
    pub(super) fn mount(&mut self, parent: &Element, before: Option<&Node>) {
        self.as_mountable_mut().mount(parent, before);
    }

    fn as_mountable(&self) -> &dyn Mountable {
        match self {
            Self::Nothing(node) => node,
            Self::Text(node) | Self::LiveText(node, _) => node,
            Self::Html(shown) => shown,
            Self::View(state) => state,
        }
    }

    fn as_mountable_mut(&mut self) -> &mut dyn Mountable {
        match self {
            Self::Nothing(node) => node,
            Self::Text(node) | Self::LiveText(node, _) => node,
            Self::Html(shown) => shown,
            Self::View(state) => state,
        }
    }
}

/// What can stand inside an element.
pub(crate) trait IntoChild {
    /// As a child.
    fn into_child(self) -> Child;
}

impl IntoChild for &'static str {
    fn into_child(self) -> Child {
        Child::Text(Cow::Borrowed(self))
    }
}

impl IntoChild for String {
    fn into_child(self) -> Child {
        Child::Text(Cow::Owned(self))
    }
}

impl IntoChild for Html {
    fn into_child(self) -> Child {
        Child::Html(self)
    }
}

impl IntoChild for AnyView {
    fn into_child(self) -> Child {
        Child::View(self)
    }
}

impl<T: IntoChild> IntoChild for Option<T> {
    fn into_child(self) -> Child {
        self.map_or(Child::Nothing, T::into_child)
    }
}

impl IntoChild for Live<String> {
    fn into_child(self) -> Child {
        Child::LiveText(self)
    }
}

/// What Leptos shows by itself.
macro_rules! shown_by_leptos {
    ($($view:ty),*) => {$(
        impl IntoChild for $view {
            fn into_child(self) -> Child {
                Child::View(self.into_any())
            }
        }
    )*};
}

shown_by_leptos!(Live<AnyView>, Vec<AnyView>, StaticVec<AnyView>);
