//! `[people]`: how often the people index is read anew.

use serde::Deserialize;

/// `[people]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct People {
    /// How many minutes after a vendor was read whole it is read again.
    pub refresh_minutes: u32,
}

impl Default for People {
    fn default() -> Self {
        Self { refresh_minutes: 60 }
    }
}

impl People {
    /// The longest time between two readings: a week.
    pub const LONGEST_MINUTES: u32 = 7 * 24 * 60;

    /// The same in milliseconds.
    pub fn refresh_ms(&self) -> i64 {
        i64::from(self.refresh_minutes) * 60_000
    }
}
