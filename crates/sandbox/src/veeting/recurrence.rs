//! How a meeting repeats itself: when its occurrences start, and how it is read.
//! Must not judge what was asked for, nor know what happens in an occurrence. All of it is in UTC.

use serde_json::{Value, json};

use super::calendar::{Date, LAST_DAY};
use super::instant;
use crate::clock::Timestamp;

const DAY_MS: u64 = 86_400_000;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Pattern {
    Daily,
    Weekly,
    /// On the same day of the month; months that have no such day are left out.
    MonthlyByDay,
    /// On the same weekday, such as the second Tuesday; months without a fifth one are left out.
    MonthlyByWeekday,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Ends {
    Never,
    /// The last moment at which an occurrence may start.
    On(Timestamp),
    /// So many occurrences.
    After(u64),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Recurrence {
    pub(super) pattern: Pattern,
    /// Every so many days, weeks or months.
    pub(super) every: u64,
    pub(super) ends: Ends,
}

impl Recurrence {
    /// When the occurrences start, the first one first.
    pub(super) fn starts(&self, first: Timestamp) -> impl Iterator<Item = Timestamp> {
        let (pattern, every, ends) = (self.pattern, self.every, self.ends);
        let all = (0..).map_while(move |index: u64| nth(pattern, first, index.checked_mul(every)?).ok()).flatten();
        (1..).zip(all).map_while(move |(count, start): (u64, Timestamp)| {
            let is_there = match ends {
                Ends::Never => true,
                Ends::On(last) => start <= last,
                Ends::After(number) => count <= number,
            };
            is_there.then_some(start)
        })
    }
}

/// That a day lies behind the end of all that is counted.
struct Beyond;

/// The start that is so many days, weeks or months later; none where a month has no such day.
fn nth(pattern: Pattern, first: Timestamp, steps: u64) -> Result<Option<Timestamp>, Beyond> {
    let (date, of_day) = (Date::of(first.day()), first.millis() % DAY_MS);
    let days = match pattern {
        Pattern::Daily | Pattern::Weekly => {
            let length = if pattern == Pattern::Daily { 1 } else { 7 };
            let later = steps.checked_mul(length).and_then(|days| first.day().checked_add(days));
            Some(later.filter(|days| *days <= LAST_DAY).ok_or(Beyond)?)
        }
        Pattern::MonthlyByDay => Date { day: date.day, ..date.month_later(steps).ok_or(Beyond)? }.days(),
        Pattern::MonthlyByWeekday => date.month_later(steps).ok_or(Beyond)?.weekday_like(date),
    };
    Ok(days.map(|days| Timestamp::from_millis(days * DAY_MS + of_day)))
}

/// As it is read. What a meeting does not say of its recurrence is empty, and its end then is when it was made.
pub(super) fn shown(recurrence: Option<&Recurrence>, made: Timestamp) -> Value {
    let Some(recurrence) = recurrence else {
        return json!({
            "frequencyType": "",
            "frequency": null,
            "monthlyPattern": "",
            "endsType": "",
            "endsOn": instant::written(made),
            "endsAfter": 0,
        });
    };
    let (frequency, monthly) = match recurrence.pattern {
        Pattern::Daily => ("daily", ""),
        Pattern::Weekly => ("weekly", ""),
        Pattern::MonthlyByDay => ("monthly", "dayOfMonth"),
        Pattern::MonthlyByWeekday => ("monthly", "dayOfWeek"),
    };
    let (ends, on, after) = match recurrence.ends {
        Ends::Never => ("never", made, 0),
        Ends::On(last) => ("on", last, 0),
        Ends::After(number) => ("after", made, number),
    };
    json!({
        "frequencyType": frequency,
        "frequency": recurrence.every,
        "monthlyPattern": monthly,
        "endsType": ends,
        "endsOn": instant::written(on),
        "endsAfter": after,
    })
}

#[cfg(test)]
mod tests {
    use super::{Ends, Pattern, Recurrence};
    use crate::clock::Timestamp;
    use crate::veeting::instant::{read, written};

    fn at(text: &str) -> Timestamp {
        read(text).expect("an instant")
    }

    fn check(pattern: Pattern, every: u64, ends: Ends, first: &str, expect: &[&str]) {
        let recurrence = Recurrence { pattern, every, ends };
        let starts: Vec<String> = recurrence.starts(at(first)).take(4).map(written).collect();
        assert_eq!(starts, expect, "{recurrence:?}");
    }

    #[test]
    fn patterns_keep_the_hour_and_leave_out_what_a_month_has_not() {
        check(
            Pattern::Daily,
            3,
            Ends::Never,
            "2026-02-26T09:30:00.000Z",
            &[
                "2026-02-26T09:30:00.000Z",
                "2026-03-01T09:30:00.000Z",
                "2026-03-04T09:30:00.000Z",
                "2026-03-07T09:30:00.000Z",
            ],
        );
        check(
            Pattern::Weekly,
            2,
            Ends::After(2),
            "2026-12-24T09:30:00.000Z",
            &["2026-12-24T09:30:00.000Z", "2027-01-07T09:30:00.000Z"],
        );
        check(
            Pattern::MonthlyByDay,
            1,
            Ends::After(3),
            "2026-12-31T00:00:00.000Z",
            &["2026-12-31T00:00:00.000Z", "2027-01-31T00:00:00.000Z", "2027-03-31T00:00:00.000Z"],
        );
        check(
            Pattern::MonthlyByWeekday,
            6,
            Ends::On(at("2027-03-14T10:00:00.000Z")),
            "2026-03-08T10:00:00.000Z",
            &["2026-03-08T10:00:00.000Z", "2026-09-13T10:00:00.000Z", "2027-03-14T10:00:00.000Z"],
        );
    }

    #[test]
    fn endless_series_ends_with_the_years_that_can_be_written() {
        let first = at("9998-12-31T10:00:00.000Z");
        for pattern in [Pattern::MonthlyByDay, Pattern::MonthlyByWeekday, Pattern::Weekly, Pattern::Daily] {
            let recurrence = Recurrence { pattern, every: u64::MAX, ends: Ends::Never };
            assert_eq!(recurrence.starts(first).collect::<Vec<_>>(), [first]);
            let recurrence = Recurrence { pattern, every: 1, ends: Ends::Never };
            assert!(recurrence.starts(first).last().is_some_and(|last| written(last).starts_with("9999-12-")));
        }
    }
}
