//! A form that has no place of its own: any settings document of the index, for the object that the query names.

use leptos::prelude::*;
use roomkey_schema::path::PathParams;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::workbench::Workbench;
use super::{Heading, Trouble};
use crate::api::Failure;
use crate::paths;
use crate::stores::{IndexStore, PlaceStore, store};
use crate::ui::erase::{live, on};
use crate::ui::view;
use crate::words::t;

/// The page. Asks for the parameters that the query does not give.
#[component]
pub(crate) fn FormPage(
    /// The form's id in the index.
    form_id: String,
) -> AnyView {
    let (index, place) = (store::<IndexStore>(), store::<PlaceStore>());
    let Some(entry) = index.form(&form_id) else {
        return view! {
            <div class="body">
                <Heading text=t("form.title") />
                <Trouble failure=Failure::no_operation() />
            </div>
        }
        .into_any();
    };
    let names = entry.params.clone();
    // As a query of its own, so that what else stands in the address changes nothing here.
    let asked = Memo::new(move |_| {
        let values: Vec<String> = names.iter().map(|name| place.query(name).unwrap_or_default()).collect();
        let pairs: Vec<_> = names.iter().map(String::as_str).zip(values.iter().map(String::as_str)).collect();
        paths::with_query("", &pairs)
    });
    let names = entry.params.clone();
    let title = entry.title.clone();
    let content = live(move || {
        let pairs = paths::query_pairs(&asked.read());
        if pairs.len() < names.len() {
            return ask(&form_id, &names, place);
        }
        let params = pairs.into_iter().collect::<PathParams>();
        view! { <Workbench form_id=form_id.clone() params people=Signal::derive(|| None) subject=title.clone() /> }
            .into_any()
    });
    let values = live(move || {
        let pairs = paths::query_pairs(&asked.read()).into_iter();
        pairs.map(|(_, value)| value).collect::<Vec<_>>().join(" · ")
    });
    view! {
        <div class="head">
            <Heading text=entry.title />
            <p class="quiet counts">{values}</p>
        </div>
        {content}
    }
    .into_any()
}

fn ask(form_id: &str, names: &[String], place: PlaceStore) -> AnyView {
    let path = paths::form(form_id);
    let asked = names.to_vec();
    let open = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed: Vec<String> = asked.iter().map(|name| typed(&field_id(name))).collect();
        let pairs: Vec<_> = asked.iter().map(String::as_str).zip(typed.iter().map(String::as_str)).collect();
        place.go(&paths::with_query(&path, &pairs));
    };
    let fields = names
        .iter()
        .map(|name| {
            let id = field_id(name);
            view! {
                <div class="field">
                    <label for=id.clone()>{name.clone()}</label>
                    <input class="text" type="text" id=id required=true autocomplete="off" />
                </div>
            }
            .into_any()
        })
        .collect::<Vec<_>>();
    view! {
        <form class="body" on:submit=on(open)>
            <p>{t("form.which")}</p>
            {fields}
            <button type="submit" class="primary">
                {t("form.open")}
            </button>
        </form>
    }
    .into_any()
}

fn field_id(name: &str) -> String {
    format!("param-{name}")
}

fn typed(id: &str) -> String {
    let field = document().get_element_by_id(id).and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    field.map(|field| field.value()).unwrap_or_default()
}
