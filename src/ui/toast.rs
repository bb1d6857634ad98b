//! Short messages at the edge of the page that say what has been done. What went wrong stays until it is read; what went
//! well goes by itself. Nothing may be said only here that a person must act on.

use std::time::Duration;

use leptos::prelude::*;

use super::erase::{live, on};
use super::icon::{Icon, icon};
use super::view;
use crate::words::t;

const STAYS: Duration = Duration::from_secs(8);

#[derive(Clone, PartialEq)]
struct Toast {
    id: u32,
    text: String,
    bad: bool,
}

/// Where messages are put. Get it with [`Toasts::here`] while a component is being made.
#[derive(Clone, Copy)]
pub(crate) struct Toasts {
    list: RwSignal<Vec<Toast>>,
    next: StoredValue<u32>,
}

impl Toasts {
    /// Makes the one list of messages.
    pub(crate) fn provide() {
        provide_context(Self { list: RwSignal::new(Vec::new()), next: StoredValue::new(1) });
    }

    /// The list of messages.
    pub(crate) fn here() -> Self {
        use_context().expect("the list of messages is provided before anything is shown")
    }

    /// Something went well.
    pub(crate) fn say(self, text: String) {
        let id = self.add(text, false);
        set_timeout(move || self.dismiss(id), STAYS);
    }

    /// Something went wrong.
    pub(crate) fn warn(self, text: String) {
        self.add(text, true);
    }

    fn add(self, text: String, bad: bool) -> u32 {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        self.list.update(|list| list.push(Toast { id, text, bad }));
        id
    }

    fn dismiss(self, id: u32) {
        self.list.update(|list| list.retain(|toast| toast.id != id));
    }
}

/// Where messages appear. Always on the page, so that what appears in it is read out.
#[component]
pub(crate) fn ToastRegion() -> AnyView {
    let toasts = Toasts::here();
    let show = move |toast: Toast| {
        let id = toast.id;
        view! {
            <div class=if toast.bad {
                "toast bad"
            } else {
                "toast"
            }>
                {icon(if toast.bad { Icon::Warning } else { Icon::Done })} <span>{toast.text}</span>
                <button
                    type="button"
                    class="icon"
                    aria-label=t("toast.dismiss")
                    on:click=on(move |_| toasts.dismiss(id))
                >
                    {icon(Icon::Close)}
                </button>
            </div>
        }
        .into_any()
    };
    view! {
        <div class="toasts" role="status" aria-live="polite">
            {live(move || toasts.list.get().into_iter().map(show).collect::<Vec<_>>().into_any())}
        </div>
    }
    .into_any()
}
