//! The settings workbench: every variant of a settings document as one form, with locks on their rows. Wires the store
//! to the form; works for any form of the index.

mod aim;
mod bar;
mod faults;
mod outcome;
mod review;
mod sections;
mod spy;

use std::sync::Arc;

use leptos::prelude::*;
use roomkey_schema::path::PathParams;

use crate::form::section::{Hands, row};
use crate::pages::Trouble;
use crate::pages::hands::OverSettings;
use crate::pages::trouble::vendor_name;
use crate::stores::settings::SettingsStore;
use crate::stores::{IndexStore, Load, PlaceStore, store};
use crate::ui::erase::{flag, live, live_if};
use crate::ui::skeleton::skeleton;
use crate::ui::view;
use crate::words::t;

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Bench {
    settings: SettingsStore,
    /// How many people the settings apply to, when known.
    people: Signal<Option<u64>>,
    /// What the object is called.
    subject: Signal<String>,
    /// The vendor's name.
    vendor: StoredValue<String>,
    /// Whether the review is open.
    reviewing: RwSignal<bool>,
    /// Whether the list of faults is shown.
    faults_shown: RwSignal<bool>,
    /// What the rows are filtered by.
    query: RwSignal<String>,
}

/// The workbench over one form of the index and the object that the parameters name.
#[component]
pub(crate) fn Workbench(
    /// Id of the form.
    form_id: String,
    /// Whose settings they are.
    params: PathParams,
    /// How many people they apply to, when known.
    #[prop(into)]
    people: Signal<Option<u64>>,
    /// What the object is called.
    #[prop(into)]
    subject: Signal<String>,
) -> AnyView {
    let (index, place) = (store::<IndexStore>(), store::<PlaceStore>());
    let settings = SettingsStore::new(params);
    let Some(entry) = index.form(&form_id) else {
        return view! { <p class="note">{t("workbench.not_yours")}</p> }.into_any();
    };
    let vendor = vendor_name(&entry.vendor);
    let bench = Bench {
        settings,
        people,
        subject,
        vendor: StoredValue::new(vendor),
        reviewing: RwSignal::new(false),
        faults_shown: RwSignal::new(false),
        query: RwSignal::new(String::new()),
    };
    let unsaved = Memo::new(move |_| {
        let summary = settings.summary();
        summary.changes + summary.locks > 0
    });
    place.hold_while(unsaved.into());
    settings.load(entry.clone());
    let state = Memo::new(move |_| settings.load_state());
    let retry = Callback::new(move |()| settings.load(entry.clone()));
    let page = live(move || match state.get() {
        Load::Idle | Load::Loading => {
            view! { <div class="body">{skeleton(t("workbench.loading"), 12)}</div> }.into_any()
        }
        Load::Failed(failure) => view! {
            <div class="body">
                <Trouble failure retry />
            </div>
        }
        .into_any(),
        Load::Ready => rows_and_all(bench),
    });
    page.into_any()
}

fn rows_and_all(bench: Bench) -> AnyView {
    let settings = bench.settings;
    let hands: Arc<dyn Hands> = Arc::new(OverSettings { settings, vendor: bench.vendor });
    let drawn = settings.with_form(|form| {
        let mut index = 0;
        let mut section_at = 0;
        form.sections
            .iter()
            .map(|section| {
                let rows: Vec<_> = section
                    .rows
                    .iter()
                    .map(|described| {
                        index += 1;
                        row(index - 1, described, &hands)
                    })
                    .collect();
                let at = section_at;
                section_at += 1;
                let has_locks = section.rows.iter().any(|row| row.lock.is_some());
                let lock_head = has_locks.then(|| view! { <span>{t("workbench.lock")}</span> }.into_any());
                let empty = flag(move || settings.summary().shown.get(at) == Some(&0));
                view! {
                    <section id=sections::dom_id(&section.id) hidden=empty>
                        <h2>
                            {section.title.clone()} <span class="cols" aria-hidden="true">
                                <span>{t("workbench.setting")}</span>
                                {lock_head}
                            </span>
                        </h2>
                        {rows}
                    </section>
                }
                .into_any()
            })
            .collect::<Vec<_>>()
    });
    aim::follow_hash(bench);
    let nothing = live_if(move || {
        let none = settings.summary().shown.iter().all(|shown| *shown == 0);
        none.then(|| view! { <p class="note">{t("workbench.no_match")}</p> }.into_any())
    });
    view! {
        <div class="bench">{sections::view(bench)} <div class="rows">{faults::view(bench)} {nothing} {drawn}</div></div>
        {bar::view(bench)}
        {review::view(bench)}
    }
    .into_any()
}
