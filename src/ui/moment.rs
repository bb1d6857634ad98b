//! Moments as people write them, and between the clock on the reader's wall and the exact moment. Must not know what
//! happened.

use js_sys::{Array, Date, Intl, Object, Reflect};
use leptos::prelude::*;
use roomkey_schema::moment;

use super::view;
use crate::words::{locale, t, tn};

const DAY_MINUTES: f64 = 1_440.0;

/// A moment in the reader's zone and manner; what is no moment stays as it is.
pub(crate) fn moment(text: &str) -> String {
    written(text, "medium", "short").unwrap_or_else(|| text.to_owned())
}

/// The same to the second and with the zone, for whoever wants to know; nothing for what is no moment.
pub(crate) fn exact(text: &str) -> Option<String> {
    written(text, "full", "long")
}

/// A moment that says exactly when while the pointer is over it.
pub(crate) fn time(text: &str) -> AnyView {
    view! {
        <time datetime=text.to_owned() title=exact(text)>
            {moment(text)}
        </time>
    }
    .into_any()
}

fn written(text: &str, of_date: &str, of_time: &str) -> Option<String> {
    let date = Date::new(&text.into());
    if date.get_time().is_nan() {
        return None;
    }
    let manner = Object::new();
    for (part, length) in [("dateStyle", of_date), ("timeStyle", of_time)] {
        drop(Reflect::set(&manner, &part.into(), &length.into()));
    }
    Some(date.to_locale_string(&locale(), &manner).into())
}

/// How long ago a moment was, as people say it; beyond a day, when it was.
pub(crate) fn ago(text: &str, now_ms: f64) -> String {
    let minutes = (now_ms - Date::parse(text)) / 60_000.0;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and a day's minutes")]
    match minutes {
        minutes if minutes < 1.0 => t("ago.now").to_owned(),
        minutes if minutes < 60.0 => tn("ago.minutes", minutes as u64),
        minutes if minutes < DAY_MINUTES => tn("ago.hours", (minutes / 60.0) as u64),
        _ => moment(text),
    }
}

/// What the reader's clock shows at a moment, for an input of date and time; nothing for what is no moment.
pub(crate) fn on_the_wall(text: &str) -> String {
    moment::on_the_wall(text, &ahead).unwrap_or_default()
}

/// The moment at which the reader's clock shows this; nothing while it is not whole.
pub(crate) fn from_the_wall(text: &str) -> String {
    moment::from_the_wall(text, &ahead).unwrap_or_default()
}

/// The name of the reader's zone.
pub(crate) fn zone() -> String {
    let options = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    Reflect::get(&options, &"timeZone".into()).ok().and_then(|name| name.as_string()).unwrap_or_default()
}

/// By how many minutes the reader's clock is ahead of UTC at a moment. The browser has the zones.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "milliseconds below 2^53, a day's minutes"
)]
fn ahead(ms: i64) -> i64 {
    -(Date::new(&(ms as f64).into()).get_timezone_offset() as i64)
}
