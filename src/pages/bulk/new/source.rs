//! Where the rows come from: a file that is chosen or dropped, or what is pasted. Must not look into it: the proxy reads it.

use leptos::ev::DragEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Blob, FileList, HtmlInputElement, HtmlTextAreaElement};

use super::{facts, file_of};
use crate::pages::Trouble;
use crate::stores::{DraftStore, Load};
use crate::ui::element::{by_id, focus};
use crate::ui::erase::{flag, live, on};
use crate::ui::new_id;
use crate::ui::view;
use crate::words::t;

const FILE: &str = "rows-file";
const PASTED: &str = "rows-pasted";
const SHEET: &str = "rows-sheet";
/// Between names that are followed as one.
const BETWEEN: &str = "\u{1f}";

/// The part of the page.
pub(super) fn view(draft: DraftStore) -> AnyView {
    let hint = new_id("hint");
    let over = RwSignal::new(false);
    let chosen = move |_| {
        if let Some(input) = by_id::<HtmlInputElement>(FILE) {
            take(draft, input.files());
            // So that the same file, put right meanwhile, can be chosen again.
            input.set_value("");
        }
    };
    let dragged = move |event: DragEvent| {
        event.prevent_default();
        over.set(true);
    };
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        take(draft, event.data_transfer().and_then(|data| data.files()));
    };
    let reading = Memo::new(move |_| draft.reading());
    let came = live(move || match reading.get() {
        Load::Failed(failure) => view! { <Trouble failure /> }.into_any(),
        _ => ().into_any(),
    });
    let said = move || match reading.get() {
        Load::Loading => t("new_job.reading").to_owned(),
        _ if draft.plan().table.id.is_empty() => String::new(),
        _ => facts(&draft.plan()),
    };
    view! {
        <section class="new-job-part">
            <h2>{t("new_job.rows")}</h2>
            <div
                class=live(move || if over.get() { "drop over".to_owned() } else { "drop".to_owned() })
                on:dragover=on(dragged)
                on:dragleave=on(move |_: DragEvent| over.set(false))
                on:drop=on(dropped)
            >
                <label for=FILE>{t("new_job.file")}</label>
                <input
                    type="file"
                    id=FILE
                    accept=".csv,.tsv,.txt,.xlsx"
                    aria-describedby=hint.clone()
                    on:change=on(chosen)
                />
                <p class="help" id=hint>
                    {t("new_job.file_help")}
                </p>
            </div>
            {paste(draft)}
            {came}
            <p role="status">{live(said)}</p>
            {sheets(draft)}
            {header(draft)}
        </section>
    }
    .into_any()
}

fn take(draft: DraftStore, files: Option<FileList>) {
    if let Some(file) = files.and_then(|files| files.get(0)) {
        let name = file.name();
        draft.upload(file.unchecked_into::<Blob>(), name);
    }
}

fn paste(draft: DraftStore) -> AnyView {
    let hint = new_id("hint");
    let used = move |_| {
        let text = by_id::<HtmlTextAreaElement>(PASTED).map(|area| area.value()).unwrap_or_default();
        if text.trim().is_empty() {
            focus(PASTED);
        } else if let Some(file) = file_of(&text) {
            draft.upload(file, "pasted.csv".to_owned());
        }
    };
    view! {
        <details class="fold">
            <summary>{t("new_job.paste")}</summary>
            <div class="field">
                <label for=PASTED>{t("new_job.pasted")}</label>
                <textarea
                    id=PASTED
                    rows="6"
                    spellcheck="false"
                    autocomplete="off"
                    aria-describedby=hint.clone()
                ></textarea>
                <p class="help" id=hint>
                    {t("new_job.paste_help")}
                </p>
            </div>
            <button type="button" on:click=on(used)>
                {t("new_job.paste_use")}
            </button>
        </details>
    }
    .into_any()
}

/// Which sheet, where there are several.
fn sheets(draft: DraftStore) -> AnyView {
    let several = Memo::new(move |_| {
        let sheets = draft.plan().table.sheets;
        if sheets.len() > 1 { sheets.join(BETWEEN) } else { String::new() }
    });
    live(move || {
        if several.get().is_empty() {
            return ().into_any();
        }
        let table = draft.plan_now().table;
        let now = table.sheet;
        let options = table.sheets.into_iter().map(|sheet| {
            let selected = sheet == now;
            let value = sheet.clone();
            view! {
                <option value=value selected=selected>
                    {sheet}
                </option>
            }
            .into_any()
        });
        let options = options.collect::<Vec<_>>();
        view! {
            <div class="field">
                <label for=SHEET>{t("new_job.sheet")}</label>
                <select id=SHEET on:change=on(move |event| draft.sheet(event_target_value(&event)))>
                    {options}
                </select>
            </div>
        }
        .into_any()
    })
    .into_any()
}

fn header(draft: DraftStore) -> AnyView {
    view! {
        <label class="choice" for="rows-header" hidden=flag(move || draft.plan().table.id.is_empty())>
            <input
                type="checkbox"
                id="rows-header"
                prop:checked=live(move || draft.plan().header)
                on:change=on(move |event| {
                    let header = event_target_checked(&event);
                    draft.change(|plan| plan.set_header(header));
                })
            />
            {t("new_job.header")}
        </label>
    }
    .into_any()
}
