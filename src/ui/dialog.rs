//! A modal dialog: the browser's own, with its focus trap, `Esc` and the return of the focus. Must not decide what is
//! asked in it.

use leptos::ev;
use leptos::prelude::*;
use web_sys::HtmlDialogElement;

use super::element::by_id;
use super::erase::{effect, live, live_if, on};
use super::icon::{Icon, icon};
use super::new_id;
use super::view;
use crate::words::t;

/// Shows its children on top of everything while `open` says so.
#[component]
pub(crate) fn Dialog(
    /// Whether it is shown.
    #[prop(into)]
    open: Signal<bool>,
    /// What it is about.
    #[prop(into)]
    title: Signal<String>,
    /// The person wants it gone (`Esc`, the cross). Without it, only what is inside can close it.
    #[prop(optional)]
    on_close: Option<Callback<()>>,
    /// `wide` for tables.
    #[prop(optional)]
    class: &'static str,
    /// Made anew each time it opens.
    children: ChildrenFn,
) -> AnyView {
    let id = new_id("dialog");
    let title_id = format!("title-{id}");
    let own_id = id.clone();
    effect(move || {
        let open = open.get();
        let Some(node) = by_id::<HtmlDialogElement>(&own_id) else { return };
        if open && !node.open() {
            drop(node.show_modal());
        } else if !open && node.open() {
            node.close();
        }
    });
    let cancel = move |event: ev::Event| {
        event.prevent_default();
        if let Some(on_close) = on_close {
            on_close.run(());
        }
    };
    let close_button = move || {
        on_close.map(|on_close| {
            view! {
                <button type="button" class="icon" aria-label=t("dialog.close") on:click=on(move |_| on_close.run(()))>
                    {icon(Icon::Close)}
                </button>
            }
        })
    };
    let title_id_open = title_id.clone();
    let labelled_by = live(move || open.get().then(|| title_id_open.clone()));
    let content = live_if(move || {
        open.get().then(|| {
            view! {
                <header>
                    <h2 id=title_id.clone()>{live(move || title.get())}</h2>
                    {close_button()}
                </header>
                {children()}
            }
            .into_any()
        })
    });
    view! {
        <dialog id=id class=format!("dialog {class}") aria-labelledby=labelled_by on:cancel=on(cancel)>
            {content}
        </dialog>
    }
    .into_any()
}
