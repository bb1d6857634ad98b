//! Days of the calendar, and the weekdays of a month. Must not know hours, nor any zone but UTC.

use crate::clock::civil;

/// The last year that is counted with: four digits are all that an instant is written with.
const LAST_YEAR: u64 = 9999;
/// Its last day.
pub(super) const LAST_DAY: u64 = 2_932_896;

/// A day by name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Date {
    pub(super) year: u64,
    pub(super) month: u64,
    pub(super) day: u64,
}

impl Date {
    /// The day after so many days since 1970-01-01.
    pub(super) fn of(days: u64) -> Self {
        let (year, month, day) = civil(days);
        Self { year, month, day }
    }

    /// Days since 1970-01-01. None of a day that no calendar has, and of those before and after all that is counted.
    pub(super) fn days(self) -> Option<u64> {
        if self.year > LAST_YEAR || !(1..=12).contains(&self.month) {
            return None;
        }
        // Years start in March here, so that the leap day comes last; eras are the calendar's 400 years.
        let year = self.year.checked_sub(u64::from(self.month <= 2))?;
        let (era, year_of_era) = (year / 400, year % 400);
        let day_of_year = (153 * ((self.month + 9) % 12) + 2) / 5 + self.day.checked_sub(1)?;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        let days = (era * 146_097 + day_of_era).checked_sub(719_468)?;
        (Self::of(days) == self).then_some(days)
    }

    /// The first day of the month that is so many months later; none behind the last year.
    pub(super) fn month_later(self, months: u64) -> Option<Self> {
        let count = months.checked_add(self.month - 1)?;
        let first = Self { year: self.year.checked_add(count / 12)?, month: count % 12 + 1, day: 1 };
        (first.year <= LAST_YEAR).then_some(first)
    }

    /// The same weekday of this month, as the so-manieth of it, as `like` is of its own month.
    pub(super) fn weekday_like(self, like: Self) -> Option<u64> {
        let (weekday, first) = (weekday(like.days()?), weekday(Self { day: 1, ..self }.days()?));
        let day = 1 + (weekday + 7 - first) % 7 + (like.day - 1) / 7 * 7;
        Self { day, ..self }.days()
    }
}

/// 0 is Sunday.
fn weekday(days: u64) -> u64 {
    (days + 4) % 7
}

#[cfg(test)]
mod tests {
    use super::Date;

    fn date(year: u64, month: u64, day: u64) -> Date {
        Date { year, month, day }
    }

    #[test]
    fn days_are_counted_as_they_are_named() {
        for (named, days) in [
            (date(1970, 1, 1), Some(0)),
            (date(2000, 2, 29), Some(11_016)),
            (date(2026, 3, 1), Some(20_513)),
            (date(9999, 12, 31), Some(super::LAST_DAY)),
            (date(2100, 2, 29), None),
            (date(2026, 4, 31), None),
            (date(2026, 13, 1), None),
            (date(2026, 1, 0), None),
            (date(1969, 12, 31), None),
            (date(0, 1, 1), None),
            (date(10_000, 1, 1), None),
        ] {
            assert_eq!(named.days(), days, "{named:?}");
        }
    }

    #[test]
    fn second_sunday_is_found_in_each_month_and_the_fifth_only_where_there_is_one() {
        let in_month = |like: Date, month| date(2026, month, 1).weekday_like(like).map(|days| Date::of(days).day);
        let found = |like: Date| (1..=6).map(|month| in_month(like, month)).collect::<Vec<_>>();
        assert_eq!(found(date(2026, 3, 8)), [Some(11), Some(8), Some(8), Some(12), Some(10), Some(14)]);
        assert_eq!(found(date(2026, 3, 29)), [None, None, Some(29), None, Some(31), None]);
    }
}
