//! The rows of a job: narrowed down to a state, a hundred at once, kept up to date behind what is shown. Must not hold
//! anything that can have the focus in a row: rows change by themselves.

use leptos::prelude::*;
use roomkey_schema::job::{Counts, JobRow};

use super::super::{said, tag};
use crate::pages::Trouble;
use crate::stores::{JobStore, Load, PlaceStore, store};
use crate::ui::busy_button::BusyButton;
use crate::ui::erase::{attr, effect, flag, live, on};
use crate::ui::skeleton::skeleton;
use crate::ui::view;
use crate::words::{number, t, tf};

/// Which rows are shown, in the address.
const STATE: &str = "state";

type Filter = (&'static str, &'static str, fn(&Counts) -> u64);

/// What rows can be narrowed down to: the state as it is asked for, its words, and how many there are.
const FILTERS: [Filter; 7] = [
    ("", "job.filter.all", Counts::all),
    ("failed", "job.filter.failed", |counts| counts.failed),
    ("unknown", "job.filter.unknown", |counts| counts.unknown),
    ("invalid", "job.filter.invalid", |counts| counts.invalid),
    ("done", "job.filter.done", |counts| counts.done),
    ("pending", "job.filter.pending", |counts| counts.pending),
    ("cancelled", "job.filter.cancelled", |counts| counts.cancelled),
];

/// The part of the page.
pub(super) fn view(job: JobStore) -> AnyView {
    let place = store::<PlaceStore>();
    let wanted = Memo::new(move |_| place.query(STATE).unwrap_or_default());
    effect(move || job.show(wanted.get()));
    let filters = FILTERS.into_iter().map(|filter| button(job, place, wanted, filter)).collect::<Vec<_>>();
    let listing = Memo::new(move |_| job.listing());
    let none = Memo::new(move |_| job.rows().is_empty());
    let again = Callback::new(move |()| job.show(wanted.get_untracked()));
    let trouble = live(move || match listing.get() {
        Load::Failed(failure) => view! { <Trouble failure retry=again /> }.into_any(),
        _ => ().into_any(),
    });
    let content = live(move || match (none.get(), listing.get()) {
        (false, _) => table(job),
        (true, Load::Ready) => view! { <p class="empty">{t("job.no_rows")}</p> }.into_any(),
        (true, Load::Failed(_)) => ().into_any(),
        (true, _) => skeleton(t("loading"), 6),
    });
    let busy = Memo::new(move |_| listing.get() == Load::Loading);
    view! {
        <div class="job-filters" role="group" aria-label=t("job.filters")>
            {filters}
        </div>
        {trouble}
        {content}
        <p hidden=flag(move || !job.has_more())>
            <BusyButton label=t("job.more") busy_label=t("loading") busy on_press=Callback::new(move |()| job.more()) />
        </p>
    }
    .into_any()
}

fn button(job: JobStore, place: PlaceStore, wanted: Memo<String>, (state, words, count): Filter) -> AnyView {
    let pressed = move || *wanted.read() == state;
    view! {
        <button
            type="button"
            aria-pressed=attr(move || Some(if pressed() { "true" } else { "false" }))
            hidden=flag(move || !state.is_empty() && !pressed() && count(&job.get().counts) == 0)
            on:click=on(move |_| place.set_query(&[(STATE, state)]))
        >
            {t(words)}
            <span class="quiet">{live(move || number(count(&job.get().counts)))}</span>
        </button>
    }
    .into_any()
}

fn table(job: JobStore) -> AnyView {
    let head = |words: &'static str, class: &'static str| {
        view! {
            <th scope="col" class=class>
                {words}
            </th>
        }
        .into_any()
    };
    // The rows keep their elements: only what has changed in them is written anew.
    let rows = live(move || job.rows().into_iter().map(line).collect::<Vec<_>>().into_any());
    view! {
        <table class="job-rows">
            <caption class="visually-hidden">{t("job.rows_label")}</caption>
            <thead>
                <tr>
                    {head(t("job.row"), "num")} {head(t("job.person"), "")} {head(t("jobs.state"), "")}
                    {head(t("job.wrong"), "")}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn line(row: JobRow) -> AnyView {
    view! {
        <tr>
            <td class="num">{number(row.number)}</td>
            <th scope="row">{row.subject.clone()}</th>
            <td>{tag(said::row_state(row.state))}</td>
            <td class="quiet">{wrong(&row)}</td>
        </tr>
    }
    .into_any()
}

/// What went wrong, with what to quote to the vendor.
fn wrong(row: &JobRow) -> String {
    // The code belongs into the sentence.
    let detail = match &*row.code {
        "" => row.detail.clone(),
        code => format!("{} ({code})", row.detail.trim_end_matches('.')),
    };
    let tracking = match &*row.tracking_id {
        // Of a row that is done nobody has to ask the vendor.
        id if id.is_empty() || row.detail.is_empty() => String::new(),
        id => tf("job.tracking", &[("id", id)]),
    };
    let parts = [detail, tracking];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_wrong_is_said_with_what_to_quote() {
        let row = |detail: &str, code: &str, tracking_id: &str| {
            let (detail, code, tracking_id) = (detail.to_owned(), code.to_owned(), tracking_id.to_owned());
            wrong(&JobRow { detail, code, tracking_id, ..JobRow::default() })
        };
        assert_eq!(row("No such user.", "030001", "4A78"), "No such user (030001) · tracking 4A78");
        assert_eq!(row("It timed out.", "", ""), "It timed out.");
        assert_eq!(row("", "", "4A78"), "");
    }
}
