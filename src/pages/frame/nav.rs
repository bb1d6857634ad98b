//! The navigation: only places that exist and that this person may open. Forms without a place of their own stand under
//! their vendor.

use leptos::prelude::*;

use super::super::trouble::vendor_name;
use crate::paths::{self, Place};
use crate::stores::{GroupsStore, IndexStore, PlaceStore, store};
use crate::ui::erase::{Live, attr, live};
use crate::ui::icon::{Icon, icon};
use crate::words::{number, t};

/// The id of the navigation, for the button that opens it.
pub(crate) const ID: &str = "nav";

/// Whether there is anything to navigate to.
pub(super) fn has_places(index: IndexStore) -> bool {
    index.may("zoom.groups.list") || index.get().forms.iter().any(|form| !form.placed)
}

/// The list of places. On narrow screens it is shown while `open` says so.
#[component]
pub(crate) fn Nav(
    /// Whether it is shown on a narrow screen.
    #[prop(into)]
    open: Signal<bool>,
) -> AnyView {
    let (index, place, groups) = (store::<IndexStore>(), store::<PlaceStore>(), store::<GroupsStore>());
    let sections = live(move || {
        let index = index.get();
        let has_groups = index.operations.contains_key("zoom.groups.list");
        let mut vendors: Vec<&str> = has_groups.then_some("zoom").into_iter().collect();
        for form in index.forms.iter().filter(|form| !form.placed) {
            if !vendors.contains(&form.vendor.as_str()) {
                vendors.push(&form.vendor);
            }
        }
        vendors
            .into_iter()
            .map(|vendor| {
                let group_link = (has_groups && vendor == "zoom").then(|| {
                    let here = live(move || matches!(place.get(), Place::Groups | Place::GroupSettings { .. }));
                    let count = live(move || groups.count().map(number).unwrap_or_default());
                    link(paths::groups(), Icon::Group, t("nav.groups").to_owned(), here, count)
                });
                let forms = index.forms.iter().filter(|form| !form.placed && form.vendor == vendor);
                let form_links = forms.map(|form| {
                    let own = Place::Form { form_id: form.id.clone() };
                    link(
                        paths::form(&form.id),
                        Icon::Form,
                        form.title.clone(),
                        live(move || place.get() == own),
                        live(String::new),
                    )
                });
                view! {
                    <h2>{vendor_name(vendor)}</h2>
                    <ul>{group_link} {form_links.collect::<Vec<_>>()}</ul>
                }
                .into_any()
            })
            .collect::<Vec<_>>()
            .into_any()
    });
    view! {
        <nav
            id=ID
            class=live(move || if open.get() { "nav open".to_owned() } else { "nav".to_owned() })
            aria-label=t("nav.label")
        >
            {sections}
        </nav>
    }
    .into_any()
}

fn link(href: String, symbol: Icon, text: String, mut here: Live<bool>, count: Live<String>) -> AnyView {
    view! {
        <li>
            <a href=href aria-current=attr(move || here().then_some("page"))>
                {icon(symbol)}
                <span>{text}</span>
                <span class="n">{count}</span>
            </a>
        </li>
    }
    .into_any()
}
