//! The dialog that shows a secret: asks why, shows it large and in words, and hides it by itself. When the
//! password has to be given again, that is asked over this dialog (`frame::ended`). Must not hold the value: the store does.

use std::time::Duration;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use web_sys::HtmlInputElement;

use super::{Trouble, part};
use crate::stores::{Load, RevealStore, store};
use crate::ui::busy_button::BusyButton;
use crate::ui::dialog::Dialog;
use crate::ui::element::{by_id, focus};
use crate::ui::erase::{attr, live, on};
use crate::ui::spoken::{copying, spoken};
use crate::ui::view;
use crate::words::{t, tf, tn};

const REASON: &str = "reveal-reason";
const FAULT: &str = "reveal-fault";
const VALUE: &str = "reveal-value";
/// Shortest reason; the server wants as many characters.
const SHORTEST: usize = 3;
const LONGEST: &str = "200";

/// The dialog. There is one for the whole console.
#[component]
pub(crate) fn RevealDialog() -> AnyView {
    let reveal = store::<RevealStore>();
    let open = Signal::derive(move || !reveal.label().is_empty());
    let title = Signal::derive(move || tf("reveal.of", &[("label", &reveal.label())]));
    view! {
        <Dialog open title on_close=Callback::new(move |()| reveal.close())>
            {part::shown(false, || Box::pin(fetch_inside()), move || Box::pin(inside(reveal)))}
        </Dialog>
    }
    .into_any()
}

#[wasm_split(forms, wasm_split_path = leptos::wasm_split, preload(fetch_inside), fallible)]
fn inside(reveal: RevealStore) -> Result<AnyView, SplitLoaderError> {
    let is_shown = Memo::new(move |_| !reveal.shown.value().is_empty());
    part::made(live(move || if is_shown.get() { shown(reveal) } else { asked(reveal) }).into_any())
}

/// Why?
fn asked(reveal: RevealStore) -> AnyView {
    let refused = RwSignal::new(false);
    let go = Callback::new(move |()| {
        let Some(field) = by_id::<HtmlInputElement>(REASON) else { return };
        let reason = field.value().trim().to_owned();
        refused.set(reason.chars().count() < SHORTEST);
        if refused.get_untracked() {
            return focus(REASON);
        }
        reveal.show(&reason);
    });
    let enter = move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            go.run(());
        }
    };
    let trouble = live(move || match reveal.load_state() {
        Load::Failed(failure) => view! { <Trouble failure /> }.into_any(),
        _ => ().into_any(),
    });
    let busy = Memo::new(move |_| reveal.load_state() == Load::Loading);
    view! {
        <div class="dialog-body">
            {trouble} <p>{t("reveal.text")}</p> <div class="field">
                <label for=REASON>{t("reveal.reason")}</label>
                <input
                    id=REASON
                    class="text"
                    type="text"
                    autocomplete="off"
                    maxlength=LONGEST
                    autofocus=true
                    aria-invalid=attr(move || refused.get().then_some("true"))
                    aria-describedby=FAULT
                    on:keydown=on(enter)
                />
                <p class="fault" id=FAULT>
                    {live(move || if refused.get() { t("reveal.reason_missing").to_owned() } else { String::new() })}
                </p>
            </div>
        </div>
        <footer>
            <button type="button" class="plain" on:click=on(move |_| reveal.close())>
                {t("action.cancel")}
            </button>
            <BusyButton label=t("reveal.button") busy_label=t("reveal.busy") busy class="primary" on_press=go />
        </footer>
    }
    .into_any()
}

/// What it is, for as long as it is shown.
fn shown(reveal: RevealStore) -> AnyView {
    if let Ok(tick) = set_interval_with_handle(move || reveal.tick(), Duration::from_secs(1)) {
        on_cleanup(move || tick.clear());
    }
    request_animation_frame(|| focus(VALUE));
    let copy = copying(Callback::new(move |()| untrack(|| reveal.shown.value())));
    view! {
        <div class="dialog-body">
            {spoken(VALUE, &untrack(|| reveal.shown.value()))}
            <p class="quiet">{live(move || tn("reveal.left", reveal.shown.left()))}</p>
        </div>
        <footer>
            {copy} <button type="button" class="primary" on:click=on(move |_| reveal.close())>
                {t("reveal.hide")}
            </button>
        </footer>
    }
    .into_any()
}
