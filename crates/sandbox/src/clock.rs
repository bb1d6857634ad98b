//! Time as a parameter: the sandbox's answers depend on what a `Clock` says and on nothing else.
//! Must not be read anywhere but through `Clock`; only `SystemClock` may ask the machine.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

const DAY_MS: u64 = 86_400_000;

/// A moment in milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Timestamp(u64);

impl Timestamp {
    pub const fn from_millis(ms: u64) -> Self {
        Self(ms)
    }

    pub const fn millis(self) -> u64 {
        self.0
    }

    pub const fn second(self) -> u64 {
        self.0 / 1000
    }

    /// Days since 1970-01-01, in UTC: what daily limits count in.
    pub const fn day(self) -> u64 {
        self.0 / DAY_MS
    }

    /// Midnight, UTC, after this moment.
    #[must_use]
    pub const fn next_day(self) -> Self {
        Self((self.day() + 1) * DAY_MS)
    }

    /// The full second after this moment.
    #[must_use]
    pub const fn next_second(self) -> Self {
        Self((self.second() + 1) * 1000)
    }

    #[must_use]
    pub const fn plus_ms(self, ms: u64) -> Self {
        Self(self.0.saturating_add(ms))
    }
}

/// RFC 3339 in UTC to the second, as Zoom writes dates.
impl fmt::Display for Timestamp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil(self.day());
        let second = self.second() % 86_400;
        write!(out, "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60)
    }
}

/// Year, month and day of a count of days since 1970-01-01, in the proleptic Gregorian calendar.
pub(crate) fn civil(days: u64) -> (u64, u64, u64) {
    // Years start in March here, so that the leap day comes last; eras are the calendar's 400 years.
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    (year, month, day_of_year - (153 * shifted + 2) / 5 + 1)
}

/// Says what time it is.
pub trait Clock: Send + Sync {
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
    }
}

/// A clock that stands still: with the same seed, the same requests get the same answers.
#[derive(Debug)]
pub struct FixedClock(pub Timestamp);

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        self.0
    }
}

/// Another clock, moved forward by what `POST /_sandbox/clock` asked for.
pub(crate) struct ShiftedClock {
    inner: Arc<dyn Clock>,
    ahead_ms: AtomicU64,
}

impl ShiftedClock {
    pub(crate) fn new(inner: Arc<dyn Clock>) -> Self {
        Self { inner, ahead_ms: AtomicU64::new(0) }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.inner.now().plus_ms(self.ahead_ms.load(Ordering::SeqCst))
    }

    pub(crate) fn advance_ms(&self, ms: u64) {
        self.ahead_ms.fetch_add(ms, Ordering::SeqCst);
    }

    pub(crate) fn reset(&self) {
        self.ahead_ms.store(0, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::Timestamp;

    fn check(ms: u64, expect: &str) {
        assert_eq!(Timestamp::from_millis(ms).to_string(), expect);
    }

    #[test]
    fn dates_around_leap_days_are_written_as_the_calendar_has_them() {
        check(0, "1970-01-01T00:00:00Z");
        check(951_782_399_000, "2000-02-28T23:59:59Z");
        check(951_782_400_000, "2000-02-29T00:00:00Z");
        check(951_868_800_999, "2000-03-01T00:00:00Z");
        check(1_590_883_200_000, "2020-05-31T00:00:00Z");
        check(4_107_542_400_000, "2100-03-01T00:00:00Z");
    }

    #[test]
    fn next_day_is_midnight_after() {
        let noon = Timestamp::from_millis(1_590_926_400_000);
        assert_eq!(noon.next_day().to_string(), "2020-06-01T00:00:00Z");
    }
}
