//! The button beside a secret that is set and may be shown. Must not know which secret it is.

use leptos::prelude::*;

use super::erase::on;
use super::view;
use crate::words::{t, tf};

/// Such a button; `label` is what the secret is called.
pub(crate) fn reveal_button(label: &str, press: Callback<()>) -> AnyView {
    view! {
        <button
            type="button"
            class="plain reveal"
            aria-label=tf("reveal.of", &[("label", label)])
            on:click=on(move |_| press.run(()))
        >
            {t("reveal.button")}
        </button>
    }
    .into_any()
}
