//! Who is signed in, and what is theirs: the theme, the language, the shortcuts, signing out.

use std::time::Duration;

use leptos::prelude::*;
use roomkey_schema::actor;

use crate::pages::languages::languages;
use crate::paths;
use crate::stores::preferences::{self, Theme};
use crate::stores::{PlaceStore, Session, store};
use crate::ui::erase::{live, on};
use crate::ui::icon::{Icon, icon};
use crate::ui::view;
use crate::words::{find, t, tf};

const ID: &str = "person-menu";

/// A button with name and role, and what it opens.
#[component]
pub(crate) fn PersonMenu(
    /// Opens the help on shortcuts.
    help_open: RwSignal<bool>,
) -> AnyView {
    let (session, place) = (store::<Session>(), store::<PlaceStore>());
    let name = move || session.me().map(|me| actor::label(&me.name).to_owned());
    let role = move || session.role().map(|role| find(&format!("role.{}", role.as_str())).unwrap_or(role.as_str()));
    let label =
        move || tf("person.label", &[("name", &name().unwrap_or_default()), ("role", role().unwrap_or_default())]);
    // After the menu has closed and given the focus back, so that the dialog can give it back too.
    let show_keys = move |_| set_timeout(move || help_open.set(true), Duration::ZERO);
    let theme = move |theme: Theme| {
        let id = format!("theme-{}", theme.as_str());
        let label_for = id.clone();
        let text = match theme {
            Theme::System => t("theme.system"),
            Theme::Light => t("theme.light"),
            Theme::Dark => t("theme.dark"),
        };
        view! {
            <label for=label_for>
                <input
                    id=id
                    type="radio"
                    name="theme"
                    checked=preferences::theme() == theme
                    on:change=on(move |_| preferences::choose_theme(theme))
                />
                {text}
            </label>
        }
        .into_any()
    };
    view! {
        <div class="person">
            <button type="button" class="plain" popovertarget=ID aria-label=live(move || Some(label()))>
                {icon(Icon::Person)}
                <span class="who">
                    <span>{live(move || name().unwrap_or_default())}</span>
                    " · "
                    <span>{live(move || role().unwrap_or_default().to_owned())}</span>
                </span>
            </button>
            <div id=ID class="popover" popover="auto">
                <p class="quiet who">{live(label)}</p>
                <fieldset>
                    <legend>{t("theme.label")}</legend>
                    {Theme::ALL.into_iter().map(theme).collect::<Vec<_>>()}
                </fieldset>
                {languages(Some(ID))}
                <button type="button" class="plain" popovertarget=ID popovertargetaction="hide" on:click=on(show_keys)>
                    {t("keys.title")}
                    <kbd>"?"</kbd>
                </button>
                <button
                    type="button"
                    class="plain"
                    popovertarget=ID
                    popovertargetaction="hide"
                    on:click=on(move |_| place.go(&paths::sessions()))
                >
                    {t("sessions.title")}
                </button>
                <button
                    type="button"
                    class="plain"
                    popovertarget=ID
                    popovertargetaction="hide"
                    on:click=on(move |_| place.go(paths::SIGN_OUT))
                >
                    {t("person.sign_out")}
                </button>
            </div>
        </div>
    }
    .into_any()
}
