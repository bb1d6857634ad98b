//! Something went wrong: what happened, what to quote to whoever helps, and trying again when it makes sense. Takes
//! plain text; must not know where the failure came from.

use std::time::Duration;

use js_sys::Date;
use leptos::prelude::*;

use super::erase::{attr, live, on};
use super::icon::{Icon, icon};
use super::view;
use crate::words::{locale, t, tf, tn};

/// Beyond this a countdown says less than a time of day.
const COUNTDOWN_SECONDS: f64 = 120.0;

/// What happened, in full.
#[component]
pub(crate) fn Problem(
    /// One or two sentences: what happened and what to do.
    sentence: String,
    /// What to quote: a name and a value each.
    #[prop(optional)]
    facts: Vec<(String, String)>,
    /// Tries again.
    #[prop(optional_no_strip)]
    retry: Option<Callback<()>>,
    /// When trying again makes sense, in milliseconds since 1970.
    #[prop(optional_no_strip)]
    retry_at_ms: Option<f64>,
) -> AnyView {
    view! {
        <div class="problem">
            {icon(Icon::Warning)} <div>
                <p role="alert">{sentence}</p>
                {super::facts::facts(facts, "")}
                {retry.map(|retry| again(retry, retry_at_ms))}
            </div>
        </div>
    }
    .into_any()
}

fn again(retry: Callback<()>, at_ms: Option<f64>) -> AnyView {
    let seconds_left = RwSignal::new(at_ms.map_or(0.0, left));
    if let Some(at_ms) = at_ms
        && let Ok(tick) = set_interval_with_handle(move || seconds_left.set(left(at_ms)), Duration::from_secs(1))
    {
        on_cleanup(move || tick.clear());
    }
    let waits = Memo::new(move |_| seconds_left.get() > 0.0);
    let label = live(move || match seconds_left.get() {
        seconds if seconds <= 0.0 => t("problem.retry").to_owned(),
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 120")]
        seconds if seconds <= COUNTDOWN_SECONDS => tn("problem.retry_in", seconds as u64),
        _ => tf("problem.retry_after", &[("time", &at_ms.map_or_else(String::new, moment))]),
    });
    let press = move |_| {
        if !waits.get_untracked() {
            retry.run(());
        }
    };
    view! {
        <button type="button" aria-disabled=attr(move || waits.get().then_some("true")) on:click=on(press)>
            {label}
        </button>
    }
    .into_any()
}

fn left(at_ms: f64) -> f64 {
    ((at_ms - Date::now()) / 1000.0).ceil().max(0.0)
}

/// A time of day in the reader's zone and manner; with the date when it is another day.
fn moment(at_ms: f64) -> String {
    let (at, now) = (Date::new(&at_ms.into()), Date::new_0());
    let same_day = at.to_date_string() == now.to_date_string();
    let text = if same_day {
        at.to_locale_time_string(&locale())
    } else {
        at.to_locale_string(&locale(), &wasm_bindgen::JsValue::UNDEFINED)
    };
    text.into()
}
