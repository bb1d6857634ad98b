//! The record: who did what to whom, and how it ended. All of it, narrowed down by the address, or one entry. Must not send
//! anything: stores do.

mod detail;
mod export;
mod filters;
mod line;
pub(super) mod said;
mod undo;
mod verify;

use leptos::prelude::*;
use roomkey_schema::Role;
use roomkey_schema::record::Entry;

use super::{Heading, Trouble};
use crate::paths::{self, Place};
use crate::stores::{Load, RecordStore, Session, store};
use crate::ui::busy_button::BusyButton;
use crate::ui::erase::{effect, flag, live};
use crate::ui::skeleton::skeleton;
use crate::ui::view;
use crate::words::{t, tf};

/// What a page of the record shares.
#[derive(Clone, Copy)]
struct Shared {
    record: RecordStore,
    /// Numbers of entries that are open.
    open: RwSignal<Vec<u64>>,
    /// The entry that is asked about.
    undoing: RwSignal<Option<Entry>>,
}

/// Whether this person may read the record. Does not follow: another person starts with a fresh page.
pub(super) fn may_see() -> bool {
    matches!(untrack(|| store::<Session>().role()), Some(Role::Admin | Role::Auditor))
}

/// What is at one of its places, for somebody who may see it.
pub(super) fn view(at: Place) -> AnyView {
    let shared = Shared { record: RecordStore::new(), open: RwSignal::new(Vec::new()), undoing: RwSignal::new(None) };
    match at {
        Place::Entry { seq } => one(shared, seq),
        _ => all(shared),
    }
}

fn all(shared: Shared) -> AnyView {
    let asked = filters::asked();
    effect(move || shared.record.show(asked.get()));
    let is_narrowed = Memo::new(move |_| !asked.read().is_empty());
    let busy = Memo::new(move |_| shared.record.load_state() == Load::Loading);
    let more = Callback::new(move |()| shared.record.more());
    view! {
        <div class="head">
            <div class="title-line">
                <Heading text=t("record.title") />
                {export::menu(asked)}
            </div>
            <p class="quiet">{t("record.help")}</p>
        </div>
        <div class="body record">
            {verify::view()} {filters::view(asked)} {content(shared, is_narrowed.into())}
            <p hidden=flag(move || !shared.record.has_more())>
                <BusyButton label=t("record.more") busy_label=t("loading") busy on_press=more />
            </p>
        </div>
        {undo::dialog(shared)}
    }
    .into_any()
}

fn one(shared: Shared, seq: String) -> AnyView {
    if let Ok(number) = seq.parse() {
        shared.open.set(vec![number]);
    }
    let title = tf("record.entry", &[("seq", &seq)]);
    // An outcome's number leads to the whole entry.
    effect(move || {
        if let Some(entry) = shared.record.get().first() {
            shared.open.set(vec![entry.seq]);
        }
    });
    shared.record.show_one(seq);
    view! {
        <div class="head">
            <nav class="crumbs" aria-label=t("place.crumbs")>
                <a href=paths::record(&[])>{t("record.title")}</a>
            </nav>
            <Heading text=title />
        </div>
        <div class="body record">{content(shared, Signal::derive(|| true))}</div>
        {undo::dialog(shared)}
    }
    .into_any()
}

/// The entries, or why there are none.
fn content(shared: Shared, is_narrowed: Signal<bool>) -> AnyView {
    let record = shared.record;
    let state = Memo::new(move |_| record.load_state());
    let none = Memo::new(move |_| record.get().is_empty());
    let again = Callback::new(move |()| record.again());
    let trouble = live(move || match state.get() {
        Load::Failed(failure) => view! { <Trouble failure retry=again /> }.into_any(),
        _ => ().into_any(),
    });
    let list = live(move || match (none.get(), state.get()) {
        (false, _) => line::table(shared),
        (true, Load::Ready) if is_narrowed.get_untracked() => {
            view! { <p class="empty">{t("record.no_match")}</p> }.into_any()
        }
        (true, Load::Ready) => view! { <p class="empty">{t("record.empty")}</p> }.into_any(),
        (true, Load::Failed(_)) => ().into_any(),
        (true, _) => skeleton(t("loading"), 8),
    });
    view! {
        {trouble}
        {list}
    }
    .into_any()
}
