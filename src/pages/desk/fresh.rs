//! How fresh the index of people is: when it was read, what is being read now, and which vendor could not be read and why.

use std::time::Duration;

use js_sys::Date;
use leptos::prelude::*;
use roomkey_schema::people::Source;

use crate::pages::trouble::vendor_name;
use crate::stores::PeopleStore;
use crate::ui::erase::live;
use crate::ui::icon::{Icon, icon};
use crate::ui::moment::{ago, moment};
use crate::ui::view;
use crate::words::{number, t, tf};

/// How often "4 minutes ago" is looked at again.
const TICK: Duration = Duration::from_secs(20);

/// The lines at the foot of the desk.
pub(super) fn view(people: PeopleStore) -> AnyView {
    let now_ms = RwSignal::new(Date::now());
    if let Ok(tick) = set_interval_with_handle(move || now_ms.set(Date::now()), TICK) {
        on_cleanup(move || tick.clear());
    }
    let sources = Memo::new(move |_| people.sources());
    live(move || {
        let sources = sources.read();
        // The clock must have gone on since what was just read.
        let now_ms = now_ms.get().max(Date::now());
        let mut lines = Vec::new();
        let read = sources.iter().filter(|source| source.problem.is_none() && !source.reading);
        let oldest = read.filter_map(|source| source.read_at.as_deref()).min();
        if let Some(at) = oldest {
            let said = tf("desk.read", &[("ago", &ago(at, now_ms))]);
            lines.push(
                view! {
                    <p class="quiet" title=moment(at)>
                        {said}
                    </p>
                }
                .into_any(),
            );
        }
        lines.extend(sources.iter().filter_map(|source| one(source, now_ms)));
        lines.into_any()
    })
    .into_any()
}

/// What is to be said about one vendor alone.
fn one(source: &Source, now_ms: f64) -> Option<AnyView> {
    let vendor = vendor_name(&source.vendor);
    let before = source.read_at.as_deref().map(|at| tf("desk.read_before", &[("ago", &ago(at, now_ms))]));
    if let Some(problem) = &source.problem {
        let before = before.unwrap_or_else(|| t("desk.never_read").to_owned());
        let said = tf("desk.unread", &[("vendor", &vendor), ("problem", problem), ("before", &before)]);
        return Some(view! { <p class="notice">{icon(Icon::Warning)} <span>{said}</span></p> }.into_any());
    }
    let said = match (source.reading, source.read_at.is_some()) {
        (true, _) => tf("desk.reading", &[("vendor", &vendor), ("n", &number(source.count))]),
        (false, false) => tf("desk.waits", &[("vendor", &vendor)]),
        (false, true) => return None,
    };
    Some(view! { <p class="quiet">{said}</p> }.into_any())
}
