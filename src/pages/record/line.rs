//! The table of entries: a line each, which opens. On narrow windows the cells of a line stand below each other (style
//! sheet). Must not hold what an open line shows.

use leptos::prelude::*;
use roomkey_schema::record::Entry;

use super::{Shared, detail, said};
use crate::stores::{IndexStore, store};
use crate::ui::erase::{Live, attr, flag, live, live_if, on};
use crate::ui::moment::moment;
use crate::ui::view;
use crate::words::t;

/// The table.
pub(super) fn table(shared: Shared) -> AnyView {
    let index = store::<IndexStore>();
    let head = |words: &'static str| view! { <th scope="col">{words}</th> }.into_any();
    // The lines keep their elements: only what has changed in them is written anew.
    let lines = live(move || {
        shared.record.get().into_iter().map(|entry| line(shared, index, entry)).collect::<Vec<_>>().into_any()
    });
    view! {
        <table class="record-list">
            <caption class="visually-hidden">{t("record.title")}</caption>
            <thead>
                <tr>
                    {head(t("record.when"))} {head(t("record.who"))} {head(t("record.what"))} {head(t("record.whom"))}
                    {head(t("record.outcome"))}
                </tr>
            </thead>
            <tbody>{lines}</tbody>
        </table>
    }
    .into_any()
}

fn line(shared: Shared, index: IndexStore, entry: Entry) -> AnyView {
    let seq = entry.seq;
    let id = format!("entry-{seq}");
    let is_open = move || shared.open.read().contains(&seq);
    let toggle = move |_| {
        shared.open.update(|open| match open.iter().position(|known| *known == seq) {
            Some(at) => drop(open.remove(at)),
            None => open.push(seq),
        });
    };
    let (class, word) = said::outcome(&entry);
    let whom = said::objects(&entry).into_iter().map(|(kind, name, id)| {
        let (shown, more) = if name.is_empty() { (id, String::new()) } else { (name, id) };
        view! {
            <div>
                <span class="quiet">{kind}</span>
                " "
                <span>{shown}</span>
                " "
                <span class="quiet">{more}</span>
            </div>
        }
        .into_any()
    });
    let whom = whom.collect::<Vec<_>>();
    let (title, summary) = (said::title(&entry), said::summary(&entry.changes));
    let (at, actor) = (entry.at.clone(), entry.actor.clone());
    let inside = live_if(move || is_open().then(|| detail::view(shared, index, &entry)));
    view! {
        <tr>
            <td class="when">
                <time datetime=at.clone() title=at.clone()>
                    {moment(&at)}
                </time>
            </td>
            <td class="who">{actor}</td>
            <td class="what">
                <button
                    type="button"
                    class="plain"
                    aria-expanded=expanded(is_open)
                    aria-controls=id.clone()
                    on:click=on(toggle)
                >
                    {title}
                </button>
                <span class="quiet">{summary}</span>
            </td>
            <td class="whom">{whom}</td>
            <td class="how">
                <span class=format!("tag {class}")>{word}</span>
            </td>
        </tr>
        <tr id=id class="record-open" hidden=flag(move || !is_open())>
            <td colspan="5">{inside}</td>
        </tr>
    }
    .into_any()
}

fn expanded(is_open: impl Fn() -> bool + Send + 'static) -> Live<Option<String>> {
    attr(move || Some(if is_open() { "true" } else { "false" }))
}
