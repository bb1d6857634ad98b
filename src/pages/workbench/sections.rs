//! The left side: the filter, and the sections with how much is changed and locked in each.

use leptos::prelude::*;

use super::{Bench, spy};
use crate::ui::erase::{attr, flag, live, on};
use crate::ui::icon::{Icon, icon};
use crate::ui::view;
use crate::words::{number, t, tn};

/// The id of a section's element.
pub(super) fn dom_id(section: &str) -> String {
    format!("section-{section}")
}

pub(super) fn view(bench: Bench) -> AnyView {
    let Bench { settings, query, .. } = bench;
    let sections: Vec<(String, String)> = settings
        .with_form(|form| form.sections.iter().map(|section| (section.id.clone(), section.title.clone())).collect());
    let current = spy::current(sections.iter().map(|(id, _)| id.clone()).collect());
    let total = settings.with_form(|form| form.rows().count());
    let links = sections
        .into_iter()
        .enumerate()
        .map(|(at, (id, title))| link(bench, at, dom_id(&id), title, current))
        .collect::<Vec<_>>();
    view! {
        <div class="sections">
            <label class="find">
                {icon(Icon::Find)} <span class="visually-hidden">{t("workbench.filter")}</span>
                <input
                    type="search"
                    data-search
                    placeholder=tn("workbench.filter_count", total as u64)
                    prop:value=live(move || query.get())
                    on:input=on(move |event| {
                        let text = event_target_value(&event);
                        settings.filter(&text);
                        query.set(text);
                    })
                />
            </label>
            <nav aria-label=t("workbench.sections")>{links}</nav>
        </div>
    }
    .into_any()
}

fn link(bench: Bench, at: usize, id: String, title: String, current: RwSignal<usize>) -> AnyView {
    let settings = bench.settings;
    let numbers = Memo::new(move |_| {
        let summary = settings.summary();
        let get = |numbers: &[usize]| numbers.get(at).copied().unwrap_or(0) as u64;
        (get(&summary.changed), get(&summary.locked), get(&summary.shown))
    });
    let target = id.clone();
    let go = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        if let Some(section) = document().get_element_by_id(&target) {
            section.scroll_into_view();
        }
    };
    let counts = live(move || {
        let (changed, locked, shown) = numbers.get();
        let changed = (changed > 0).then(|| {
            view! {
                <b>
                    <span class="visually-hidden">{tn("workbench.section_changed", changed)}</span>
                    <span aria-hidden="true">{number(changed)}</span>
                </b>
            }
            .into_any()
        });
        let locked = (locked > 0).then(|| {
            view! {
                <span class="locked" title=tn("workbench.section_locked", locked)>
                    {icon(Icon::Lock)}
                    {number(locked)}
                </span>
            }
            .into_any()
        });
        view! {
            {changed}
            {locked}
            <span>{number(shown)}</span>
        }
        .into_any()
    });
    view! {
        <a
            href=format!("#{id}")
            hidden=flag(move || numbers.get().2 == 0)
            aria-current=attr(move || (current.get() == at).then_some("true"))
            on:click=on(go)
        >
            {title}
            <span class="n">{counts}</span>
        </a>
    }
    .into_any()
}
