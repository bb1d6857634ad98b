//! What the desk offers: people and meetings as a list of options, what is said about how many there are, and the keys that
//! lead on.

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use roomkey_schema::people::{Hit, Kind};

use super::{Desk, Hurry};
use crate::pages::trouble::vendor_name;
use crate::paths;
use crate::stores::Load;
use crate::ui::erase::{attr, flag, live, live_if, on};
use crate::ui::icon::{Icon, icon};
use crate::ui::skeleton::skeleton;
use crate::ui::view;
use crate::words::{t, tf, tn};

/// The id of the list.
pub(super) const ID: &str = "desk-hits";
/// The id of what says which keys there are.
pub(super) const HINT: &str = "desk-hint";

/// The id of an option.
pub(super) fn option_id(key: &str) -> String {
    format!("{ID}-{key}")
}

/// The list, and what is said about it.
pub(super) fn view(desk: Desk) -> AnyView {
    let is_recent = Memo::new(move |_| desk.typed.read().is_empty());
    let options = live(move || {
        let hits = desk.hits.read();
        hits.iter().map(|hit| option(desk, hit)).collect::<Vec<_>>().into_any()
    });
    let label = live(move || Some(t(if is_recent.get() { "desk.recent" } else { "desk.hits" }).to_owned()));
    let recent = live_if(move || {
        let is_there = is_recent.get() && !desk.hits.read().is_empty();
        is_there.then(|| view! { <h2>{t("desk.recent")}</h2> }.into_any())
    });
    let waiting = live_if(move || {
        let is_waiting = !is_recent.get() && desk.hits.read().is_empty() && desk.people.load_state() == Load::Loading;
        is_waiting.then(|| skeleton(t("desk.looking"), 4))
    });
    view! {
        {recent}
        <ul class="hits" role="listbox" id=ID aria-label=label hidden=flag(move || desk.hits.read().is_empty())>
            {options}
        </ul>
        {waiting}
        <p class="quiet said" role="status">
            {live(move || said(desk))}
        </p>
    }
    .into_any()
}

/// How many there are; what to try when there are none.
fn said(desk: Desk) -> String {
    let typed = desk.typed.get();
    if typed.is_empty() || !desk.people.is_answered(&typed) {
        return String::new();
    }
    match desk.hits.read().len() as u64 {
        0 => tf("desk.none", &[("typed", &typed)]),
        _ if desk.people.has_more() => t("desk.more").to_owned(),
        n => tn("desk.found", n),
    }
}

fn option(desk: Desk, hit: &Hit) -> AnyView {
    let (key, next_key, opened) = (hit.key.clone(), hit.key.clone(), paths::person(&hit.key));
    let is_next = move || desk.next.read().as_ref().is_some_and(|hit| hit.key == next_key);
    let tags = hit.vendors.iter().map(|vendor| view! { <span class="tag">{vendor_name(vendor)}</span> }.into_any());
    let ambiguous = hit
        .ambiguous
        .then(|| view! { <span class="tag changed">{icon(Icon::Warning)} {t("desk.ambiguous")}</span> }.into_any());
    view! {
        <li
            class="hit"
            role="option"
            id=option_id(&hit.key)
            aria-selected=live(move || Some((*desk.chosen.read() == key).to_string()))
            data-next=flag(is_next)
            on:mousedown=on(|event: MouseEvent| event.prevent_default())
            on:click=on(move |_| desk.place.go(&opened))
        >
            <span class="name">{hit.name.clone()}</span>
            <span class="quiet detail">{detail(hit)}</span>
            <span class="tags">
                {ambiguous} {tags.collect::<Vec<_>>()} <kbd aria-hidden="true">{t("desk.enter")}</kbd>
            </span>
        </li>
    }
    .into_any()
}

/// What tells it from others of the same name.
pub(in crate::pages) fn detail(hit: &Hit) -> String {
    let own = match (hit.kind, hit.detail.as_str()) {
        (Kind::Person, detail) => detail.to_owned(),
        (Kind::Meeting, "") => t("desk.meeting").to_owned(),
        (Kind::Meeting, host) => tf("desk.meeting_of", &[("host", host)]),
    };
    let parts = [own, hit.department.clone()].into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" · ")
}

/// The keys, and the same as a button for who has none at hand.
pub(super) fn hint(desk: Desk) -> AnyView {
    let name = Memo::new(move |_| desk.next.read().as_ref().map(|hit| hit.name.clone()).unwrap_or_default());
    let is_idle = move || name.read().is_empty();
    let reset = desk.may_reset.then(|| {
        view! {
            <button
                type="button"
                class="plain"
                hidden=flag(is_idle)
                aria-keyshortcuts="Alt+R"
                on:mousedown=on(|event: MouseEvent| event.prevent_default())
                on:click=on(move |_| desk.go(Hurry::Reset))
            >
                {live(move || tf("desk.reset", &[("name", &name.get())]))}
                <kbd aria-hidden="true">{t("desk.alt")}</kbd>
                <kbd aria-hidden="true">{t("desk.key_r")}</kbd>
            </button>
        }
        .into_any()
    });
    let keys = view! {
        <span id=HINT>
            <kbd>"↑"</kbd>
            <kbd>"↓"</kbd>
            {t("desk.key_choose")}
            " · "
            <kbd>{t("desk.enter")}</kbd>
            {t("desk.key_open")}
            " · "
            <kbd>{t("desk.esc")}</kbd>
            {t("desk.key_clear")}
        </span>
    };
    view! {
        <div class="quiet hint" data-idle=attr(move || is_idle().then_some(""))>
            {keys}
            {reset}
        </div>
    }
    .into_any()
}
