//! What must be put right before anything can be applied: a list that takes the focus and leads to each row.

use leptos::html;
use leptos::prelude::*;

use super::{Bench, aim};
use crate::ui::erase::{effect, live, live_if, on};
use crate::words::{t, tn};

pub(super) fn view(bench: Bench) -> AnyView {
    let settings = bench.settings;
    let shown = Memo::new(move |_| {
        let summary = settings.summary();
        bench.faults_shown.get() && summary.faults + summary.conflicts > 0
    });
    let node = NodeRef::<html::Div>::new();
    effect(move || {
        if let Some(summary) = node.get() {
            drop(summary.focus());
        }
    });
    let list = move || -> Vec<AnyView> {
        // Followed, so that what is put right leaves the list.
        let _ = settings.summary();
        let faults = settings.faults().into_iter();
        let conflicts = settings.conflicts().into_iter().map(|row| (row, t("faults.conflict").to_owned()));
        faults
            .chain(conflicts)
            .map(|(row, sentence)| {
                let id = settings.row_of(row).map(|row| row.id).unwrap_or_default();
                let target = id.clone();
                let go = move |event: leptos::ev::MouseEvent| {
                    event.prevent_default();
                    aim::at(&target);
                };
                view! {
                    <li>
                        <a href=format!("#{id}") on:click=on(go)>
                            {settings.label(row)}
                        </a>
                        ": "
                        {sentence}
                    </li>
                }
                .into_any()
            })
            .collect()
    };
    let title = move || {
        let summary = settings.summary();
        tn("faults.title", (summary.faults + summary.conflicts) as u64)
    };
    let summary = live_if(move || {
        shown.get().then(|| {
            view! {
                <div class="faults" role="alert" tabindex="-1" node_ref=node>
                    <p>{live(title)}</p>
                    <ul>{live(list)}</ul>
                </div>
            }
            .into_any()
        })
    });
    view! { {summary} }.into_any()
}
