//! The window in which one signs in for a frame of another page. It is a page of ours with its own address bar, the only
//! place where a password for a frame is typed. Must not tell the code to anybody but the store that hands it over.

use leptos::prelude::*;

use super::super::sign_in::in_window;
use super::super::{Heading, Trouble};
use crate::paths;
use crate::stores::handover::Handover;
use crate::stores::{HandoverStore, Load, PlaceStore, Session, store};
use crate::ui::erase::{effect, live};
use crate::ui::icon::{Icon, icon};
use crate::ui::view;
use crate::words::t;

/// Signs in, if need be, and hands over.
pub(in crate::pages) fn view() -> AnyView {
    let (handover, session, place) = (HandoverStore::provide(), store::<Session>(), store::<PlaceStore>());
    let (challenge, again) = paths::asked_of_window(&untrack(|| place.raw_query()));
    // A provider comes back to the same window, where somebody has proven something by then.
    let back = paths::sign_in_window(&challenge, false);
    let give = Callback::new(move |()| handover.hand_over(challenge.clone()));
    let signed_in = Memo::new(move |_| session.is_signed_in());
    effect(move || {
        if signed_in.get() && !again && untrack(|| handover.state()) == Handover::Idle {
            give.run(());
        }
    });
    let name = untrack(|| session.me()).map(|me| me.name).unwrap_or_default();
    let restart = Callback::new(move |()| crate::api::spawn(session.restart()));
    let (load, state) = (Memo::new(move |_| session.load_state()), Memo::new(move |_| handover.state()));
    let content = live(move || match state.get() {
        _ if let Load::Failed(failure) = load.get() => view! { <Trouble failure retry=restart /> }.into_any(),
        Handover::Idle | Handover::Open | Handover::Blocked => view! {
            <p>{t("embed.window")}</p>
            {in_window(&back, again, name.clone(), give)}
        }
        .into_any(),
        Handover::Busy | Handover::Done => view! { <p role="status">{t("embed.done")}</p> }.into_any(),
        Handover::Alone => view! { <p role="status">{t("embed.alone")}</p> }.into_any(),
        Handover::Failed(failure) => view! { <Trouble failure retry=give /> }.into_any(),
    });
    view! {
        <main class="sign-in">
            <div class="sign-in-card">
                <p class="brand">{icon(Icon::Key)} {t("app.name")}</p>
                <Heading text=t("sign_in.title") />
                {content}
            </div>
        </main>
    }
    .into_any()
}
