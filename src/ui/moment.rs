//! Moments as people write them. Must not know what happened.

use js_sys::{Date, Object, Reflect};

/// A moment in the reader's zone and manner; what is no moment stays as it is.
pub(crate) fn moment(text: &str) -> String {
    let date = Date::new(&text.into());
    if date.get_time().is_nan() {
        return text.to_owned();
    }
    let manner = Object::new();
    for (part, length) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        drop(Reflect::set(&manner, &part.into(), &length.into()));
    }
    date.to_locale_string("default", &manner).into()
}
