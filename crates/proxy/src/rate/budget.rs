//! How fast Zoom may be called: for each class at most so many calls in any second, and heavy ones at most so many in a
//! day (Zoom's "Rate limits" page). Must not know HTTP.

use std::sync::Arc;

use roomkey_schema::RateClass;

pub use super::pace::Spent;
use super::pace::{Grant, Left, Pace};
use crate::clock::{Clock, UnixMs};
use crate::config;

/// The budget of one vendor's account.
pub struct Budget {
    light: Pace,
    medium: Pace,
    heavy: Pace,
}

impl Budget {
    /// A budget of the configured size.
    pub fn new(config: &config::Budget, clock: Arc<dyn Clock>) -> Self {
        let pace = |class: RateClass, calls: u32, per_day: u32| {
            Pace::new(class.as_str(), Grant::per_second(calls, per_day, config.queue_ms), clock.clone())
        };
        Self {
            light: pace(RateClass::Light, config.light_per_second, u32::MAX),
            medium: pace(RateClass::Medium, config.medium_per_second, u32::MAX),
            heavy: pace(RateClass::Heavy, config.heavy_per_second, config.heavy_per_day),
        }
    }

    /// Waits for a turn.
    pub async fn turn(&self, class: RateClass) -> Result<(), Spent> {
        self.pace(class).turn().await
    }

    /// No call of that class before that time: the vendor said so.
    pub fn pause(&self, class: RateClass, until_ms: UnixMs) {
        self.pace(class).pause(until_ms);
    }

    /// What is left now, by class.
    pub fn left(&self) -> Vec<Left> {
        [&self.light, &self.medium, &self.heavy].into_iter().flat_map(Pace::left).collect()
    }

    const fn pace(&self, class: RateClass) -> &Pace {
        match class {
            RateClass::Light => &self.light,
            RateClass::Medium => &self.medium,
            RateClass::Heavy => &self.heavy,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::ManualClock;

    #[test]
    fn classes_do_not_wait_for_each_other() {
        let config = config::Budget { medium_per_second: 1, ..config::Budget::default() };
        let budget = Budget::new(&config, Arc::new(ManualClock::at(1_000_000)));
        assert_eq!(budget.medium.reserve(), Ok(0));
        assert_eq!(budget.medium.reserve(), Ok(1_050));
        assert_eq!(budget.light.reserve(), Ok(0));
    }
}
