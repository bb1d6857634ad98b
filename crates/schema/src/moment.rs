//! Moments as vendors write them (RFC 3339), in whole milliseconds since 1970: never through a float, and exact both ways.
//! Knows no clock and no zones: how far a zone is ahead at a moment comes from the caller.

/// Milliseconds of a minute.
const MINUTE_MS: i64 = 60_000;
/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;

/// Milliseconds since 1970 of a moment such as `2024-04-07T09:00:00.000Z`. None when it is none, or says less than that;
/// parts of milliseconds are dropped.
pub fn parse(text: &str) -> Option<i64> {
    let (date, time) = text.split_once(['T', 't'])?;
    let zone_at = time.find(['Z', 'z', '+', '-'])?;
    let (time, zone) = time.split_at(zone_at);
    Some(day_of(date)? * DAY_MS + clock(time, true)? - offset(zone)?)
}

/// As vendors have it, with milliseconds, in UTC.
pub fn write(ms: i64) -> String {
    let local = wall(ms);
    let (second, thousandth) = (ms.rem_euclid(MINUTE_MS) / 1_000, ms.rem_euclid(1_000));
    format!("{local}:{second:02}.{thousandth:03}Z")
}

/// What a clock on the wall shows at a moment, as a browser's input for date and time takes it. `ahead` says by how many
/// minutes the clock is ahead of UTC at a moment. Seconds are there when the moment is not a full minute.
pub fn on_the_wall(text: &str, ahead: &dyn Fn(i64) -> i64) -> Option<String> {
    let ms = parse(text)?;
    let here = ms + ahead(ms) * MINUTE_MS;
    let (second, thousandth) = (here.rem_euclid(MINUTE_MS) / 1_000, here.rem_euclid(1_000));
    Some(match (second, thousandth) {
        (0, 0) => wall(here),
        (_, 0) => format!("{}:{second:02}", wall(here)),
        _ => format!("{}:{second:02}.{thousandth:03}", wall(here)),
    })
}

/// The moment at which a clock on the wall shows this, as vendors have it. What it shows twice, when clocks are put back,
/// is the first of the two; what it never shows, when they are put forward, is as much later as they were put.
pub fn from_the_wall(text: &str, ahead: &dyn Fn(i64) -> i64) -> Option<String> {
    let (date, time) = text.split_once('T')?;
    let here = day_of(date)? * DAY_MS + clock(time, false)?;
    // A day before and after, no change of the clocks is near: one of the two holds.
    let (before, after) = (ahead(here - DAY_MS), ahead(here + DAY_MS));
    let fits = |minutes: i64| ahead(here - minutes * MINUTE_MS) == minutes;
    let minutes = if fits(before) || !fits(after) { before } else { after };
    Some(write(here - minutes * MINUTE_MS))
}

/// The moment that many minutes later, as vendors have it.
pub fn later(text: &str, minutes: i64) -> Option<String> {
    Some(write(parse(text)?.checked_add(minutes.checked_mul(MINUTE_MS)?)?))
}

/// How many minutes are between two moments; none when it is no whole number of them.
pub fn minutes_between(from: &str, to: &str) -> Option<i64> {
    let ms = parse(to)?.checked_sub(parse(from)?)?;
    (ms % MINUTE_MS == 0).then_some(ms / MINUTE_MS)
}

/// Date, hour and minute.
fn wall(ms: i64) -> String {
    let (year, month, day) = date_of(ms.div_euclid(DAY_MS));
    let minutes = ms.rem_euclid(DAY_MS) / MINUTE_MS;
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Milliseconds since midnight of `09:00:00.5`; seconds may be missing where they need not be there.
fn clock(text: &str, needs_seconds: bool) -> Option<i64> {
    let mut parts = text.split(':');
    let (hour, minute) = (digits(parts.next()?, 2, 23)?, digits(parts.next()?, 2, 59)?);
    let ms = match parts.next() {
        None if needs_seconds => return None,
        None => 0,
        Some(seconds) => {
            let (seconds, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
            let is_number = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
            let thousandths: String = is_number.then(|| format!("{fraction}00").chars().take(3).collect())?;
            digits(seconds, 2, 59)? * 1_000 + thousandths.parse::<i64>().ok()?
        }
    };
    parts.next().is_none().then_some((hour * 60 + minute) * MINUTE_MS + ms)
}

/// Milliseconds that a zone such as `Z` or `+01:00` is ahead of UTC.
fn offset(zone: &str) -> Option<i64> {
    if zone.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = zone.get(1..)?.split_once(':')?;
    Some(sign * (digits(hours, 2, 23)? * 60 + digits(minutes, 2, 59)?) * MINUTE_MS)
}

fn digits(text: &str, length: usize, most: i64) -> Option<i64> {
    let is_number = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten().filter(|number| *number <= most)
}

/// Days since 1970 of `2024-04-07`, in the Gregorian calendar.
fn day_of(date: &str) -> Option<i64> {
    let mut parts = date.split('-');
    let (year, month) = (digits(parts.next()?, 4, 9_999)?, digits(parts.next()?, 2, 12)?);
    let day = digits(parts.next()?, 2, 31)?;
    // Years begin in March, so that the day that only some of them have is the last.
    let (from_march, from_zero) = ((month + 9) % 12, if month < 3 { year - 1 } else { year });
    let before_month = (153 * from_march + 2) / 5;
    let leap_days = from_zero.div_euclid(4) - from_zero.div_euclid(100) + from_zero.div_euclid(400);
    let days = from_zero * 365 + leap_days + before_month + day - 1 - DAYS_TO_1970;
    // There is no thirtieth of February.
    (month >= 1 && parts.next().is_none() && date_of(days) == (year, month, day)).then_some(days)
}

/// Days from the first of March in the year 0 to the beginning of 1970.
const DAYS_TO_1970: i64 = 719_468;

/// Year, month and day of a day since 1970.
fn date_of(days: i64) -> (i64, i64, i64) {
    let days = days + DAYS_TO_1970;
    // 400 years have the same number of days, always.
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (era * 400 + year_of_era + i64::from(month < 3), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Zürich in 2024: an hour ahead, two from 31 March 01:00 UTC to 27 October 01:00 UTC.
    fn zurich(ms: i64) -> i64 {
        let summer = parse("2024-03-31T01:00:00Z").expect("a moment")..parse("2024-10-27T01:00:00Z").expect("a moment");
        if summer.contains(&ms) { 120 } else { 60 }
    }

    #[test]
    fn what_is_parsed_and_written_is_the_same_to_the_millisecond() {
        for text in [
            "2024-04-07T09:00:00.000Z",
            "1969-12-31T23:59:59.999Z",
            "2024-02-29T12:30:05.007Z",
            "0000-03-01T00:00:00.000Z",
        ] {
            assert_eq!(parse(text).map(write).as_deref(), Some(text));
        }
        assert_eq!(parse("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(parse("2024-04-07T11:00:00.1239+02:00").map(write).as_deref(), Some("2024-04-07T09:00:00.123Z"));
        assert_eq!(parse("2024-04-07t09:00:00z"), parse("2024-04-07T09:00:00.000Z"));
    }

    #[test]
    fn what_is_no_moment_is_none() {
        for text in [
            "",
            "2024-04-07",
            "2024-04-07T09:00",
            "2024-04-07T09:00:00",
            "2024-02-30T09:00:00Z",
            "2023-02-29T09:00:00Z",
            "2024-13-01T09:00:00Z",
            "2024-00-01T09:00:00Z",
            "2024-04-07T24:00:00Z",
            "2024-04-07T09:00:60Z",
            "24-04-07T09:00:00Z",
            "2024-04-07T09:00:00.Z",
            "2024-04-07T09:00:00.000Z ",
            "2024-04-07 09:00:00Z",
            "2024-04-07T09:00:00+2",
            "+024-04-07T09:00:00Z",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn clock_on_the_wall_shows_the_zone_of_that_day_and_leads_back_to_the_same_moment() {
        for (moment, shown) in [
            ("2024-04-07T09:00:00.000Z", "2024-04-07T11:00"),
            ("2024-01-07T09:00:00.000Z", "2024-01-07T10:00"),
            ("2024-04-07T09:05:05.000Z", "2024-04-07T11:05:05"),
            ("2024-12-31T23:30:00.250Z", "2025-01-01T00:30:00.250"),
            ("2024-03-31T01:00:00.000Z", "2024-03-31T03:00"),
            ("2024-10-27T00:30:00.000Z", "2024-10-27T02:30"),
        ] {
            assert_eq!(on_the_wall(moment, &zurich).as_deref(), Some(shown));
            assert_eq!(from_the_wall(shown, &zurich).as_deref(), Some(moment), "{shown}");
        }
        assert_eq!(on_the_wall("soon", &zurich), None);
        assert_eq!(from_the_wall("2024-04-07T", &zurich), None);
    }

    #[test]
    fn hour_that_there_never_was_is_an_hour_later_and_one_that_was_twice_is_the_first() {
        assert_eq!(from_the_wall("2024-03-31T02:30", &zurich).as_deref(), Some("2024-03-31T01:30:00.000Z"));
        assert_eq!(from_the_wall("2024-10-27T02:30", &zurich).as_deref(), Some("2024-10-27T00:30:00.000Z"));
        assert_eq!(from_the_wall("2024-10-27T03:00", &zurich).as_deref(), Some("2024-10-27T02:00:00.000Z"));
        // Half an hour and three quarters, and behind instead of ahead.
        assert_eq!(from_the_wall("2024-04-07T09:00", &|_| 345).as_deref(), Some("2024-04-07T03:15:00.000Z"));
        assert_eq!(from_the_wall("2024-04-07T09:00", &|_| -210).as_deref(), Some("2024-04-07T12:30:00.000Z"));
    }

    #[test]
    fn later_and_between_are_each_others_reverse() {
        let (from, to) = ("2024-04-07T23:30:00.000Z", "2024-04-08T00:30:00.000Z");
        assert_eq!(later(from, 60).as_deref(), Some(to));
        assert_eq!((minutes_between(from, to), minutes_between(to, from)), (Some(60), Some(-60)));
        assert_eq!(minutes_between(from, "2024-04-08T00:30:05.000Z"), None);
        assert_eq!(later(from, i64::MAX), None);
    }
}
