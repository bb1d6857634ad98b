//! Signing in from inside a frame: a button that opens a window of ours, on a page of its own and in the dialog over a page
//! whose session has ended. Must not ask for a password.

use leptos::prelude::*;

use super::super::{Heading, Trouble};
use crate::stores::handover::Handover;
use crate::stores::{HandoverStore, Session, store};
use crate::ui::erase::{live, on};
use crate::ui::view;
use crate::words::t;

/// The page for somebody who is not signed in.
pub(super) fn page() -> AnyView {
    view! {
        <main class="embedded-sign-in">
            <Heading text=t("sign_in.title") />
            <p>{t("embed.sign_in")}</p>
            {button()}
        </main>
    }
    .into_any()
}

/// The button, and what has become of it.
pub(super) fn button() -> AnyView {
    let (handover, session) = (store::<HandoverStore>(), store::<Session>());
    let state = Memo::new(move |_| handover.state());
    let open = move |_| handover.open(untrack(|| session.ended() && session.is_proving()));
    let said = live(move || match state.get() {
        Handover::Open => view! { <p>{t("embed.opened")}</p> }.into_any(),
        Handover::Blocked => view! { <p class="fault">{t("embed.blocked")}</p> }.into_any(),
        Handover::Busy => view! { <p>{t("sign_in.busy")}</p> }.into_any(),
        Handover::Failed(failure) => view! { <Trouble failure /> }.into_any(),
        Handover::Idle | Handover::Done | Handover::Alone => ().into_any(),
    });
    view! {
        <button type="button" class="primary" on:click=on(open)>
            {t("sign_in.submit")}
        </button>
        <div class="embedded-said" role="status">
            {said}
        </div>
    }
    .into_any()
}
