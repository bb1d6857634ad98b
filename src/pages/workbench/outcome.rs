//! What came of applying, as the bar says it.

use leptos::prelude::*;

use super::{Bench, aim};
use crate::form::change::Outcome;
use crate::pages::Trouble;
use crate::stores::settings::Applying;
use crate::ui::erase::on;
use crate::ui::icon::{Icon, icon};
use crate::ui::view;
use crate::words::{t, tf, tn};

/// Requests are under way.
pub(super) fn running(done: usize, total: usize) -> AnyView {
    let said = tf("outcome.running", &[("n", &(done + 1).min(total).to_string()), ("total", &total.to_string())]);
    view! {
        <span>{said.clone()}</span>
        <progress max=total value=done aria-label=said></progress>
    }
    .into_any()
}

/// Applying has ended.
pub(super) fn view(bench: Bench, ended: Applying) -> AnyView {
    let settings = bench.settings;
    match ended {
        Applying::Idle | Applying::Running(..) => ().into_any(),
        // Accepted, but not read back: there is nothing left to send again.
        Applying::Failed(failure) if settings.request_count() == 0 => view! {
            <Trouble failure />
            {close(bench)}
        }
        .into_any(),
        Applying::Failed(failure) => {
            view! { <Trouble failure retry=Callback::new(move |()| settings.apply()) /> }.into_any()
        }
        Applying::Conflict => {
            let go = move |_| {
                if let Some(row) = settings.conflicts().first().and_then(|row| settings.row_of(*row)) {
                    aim::at(&row.id);
                }
            };
            view! {
                <span class="conflict-note">{icon(Icon::Warning)} {t("outcome.conflict")}</span>
                <button type="button" on:click=on(go)>
                    {t("outcome.show")}
                </button>
            }
            .into_any()
        }
        Applying::Done { applied, ignored, also, undone, unread } => {
            let vendor = bench.vendor.get_value();
            let names = |outcome| settings.with_outcome(outcome).join(", ");
            let count = applied as u64;
            let mut said = Vec::new();
            if applied + ignored == 0 {
                said.push(tf("outcome.nothing", &[("vendor", vendor.as_str())]));
            } else if applied > 0 || ignored == 0 {
                said.push(if undone { tn("outcome.undone", count) } else { tn("outcome.applied", count) });
            }
            if ignored > 0 {
                let values = [("vendor", vendor.as_str()), ("names", &names(Outcome::NotApplied))];
                said.push(tf("outcome.ignored", &values));
            }
            if also > 0 {
                let values = [("vendor", vendor.as_str()), ("names", &names(Outcome::AlsoChanged))];
                said.push(tf("outcome.also", &values));
            }
            if let Some(failure) = unread {
                said.push(tf("outcome.unread", &[("sentence", failure.sentence())]));
            }
            let undo = settings.can_undo().then(|| {
                view! {
                    <button type="button" on:click=on(move |_| settings.undo())>
                        {icon(Icon::Undo)}
                        {t("outcome.undo")}
                    </button>
                }
                .into_any()
            });
            view! {
                <span class="done-note">
                    {icon(if ignored > 0 { Icon::Warning } else { Icon::Done })} {said.join(" ")}
                </span>
                <span class="gap"></span>
                {undo}
                {close(bench)}
            }
            .into_any()
        }
    }
}

fn close(bench: Bench) -> AnyView {
    view! {
        <button type="button" class="plain" on:click=on(move |_| bench.settings.put_away())>
            {t("outcome.close")}
        </button>
    }
    .into_any()
}
