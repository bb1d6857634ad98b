//! The heading of a page: gives the document its title and takes the focus when a person has come from another place.
//! Every page has exactly one.

use leptos::prelude::*;

use crate::stores::{PlaceStore, store};
use crate::ui::element::focus;
use crate::ui::erase::{effect, live};
use crate::ui::view;
use crate::words::{t, tf};

const ID: &str = "heading";

/// An `h1`.
#[component]
pub(crate) fn Heading(
    /// What the page is about; while it is empty, the name of the product stands in the title.
    #[prop(into)]
    text: Signal<String>,
    /// Whether it takes the focus; on a page for typing, the field does.
    #[prop(default = true)]
    takes_focus: bool,
) -> AnyView {
    let place = store::<PlaceStore>();
    effect(move || {
        let page = text.get();
        document().set_title(&if page.is_empty() {
            t("app.name").to_owned()
        } else {
            tf("app.title", &[("page", &page)])
        });
    });
    effect(move || {
        if takes_focus && place.has_moved() {
            focus(ID);
        }
    });
    view! {
        <h1 id=ID tabindex="-1">
            {live(move || text.get())}
        </h1>
    }
    .into_any()
}
