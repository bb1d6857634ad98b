//! What a person has chosen for this browser: the theme, the language, and whether single keys are shortcuts. What counts
//! now stands on the page's root element, where the style sheets see it; the browser's own storage, which may be missing,
//! keeps it for the next time. Must not hold anything about people or settings.

use leptos::prelude::*;
use roomkey_schema::Language;

use crate::api;

const THEME: &str = "roomkey-theme";
/// Read by `index.html` before anything is painted; it has no attribute here, because it counts with the next load.
const LANGUAGE: &str = "roomkey-language";
const KEYS: &str = "roomkey-keys";
const THEME_NOW: &str = "data-theme";
const KEYS_NOW: &str = "data-keys";
const OFF: &str = "off";

/// Which colours to use.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) enum Theme {
    /// As the operating system says.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// In the order in which they are offered.
    pub(crate) const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The value in storage and in the page's `data-theme`.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// Takes up what was chosen before. In a frame the page around it chooses the colours.
pub(super) fn restore() {
    let theme = (!api::framed::is()).then_some((THEME, THEME_NOW));
    for (key, attribute) in theme.into_iter().chain([(KEYS, KEYS_NOW)]) {
        if let Some(chosen) = window().local_storage().ok().flatten().and_then(|kept| kept.get_item(key).ok().flatten())
        {
            mark(attribute, &chosen);
        }
    }
}

/// The chosen theme.
pub(crate) fn theme() -> Theme {
    let now = marked(THEME_NOW);
    Theme::ALL.into_iter().find(|theme| now.as_deref() == Some(theme.as_str())).unwrap_or_default()
}

/// Chooses a theme.
pub(crate) fn choose_theme(theme: Theme) {
    choose(THEME, THEME_NOW, theme.as_str());
}

/// Chooses a language, from the next load of the page on.
pub(super) fn choose_language(language: Language) {
    keep(LANGUAGE, language.as_str());
}

/// Takes a theme that the page around the frame has chosen. Nothing is kept: it says so each time.
pub(crate) fn take_theme(theme: Theme) {
    mark(THEME_NOW, theme.as_str());
}

/// Whether single keys are shortcuts.
pub(crate) fn keys() -> bool {
    marked(KEYS_NOW).as_deref() != Some(OFF)
}

/// Chooses whether single keys are shortcuts.
pub(crate) fn choose_keys(on: bool) {
    choose(KEYS, KEYS_NOW, if on { "on" } else { OFF });
}

fn choose(key: &str, attribute: &str, chosen: &str) {
    mark(attribute, chosen);
    keep(key, chosen);
}

fn keep(key: &str, chosen: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        drop(storage.set_item(key, chosen));
    }
}

fn mark(attribute: &str, chosen: &str) {
    if let Some(root) = document().document_element() {
        drop(root.set_attribute(attribute, chosen));
    }
}

fn marked(attribute: &str) -> Option<String> {
    document().document_element()?.get_attribute(attribute)
}
