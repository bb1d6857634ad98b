//! Buttons for what can be done, and the dialog behind each. Must not send anything: `action` asks, `send` sends.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use roomkey_schema::card::Reset;
use roomkey_schema::path::PathParams;
use roomkey_schema::place::{Action, Place, Tab};
use serde_json::Value;

use super::action::{self, Doing};
use crate::pages::part::{self, Soon};
use crate::stores::list::rows::text_at;
use crate::stores::reset::Wanted;
use crate::stores::{ResetStore, store};
use crate::ui::dialog::Dialog;
use crate::ui::erase::{flag, live, on};
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
        let absent = absent(action, subject);
        view! { <span hidden=flag(move || absent.get())>{button}</span> }.into_any()
    });
    view! { <div class="actions">{buttons.collect::<Vec<_>>()}</div> }.into_any()
}

/// Whether it cannot be done to the object as it is.
fn absent(action: &Action, subject: Signal<Value>) -> Signal<bool> {
    let when = action.when.clone();
    Signal::derive(move || subject.with(|value| when.iter().any(|(at, wanted)| text_at(value, at) != *wanted)))
}

/// The resets of a card that stand at this tab; `""` is beside the name.
pub(super) fn resets(place: &Place, tab: &str) -> Vec<(Arc<Reset>, String)> {
    let card = place.card.iter();
    let all = card.flat_map(|card| card.resets.iter().map(|reset| (reset, card.title.clone())));
    let own = all.filter(|(reset, _)| !reset.for_row && reset.tab == tab);
    own.map(|(reset, about)| (Arc::new(reset.clone()), about)).collect()
}

/// The button that opens the dialog of a reset. `about` is what it belongs to.
pub(super) fn reset_button(
    (reset, about): (Arc<Reset>, String),
    params: &PathParams,
    subject: Signal<Value>,
    name: Signal<String>,
    done: Callback<()>,
) -> AnyView {
    let (store, params) = (store::<ResetStore>(), params.clone());
    let (label, absent) = (reset.action.label.clone(), absent(&reset.action, subject));
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
    view! {
        <button type="button" hidden=flag(move || absent.get()) on:click=on(pressed)>
            {label}
        </button>
    }
    .into_any()
}

/// Each reset and each action with its words, where a tab has nothing but these.
pub(super) fn panel(
    (place, tab): (&Place, &Tab),
    params: &PathParams,
    subject: Signal<Value>,
    name: Signal<String>,
    done: Callback<()>,
) -> AnyView {
    let line = |absent: Signal<bool>, title: String, text: AnyView, button: AnyView| {
        view! {
            <li hidden=flag(move || absent.get())>
                <div>
                    <b>{title}</b>
                    <p class="help">{text}</p>
                </div>
                {button}
            </li>
        }
        .into_any()
    };
    let resets = resets(place, &tab.id).into_iter().map(|own| {
        let (label, help) = (own.0.label.clone(), own.0.help.clone());
        let absent = absent(&own.0.action, subject);
        line(absent, label, help.into_any(), reset_button(own, params, subject, name, done))
    });
    let actions = tab.actions.iter().map(|action| {
        let doing = Doing::new(action, params, done);
        let text = action.text.clone();
        let text = live(move || fill(&text, &[("name", &name.get())]));
        let button = button(doing, name, Callback::new(move |()| vec![subject.get_untracked()]), "");
        line(absent(action, subject), action.title.clone(), text.into_any(), button)
    });
    view! { <ul class="panel">{resets.chain(actions).collect::<Vec<_>>()}</ul> }.into_any()
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
