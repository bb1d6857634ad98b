//! Asks before a page is left whose changes were not applied. The browser asks by itself when the tab is closed.

use leptos::prelude::*;

use crate::stores::{PlaceStore, store};
use crate::ui::dialog::Dialog;
use crate::ui::erase::on;
use crate::ui::view;
use crate::words::t;

/// Stay, or leave and lose the changes.
#[component]
pub(crate) fn LeavingDialog() -> AnyView {
    let place = store::<PlaceStore>();
    let open = Signal::derive(move || place.is_leaving());
    view! {
        <Dialog open title=t("leaving.title") on_close=Callback::new(move |()| place.stay())>
            <div class="dialog-body">
                <p>{t("leaving.sentence")}</p>
            </div>
            <footer>
                <button type="button" class="plain" on:click=on(move |_| place.leave())>
                    {t("leaving.leave")}
                </button>
                <button type="button" class="primary" on:click=on(move |_| place.stay())>
                    {t("leaving.stay")}
                </button>
            </footer>
        </Dialog>
    }
    .into_any()
}
