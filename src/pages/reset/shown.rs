//! After a reset: the new value, once, to be copied or read out, with what is known of it. Hides by itself. Must not keep
//! the value.

use std::time::Duration;

use leptos::prelude::*;

use crate::stores::ResetStore;
use crate::stores::reset::Wanted;
use crate::ui::element::focus;
use crate::ui::erase::{live, on};
use crate::ui::spoken::{copying, spoken};
use crate::ui::view;
use crate::words::{t, tf, tn};

const VALUE: &str = "reset-shown";

/// The inside of the dialog.
pub(super) fn view(reset: ResetStore, wanted: &Wanted) -> AnyView {
    if let Ok(tick) = set_interval_with_handle(move || reset.tick(), Duration::from_secs(1)) {
        on_cleanup(move || tick.clear());
    }
    request_animation_frame(|| focus(VALUE));
    let done = untrack(|| reset.done());
    let text = format!("{}. {}", wanted.about, wanted.reset.help);
    let unverified = (!done.is_verified).then(|| view! { <p>{t("reset.unverified")}</p> }.into_any());
    let recorded = tf("reset.recorded", &[("id", &done.request_id)]);
    let copy = copying(Callback::new(move |()| untrack(|| reset.shown.value())));
    view! {
        <div class="dialog-body">
            <p class="quiet">{text} " " {live(move || tn("reset.left", reset.shown.left()))}</p>
            {spoken(VALUE, &untrack(|| reset.shown.value()))}
            {unverified}
            <p class="quiet recorded">{recorded}</p>
        </div>
        <footer>
            {copy} <button type="button" class="primary" on:click=on(move |_| reset.close())>
                {t("reset.done")}
            </button>
        </footer>
    }
    .into_any()
}
