//! What was done about a person last: when, who, what, and how it ended. Who may not read that sees nothing of it.

use leptos::prelude::*;
use roomkey_schema::people::Person;
use roomkey_schema::record::Entry;

use crate::pages::Trouble;
use crate::pages::record::said::{outcome, title};
use crate::pages::trouble::vendor_name;
use crate::stores::{HistoryStore, Load};
use crate::ui::erase::live;
use crate::ui::moment::moment;
use crate::ui::skeleton::skeleton;
use crate::ui::view;
use crate::words::{t, tf};

/// How many of the changed settings are named.
const LABELS: usize = 3;
/// Status of what this person may not read.
const FORBIDDEN: u16 = 403;

/// The objects of a person, as the record names them.
pub(super) fn objects(person: &Person) -> Vec<String> {
    let of = person.accounts.iter();
    of.flat_map(|account| account.params.values().map(|id| format!("{}:{id}", account.vendor))).collect()
}

/// Adds objects that are not among them yet.
pub(super) fn add(objects: &mut Vec<String>, more: Vec<String>) {
    for object in more {
        if !object.ends_with(':') && !objects.contains(&object) {
            objects.push(object);
        }
    }
}

/// The section.
pub(super) fn view(history: HistoryStore, again: Callback<()>) -> AnyView {
    let content = live(move || match history.load_state() {
        Load::Failed(failure) if failure.status() == FORBIDDEN => ().into_any(),
        state => view! {
            <section class="history" aria-labelledby="history">
                <h2 id="history">{t("history.title")}</h2>
                {body(history, state, again)}
            </section>
        }
        .into_any(),
    });
    content.into_any()
}

fn body(history: HistoryStore, state: Load, again: Callback<()>) -> AnyView {
    match state {
        Load::Failed(failure) => view! { <Trouble failure retry=again /> }.into_any(),
        Load::Ready => {
            let lines = history.entries().iter().map(line).collect::<Vec<_>>();
            if lines.is_empty() {
                return view! { <p class="quiet">{t("history.empty")}</p> }.into_any();
            }
            view! { <ul>{lines}</ul> }.into_any()
        }
        _ => skeleton(t("loading"), 3),
    }
}

fn line(entry: &Entry) -> AnyView {
    let (_, ended) = outcome(entry);
    let problem = entry.problem.clone().map(|problem| view! { <p class="quiet">{problem}</p> }.into_any());
    view! {
        <li>
            <span class="quiet">{moment(&entry.at)}</span>
            <div>{what(entry)} {problem}</div>
            <span class="quiet">{ended}</span>
        </li>
    }
    .into_any()
}

/// Who did what, and where.
fn what(entry: &Entry) -> String {
    // What was changed says more than the name of the call, which is the same for many.
    let labels = entry.changes.iter().map(|change| change.label.as_str());
    let labels = labels.filter(|label| !label.is_empty()).take(LABELS).collect::<Vec<_>>().join(", ");
    let mut title = title(entry);
    if !labels.is_empty() {
        title = format!("{title}: {labels}");
    }
    let vendor = entry.vendor.as_deref().map(vendor_name).unwrap_or_default();
    tf("history.line", &[("who", &entry.actor), ("what", &title), ("vendor", &vendor)])
}
