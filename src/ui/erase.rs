//! One type for many closures. Leptos writes its machinery out again for every closure's own type; behind a box it is
//! written once. What the console weighs on the wire depends on it (docs/decisions/005-one-type-for-closures.md).

use leptos::prelude::*;

/// A child or an attribute that follows what it reads.
pub(crate) type Live<T> = Box<dyn FnMut() -> T + Send>;

/// Text, a view, a class or another attribute that follows what it reads.
pub(crate) fn live<T: 'static>(follow: impl FnMut() -> T + Send + 'static) -> Live<T> {
    Box::new(follow)
}

/// An attribute that is there with a value, or not.
pub(crate) fn attr(mut follow: impl FnMut() -> Option<&'static str> + Send + 'static) -> Live<Option<String>> {
    Box::new(move || follow().map(str::to_owned))
}

/// An attribute that only has to be there to count, such as `hidden`.
pub(crate) fn flag(mut follow: impl FnMut() -> bool + Send + 'static) -> Live<Option<String>> {
    Box::new(move || follow().then(String::new))
}

/// A view that is there or not, and follows what it reads.
pub(crate) fn live_if(mut follow: impl FnMut() -> Option<AnyView> + Send + 'static) -> Live<AnyView> {
    Box::new(move || follow().unwrap_or_else(|| ().into_any()))
}

/// Something that a person does to an element.
pub(crate) fn on<E: 'static>(act: impl FnMut(E) + 'static) -> Box<dyn FnMut(E)> {
    Box::new(act)
}

/// Runs now and whenever what it reads changes.
pub(crate) fn effect(mut run: impl FnMut() + Send + Sync + 'static) {
    let run: Box<dyn FnMut(Option<()>) + Send + Sync> = Box::new(move |_| run());
    Effect::new(run);
}
