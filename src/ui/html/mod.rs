//! What `view!` makes: elements of the page, of one type whatever they are. What never changes is a text that is read
//! while they are built (`program`); the rest are values beside it, in the order in which they stand. Leptos' own
//! elements have a type for each name, attribute and kind of value, and all its machinery once for each
//! (docs/decisions/012). Must not know what an element is for, and nothing of it comes from outside of the program.

mod child;
mod fill;
mod program;
mod render;
mod values;

use leptos::prelude::*;
use leptos::tachys::view::iterators::StaticVec;

pub(crate) use self::values::Values;

use self::values::Filling;

/// Elements that are not on the page yet.
pub(crate) struct Html {
    program: &'static str,
    values: Vec<Filling>,
}

/// Anything that can stand beside others.
pub(crate) fn view(view: impl IntoAny) -> AnyView {
    view.into_any()
}

/// Views beside each other, with nothing around them.
pub(crate) fn several(views: Vec<AnyView>) -> StaticVec<AnyView> {
    views.into()
}
