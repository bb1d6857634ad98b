//! The first rows of a table, and above each column what it is. Secret columns are covered. Must not keep a value.

use leptos::prelude::*;
use web_sys::HtmlSelectElement;

use crate::stores::DraftStore;
use crate::stores::draft::plan::Plan;
use crate::ui::element::by_id;
use crate::ui::erase::{effect, flag, live, on};
use crate::ui::view;
use crate::words::{number, t, tf};

/// Between texts that are followed as one.
const BETWEEN: &str = "\u{1f}";
/// What stands for a secret, however long it is.
const COVER: &str = "••••";

/// The part of the page.
pub(super) fn view(draft: DraftStore) -> AnyView {
    let uncovered = RwSignal::new(false);
    // Made anew for another table or other fields; what a column is, is followed in place.
    let shape = Memo::new(move |_| {
        let plan = draft.plan();
        let names = (0..plan.table.columns).map(|at| plan.name(at).unwrap_or_default().to_owned());
        let keys = plan.fields().map(|field| field.key.clone());
        let table = [plan.table.id.clone(), plan.table.sheet.clone(), plan.header.to_string()];
        table.into_iter().chain(names).chain(keys).collect::<Vec<_>>().join(BETWEEN)
    });
    let has_secrets = move || {
        let plan = draft.plan();
        (0..plan.table.columns).any(|at| plan.is_secret(at))
    };
    let table = live(move || {
        shape.get();
        table(draft, &draft.plan_now(), uncovered)
    });
    view! {
        <section class="new-job-part">
            <h2>{t("new_job.columns")}</h2>
            <p class="help">{t("new_job.columns_help")}</p>
            <div class="preview" role="region" tabindex="0" aria-label=t("new_job.preview")>
                {table}
            </div>
            <label class="choice" for="rows-uncovered" hidden=flag(move || !has_secrets())>
                <input
                    type="checkbox"
                    id="rows-uncovered"
                    on:change=on(move |event| uncovered.set(event_target_checked(&event)))
                />
                {t("new_job.uncover")}
            </label>
        </section>
    }
    .into_any()
}

fn table(draft: DraftStore, plan: &Plan, uncovered: RwSignal<bool>) -> AnyView {
    let heads = (0..plan.table.columns).map(|at| head(draft, plan, at)).collect::<Vec<_>>();
    let rows = plan.preview().iter().map(|row| {
        let cells =
            (0..plan.table.columns).map(|at| cell(draft, row.get(at).cloned().unwrap_or_default(), at, uncovered));
        view! { <tr>{cells.collect::<Vec<_>>()}</tr> }.into_any()
    });
    view! {
        <table>
            <thead>
                <tr>{heads}</tr>
            </thead>
            <tbody>{rows.collect::<Vec<_>>()}</tbody>
        </table>
    }
    .into_any()
}

fn head(draft: DraftStore, plan: &Plan, at: usize) -> AnyView {
    let id = format!("column-{at}");
    let name = plan.name(at).map_or_else(|| tf("new_job.column", &[("n", &number(at as u64 + 1))]), str::to_owned);
    let option = |key: String, words: String| view! { <option value=key>{words}</option> }.into_any();
    let mut options = vec![option(String::new(), t("new_job.unused").to_owned())];
    options.extend(plan.fields().map(|field| option(field.key.clone(), field.label.clone())));
    let select = id.clone();
    effect(move || {
        let key = draft.plan().columns.get(at).cloned().unwrap_or_default();
        if let Some(select) = by_id::<HtmlSelectElement>(&select) {
            select.set_value(&key);
        }
    });
    let label = tf("new_job.column_is", &[("name", &name)]);
    view! {
        <th scope="col">
            <span class="column-name">{name}</span>
            <select
                id=id
                aria-label=label
                on:change=on(move |event| {
                    let key = event_target_value(&event);
                    draft.change(|plan| plan.map(at, &key));
                })
            >
                {options}
            </select>
        </th>
    }
    .into_any()
}

fn cell(draft: DraftStore, text: String, at: usize, uncovered: RwSignal<bool>) -> AnyView {
    let said = move || match () {
        () if text.is_empty() || uncovered.get() || !draft.plan().is_secret(at) => text.clone(),
        () => COVER.to_owned(),
    };
    view! { <td>{live(said)}</td> }.into_any()
}
