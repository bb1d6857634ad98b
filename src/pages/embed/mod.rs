//! The console in a frame of another page: the same pages without navigation and top bar, one line that says who is signed
//! in, and signing in through a window of our own. A password is never asked for here: the page around could draw the same
//! fields. Must not know what a page shows.

mod height;
mod look;
mod parent;
mod sign_in;
mod window;

use leptos::prelude::*;

pub(super) use self::window::view as window;

use super::{Heading, Trouble, frame};
use crate::stores::{HandoverStore, Load, PlaceStore, Session, store};
use crate::ui::erase::live;
use crate::ui::skeleton::skeleton;
use crate::ui::view;
use crate::words::{find, t, tf};

/// Stands on the root element, for the style sheets.
const FRAMED: &str = "data-framed";

/// Whatever is shown in the frame.
pub(super) fn view() -> AnyView {
    let session = store::<Session>();
    HandoverStore::provide().listen();
    parent::talk();
    if let Some(root) = document().document_element() {
        drop(root.set_attribute(FRAMED, ""));
    }
    let state = Memo::new(move |_| session.load_state());
    let signed_in = Memo::new(move |_| session.is_signed_in());
    let restart = Callback::new(move |()| crate::api::spawn(session.restart()));
    let screen = live(move || match (state.get(), signed_in.get()) {
        (Load::Ready, true) => places(),
        (Load::Ready, false) => sign_in::page(),
        (Load::Idle | Load::Loading, _) => skeleton(t("loading"), 6),
        (Load::Failed(failure), _) => view! {
            <div class="head">
                <Heading text=t("app.name") />
            </div>
            <div class="body">
                <Trouble failure retry=restart />
            </div>
        }
        .into_any(),
    });
    view! { <div class="embedded">{screen}</div> }.into_any()
}

/// The page of the current place, for somebody who is signed in.
fn places() -> AnyView {
    let help_open = RwSignal::new(false);
    frame::keys::listen(RwSignal::new(false), help_open);
    view! {
        {line()}
        <main id="main" tabindex="-1">
            {frame::content()}
        </main>
        {frame::dialogs(help_open, sign_in::button)}
    }
    .into_any()
}

/// Who is signed in, and the way to this place in a tab of its own.
fn line() -> AnyView {
    let (session, place) = (store::<Session>(), store::<PlaceStore>());
    let who = live(move || {
        let Some(me) = session.me() else { return String::new() };
        let role = find(&format!("role.{}", me.role.as_str())).unwrap_or(me.role.as_str());
        tf("embed.who", &[("name", &me.name), ("role", role)])
    });
    view! {
        <p class="embedded-line">
            <span>{who}</span>
            <a href=live(move || Some(place.url())) target="_blank" rel="noopener">
                {t("embed.open")}
            </a>
        </p>
    }
    .into_any()
}
