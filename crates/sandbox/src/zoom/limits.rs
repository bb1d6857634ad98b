//! Rate limits as Zoom has them: for the whole account, by class, a second and (for the costly classes) a day.
//! Must not sleep or queue: what is over the limit is refused. Numbers: a Business account or larger.

use std::sync::{Mutex, PoisonError};

use crate::clock::Timestamp;

/// Calls a day for the two costly classes together.
const DAILY: u64 = 60_000;

/// The label that each operation carries in the vendor's document.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Rate {
    Light,
    Medium,
    Heavy,
    ResourceIntensive,
}

impl Rate {
    pub(super) fn from_label(label: &str) -> Option<Self> {
        match label {
            "light" => Some(Self::Light),
            "medium" => Some(Self::Medium),
            "heavy" => Some(Self::Heavy),
            "resource-intensive" => Some(Self::ResourceIntensive),
            _ => None,
        }
    }

    fn category(self) -> &'static str {
        match self {
            Self::Light => "Light",
            Self::Medium => "Medium",
            Self::Heavy => "Heavy",
            Self::ResourceIntensive => "Resource-intensive",
        }
    }

    fn a_second(self) -> u64 {
        match self {
            Self::Light => 80,
            Self::Medium => 60,
            Self::Heavy => 40,
            Self::ResourceIntensive => 20,
        }
    }

    fn is_costly(self) -> bool {
        matches!(self, Self::Heavy | Self::ResourceIntensive)
    }

    fn slot(self) -> usize {
        match self {
            Self::Light => 0,
            Self::Medium => 1,
            Self::Heavy => 2,
            Self::ResourceIntensive => 3,
        }
    }
}

/// What is left after a call, for the answer's headers.
#[derive(Debug, PartialEq)]
pub(super) struct Allowance {
    rate: Rate,
    remaining: u64,
}

impl Allowance {
    pub(super) fn headers(&self) -> [(&'static str, String); 4] {
        headers(self.rate, false, self.rate.a_second(), self.remaining)
    }
}

/// A call over the limit.
#[derive(Debug, PartialEq)]
pub(super) struct Refusal {
    rate: Rate,
    daily: bool,
    pub(super) again_at: Timestamp,
}

impl Refusal {
    pub(super) fn headers(&self) -> [(&'static str, String); 4] {
        let limit = if self.daily { DAILY } else { self.rate.a_second() };
        headers(self.rate, self.daily, limit, 0)
    }

    pub(super) fn sentence(&self) -> &'static str {
        if self.daily {
            "The daily rate limit of this account is reached."
        } else {
            "The per-second rate limit of this account is reached."
        }
    }
}

fn headers(rate: Rate, daily: bool, limit: u64, remaining: u64) -> [(&'static str, String); 4] {
    let kind = if daily { "Daily-limit" } else { "Per-second-limit" };
    [
        ("x-ratelimit-category", rate.category().to_owned()),
        ("x-ratelimit-type", kind.to_owned()),
        ("x-ratelimit-limit", limit.to_string()),
        ("x-ratelimit-remaining", remaining.to_string()),
    ]
}

/// Calls in a span of time: the span's number and how many there were.
type Span = (u64, u64);

#[derive(Default)]
struct Used {
    seconds: [Span; 4],
    day: Span,
}

pub(super) struct Limits {
    on: bool,
    used: Mutex<Used>,
}

impl Limits {
    pub(super) fn new(on: bool) -> Self {
        Self { on, used: Mutex::default() }
    }

    pub(super) fn is_on(&self) -> bool {
        self.on
    }

    /// Counts a call; refuses it when its second or its day is full. None when limits are off.
    pub(super) fn take(&self, rate: Rate, now: Timestamp) -> Result<Option<Allowance>, Refusal> {
        if !self.on {
            return Ok(None);
        }
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if rate.is_costly() && spent(used.day, now.day()) >= DAILY {
            return Err(Refusal { rate, daily: true, again_at: now.next_day() });
        }
        let before = spent(used.seconds[rate.slot()], now.second());
        if before >= rate.a_second() {
            return Err(Refusal { rate, daily: false, again_at: now.next_second() });
        }
        used.seconds[rate.slot()] = (now.second(), before + 1);
        if rate.is_costly() {
            used.day = (now.day(), spent(used.day, now.day()) + 1);
        }
        Ok(Some(Allowance { rate, remaining: rate.a_second() - before - 1 }))
    }

    pub(super) fn reset(&self) {
        *self.used.lock().unwrap_or_else(PoisonError::into_inner) = Used::default();
    }
}

fn spent((span, count): Span, now: u64) -> u64 {
    if span == now { count } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::{DAILY, Limits, Rate};
    use crate::clock::Timestamp;

    #[test]
    fn daily_limit_refuses_costly_calls_until_midnight_and_spares_the_others() {
        let limits = Limits::new(true);
        let noon = 1_590_926_400_000;
        for call in 0..DAILY {
            let now = Timestamp::from_millis(noon + call / 40 * 1000);
            limits.take(Rate::Heavy, now).expect("within both limits");
        }
        let evening = Timestamp::from_millis(noon + 40_000_000);
        let refusal = limits.take(Rate::ResourceIntensive, evening).expect_err("the day is full");
        assert_eq!(refusal.again_at.to_string(), "2020-06-01T00:00:00Z");
        assert_eq!(refusal.headers()[1].1, "Daily-limit");
        assert!(limits.take(Rate::Light, evening).is_ok());
        assert!(limits.take(Rate::Heavy, evening.next_day()).is_ok());
    }

    #[test]
    fn each_class_counts_for_itself_and_starts_anew_each_second() {
        let limits = Limits::new(true);
        let now = Timestamp::from_millis(1_590_883_200_500);
        for _ in 0..60 {
            limits.take(Rate::Medium, now).expect("within the limit");
        }
        let refusal = limits.take(Rate::Medium, now).expect_err("the second is full");
        assert_eq!(refusal.again_at.to_string(), "2020-05-31T00:00:01Z");
        assert!(limits.take(Rate::Light, now).is_ok());
        assert!(limits.take(Rate::Medium, now.plus_ms(500)).is_ok());
    }

    #[test]
    fn limits_that_are_off_never_refuse() {
        let limits = Limits::new(false);
        let now = Timestamp::from_millis(0);
        assert!((0..1000).all(|_| limits.take(Rate::Heavy, now) == Ok(None)));
    }
}
