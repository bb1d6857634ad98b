//! A secret for as long as it is on the screen: half a minute, in memory only. Must not put it into the address, a title or
//! the browser's storage.

use js_sys::Date;
use leptos::prelude::*;

/// How long it is shown.
const SHOWN_MS: f64 = 30_000.0;

/// Such a secret; empty while there is none.
#[derive(Clone, Copy)]
pub(crate) struct Shown {
    value: RwSignal<String>,
    /// Seconds for which it is still shown.
    left: RwSignal<f64>,
    hides_ms: StoredValue<f64>,
}

impl Shown {
    pub(super) fn new() -> Self {
        Self { value: RwSignal::new(String::new()), left: RwSignal::new(0.0), hides_ms: StoredValue::new(0.0) }
    }

    /// Shows it from now on.
    pub(super) fn show(self, value: String) {
        self.hides_ms.set_value(Date::now() + SHOWN_MS);
        self.tick();
        self.value.set(value);
    }

    /// What it is; empty while it is not shown.
    pub(crate) fn value(self) -> String {
        self.value.get()
    }

    /// Seconds for which it is still shown.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 30")]
    pub(crate) fn left(self) -> u64 {
        self.left.get().max(0.0) as u64
    }

    /// Time passes; whether it is over.
    pub(super) fn tick(self) -> bool {
        let left = ((self.hides_ms.get_value() - Date::now()) / 1000.0).ceil();
        self.left.set(left);
        left <= 0.0
    }

    /// Forgets it.
    pub(super) fn forget(self) {
        self.value.set(String::new());
    }
}
