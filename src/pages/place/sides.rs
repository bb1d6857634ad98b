//! The sides of an object, such as a person's rooms on several sites: links from one to the other. Nothing while there is
//! only one; must not read what a side shows.

use std::sync::Arc;

use leptos::prelude::*;
use roomkey_schema::path::PathParams;
use roomkey_schema::place::Sides;

use super::Here;
use crate::paths;
use crate::stores::list::rows::Wanted;
use crate::stores::{IndexStore, ListStore, store};
use crate::ui::erase::live;
use crate::ui::view;

/// The links.
pub(super) fn view(sides: Sides, here: &Here) -> AnyView {
    let rows = ListStore::new();
    rows.load(Arc::new(sides.list.clone()), here.params.clone(), Vec::new());
    let index = store::<IndexStore>().now();
    let leads = index.places.iter().find(|place| place.id == sides.open.place).map(|place| place.path.clone());
    let params = here.params.clone();
    let links = live(move || {
        let mut all = rows.arranged(&Wanted::default());
        let Some(leads) = leads.as_deref().filter(|_| all.len() > 1) else { return ().into_any() };
        let usual = |row: &usize| rows.value(*row, &sides.usual) != "true";
        all.sort_by_key(usual);
        let links = all.into_iter().map(|row| link(rows, row, &sides, leads, &params)).collect::<Vec<_>>();
        view! {
            <nav class="tabs sides" aria-label=sides.label.clone()>
                <span class="quiet">{sides.label.clone()}</span>
                {links}
            </nav>
        }
        .into_any()
    });
    view! { {links} }.into_any()
}

fn link(rows: ListStore, row: usize, sides: &Sides, leads: &str, params: &PathParams) -> AnyView {
    let mut to = params.clone();
    let mut named = false;
    let mut same = true;
    for (name, pointer) in sides.open.params.iter() {
        let value = rows.value(row, pointer);
        named |= params.get(name).is_some();
        same &= params.get(name) == Some(&value);
        to.insert(name.clone(), value);
    }
    let here = if named { same } else { rows.value(row, &sides.usual) == "true" };
    let name = sides.list.columns.first().map(|column| rows.value(row, &column.at));
    view! {
        <a href=paths::place(leads, &to, "") aria-current=here.then_some("page")>
            {name}
        </a>
    }
    .into_any()
}
