//! How many calls a minute are let through. Must not sleep or queue: what is over the limit is refused.
//! The numbers are invented (`docs/sandbox-differences.md`); the span of 60 seconds is the vendor's.

use std::sync::{Mutex, PoisonError};

use crate::clock::Timestamp;

const SPAN_SECONDS: u64 = 60;

pub(crate) struct Limits {
    on: bool,
    calls: u64,
    /// The minute that is counted, and how many calls it has seen.
    used: Mutex<(u64, u64)>,
}

impl Limits {
    pub(crate) fn new(on: bool, calls: u64) -> Self {
        Self { on, calls, used: Mutex::default() }
    }

    pub(crate) fn is_on(&self) -> bool {
        self.on
    }

    /// Counts a call; the error says in how many seconds there is room again.
    pub(crate) fn take(&self, now: Timestamp) -> Result<(), u64> {
        if !self.on {
            return Ok(());
        }
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let minute = now.second() / SPAN_SECONDS;
        if used.0 != minute {
            *used = (minute, 0);
        }
        if used.1 >= self.calls {
            return Err(SPAN_SECONDS - now.second() % SPAN_SECONDS);
        }
        used.1 += 1;
        Ok(())
    }

    pub(crate) fn reset(&self) {
        *self.used.lock().unwrap_or_else(PoisonError::into_inner) = (0, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::Limits;
    use crate::clock::Timestamp;

    #[test]
    fn full_minute_is_refused_with_the_seconds_that_are_left() {
        let limits = Limits::new(true, 2);
        let at = |second: u64| Timestamp::from_millis(second * 1000);
        assert_eq!((limits.take(at(60)), limits.take(at(65))), (Ok(()), Ok(())));
        assert_eq!(limits.take(at(75)), Err(45));
        assert_eq!(limits.take(at(120)), Ok(()));
    }
}
