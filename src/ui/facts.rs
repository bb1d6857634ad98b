//! Names with a value each, one below the other. Must not know what they are about.

use leptos::prelude::*;

use super::view;

/// Such a list; without a pair it is empty.
pub(crate) fn facts(pairs: Vec<(String, String)>, class: &'static str) -> AnyView {
    views(pairs.into_iter().map(|(name, value)| (name, value.into_any())).collect(), class)
}

/// The same with more than text.
pub(crate) fn views(pairs: Vec<(String, AnyView)>, class: &'static str) -> AnyView {
    let items = pairs.into_iter().map(|(name, value)| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd>{value}</dd>
            </div>
        }
        .into_any()
    });
    view! { <dl class=class>{items.collect::<Vec<_>>()}</dl> }.into_any()
}
