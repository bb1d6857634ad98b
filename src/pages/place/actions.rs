//! Buttons for what can be done, and the dialog behind each. Must not send anything: `action` asks, `send` sends.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use roomkey_schema::card::Reset;
use roomkey_schema::path::PathParams;
use roomkey_schema::place::{Action, Place};
use serde_json::Value;

use super::action::{self, Doing};
use crate::pages::part::{self, Soon};
use crate::stores::list::rows::text_at;
use crate::stores::reset::Wanted;
use crate::stores::{ResetStore, store};
use crate::ui::dialog::Dialog;
use crate::ui::erase::{flag, on};
use crate::ui::view;
use crate::words::fill;

/// One button for each action on an object.
pub(super) fn bar(
    actions: &[Action],
    params: &PathParams,
    subject: Signal<Value>,
    name: Signal<String>,
    above: Option<String>,
    done: Callback<()>,
) -> AnyView {
    let buttons = actions.iter().map(|action| {
        let doing = Doing { above: above.clone(), ..Doing::new(action, params, done) };
        let button = button(doing, name, Callback::new(move |()| vec![subject.get_untracked()]), "");
        if action.when.is_empty() {
            return button;
        }
        let when = action.when.clone();
        let absent = move || subject.with(|value| when.iter().any(|(at, wanted)| text_at(value, at) != *wanted));
        view! { <span hidden=flag(absent)>{button}</span> }.into_any()
    });
    view! { <div class="actions">{buttons.collect::<Vec<_>>()}</div> }.into_any()
}

/// One button for each reset of a card that stands at this tab; `""` is beside the name.
pub(super) fn resets(
    place: &Place,
    tab: &str,
    params: &PathParams,
    subject: Signal<Value>,
    name: Signal<String>,
    done: Callback<()>,
) -> Vec<AnyView> {
    let store = store::<ResetStore>();
    let Some(card) = &place.card else { return Vec::new() };
    let own = card.resets.iter().filter(|reset| !reset.for_row && reset.tab == tab);
    let button = |reset: &Reset| {
        let (reset, about, params) = (Arc::new(reset.clone()), card.title.clone(), params.clone());
        let (label, when) = (reset.action.label.clone(), reset.action.when.clone());
        let pressed = move |_| {
            store.ask(Wanted {
                reset: Arc::clone(&reset),
                params: params.clone(),
                subject: subject.get_untracked(),
                name: name.get_untracked(),
                about: about.clone(),
                done,
            });
        };
        let absent = move || subject.with(|value| when.iter().any(|(at, wanted)| text_at(value, at) != *wanted));
        view! {
            <span hidden=flag(absent)>
                <button type="button" on:click=on(pressed)>
                    {label}
                </button>
            </span>
        }
        .into_any()
    };
    own.map(button).collect()
}

/// Each action with its words, where a tab has nothing but actions. `first` stands above them.
pub(super) fn panel(
    first: Vec<AnyView>,
    actions: &[Action],
    params: &PathParams,
    subject: Signal<Value>,
    name: Signal<String>,
    done: Callback<()>,
) -> AnyView {
    let lines = actions.iter().map(|action| {
        let doing = Doing::new(action, params, done);
        let text = action.text.clone();
        let text = move || fill(&text, &[("name", &name.get())]);
        view! {
            <li>
                <div>
                    <b>{action.title.clone()}</b>
                    <p class="help">{crate::ui::erase::live(text)}</p>
                </div>
                {button(doing, name, Callback::new(move |()| vec![subject.get_untracked()]), "")}
            </li>
        }
        .into_any()
    });
    let lines = lines.collect::<Vec<_>>();
    let first = (!first.is_empty()).then(|| view! { <div class="tab-actions">{first}</div> }.into_any());
    let lines = (!lines.is_empty()).then(|| view! { <ul class="panel">{lines}</ul> }.into_any());
    view! {
        {first}
        {lines}
    }
    .into_any()
}

/// A button that opens the dialog. `subjects` says what it is done to when it is pressed; `of` names that for those who
/// hear the button without its row.
pub(super) fn button(doing: Doing, name: Signal<String>, subjects: Callback<(), Vec<Value>>, of: &str) -> AnyView {
    let asking = use_context::<Asking>();
    let action = &doing.action;
    let class = match (action.danger, of.is_empty()) {
        (true, _) => "danger-text",
        (false, true) => "",
        (false, false) => "plain",
    };
    let label = action.label.clone();
    let named = (!of.is_empty()).then(|| format!("{label}: {of}"));
    let pressed = move |_| {
        if let Some(asking) = asking {
            let doing = Doing { name: name.get_untracked(), ..doing.clone() };
            asking.0.set(Some((doing, subjects.run(()))));
        }
    };
    view! {
        <button type="button" class=class aria-label=named on:click=on(pressed)>
            {label}
        </button>
    }
    .into_any()
}

/// What is asked about at the moment, and what it is done to. One for the whole page: what happens to the row or the list
/// behind it does not close the dialog.
#[derive(Clone, Copy)]
struct Asking(RwSignal<Option<(Doing, Vec<Value>)>>);

/// The dialog for every button below the owner that calls this.
pub(super) fn dialog() -> AnyView {
    let asking = RwSignal::new(None::<(Doing, Vec<Value>)>);
    provide_context(Asking(asking));
    let title = Signal::derive(move || {
        asking.with(|asking| {
            asking.as_ref().map(|(doing, _)| fill(&doing.action.title, &[("name", &doing.name)])).unwrap_or_default()
        })
    });
    let open = Signal::derive(move || asking.with(Option::is_some));
    let close = Callback::new(move |()| asking.set(None));
    view! {
        <Dialog open title on_close=close>
            {asking.get_untracked().map(|(doing, subjects)| arriving(doing, subjects, close))}
        </Dialog>
    }
    .into_any()
}

fn arriving(doing: Doing, subjects: Vec<Value>, close: Callback<()>) -> AnyView {
    let inside = move || -> Soon<AnyView> { Box::pin(inside(doing.clone(), subjects.clone(), close)) };
    part::shown(false, || Box::pin(fetch_inside()), inside)
}

/// What is inside the dialog.
#[wasm_split(forms, wasm_split_path = leptos::wasm_split, preload(fetch_inside), fallible)]
fn inside(doing: Doing, subjects: Vec<Value>, close: Callback<()>) -> Result<AnyView, SplitLoaderError> {
    part::made(action::view(doing, subjects, close))
}
