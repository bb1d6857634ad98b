//! The navigation: only places that exist and that this person may open. The desk and bulk jobs, which are of all vendors,
//! come first, the record and the connections last; forms without a place of their own stand under their vendor.

use leptos::prelude::*;

use super::super::place::in_navigation;
use super::super::trouble::vendor_name;
use super::super::{bulk, connections, record};
use crate::paths::{self, Place};
use crate::stores::{IndexStore, PlaceStore, store};
use crate::ui::erase::{Live, attr, live};
use crate::ui::icon::{Icon, icon};
use crate::ui::view;
use crate::words::t;

/// The id of the navigation, for the button that opens it.
pub(crate) const ID: &str = "nav";

/// The list of places. On narrow screens it is shown while `open` says so.
#[component]
pub(crate) fn Nav(
    /// Whether it is shown on a narrow screen.
    #[prop(into)]
    open: Signal<bool>,
) -> AnyView {
    let (index, place) = (store::<IndexStore>(), store::<PlaceStore>());
    let sections = live(move || {
        let index = index.get();
        let mut links: Vec<(String, AnyView)> = Vec::new();
        for known in in_navigation(&index) {
            let here = live({
                let path = known.path.clone();
                move || matches!(place.get(), Place::Path(at) if at.strip_prefix(path.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
            });
            links.push((known.vendor, link(known.path, Icon::named(&known.icon), known.title, here)));
        }
        for form in index.forms.iter().filter(|form| !form.placed) {
            let own = Place::Form { form_id: form.id.clone() };
            let here = live(move || place.get() == own);
            links.push((form.vendor.clone(), link(paths::form(&form.id), Icon::Form, form.title.clone(), here)));
        }
        let mut sections = Vec::new();
        while let Some((vendor, _)) = links.first() {
            let vendor = vendor.clone();
            let (own, others): (Vec<_>, Vec<_>) = links.into_iter().partition(|(known, _)| *known == vendor);
            links = others;
            let own = own.into_iter().map(|(_, link)| link).collect::<Vec<_>>();
            sections.push(
                view! {
                    <h2>{vendor_name(&vendor)}</h2>
                    <ul>{own}</ul>
                }
                .into_any(),
            );
        }
        sections.into_any()
    });
    let at_desk = live(move || matches!(place.get(), Place::Desk | Place::Person { .. }));
    let desk = link(paths::start(), Icon::Find, t("desk.nav").to_owned(), at_desk);
    let bulk = bulk::may_see().then(|| {
        let here = live(move || matches!(place.get(), Place::Jobs | Place::NewJob | Place::Job { .. }));
        link(paths::jobs(), Icon::Bulk, t("jobs.title").to_owned(), here)
    });
    let last = connections::may_see().then(|| {
        let here = live(move || matches!(place.get(), Place::Record | Place::Entry { .. }));
        let record =
            record::may_see().then(|| link(paths::record(&[]), Icon::Record, t("record.title").to_owned(), here));
        let here = live(move || place.get() == Place::Connections);
        let title = t("connections.title").to_owned();
        let connections = link(paths::connections(), Icon::Connection, title, here);
        view! { <ul>{record} {connections}</ul> }.into_any()
    });
    view! {
        <nav
            id=ID
            class=live(move || if open.get() { "nav open".to_owned() } else { "nav".to_owned() })
            aria-label=t("nav.label")
        >
            <ul>{desk} {bulk}</ul>
            {sections}
            {last}
        </nav>
    }
    .into_any()
}

fn link(href: String, symbol: Icon, text: String, mut here: Live<bool>) -> AnyView {
    view! {
        <li>
            <a href=href aria-current=attr(move || here().then_some("page"))>
                {icon(symbol)}
                <span>{text}</span>
            </a>
        </li>
    }
    .into_any()
}
