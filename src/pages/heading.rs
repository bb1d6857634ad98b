//! The heading of a page: gives the document its title and takes the focus when a person has come from another place.
//! Every page has exactly one.

use leptos::html;
use leptos::prelude::*;

use crate::stores::{PlaceStore, store};
use crate::ui::erase::{effect, live};
use crate::words::{t, tf};

/// An `h1`.
#[component]
pub(crate) fn Heading(
    /// What the page is about; while it is empty, the name of the product stands in the title.
    #[prop(into)]
    text: Signal<String>,
) -> AnyView {
    let place = store::<PlaceStore>();
    let node = NodeRef::<html::H1>::new();
    effect(move || {
        let page = text.get();
        document().set_title(&if page.is_empty() {
            t("app.name").to_owned()
        } else {
            tf("app.title", &[("page", &page)])
        });
    });
    effect(move || {
        if let Some(node) = node.get().filter(|_| place.has_moved()) {
            drop(node.focus());
        }
    });
    view! {
        <h1 node_ref=node tabindex="-1">
            {live(move || text.get())}
        </h1>
    }
    .into_any()
}
