//! Before anything is sent: old and new of every change, by name, and what each lock takes away from people.

use leptos::prelude::*;

use super::Bench;
use crate::form::change::{Change, Part, Said};
use crate::ui::dialog::Dialog;
use crate::ui::erase::on;
use crate::ui::moment::moment;
use crate::ui::view;
use crate::words::{t, tf, tn};

pub(super) fn view(bench: Bench) -> AnyView {
    let Bench { settings, reviewing, people, subject, .. } = bench;
    let title = Signal::derive(move || {
        let summary = settings.summary();
        let changes = tn("bar.changes", (summary.changes + summary.locks) as u64);
        tf("review.title", &[("changes", &changes), ("name", &subject.read())])
    });
    let close = Callback::new(move |()| reviewing.set(false));
    let apply = move |_| {
        reviewing.set(false);
        settings.apply();
    };
    let lines = move || settings.review().into_iter().map(|change| line(change, people)).collect::<Vec<_>>();
    view! {
        <Dialog open=reviewing title=title on_close=close class="wide">
            <div class="dialog-body review">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{t("review.setting")}</th>
                            <th scope="col">{t("review.now")}</th>
                            <th scope="col">{t("review.then")}</th>
                            <th scope="col">
                                <span class="visually-hidden">{t("review.note")}</span>
                            </th>
                        </tr>
                    </thead>
                    <tbody>{lines()}</tbody>
                </table>
            </div>
            <footer>
                <span class="quiet">{tn("review.requests", settings.request_count() as u64)}</span>
                <span class="gap"></span>
                <button type="button" on:click=on(move |_| reviewing.set(false))>
                    {t("review.back")}
                </button>
                <button type="button" class="primary" on:click=on(apply)>
                    {t("review.apply")}
                </button>
            </footer>
        </Dialog>
    }
    .into_any()
}

fn line(change: Change, people: Signal<Option<u64>>) -> AnyView {
    let lock = change.place.1 == Part::Lock;
    let name = if lock { tf("review.lock_of", &[("label", &change.label)]) } else { change.label };
    let note = match (lock, &change.new) {
        (true, Said::Locked) => people
            .get_untracked()
            .map_or_else(|| t("review.lock_note").to_owned(), |people| tn("review.lock_people", people)),
        (true, _) => t("review.unlock_note").to_owned(),
        _ => String::new(),
    };
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td>
                <del>{said(change.old)}</del>
            </td>
            <td>
                <ins>{said(change.new)}</ins>
            </td>
            <td class="quiet">{note}</td>
        </tr>
    }
    .into_any()
}

fn said(said: Said) -> String {
    match said {
        Said::On => t("said.on").to_owned(),
        Said::Off => t("said.off").to_owned(),
        Said::Locked => t("said.locked").to_owned(),
        Said::Open => t("said.open").to_owned(),
        Said::Nothing => t("said.nothing").to_owned(),
        Said::Text(text) => text,
        Said::Moment(text) => moment(&text),
        Said::Entries(count) => tn("field.entries", count as u64),
    }
}
