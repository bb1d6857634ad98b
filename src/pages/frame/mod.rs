//! The frame around every page of a signed-in person: brand, navigation, who is signed in, shortcuts, and the dialogs
//! that may appear over any page. Must not know what a page shows.

mod ended;
mod find;
pub(super) mod keys;
mod leaving;
mod nav;
mod person;

use leptos::prelude::*;

pub(super) use self::keys::is_shortcut;

use super::reset::ResetDialog;
use super::reveal::RevealDialog;
use super::sign_in::again;
use super::{Heading, Trouble, fetch_later, page};
use crate::paths;
use crate::stores::{IndexStore, Load, PlaceStore, Session, store};
use crate::ui::erase::{attr, effect, live, on};
use crate::ui::icon::{Icon, icon};
use crate::ui::skeleton::skeleton;
use crate::ui::view;
use crate::words::t;

/// The frame, with the page of the current place in it.
#[component]
pub(crate) fn Frame() -> AnyView {
    let place = store::<PlaceStore>();
    let content = content();
    let nav_open = RwSignal::new(false);
    let help_open = RwSignal::new(false);
    effect(move || {
        place.url();
        nav_open.set(false);
    });
    keys::listen(nav_open, help_open);
    view! {
        <div class="app">
            <header class="top">
                <a class="skip" href="#main">
                    {t("frame.skip")}
                </a>
                <button
                    type="button"
                    class="icon menu"
                    id=keys::MENU_BUTTON
                    aria-label=t("frame.menu")
                    aria-expanded=attr(move || Some(if nav_open.get() { "true" } else { "false" }))
                    aria-controls=nav::ID
                    on:click=on(move |_| nav_open.update(|open| *open = !*open))
                >
                    {icon(Icon::Menu)}
                </button>
                <a class="brand" href=paths::start()>
                    {icon(Icon::Key)}
                    {t("app.name")}
                </a>
                {find::view()}
                <person::PersonMenu help_open />
            </header>
            <nav::Nav open=nav_open />
            <main id="main" tabindex="-1">
                {content}
            </main>
        </div>
        {dialogs(help_open, sign_in_form)}
    }
    .into_any()
}

/// The page of the current place, as soon as it is known what this person may open.
pub(super) fn content() -> AnyView {
    let (index, place) = (store::<IndexStore>(), store::<PlaceStore>());
    index.load();
    let state = Memo::new(move |_| index.load_state());
    effect(move || {
        if state.get() == Load::Ready {
            fetch_later();
        }
    });
    let content = live(move || match state.get() {
        Load::Ready => live(move || page(place.get())).into_any(),
        Load::Failed(failure) => {
            let retry = Callback::new(move |()| index.load());
            view! {
                <div class="head">
                    <Heading text=t("app.name") />
                </div>
                <div class="body">
                    <Trouble failure retry />
                </div>
            }
            .into_any()
        }
        Load::Idle | Load::Loading => view! { <div class="body">{skeleton(t("loading"), 6)}</div> }.into_any(),
    });
    content.into_any()
}

/// The dialogs that may appear over any page.
pub(super) fn dialogs(help_open: RwSignal<bool>, sign_in: fn() -> AnyView) -> AnyView {
    view! {
        <keys::KeysHelp open=help_open />
        <leaving::LeavingDialog />
        <RevealDialog />
        <ResetDialog />
        <ended::EndedDialog form=sign_in />
    }
    .into_any()
}

/// Signing in again, here, the way that was taken before.
fn sign_in_form() -> AnyView {
    again(untrack(|| store::<Session>().is_proving()))
}
