//! The languages to choose from, each under its own name. Choosing one loads the page anew.

use leptos::prelude::*;
use roomkey_schema::Language;

use crate::stores::{PlaceStore, store};
use crate::ui::erase::on;
use crate::ui::view;
use crate::words::{language, t};

/// A button for each language, named as a group. `hides` is the popover that a choice closes.
pub(super) fn languages(hides: Option<&'static str>) -> AnyView {
    let place = store::<PlaceStore>();
    let choice = |language_of_choice: Language| {
        let name = match language_of_choice {
            Language::En => t("language.en"),
            Language::De => t("language.de"),
        };
        let pressed = if language_of_choice == language() { "true" } else { "false" };
        view! {
            <button
                type="button"
                class="plain"
                lang=language_of_choice.as_str()
                aria-pressed=pressed
                popovertarget=hides
                popovertargetaction=hides.map(|_| "hide")
                on:click=on(move |_| place.speak(language_of_choice))
            >
                {name}
            </button>
        }
        .into_any()
    };
    // By itself it needs no heading: each language says what it is.
    let heading = if hides.is_none() { "visually-hidden" } else { "" };
    view! {
        <fieldset class="languages">
            <legend class=heading>{t("language.label")}</legend>
            {Language::ALL.into_iter().map(choice).collect::<Vec<_>>()}
        </fieldset>
    }
    .into_any()
}
