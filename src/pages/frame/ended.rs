//! Signing in again over a page whose session has ended, or for something that wants the password once more. The page
//! below stays as it is, and what it was asking for goes on afterwards.

use leptos::prelude::*;
use roomkey_schema::session::Way;

use crate::stores::{Session, store};
use crate::ui::dialog::Dialog;
use crate::ui::erase::{live, live_if, on};
use crate::ui::toast::Toasts;
use crate::ui::view;
use crate::words::t;

/// The dialog. Without a session it closes by signing in and in no other way.
#[component]
pub(crate) fn EndedDialog(
    /// How one signs in again.
    form: fn() -> AnyView,
) -> AnyView {
    let session = store::<Session>();
    let toasts = Toasts::here();
    let open = Memo::new(move |_| session.ended());
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        if before == Some(true) && !now && !untrack(|| session.is_proving()) {
            toasts.say(t("ended.done").to_owned());
        }
        now
    });
    let by_password = move || session.me().is_none_or(|me| me.way == Way::Password);
    let sentence = move || {
        t(match (session.is_proving(), by_password()) {
            (false, _) => "ended.sentence",
            (true, true) => "ended.password",
            (true, false) => "ended.proof",
        })
        .to_owned()
    };
    let give_up = move || {
        session.is_proving().then(|| {
            view! {
                <button type="button" class="plain" on:click=on(move |_| session.give_up())>
                    {t("action.cancel")}
                </button>
            }
            .into_any()
        })
    };
    view! {
        <Dialog open title=t("ended.title")>
            <div class="dialog-body">
                <p>{live(sentence)}</p>
                {form()}
                {live_if(give_up)}
            </div>
        </Dialog>
    }
    .into_any()
}
