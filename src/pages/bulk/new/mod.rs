//! Where a bulk job is made: what to do, which rows, which column is what. Each part appears when the one before it is
//! filled in; nothing that was typed is lost. Must not send anything: the store does.

mod columns;
mod source;
mod values;

use leptos::prelude::*;
use roomkey_schema::job::JobKind;
use wasm_bindgen::JsValue;
use web_sys::Blob;

use crate::pages::{Heading, Trouble};
use crate::paths;
use crate::stores::draft::plan::{Missing, Plan};
use crate::stores::{BulkStore, DraftStore, Load, PlaceStore, store};
use crate::ui::busy_button::BusyButton;
use crate::ui::element::focus;
use crate::ui::erase::{effect, live, live_if, on};
use crate::ui::skeleton::skeleton;
use crate::ui::view;
use crate::words::{t, tf, tn};

const WRONG: &str = "new-job-wrong";

/// The page.
pub(super) fn view() -> AnyView {
    let (draft, place) = (DraftStore::new(), store::<PlaceStore>());
    let selection = store::<BulkStore>().take().unwrap_or_default();
    draft.load(selection.kind_hint.clone());
    if !selection.rows.is_empty()
        && let Some(file) = file_of(&selection.csv())
    {
        draft.upload(file, "selection.csv".to_owned());
    }
    // What was made is not lost by leaving.
    let made = RwSignal::new(false);
    place.hold_while(Signal::derive(move || !made.get() && !draft.plan().table.id.is_empty()));
    let has_kind = Memo::new(move |_| !draft.plan().kind.id.is_empty());
    let has_table = Memo::new(move |_| has_kind.get() && !draft.plan().table.id.is_empty());
    let wrong = RwSignal::new(false);
    let done = Callback::new(move |job_id: String| {
        made.set(true);
        place.go(&paths::job(&job_id));
    });
    let check = Callback::new(move |()| {
        let missing = !draft.plan_now().missing().is_empty();
        wrong.set(missing);
        if missing {
            request_animation_frame(|| focus(WRONG));
        } else {
            draft.send(done);
        }
    });
    let busy = Memo::new(move |_| draft.sending() == Load::Loading);
    let source = live_if(move || has_kind.get().then(|| source::view(draft)));
    let rest = live_if(move || {
        has_table.get().then(|| {
            view! {
                {columns::view(draft)}
                {values::view(draft)}
                <div class="new-job-foot">
                    <BusyButton
                        label=t("new_job.check")
                        busy_label=t("new_job.checking")
                        busy
                        class="primary"
                        on_press=check
                    />
                    <span class="quiet">{t("new_job.check_help")}</span>
                </div>
            }
            .into_any()
        })
    });
    view! {
        <div class="head">
            <nav class="crumbs" aria-label=t("place.crumbs")>
                <a href=paths::jobs()>{t("jobs.title")}</a>
            </nav>
            <Heading text=t("new_job.title") />
        </div>
        <div class="body new-job">{faults(draft, wrong)} {kinds(draft)} {source} {rest}</div>
    }
    .into_any()
}

/// What is missing or was refused, on top and with the focus.
fn faults(draft: DraftStore, wrong: RwSignal<bool>) -> AnyView {
    let sending = Memo::new(move |_| draft.sending());
    effect(move || {
        if matches!(sending.get(), Load::Failed(_)) {
            request_animation_frame(|| focus(WRONG));
        }
    });
    let content = live(move || {
        let missing = if wrong.get() { draft.plan().missing() } else { Vec::new() };
        match sending.get() {
            _ if !missing.is_empty() => {
                let plan = draft.plan();
                let items = missing.into_iter().map(|missing| view! { <li>{said(missing, &plan)}</li> }.into_any());
                view! {
                    <div class="faults" role="alert">
                        <p>{t("new_job.missing")}</p>
                        <ul>{items.collect::<Vec<_>>()}</ul>
                    </div>
                }
                .into_any()
            }
            Load::Failed(failure) => {
                let fields = failure.fields().iter().map(|field| view! { <li>{field.detail.clone()}</li> }.into_any());
                let fields = fields.collect::<Vec<_>>();
                view! {
                    <Trouble failure=failure.clone() />
                    <ul class="new-job-fields">{fields}</ul>
                }
                .into_any()
            }
            _ => ().into_any(),
        }
    });
    view! {
        <div id=WRONG tabindex="-1">
            {content}
        </div>
    }
    .into_any()
}

fn said(missing: Missing, plan: &Plan) -> String {
    match missing {
        Missing::Subject => tf("new_job.no_subject", &[("field", &plan.kind.subject.label)]),
        Missing::Nothing => t("new_job.no_values").to_owned(),
        Missing::Value => t("new_job.no_value").to_owned(),
    }
}

/// What can be done, to choose one.
fn kinds(draft: DraftStore) -> AnyView {
    let state = Memo::new(move |_| draft.load_state());
    let again = Callback::new(move |()| draft.load(String::new()));
    let content = live(move || match state.get() {
        Load::Failed(failure) => view! { <Trouble failure retry=again /> }.into_any(),
        Load::Ready => {
            let kinds = untrack(|| draft.kinds());
            if kinds.is_empty() {
                return view! { <p class="empty">{t("new_job.no_kinds")}</p> }.into_any();
            }
            kinds.iter().enumerate().map(|(at, kind)| choice(draft, at, kind)).collect::<Vec<_>>().into_any()
        }
        _ => skeleton(t("loading"), 4),
    });
    view! {
        <fieldset class="kinds">
            <legend>
                <h2>{t("new_job.kind")}</h2>
            </legend>
            {content}
        </fieldset>
    }
    .into_any()
}

fn choice(draft: DraftStore, at: usize, kind: &JobKind) -> AnyView {
    let (id, help_id) = (format!("kind-{at}"), format!("kind-{at}-help"));
    let (own, chosen) = (kind.id.clone(), kind.id.clone());
    view! {
        <div class="kind">
            <input
                type="radio"
                name="kind"
                id=id.clone()
                aria-describedby=help_id.clone()
                prop:checked=live(move || draft.plan().kind.id == own)
                on:change=on(move |_| draft.choose(&chosen))
            />
            <label for=id>{kind.title.clone()}</label>
            <p class="help" id=help_id>
                {kind.help.clone()}
            </p>
        </div>
    }
    .into_any()
}

/// Text as a file.
fn file_of(text: &str) -> Option<Blob> {
    Blob::new_with_str_sequence(&js_sys::Array::of1(&JsValue::from_str(text))).ok()
}

/// What was read, on one line.
fn facts(plan: &Plan) -> String {
    let table = &plan.table;
    let separator = match &*table.separator {
        "" => String::new(),
        "\t" => t("new_job.tabs").to_owned(),
        separator => tf("new_job.separator", &[("separator", separator)]),
    };
    let sheet = if table.sheet.is_empty() { String::new() } else { tf("new_job.sheet_is", &[("sheet", &table.sheet)]) };
    let (name, format, encoding) = (table.name.clone(), table.format.clone(), table.encoding.clone());
    let (rows, columns) = (tn("job.rows", plan.rows()), tn("new_job.columns_are", table.columns as u64));
    let parts = [name, format, encoding, separator, sheet, rows, columns];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use roomkey_schema::job::Table;

    use super::*;

    #[test]
    fn what_was_read_is_said_as_far_as_it_is_known() {
        let table = Table { name: "pins.csv".into(), format: "CSV".into(), rows: 301, columns: 1, ..Table::default() };
        let csv = Table { encoding: "UTF-8".into(), separator: "\t".into(), ..table.clone() };
        let plan = Plan { table: csv, header: true, ..Plan::default() };
        assert_eq!(facts(&plan), "pins.csv · CSV · UTF-8 · separated by tabs · 300 rows · 1 column");
        let sheet = Table { format: "XLSX".into(), sheet: "Autumn".into(), ..table };
        assert_eq!(
            facts(&Plan { table: sheet, ..Plan::default() }),
            "pins.csv · XLSX · sheet “Autumn” · 301 rows · 1 column"
        );
    }
}
