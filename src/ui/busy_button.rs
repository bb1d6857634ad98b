//! A button for something that takes a while: it says so, and cannot be pressed twice. It keeps the focus meanwhile,
//! which a disabled button would lose.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::erase::{attr, live, on};
use super::view;

/// A button that is busy while `busy` says so. With `submit` it sends the form around it.
#[component]
pub(crate) fn BusyButton(
    /// What it does.
    #[prop(into)]
    label: Signal<String>,
    /// What it is doing, while it is.
    busy_label: &'static str,
    /// Whether it is.
    #[prop(into)]
    busy: Signal<bool>,
    /// `primary`, `plain` or nothing.
    #[prop(optional)]
    class: &'static str,
    /// Names it, for whoever gives it the focus.
    #[prop(optional)]
    id: Option<&'static str>,
    /// Whether it sends the form around it.
    #[prop(optional)]
    submit: bool,
    /// What happens when it is pressed.
    #[prop(optional)]
    on_press: Option<Callback<()>>,
) -> AnyView {
    let press = move |event: MouseEvent| {
        if busy.get_untracked() {
            event.prevent_default();
        } else if let Some(on_press) = on_press {
            on_press.run(());
        }
    };
    view! {
        <button
            type=if submit { "submit" } else { "button" }
            class=class
            id=id
            aria-disabled=attr(move || busy.get().then_some("true"))
            on:click=on(press)
        >
            {live(move || if busy.get() { busy_label.to_owned() } else { label.get() })}
        </button>
    }
    .into_any()
}
