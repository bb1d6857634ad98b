//! What must be put right before anything can be applied: a list that takes the focus and leads to each row.

use leptos::prelude::*;

use super::{Bench, aim};
use crate::form::section::sentence;
use crate::ui::element::focus;
use crate::ui::erase::{effect, live, live_if, on};
use crate::ui::view;
use crate::words::{t, tn};

const ID: &str = "faults";

pub(super) fn view(bench: Bench) -> AnyView {
    let settings = bench.settings;
    let shown = Memo::new(move |_| {
        let summary = settings.summary();
        bench.faults_shown.get() && summary.faults + summary.conflicts > 0
    });
    effect(move || {
        if bench.faults_shown.get() {
            request_animation_frame(|| focus(ID));
        }
    });
    let list = move || {
        // Followed, so that what is put right leaves the list.
        let _ = settings.summary();
        let faults = settings.faults().into_iter().map(|(row, fault)| (row, sentence(&fault)));
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
            .collect::<Vec<_>>()
            .into_any()
    };
    let title = move || {
        let summary = settings.summary();
        tn("faults.title", (summary.faults + summary.conflicts) as u64)
    };
    let summary = live_if(move || {
        shown.get().then(|| {
            view! {
                <div class="faults" role="alert" tabindex="-1" id=ID>
                    <p>{live(title)}</p>
                    <ul>{live(list)}</ul>
                </div>
            }
            .into_any()
        })
    });
    summary.into_any()
}
