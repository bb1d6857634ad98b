//! Grey lines where text will be. They show themselves after 300 ms (in the style sheet), so that what is quick does not
//! flicker.

use leptos::prelude::*;

use super::view;

/// Some lines; `label` tells those who cannot see them.
pub(crate) fn skeleton(label: &'static str, lines: usize) -> AnyView {
    let bars = (0..lines).map(|_| view! { <span class="bone"></span> }.into_any()).collect::<Vec<_>>();
    view! {
        <div class="skeleton" role="status">
            <span class="visually-hidden">{label}</span>
            {bars}
        </div>
    }
    .into_any()
}
