//! One pace: at most so many calls in any window, and at most so many in a day. A call waits for its turn, up to a bound.
//! Must not know what the calls are.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::clock::{Clock, UnixMs};

const SECOND_MS: i64 = 1_000;
/// The vendor's clock and the way to it are not ours: its window may be a little shorter.
const MARGIN_MS: i64 = 50;
const DAY_MS: i64 = 86_400_000;
/// A minute's calls are granted in this many parts, so that one burst does not leave everybody else waiting for a minute.
const PARTS_OF_A_MINUTE: u32 = 6;
/// How long a call may wait for its turn where nobody sets it: longer than a part of a minute.
pub const QUEUE_MS: u64 = 15_000;

/// Why a call gets no turn.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Spent {
    /// Too many wait already, or the vendor asked for a pause; a turn at that time is likely.
    Until(UnixMs),
    /// The day's calls are used up until then.
    Today(UnixMs),
}

/// What is left of a grant.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Left {
    /// What the calls are called.
    pub name: &'static str,
    /// How many are left now.
    pub left: u32,
    /// Out of how many.
    pub of: u32,
    /// In how long.
    pub window_ms: i64,
    /// When the next one may be made, if not now.
    pub until_ms: Option<UnixMs>,
}

/// How many calls are granted.
#[derive(Clone, Copy, Debug)]
pub struct Grant {
    calls: u32,
    window_ms: i64,
    per_day: u32,
    queue_ms: i64,
}

/// The pace of one kind of calls.
pub struct Pace {
    clock: Arc<dyn Clock>,
    /// What metrics call it.
    name: &'static str,
    grant: Grant,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Times of the last calls that were given a turn, oldest first; some lie in the future.
    turns: VecDeque<UnixMs>,
    /// No call before this.
    paused_until: UnixMs,
    day: i64,
    spent_today: u32,
}

impl Grant {
    /// So many calls in any second, and so many in a day (UTC); how long one may wait.
    pub fn per_second(calls: u32, per_day: u32, queue_ms: u64) -> Self {
        let queue_ms = i64::try_from(queue_ms).unwrap_or(i64::MAX);
        Self { calls: calls.max(1), window_ms: SECOND_MS, per_day, queue_ms }
    }

    /// So many calls in any minute.
    pub fn per_minute(calls: u32) -> Self {
        let minute = Self::per_second(calls, u32::MAX, QUEUE_MS);
        match calls / PARTS_OF_A_MINUTE {
            0 => Self { window_ms: 60 * SECOND_MS, ..minute },
            part => Self { calls: part, window_ms: 60 * SECOND_MS / i64::from(PARTS_OF_A_MINUTE), ..minute },
        }
    }
}

impl Pace {
    /// Of which nothing is used yet.
    pub fn new(name: &'static str, grant: Grant, clock: Arc<dyn Clock>) -> Self {
        Self { clock, name, grant, state: Mutex::default() }
    }

    /// Waits for a turn.
    pub async fn turn(&self) -> Result<(), Spent> {
        let wait_ms = self.reserve().inspect_err(|_| {
            metrics::counter!("roomkey_budget_refusals_total", "class" => self.name).increment(1);
        })?;
        if wait_ms > 0 {
            metrics::histogram!("roomkey_budget_wait_seconds", "class" => self.name)
                .record(Duration::from_millis(wait_ms));
            tokio::time::sleep(Duration::from_millis(wait_ms)).await;
        }
        Ok(())
    }

    /// No call before that time: the vendor said so.
    pub fn pause(&self, until_ms: UnixMs) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.paused_until = state.paused_until.max(until_ms);
    }

    /// What is left now: of the calls in a window, and of the day's. Where there is no limit, there is nothing to tell.
    pub fn left(&self) -> Vec<Left> {
        let now_ms = self.clock.now_ms();
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let Grant { calls, window_ms, per_day, .. } = self.grant;
        let next_ms = state.next_turn(self.grant, now_ms);
        let until_ms = (next_ms > now_ms).then_some(next_ms);
        let used = u32::try_from(state.turns.len()).unwrap_or(u32::MAX);
        let left = if until_ms.is_some() { 0 } else { calls.saturating_sub(used) };
        let in_window = Left { name: self.name, left, of: calls, window_ms, until_ms };
        let today = now_ms.div_euclid(DAY_MS);
        let spent = if state.day == today { state.spent_today } else { 0 };
        let left = per_day.saturating_sub(spent);
        let until_ms = (left == 0).then_some((today + 1) * DAY_MS);
        let in_day = Left { name: self.name, left, of: per_day, window_ms: DAY_MS, until_ms };
        [in_window, in_day].into_iter().filter(|left| left.of < u32::MAX).collect()
    }

    /// Takes the next turn and answers how long to wait for it.
    pub(super) fn reserve(&self) -> Result<u64, Spent> {
        let now_ms = self.clock.now_ms();
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let today = now_ms.div_euclid(DAY_MS);
        if state.day != today {
            (state.day, state.spent_today) = (today, 0);
        }
        if state.spent_today >= self.grant.per_day {
            return Err(Spent::Today((today + 1) * DAY_MS));
        }
        let at_ms = state.next_turn(self.grant, now_ms);
        let wait_ms = at_ms - now_ms;
        if wait_ms > self.grant.queue_ms {
            return Err(Spent::Until(at_ms));
        }
        state.turns.push_back(at_ms);
        state.spent_today = state.spent_today.saturating_add(1);
        Ok(u64::try_from(wait_ms).unwrap_or_default())
    }
}

impl State {
    fn next_turn(&mut self, grant: Grant, now_ms: UnixMs) -> UnixMs {
        let window_ms = grant.window_ms + MARGIN_MS;
        let calls = usize::try_from(grant.calls).unwrap_or(usize::MAX);
        while self.turns.front().is_some_and(|turn| *turn <= now_ms - window_ms) {
            self.turns.pop_front();
        }
        let after_others = match self.turns.len().checked_sub(calls) {
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

    fn pace(grant: Grant, at_ms: UnixMs) -> (Pace, Arc<ManualClock>) {
        let clock = Arc::new(ManualClock::at(at_ms));
        (Pace::new("test", grant, clock.clone()), clock)
    }

    #[test]
    fn never_more_calls_in_a_second_than_granted() {
        let (pace, clock) = pace(Grant::per_second(2, u32::MAX, 2_000), 1_000_000);
        let waits: Vec<_> = (0..6).map(|_| pace.reserve()).collect();
        assert_eq!(waits[..4], [Ok(0), Ok(0), Ok(1_050), Ok(1_050)]);
        assert_eq!(waits[4], Err(Spent::Until(1_002_100)));
        clock.advance_ms(3_000);
        assert_eq!(pace.reserve(), Ok(0));
    }

    #[test]
    fn a_minute_is_granted_in_parts() {
        let (pace, clock) = pace(Grant::per_minute(12), 1_000_000);
        let waits: Vec<_> = (0..5).map(|_| pace.reserve()).collect();
        assert_eq!(waits, [Ok(0), Ok(0), Ok(10_050), Ok(10_050), Err(Spent::Until(1_020_100))]);
        clock.advance_ms(20_100);
        assert_eq!(pace.reserve(), Ok(0));
    }

    #[test]
    fn few_calls_a_minute_are_granted_at_once() {
        let (pace, _) = pace(Grant::per_minute(5), 1_000_000);
        assert!((0..5).all(|_| pace.reserve() == Ok(0)));
        assert_eq!(pace.reserve(), Err(Spent::Until(1_060_050)));
    }

    #[test]
    fn a_pause_that_the_vendor_asked_for_is_kept() {
        let (pace, clock) = pace(Grant::per_second(2, u32::MAX, 2_000), 1_000_000);
        pace.pause(1_060_000);
        assert_eq!(pace.reserve(), Err(Spent::Until(1_060_000)));
        clock.advance_ms(60_000);
        assert_eq!(pace.reserve(), Ok(0));
    }

    #[test]
    fn what_is_left_is_told_by_window_and_by_day() {
        let (pace, clock) = pace(Grant::per_second(2, 5, 2_000), DAY_MS);
        let told = |left: u32, until_ms| Left { name: "test", left, of: 2, window_ms: 1_000, until_ms };
        let today = |left: u32, until_ms| Left { name: "test", left, of: 5, window_ms: DAY_MS, until_ms };
        assert_eq!(pace.left(), [told(2, None), today(5, None)]);
        assert!((0..3).all(|_| pace.reserve().is_ok()));
        assert_eq!(pace.left(), [told(0, Some(DAY_MS + 1_050)), today(2, None)]);
        clock.advance_ms(3_000);
        assert_eq!(pace.left(), [told(2, None), today(2, None)]);
        assert!((0..2).all(|_| pace.reserve().is_ok()));
        assert_eq!(pace.left()[1], today(0, Some(2 * DAY_MS)));
        clock.advance_ms(DAY_MS);
        pace.pause(2 * DAY_MS + 60_000);
        assert_eq!(pace.left(), [told(0, Some(2 * DAY_MS + 60_000)), today(5, None)]);
        let unlimited = Pace::new("test", Grant::per_second(u32::MAX, u32::MAX, 1), clock);
        assert_eq!(unlimited.left(), []);
    }

    #[test]
    fn the_day_ends_at_midnight_utc() {
        let (pace, clock) = pace(Grant::per_second(10, 3, 2_000), DAY_MS + 5);
        for _ in 0..3 {
            assert_eq!(pace.reserve(), Ok(0));
        }
        assert_eq!(pace.reserve(), Err(Spent::Today(2 * DAY_MS)));
        clock.advance_ms(DAY_MS);
        assert_eq!(pace.reserve(), Ok(0));
    }
}
