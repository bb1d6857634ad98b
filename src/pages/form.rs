//! A form that has no place of its own: any settings document of the index, for the object that the query names.

use leptos::prelude::*;
use roomkey_schema::path::PathParams;

use super::workbench::Workbench;
use super::{Heading, Trouble};
use crate::api::Failure;
use crate::paths;
use crate::stores::{IndexStore, PlaceStore, store};
use crate::ui::erase::{live, on};
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
    let names = StoredValue::new(entry.params.clone());
    let params = Memo::new(move |_| {
        let value = |name: &String| Some((name.clone(), place.query(name).filter(|value| !value.is_empty())?));
        names.with_value(|names| names.iter().map(value).collect::<Option<PathParams>>())
    });
    let title = entry.title.clone();
    let content = live(move || match params.get() {
        Some(params) => {
            view! { <Workbench form_id=form_id.clone() params people=Signal::derive(|| None) subject=title.clone() /> }
                .into_any()
        }
        None => ask(&form_id, names, place),
    });
    view! {
        <div class="head">
            <Heading text=entry.title />
            <p class="quiet counts">
                {live(move || params.get().unwrap_or_default().into_values().collect::<Vec<_>>().join(" · "))}
            </p>
        </div>
        {content}
    }
    .into_any()
}

fn ask(form_id: &str, names: StoredValue<Vec<String>>, place: PlaceStore) -> AnyView {
    let typed = names.with_value(|names| names.iter().map(|_| RwSignal::new(String::new())).collect::<Vec<_>>());
    let values = typed.clone();
    let path = paths::form(form_id);
    let open = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let values: Vec<String> = values.iter().map(|value| value.get_untracked()).collect();
        let names = names.get_value();
        let pairs: Vec<(&str, &str)> =
            names.iter().map(String::as_str).zip(values.iter().map(String::as_str)).collect();
        place.go(&paths::with_query(&path, &pairs));
    };
    let fields = names.with_value(|names| {
        names
            .iter()
            .zip(typed)
            .map(|(name, value)| {
                let id = format!("param-{name}");
                view! {
                    <div class="field">
                        <label for=id.clone()>{name.clone()}</label>
                        <input class="text" type="text" id=id required autocomplete="off" bind:value=value />
                    </div>
                }
                .into_any()
            })
            .collect::<Vec<_>>()
    });
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
