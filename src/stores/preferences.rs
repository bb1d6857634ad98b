//! What a person has chosen for this browser: the theme, and whether single keys are shortcuts. Kept in the browser's
//! own storage, which may be missing. Must not hold anything about people or settings.

use leptos::prelude::*;
use reactive_stores::Store;

const THEME: &str = "roomkey-theme";
const KEYS: &str = "roomkey-keys";

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

#[derive(Store)]
struct State {
    theme: Theme,
    keys: bool,
}

/// The choices.
#[derive(Clone, Copy)]
pub(crate) struct Preferences {
    state: Store<State>,
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

impl Preferences {
    pub(super) fn new() -> Self {
        let stored = read(THEME);
        let theme = Theme::ALL.into_iter().find(|theme| stored.as_deref() == Some(theme.as_str())).unwrap_or_default();
        show(theme);
        Self { state: Store::new(State { theme, keys: read(KEYS).as_deref() != Some("off") }) }
    }

    /// The chosen theme.
    pub(crate) fn theme(self) -> Theme {
        self.state.theme().get()
    }

    /// Chooses a theme.
    pub(crate) fn choose_theme(self, theme: Theme) {
        self.state.theme().set(theme);
        show(theme);
        write(THEME, theme.as_str());
    }

    /// Whether single keys are shortcuts.
    pub(crate) fn keys(self) -> bool {
        self.state.keys().get()
    }

    /// Turns single keys on or off.
    pub(crate) fn choose_keys(self, on: bool) {
        self.state.keys().set(on);
        write(KEYS, if on { "on" } else { "off" });
    }
}

fn show(theme: Theme) {
    let Some(root) = document().document_element() else { return };
    drop(match theme {
        Theme::System => root.remove_attribute("data-theme"),
        theme => root.set_attribute("data-theme", theme.as_str()),
    });
}

fn read(key: &str) -> Option<String> {
    window().local_storage().ok().flatten()?.get_item(key).ok().flatten()
}

fn write(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        drop(storage.set_item(key, value));
    }
}
