//! Signing in again over a page whose session has ended. The page below stays as it is, and what it was asking for goes
//! on afterwards.

use leptos::prelude::*;

use super::super::sign_in::SignInForm;
use crate::stores::{Session, store};
use crate::ui::dialog::Dialog;
use crate::ui::toast::Toasts;
use crate::ui::view;
use crate::words::t;

/// The dialog. It closes by signing in and in no other way.
#[component]
pub(crate) fn EndedDialog() -> AnyView {
    let session = store::<Session>();
    let toasts = Toasts::here();
    let open = Memo::new(move |_| session.ended());
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        if before == Some(true) && !now {
            toasts.say(t("ended.done").to_owned());
        }
        now
    });
    view! {
        <Dialog open title=t("ended.title")>
            <div class="dialog-body">
                <p>{t("ended.sentence")}</p>
                <SignInForm name=untrack(|| session.me()).map(|me| me.name).unwrap_or_default() />
            </div>
        </Dialog>
    }
    .into_any()
}
