//! How fast a vendor may be called: for each class at most so many calls in any second, and heavy ones at most so many
//! in a day (Zoom's "Rate limits" page). A call waits for its turn, up to a bound. Must not know HTTP.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use roomkey_schema::RateClass;

use crate::clock::{Clock, UnixMs};
use crate::config;

const SECOND_MS: i64 = 1_000;
/// The vendor's clock and the way to it are not ours: its second may be a little shorter.
const MARGIN_MS: i64 = 50;
const DAY_MS: i64 = 86_400_000;

/// Why a call gets no turn.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Spent {
    /// Too many wait already, or the vendor asked for a pause; a turn at that time is likely.
    Until(UnixMs),
    /// The day's calls are used up until then.
    Today(UnixMs),
}

/// The budget of one vendor's account.
pub struct Budget {
    clock: Arc<dyn Clock>,
    queue_ms: i64,
    light: Mutex<Class>,
    medium: Mutex<Class>,
    heavy: Mutex<Class>,
}

struct Class {
    per_second: usize,
    per_day: u32,
    /// Times of the last calls that were given a turn, oldest first; some lie in the future.
    turns: VecDeque<UnixMs>,
    /// No call before this.
    paused_until: UnixMs,
    day: i64,
    spent_today: u32,
}

impl Budget {
    /// A budget of the configured size.
    pub fn new(config: &config::Budget, clock: Arc<dyn Clock>) -> Self {
        let class = |per_second: u32, per_day: u32| {
            Mutex::new(Class {
                per_second: usize::try_from(per_second.max(1)).unwrap_or(usize::MAX),
                per_day,
                turns: VecDeque::new(),
                paused_until: 0,
                day: 0,
                spent_today: 0,
            })
        };
        Self {
            clock,
            queue_ms: i64::try_from(config.queue_ms).unwrap_or(i64::MAX),
            light: class(config.light_per_second, u32::MAX),
            medium: class(config.medium_per_second, u32::MAX),
            heavy: class(config.heavy_per_second, config.heavy_per_day),
        }
    }

    /// Waits for a turn.
    pub async fn turn(&self, class: RateClass) -> Result<(), Spent> {
        let wait_ms = self.reserve(class).inspect_err(|_| {
            metrics::counter!("roomkey_budget_refusals_total", "class" => class.as_str()).increment(1);
        })?;
        if wait_ms > 0 {
            metrics::histogram!("roomkey_budget_wait_seconds", "class" => class.as_str())
                .record(Duration::from_millis(wait_ms));
            tokio::time::sleep(Duration::from_millis(wait_ms)).await;
        }
        Ok(())
    }

    /// No call of that class before that time: the vendor said so.
    pub fn pause(&self, class: RateClass, until_ms: UnixMs) {
        let mut class = self.class(class).lock().unwrap_or_else(PoisonError::into_inner);
        class.paused_until = class.paused_until.max(until_ms);
    }

    /// Takes the next turn and answers how long to wait for it.
    fn reserve(&self, class: RateClass) -> Result<u64, Spent> {
        let now_ms = self.clock.now_ms();
        let mut class = self.class(class).lock().unwrap_or_else(PoisonError::into_inner);
        let today = now_ms.div_euclid(DAY_MS);
        if class.day != today {
            (class.day, class.spent_today) = (today, 0);
        }
        if class.spent_today >= class.per_day {
            return Err(Spent::Today((today + 1) * DAY_MS));
        }
        let at_ms = class.next_turn(now_ms);
        let wait_ms = at_ms - now_ms;
        if wait_ms > self.queue_ms {
            return Err(Spent::Until(at_ms));
        }
        class.turns.push_back(at_ms);
        class.spent_today += 1;
        Ok(u64::try_from(wait_ms).unwrap_or_default())
    }

    const fn class(&self, class: RateClass) -> &Mutex<Class> {
        match class {
            RateClass::Light => &self.light,
            RateClass::Medium => &self.medium,
            RateClass::Heavy => &self.heavy,
        }
    }
}

impl Class {
    fn next_turn(&mut self, now_ms: UnixMs) -> UnixMs {
        let window_ms = SECOND_MS + MARGIN_MS;
        while self.turns.front().is_some_and(|turn| *turn <= now_ms - window_ms) {
            self.turns.pop_front();
        }
        let after_others = match self.turns.len().checked_sub(self.per_second) {
            Some(index) => self.turns.get(index).map_or(now_ms, |turn| turn + window_ms),
            None => now_ms,
        };
        let in_order = self.turns.back().copied().unwrap_or(now_ms);
        after_others.max(in_order).max(self.paused_until).max(now_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::ManualClock;

    fn budget(clock: &Arc<ManualClock>) -> Budget {
        let config = config::Budget {
            light_per_second: 2,
            medium_per_second: 1,
            heavy_per_second: 10,
            heavy_per_day: 3,
            queue_ms: 2_000,
        };
        Budget::new(&config, clock.clone())
    }

    #[test]
    fn never_more_calls_in_a_second_than_granted() {
        let clock = Arc::new(ManualClock::at(1_000_000));
        let budget = budget(&clock);
        let waits: Vec<_> = (0..6).map(|_| budget.reserve(RateClass::Light)).collect();
        assert_eq!(waits[..4], [Ok(0), Ok(0), Ok(1_050), Ok(1_050)]);
        assert_eq!(waits[4], Err(Spent::Until(1_002_100)));
        clock.advance_ms(3_000);
        assert_eq!(budget.reserve(RateClass::Light), Ok(0));
    }

    #[test]
    fn classes_do_not_wait_for_each_other() {
        let clock = Arc::new(ManualClock::at(1_000_000));
        let budget = budget(&clock);
        assert_eq!(budget.reserve(RateClass::Medium), Ok(0));
        assert_eq!(budget.reserve(RateClass::Medium), Ok(1_050));
        assert_eq!(budget.reserve(RateClass::Light), Ok(0));
    }

    #[test]
    fn a_pause_that_the_vendor_asked_for_is_kept() {
        let clock = Arc::new(ManualClock::at(1_000_000));
        let budget = budget(&clock);
        budget.pause(RateClass::Light, 1_060_000);
        assert_eq!(budget.reserve(RateClass::Light), Err(Spent::Until(1_060_000)));
        clock.advance_ms(60_000);
        assert_eq!(budget.reserve(RateClass::Light), Ok(0));
    }

    #[test]
    fn the_day_ends_at_midnight_utc() {
        let clock = Arc::new(ManualClock::at(DAY_MS + 5));
        let budget = budget(&clock);
        for _ in 0..3 {
            assert_eq!(budget.reserve(RateClass::Heavy), Ok(0));
        }
        assert_eq!(budget.reserve(RateClass::Heavy), Err(Spent::Today(2 * DAY_MS)));
        clock.advance_ms(DAY_MS);
        assert_eq!(budget.reserve(RateClass::Heavy), Ok(0));
    }
}
