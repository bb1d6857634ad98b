//! The dialog of one action: what will happen, what has to be said for it, doing it, and what came of it.

use std::sync::Arc;

use leptos::prelude::*;
use roomkey_schema::form::Row;
use roomkey_schema::path::PathParams;
use roomkey_schema::place::{Action, List};
use serde_json::Value;

use super::send::{self, Sent};
use super::{cells, each, upload};
use crate::api::Failure;
use crate::form::section::{Hands, row};
use crate::pages::Trouble;
use crate::pages::hands::OverSettings;
use crate::stores::settings::SettingsStore;
use crate::stores::{IndexStore, ListStore, Load, PlaceStore, store};
use crate::ui::busy_button::BusyButton;
use crate::ui::element::focus;
use crate::ui::erase::{Live, attr, flag, live, live_if, on};
use crate::ui::skeleton::skeleton;
use crate::ui::toast::Toasts;
use crate::ui::view;
use crate::words::{counted, fill, t, tf, tn};

/// An action and what it is done with.
#[derive(Clone)]
pub(super) struct Doing {
    pub(super) action: Arc<Action>,
    /// Of the place's own address.
    pub(super) params: PathParams,
    /// What it is done to, by name, when the button is pressed.
    pub(super) name: String,
    /// Where to go when the object is gone.
    pub(super) above: Option<String>,
    /// Something was done.
    pub(super) done: Callback<()>,
}

impl Doing {
    pub(super) fn new(action: &Action, params: &PathParams, done: Callback<()>) -> Self {
        let action = Arc::new(action.clone());
        Self { action, params: params.clone(), name: String::new(), above: None, done }
    }
}

/// How far it has come.
#[derive(Clone, Copy)]
pub(in crate::pages) struct Progress {
    pub(super) busy: RwSignal<bool>,
    /// Done, of how many; and what is being waited for.
    pub(in crate::pages) said: RwSignal<String>,
    /// What came of it.
    pub(super) load: RwSignal<Load>,
    /// What the vendor has answered so far.
    pub(super) answer: RwSignal<Value>,
}

impl Progress {
    pub(in crate::pages) fn new() -> Self {
        Self {
            busy: RwSignal::new(false),
            said: RwSignal::new(String::new()),
            load: RwSignal::new(Load::Idle),
            answer: RwSignal::new(Value::Null),
        }
    }
}

/// One time that something is done: with what, and to what.
struct Act {
    doing: Doing,
    subjects: Vec<Value>,
    /// What it is done to, in words.
    name: String,
    /// What has to be said for it.
    asking: Option<SettingsStore>,
    /// Something of that is missing.
    refused: RwSignal<bool>,
    progress: Progress,
    toasts: Toasts,
    place: PlaceStore,
    close: Callback<()>,
}

/// The inside of the dialog.
pub(super) fn view(doing: Doing, subjects: Vec<Value>, close: Callback<()>) -> AnyView {
    let progress = Progress::new();
    let action = Arc::clone(&doing.action);
    if let Some(member) = action.file.clone() {
        return upload::view(doing, member, progress, close);
    }
    let asking = action.form.as_deref().and_then(|id| asking(id, &doing, &subjects));
    let name = if subjects.len() > 1 { tn("action.rows", subjects.len() as u64) } else { doing.name.clone() };
    let text = fill(&action.text, &[("name", &name)]);
    let refused = RwSignal::new(false);
    let (toasts, place) = (Toasts::here(), store::<PlaceStore>());
    let act = Arc::new(Act { doing, subjects, name, asking, refused, progress, toasts, place, close });
    let came = came(&act);
    let (before, unread) = action.before.clone().map(|list| before(list, &act)).unzip();
    let go = Callback::new(move |()| act.go());
    let leave = live(move || {
        let is_done = progress.load.get() == Load::Ready;
        if is_done { t("dialog.close").to_owned() } else { t("action.cancel").to_owned() }
    });
    let label = action.label.trim_end_matches('…').to_owned();
    let class = if action.danger { "danger" } else { "primary" };
    // What came of each takes the place of the questions; a check can be made again.
    let over = Memo::new(move |_| action.each.is_some() && progress.load.get() == Load::Ready);
    let go = view! {
        <span hidden=flag(move || over.get() || unread.is_some_and(|unread| unread.get()))>
            <BusyButton label busy_label=t("action.busy") busy=progress.busy class=class on_press=go />
        </span>
    };
    view! {
        <div class="dialog-body">
            <div id=CAME tabindex=attr(move || Some(if over.get() { "0" } else { "-1" }))>
                {came}
            </div>
            {missing(refused)}
            <div hidden=flag(move || over.get())>
                <p>{text}</p>
                {before}
                {asking.map(fields)}
            </div>
            <p class="quiet" role="status">
                {live(move || progress.said.get())}
            </p>
        </div>
        {foot(close, leave, go)}
    }
    .into_any()
}

/// The foot of the dialog: what leaves it, and what does it.
pub(super) fn foot(close: Callback<()>, leave: Live<String>, go: impl IntoAny) -> AnyView {
    view! {
        <footer>
            <button type="button" class="plain" on:click=on(move |_| close.run(()))>
                {leave}
            </button>
            {go.into_any()}
        </footer>
    }
    .into_any()
}

impl Act {
    /// Does it, when all has been said that must be.
    fn go(self: &Arc<Self>) {
        let progress = self.progress;
        if progress.busy.get_untracked() {
            return;
        }
        let ready = self.asking.is_none_or(SettingsStore::demand);
        self.refused.set(!ready);
        if !ready {
            request_animation_frame(|| focus(REFUSED));
            return;
        }
        progress.busy.set(true);
        progress.load.set(Load::Idle);
        let asked = self.asking.map(SettingsStore::asked).unwrap_or_default();
        let act = Arc::clone(self);
        crate::api::spawn(async move {
            let sent = send::all(&act.doing, &act.subjects, asked, progress).await;
            act.ended(sent);
        });
    }

    /// Says what came of it, and to how many things it was done.
    fn ended(&self, sent: Result<Sent, Failure>) {
        let (progress, doing) = (self.progress, &self.doing);
        if let Ok(Sent { not_applied, .. }) = &sent
            && !not_applied.is_empty()
        {
            self.toasts.warn(tf("action.partly", &[("fields", &self.labels(not_applied))]));
        }
        let sent = sent.map(|sent| sent.count);
        let done = |count: usize| {
            self.toasts.say(fill(&doing.action.done, &[("name", &self.name), ("n", &count.to_string())]));
        };
        // The dialog may have been closed meanwhile: what came of it is said all the same.
        let is_gone = progress.busy.try_set(false).is_some();
        // What came of it stands above what was asked: the focus brings it into sight.
        request_animation_frame(|| focus(CAME));
        match sent {
            Err(failure) if is_gone => self.toasts.warn(failure.sentence().to_owned()),
            Ok(count) if is_gone => done(count),
            Err(failure) => {
                if let Some(settings) = self.asking {
                    settings.blame_asked(&failure);
                }
                progress.load.try_set(Load::Failed(failure));
            }
            Ok(count) if doing.action.result.is_empty() && doing.action.each.is_none() => {
                done(count);
                self.close.run(());
                match (doing.action.leaves, &doing.above) {
                    (true, Some(above)) => self.place.go(above),
                    _ => doing.done.run(()),
                }
            }
            Ok(_) => {
                progress.load.try_set(Load::Ready);
                doing.done.run(());
            }
        }
    }

    /// What was asked for at those pointers, by name.
    fn labels(&self, pointers: &[String]) -> String {
        let label = |pointer: &String| {
            let own = self.asking.and_then(|settings| settings.with_form(|form| form.label_at(pointer)));
            own.unwrap_or_else(|| pointer.clone())
        };
        pointers.iter().map(label).collect::<Vec<_>>().join(", ")
    }
}

/// What came of it, to read.
fn came(act: &Arc<Act>) -> AnyView {
    let act = Arc::clone(act);
    live(move || {
        let failed = match act.progress.load.get() {
            Load::Failed(failure) => Some(view! { <Trouble failure /> }.into_any()),
            Load::Ready => None,
            _ => return ().into_any(),
        };
        let answer = act.progress.answer.read();
        let said = match &act.doing.action.each {
            // What went well before something failed is told, too.
            Some(each) if !answer.is_null() => Some(each::view(each, &act.subjects, &answer)),
            None if failed.is_none() => {
                let asked = act.asking.map(SettingsStore::asked).unwrap_or_default();
                let subject = act.subjects.first().cloned().unwrap_or_default();
                let params = send::named(&act.doing, &subject, &asked.params);
                Some(cells::list(&act.doing.action.result, &answer, &params))
            }
            _ => None,
        };
        view! {
            {failed}
            <div role="status">{said}</div>
        }
        .into_any()
    })
    .into_any()
}

/// How many there are of what is read before it is asked, and whether that is not known yet.
fn before(list: List, act: &Act) -> (AnyView, Signal<bool>) {
    let (rows, list) = (ListStore::new(), Arc::new(list));
    rows.load(Arc::clone(&list), act.doing.params.clone(), Vec::new());
    let state = Memo::new(move |_| rows.load_state());
    let said = live(move || match state.get() {
        Load::Failed(failure) => view! { <Trouble failure /> }.into_any(),
        Load::Ready => {
            let count = rows.loaded();
            let said = if count == 0 { list.empty.clone() } else { counted(&list.count, count) };
            view! { <p>{said}</p> }.into_any()
        }
        _ => skeleton(t("loading"), 1),
    });
    let unread = Signal::derive(move || matches!(state.get(), Load::Idle | Load::Loading));
    (view! { <div role="status">{said}</div> }.into_any(), unread)
}

const REFUSED: &str = "action-refused";
const CAME: &str = "action-came";

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
        // Empty says nothing, also where it is no choice.
        if let Some(value) = subjects.first().and_then(|subject| subject.pointer(from)).filter(|value| *value != "") {
            roomkey_schema::json::put(&mut begin, pointer, value.clone());
        }
    }
    settings.begin(entry, begin);
    Some(settings)
}

fn fields(settings: SettingsStore) -> AnyView {
    let state = Memo::new(move |_| settings.load_state());
    live(move || match state.get() {
        Load::Failed(failure) => view! { <Trouble failure /> }.into_any(),
        Load::Ready => {
            let hands: Arc<dyn Hands> = Arc::new(OverSettings { settings, vendor: StoredValue::new(String::new()) });
            // The form behind the dialog may have rows of the same names.
            let asked = |described: &Row| Row { id: format!("ask.{}", described.id), ..described.clone() };
            let rows = settings.with_form(|form| {
                let rows = form.rows().enumerate();
                rows.map(|(index, (_, described))| row(index, &asked(described), &hands)).collect::<Vec<_>>()
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
