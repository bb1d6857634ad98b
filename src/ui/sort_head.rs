//! The head of a table column by which the rows can be ordered. Must not order them.

use leptos::prelude::*;

use super::erase::{attr, on};
use super::view;

/// A column's head. `order` says how the rows are ordered by this column: `Some(true)` is descending.
#[component]
pub(crate) fn SortHead(
    /// What the column holds.
    label: String,
    /// How the rows are ordered by it, if they are.
    #[prop(into)]
    order: Signal<Option<bool>>,
    /// Whether it holds numbers.
    #[prop(optional)]
    numeric: bool,
    /// The person wants the rows ordered by it, or the other way round.
    on_sort: Callback<()>,
) -> AnyView {
    let sorted = attr(move || match order.get() {
        Some(false) => Some("ascending"),
        Some(true) => Some("descending"),
        None => None,
    });
    view! {
        <th scope="col" class=if numeric { "num" } else { "" } aria-sort=sorted>
            <button type="button" class="sort" on:click=on(move |_| on_sort.run(()))>
                {label}
                <span class="arrow" aria-hidden="true"></span>
            </button>
        </th>
    }
    .into_any()
}
