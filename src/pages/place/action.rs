//! The dialog of one action: what will happen, what has to be said for it, doing it, and what came of it.

use std::sync::Arc;

use leptos::prelude::*;
use roomkey_schema::form::Kind;
use roomkey_schema::path::PathParams;
use roomkey_schema::place::Action;
use serde_json::Value;

use super::send::{self, Sent};
use super::{cells, upload};
use crate::form::change::{Place, RowState};
use crate::form::section::{Hands, row};
use crate::pages::Trouble;
use crate::stores::settings::SettingsStore;
use crate::stores::{IndexStore, Load, PlaceStore, store};
use crate::ui::busy_button::BusyButton;
use crate::ui::element::focus;
use crate::ui::erase::{live, live_if, on};
use crate::ui::skeleton::skeleton;
use crate::ui::toast::Toasts;
use crate::words::{fill, t, tf, tn};

/// An action and what it is done with.
#[derive(Clone)]
pub(super) struct Doing {
    pub(super) action: Action,
    /// Of the place's own address.
    pub(super) params: PathParams,
    /// What it is done to, by name.
    pub(super) name: Signal<String>,
    /// Where to go when the object is gone.
    pub(super) above: Option<String>,
    /// Something was done.
    pub(super) done: Callback<()>,
}

impl Doing {
    /// An action after which nothing needs to be read again.
    pub(super) fn new(action: Action, params: PathParams, name: Signal<String>) -> Self {
        Self { action, params, name, above: None, done: Callback::new(|()| {}) }
    }
}

/// How far it has come.
#[derive(Clone, Copy)]
pub(super) struct Progress {
    pub(super) busy: RwSignal<bool>,
    /// Done, of how many; and what is being waited for.
    pub(super) said: RwSignal<String>,
    /// What came of it.
    pub(super) load: RwSignal<Load>,
    pub(super) answer: RwSignal<Value>,
}

/// The inside of the dialog.
pub(super) fn view(doing: Doing, subjects: Vec<Value>, close: Callback<()>) -> AnyView {
    let progress = Progress {
        busy: RwSignal::new(false),
        said: RwSignal::new(String::new()),
        load: RwSignal::new(Load::Idle),
        answer: RwSignal::new(Value::Null),
    };
    let action = doing.action.clone();
    if let Some(member) = action.file.clone() {
        return upload::view(doing, member, progress, close);
    }
    let asking = action.form.as_deref().and_then(|id| asking(id, &doing, &subjects));
    let name = if subjects.len() > 1 { tn("action.rows", subjects.len() as u64) } else { doing.name.get_untracked() };
    let text = fill(&action.text, &[("name", &name)]);
    let fields = asking.map(fields);
    let refused = RwSignal::new(false);
    let (toasts, place) = (Toasts::here(), store::<PlaceStore>());
    let subjects = Arc::new(subjects);
    let outcome = {
        let doing = doing.clone();
        move |sent: Result<Sent, crate::api::Failure>| {
            // The dialog may have been closed meanwhile: what came of it is said all the same.
            let is_gone = progress.busy.try_set(false).is_some();
            match sent {
                Err(failure) if is_gone => toasts.warn(failure.sentence().to_owned()),
                Ok(_) if is_gone => toasts.say(fill(&doing.action.done, &[("name", &name)])),
                Err(failure) => {
                    if let Some(settings) = asking {
                        settings.blame_asked(&failure);
                    }
                    progress.load.try_set(Load::Failed(failure));
                }
                Ok(sent) if doing.action.result.is_empty() => {
                    toasts.say(fill(&doing.action.done, &[("name", &name), ("n", &sent.count.to_string())]));
                    close.run(());
                    match (doing.action.leaves, &doing.above) {
                        (true, Some(above)) => place.go(above),
                        _ => doing.done.run(()),
                    }
                }
                Ok(sent) => {
                    progress.answer.try_set(sent.answer);
                    progress.load.try_set(Load::Ready);
                    doing.done.run(());
                }
            }
        }
    };
    let go = {
        let (doing, subjects) = (doing.clone(), Arc::clone(&subjects));
        Callback::new(move |()| {
            if progress.busy.get_untracked() {
                return;
            }
            if asking.is_some_and(|settings| !settings.demand()) {
                refused.set(true);
                request_animation_frame(|| focus(REFUSED));
                return;
            }
            refused.set(false);
            progress.busy.set(true);
            progress.load.set(Load::Idle);
            let asked = asking.map(SettingsStore::asked).unwrap_or_default();
            let (doing, subjects, outcome) = (doing.clone(), Arc::clone(&subjects), outcome.clone());
            crate::api::spawn(async move { outcome(send::all(&doing, &subjects, asked, progress).await) });
        })
    };
    let columns = action.result.clone();
    let came = live(move || match progress.load.get() {
        Load::Failed(failure) => view! { <Trouble failure /> }.into_any(),
        Load::Ready => view! { <div role="status">{cells::list(&columns, &progress.answer.read())}</div> }.into_any(),
        _ => ().into_any(),
    });
    let said = live(move || progress.said.get());
    let leave = live(move || {
        let is_done = progress.load.get() == Load::Ready;
        if is_done { t("dialog.close").to_owned() } else { t("action.cancel").to_owned() }
    });
    let label = action.label.trim_end_matches('…').to_owned();
    let class = if action.danger { "danger" } else { "primary" };
    view! {
        <div class="dialog-body">
            {missing(refused)} <p>{text}</p> {fields} {came} <p class="quiet" role="status">
                {said}
            </p>
        </div>
        <footer>
            <button type="button" class="plain" on:click=on(move |_| close.run(()))>
                {leave}
            </button>
            <BusyButton label busy_label=t("action.busy") busy=progress.busy class=class on_press=go />
        </footer>
    }
    .into_any()
}

const REFUSED: &str = "action-refused";

/// Says that something is missing; which rows, they say themselves.
fn missing(refused: RwSignal<bool>) -> AnyView {
    live_if(move || {
        refused.get().then(|| {
            view! {
                <div class="faults" role="alert" tabindex="-1" id=REFUSED>
                    <p>{t("action.refused")}</p>
                </div>
            }
            .into_any()
        })
    })
    .into_any()
}

/// What has to be said, as a form that begins with what is known.
fn asking(id: &str, doing: &Doing, subjects: &[Value]) -> Option<SettingsStore> {
    let entry = store::<IndexStore>().form(id)?;
    let settings = SettingsStore::new(doing.params.clone());
    let mut begin = Value::Object(serde_json::Map::new());
    for (pointer, from) in doing.action.fill.iter() {
        if let Some(value) = subjects.first().and_then(|subject| subject.pointer(from)) {
            roomkey_schema::json::put(&mut begin, pointer, value.clone());
        }
    }
    settings.begin(entry, begin);
    Some(settings)
}

struct Asking(SettingsStore);

impl Hands for Asking {
    fn state(&self, row: usize) -> RowState {
        self.0.row(row)
    }

    fn control(&self, place: Place) -> (Kind, bool) {
        self.0.control(place)
    }

    fn set(&self, row: usize, value: Value) {
        self.0.set(row, value);
    }

    fn set_text(&self, row: usize, text: &str) {
        self.0.set_text(row, text);
    }

    fn set_lock(&self, _: usize, _: bool) {}

    fn take_theirs(&self, _: usize) {}

    fn keep_mine(&self, _: usize) {}

    fn locked_by(&self, _: usize) -> String {
        String::new()
    }

    fn vendor(&self) -> String {
        String::new()
    }
}

fn fields(settings: SettingsStore) -> AnyView {
    let state = Memo::new(move |_| settings.load_state());
    live(move || match state.get() {
        Load::Failed(failure) => view! { <Trouble failure /> }.into_any(),
        Load::Ready => {
            let hands: Arc<dyn Hands> = Arc::new(Asking(settings));
            let rows = settings.with_form(|form| {
                form.rows().enumerate().map(|(index, (_, described))| row(index, described, &hands)).collect::<Vec<_>>()
            });
            view! { <div class="asked">{rows}</div> }.into_any()
        }
        _ => skeleton(t("loading"), 3),
    })
    .into_any()
}

/// Says how far it has come.
pub(super) fn say(progress: Progress, done: usize, total: usize) {
    if total > 1 {
        let values = [("n", done.to_string()), ("total", total.to_string())];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        progress.said.try_set(tf("action.progress", &values));
    }
}
