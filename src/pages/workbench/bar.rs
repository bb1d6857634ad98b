//! The bar at the bottom: how much is changed, whom it applies to, and what came of applying it.

use leptos::prelude::*;

use super::{Bench, outcome};
use crate::stores::settings::Applying;
use crate::ui::dialog::Dialog;
use crate::ui::element::focus;
use crate::ui::erase::{effect, flag, live, on};
use crate::ui::view;
use crate::words::{t, tf, tn};

const ID: &str = "bar";

pub(super) fn view(bench: Bench) -> AnyView {
    let settings = bench.settings;
    let discarding = RwSignal::new(false);
    let counts = Memo::new(move |_| {
        let summary = settings.summary();
        (summary.changes as u64, summary.locks as u64, summary.conflicts as u64)
    });
    // A conflict that a person has decided about is none any more.
    let applying = move || match (settings.applying(), counts.get()) {
        (Applying::Conflict, (.., 0)) => Applying::Idle,
        (applying, _) => applying,
    };
    let body = live(move || match (applying(), counts.get()) {
        (Applying::Running(done, total), _) => outcome::running(done, total),
        (ended @ (Applying::Failed(_) | Applying::Conflict), counts) => {
            let changes = (counts.0 + counts.1 > 0).then(|| changes(bench, counts.0, counts.1, discarding));
            view! {
                {outcome::view(bench, ended)}
                {changes}
            }
            .into_any()
        }
        (ended @ Applying::Done { .. }, (0, 0, _)) => outcome::view(bench, ended),
        (Applying::Idle, (0, 0, _)) => ().into_any(),
        (_, (settings, locks, _)) => changes(bench, settings, locks, discarding),
    });
    effect(move || {
        if settings.applying() != Applying::Idle {
            request_animation_frame(keep_focus);
        }
    });
    let shown = move || {
        applying() != Applying::Idle || {
            let (changes, locks, _) = counts.get();
            changes + locks > 0
        }
    };
    let title = Signal::derive(move || {
        let (changes, locks, _) = counts.get();
        tn("discard.title", changes + locks)
    });
    view! {
        <div class="bar" role="region" aria-label=t("bar.label") tabindex="-1" id=ID hidden=flag(move || !shown())>
            <div class="bar-body" aria-live="polite">
                {body}
            </div>
        </div>
        <Dialog open=discarding title=title on_close=Callback::new(move |()| discarding.set(false))>
            <p class="dialog-body">{t("discard.text")}</p>
            <footer>
                <button type="button" on:click=on(move |_| discarding.set(false))>
                    {t("discard.keep")}
                </button>
                <button
                    type="button"
                    class="danger"
                    on:click=on(move |_| {
                        discarding.set(false);
                        settings.discard();
                    })
                >
                    {t("discard.discard")}
                </button>
            </footer>
        </Dialog>
    }
    .into_any()
}

/// Applying takes the button away that had the focus: it goes to the bar instead of being lost.
fn keep_focus() {
    if document().active_element().is_none_or(|element| element.tag_name() == "BODY") {
        focus(ID);
    }
}

fn changes(bench: Bench, changes: u64, locks: u64, discarding: RwSignal<bool>) -> AnyView {
    let settings = bench.settings;
    let said = match (changes, locks) {
        (changes, 0) => tn("bar.changes", changes),
        (0, locks) => tn("bar.locks", locks),
        (changes, locks) => {
            let (changes, locks) = (tn("bar.changes", changes), tn("bar.locks", locks));
            tf("bar.both", &[("changes", &changes), ("locks", &locks)])
        }
    };
    let people = move || bench.people.get().map_or_else(String::new, |people| tn("bar.people", people));
    let review = move |_| {
        let summary = settings.summary_now();
        let faulty = summary.faults + summary.conflicts > 0;
        bench.faults_shown.set(false);
        bench.faults_shown.set(faulty);
        bench.reviewing.set(!faulty);
    };
    view! {
        <b>{said}</b>
        <span class="quiet">{live(people)}</span>
        <span class="gap"></span>
        <button type="button" class="plain" on:click=on(move |_| discarding.set(true))>
            {t("bar.discard")}
        </button>
        <button type="button" class="primary" on:click=on(review)>
            {t("bar.review")}
        </button>
    }
    .into_any()
}
