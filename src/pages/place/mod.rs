//! Any place of the index: its name, its tabs and what stands in the one that is open. Knows no vendor and no operation:
//! what is read and done comes with the place.

pub(super) mod action;
mod actions;
mod bulk;
pub(super) mod cells;
mod each;
mod filters;
mod list;
pub(super) mod send;
mod sides;
mod table;
mod upload;

use std::sync::Arc;

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use roomkey_schema::path::PathParams;
use roomkey_schema::place::{Place, Tab};
use roomkey_schema::wire::Index;
use serde_json::Value;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::connections;
use super::trouble::vendor_name;
use super::workbench::Workbench;
use super::{Heading, Trouble, part};
use crate::api::Abort;
use crate::paths;
use crate::stores::{IndexStore, Load, ObjectStore, PlaceStore, store};
use crate::ui::erase::live;
use crate::ui::view;
use crate::words::t;

/// How much of the tab before the open one is left in sight, in pixels.
const BESIDE: i32 = 24;

/// A place, for certain parameters.
#[derive(Clone)]
pub(super) struct Here {
    place: Arc<Place>,
    params: PathParams,
    tab: Tab,
    /// Path and title of the place that it belongs to.
    above: Option<(String, String)>,
}

impl Here {
    /// The place at a path, if this person may go there.
    pub(super) fn find(index: &Index, path: &str) -> Option<Self> {
        index.places.iter().find_map(|place| {
            let (params, tab) = paths::find(&place.path, path)?;
            let tab = if tab.is_empty() { place.tabs.first() } else { place.tabs.iter().find(|known| known.id == tab) };
            let above = place.above.as_ref().and_then(|id| index.places.iter().find(|known| known.id == *id));
            Some(Self {
                tab: tab?.clone(),
                above: above.map(|above| (above.path.clone(), above.title.clone())),
                place: Arc::new(place.clone()),
                params,
            })
        })
    }
}

/// The page.
pub(super) fn view(here: Here) -> AnyView {
    let dialog = actions::dialog();
    let notices = connections::notices(&store::<IndexStore>().now(), &here.place.vendor);
    let notices = view! { <div class="notices">{notices}</div> };
    let page = match here.place.head.clone() {
        Some(head) => {
            let object = store::<ObjectStore>();
            let abort = Abort::on_cleanup();
            object.open(&head, &here.params, abort.clone());
            let params = here.params.clone();
            let again = Callback::new(move |()| object.open(&head, &params, abort.clone()));
            of_object(here, object, again)
        }
        None => of_list(here),
    };
    view! {
        {notices}
        {page}
        {dialog}
    }
    .into_any()
}

fn of_list(here: Here) -> AnyView {
    let vendor = vendor_name(&here.place.vendor);
    let title = Signal::stored(here.place.title.clone());
    let nobody = Signal::derive(|| Value::Null);
    view! {
        <div class="head">
            <div class="crumbs">{vendor}</div>
            <Heading text=title />
            <p class="quiet">{here.tab.help.clone()}</p>
        </div>
        <div class="body">{content(&here, nobody, title, Callback::new(|()| {}))}</div>
    }
    .into_any()
}

fn of_object(here: Here, object: ObjectStore, again: Callback<()>) -> AnyView {
    let place = Arc::clone(&here.place);
    // What was done to the object shows in its form too; but nothing that is being typed there is taken away.
    let (address, done) = (store::<PlaceStore>(), RwSignal::new(0_usize));
    let again = Callback::new(move |()| {
        again.run(());
        if !address.is_held() {
            done.update(|times| *times += 1);
        }
    });
    let title = Signal::derive({
        let place = Arc::clone(&place);
        move || {
            let name = name_of(&place, &object.get());
            if name.is_empty() { place.title.clone() } else { name }
        }
    });
    let facts = live({
        let facts = place.head.clone().map(|head| head.facts).unwrap_or_default();
        move || cells::facts(&facts, &object.get())
    });
    let reveals = live({
        let (facts, params) = (place.head.clone().map(|head| head.facts).unwrap_or_default(), here.params.clone());
        move || cells::reveals(&facts, &object.get(), &params)
    });
    let crumb = here.above.as_ref().map(|(path, title)| {
        view! {
            <span aria-hidden="true">" / "</span>
            <a href=path.clone()>{title.clone()}</a>
        }
        .into_any()
    });
    let sides = here.place.sides.clone().map(|sides| sides::view(sides, &here));
    // The sides of an object with one tab stand where its tabs would.
    let tabs = (sides.is_none() || here.place.tabs.len() > 1).then(|| tabs(&here));
    let subject = Signal::derive(move || object.get());
    let above = here.above.clone().map(|(path, _)| path);
    let buttons = (!here.place.actions.is_empty())
        .then(|| actions::bar(&here.place.actions, &here.params, subject, title, above, again));
    let resets = actions::resets(&here.place, "").into_iter();
    let resets = resets.map(|own| actions::reset_button(own, &here.params, subject, title, again)).collect::<Vec<_>>();
    // What is in the tab need not wait for the name.
    let state = Memo::new(move |_| match object.load_state() {
        Load::Failed(failure) => Load::Failed(failure),
        _ => Load::Ready,
    });
    let vendor = vendor_name(&place.vendor);
    let body = live(move || {
        if here.tab.form.is_some() {
            done.track();
        }
        match state.get() {
            Load::Failed(failure) => view! {
                <div class="body">
                    <Trouble failure retry=again />
                </div>
            }
            .into_any(),
            _ => match &here.tab.form {
                Some(_) => content(&here, subject, title, again),
                None => view! { <div class="body">{content(&here, subject, title, again)}</div> }.into_any(),
            },
        }
    });
    view! {
        <div class="head">
            <nav class="crumbs" aria-label=t("place.crumbs")>
                {vendor}
                {crumb}
            </nav>
            <div class="title-line">
                <Heading text=title />
                <div class="actions">{resets} {buttons}</div>
            </div>
            <div class="quiet counts">{facts} {reveals}</div>
            {sides}
            {tabs}
        </div>
        {body}
    }
    .into_any()
}

/// The tabs of a place. Where not all of them fit, the one that is open is in sight.
fn tabs(here: &Here) -> AnyView {
    let tabs = here.place.tabs.iter().map(|tab| {
        let current = (tab.id == here.tab.id).then_some("page");
        view! {
            <a href=paths::place(&here.place.path, &here.params, &tab.id) aria-current=current>
                {tab.title.clone()}
            </a>
        }
        .into_any()
    });
    request_animation_frame(|| {
        let current = document().query_selector(".tabs [aria-current]").ok().flatten();
        let current = current.and_then(|current| current.dyn_into::<HtmlElement>().ok());
        if let Some((current, tabs)) = current.and_then(|current| Some((current.clone(), current.parent_element()?))) {
            tabs.set_scroll_left(current.offset_left() - BESIDE);
        }
    });
    view! {
        <nav class="tabs" aria-label=t("place.tabs")>
            {tabs.collect::<Vec<_>>()}
        </nav>
    }
    .into_any()
}

/// What stands in a tab. `title` is what the object is called; `again` reads it once more after something was done.
fn content(here: &Here, subject: Signal<Value>, title: Signal<String>, again: Callback<()>) -> AnyView {
    let tab = &here.tab;
    if let Some(list) = &tab.list {
        return list::view(here, list.clone(), subject, title);
    }
    let buttons = actions::bar(&tab.actions, &here.params, subject, title, None, again);
    let Some(form_id) = tab.form.clone() else {
        return actions::panel((&here.place, tab), &here.params, subject, title, again);
    };
    let people = here.place.head.as_ref().and_then(|head| head.people.clone());
    let people = Signal::derive(move || subject.get().pointer(people.as_deref()?).and_then(Value::as_u64));
    let bar = (!tab.actions.is_empty()).then(|| view! { <div class="tab-actions">{buttons}</div> }.into_any());
    let params = here.params.clone();
    let bench = part::shown(
        false,
        || Box::pin(fetch_bench()),
        move || Box::pin(bench(form_id.clone(), params.clone(), people, title)),
    );
    view! {
        {bar}
        {bench}
    }
    .into_any()
}

/// The workbench over the form of a tab.
#[wasm_split(forms, wasm_split_path = leptos::wasm_split, preload(fetch_bench), fallible)]
fn bench(
    form_id: String,
    params: PathParams,
    people: Signal<Option<u64>>,
    subject: Signal<String>,
) -> Result<AnyView, SplitLoaderError> {
    part::made(view! { <Workbench form_id params people subject /> }.into_any())
}

fn name_of(place: &Place, value: &Value) -> String {
    let parts = place.head.iter().flat_map(|head| &head.name);
    let texts = parts.filter_map(|pointer| value.pointer(pointer)?.as_str()).filter(|text| !text.is_empty());
    texts.collect::<Vec<_>>().join(" ")
}

/// The places that stand in the navigation.
pub(super) fn in_navigation(index: &Index) -> Vec<Place> {
    index.places.iter().filter(|place| !place.icon.is_empty()).cloned().collect()
}
