//! How long a job will take: from what the vendor takes in a minute, from how often its accounts may be used, and, once
//! rows have ended, from how fast they did. Plain arithmetic.

use roomkey_schema::job::Estimate;

const DAY_SECONDS: u64 = 86_400;

/// What is known.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Known {
    /// Rows that still have to be sent.
    pub(super) rows: u64,
    /// Calls that a row takes.
    pub(super) calls: u64,
    /// Calls that the vendor takes in a minute.
    pub(super) per_minute: u64,
    /// Rows that ended in the last minute, once the job has run for one.
    pub(super) last_minute: Option<u64>,
    /// Accounts that take turns; none when the vendor does not count by account.
    pub(super) accounts: u64,
    /// Changes that each may make in a day; 0 when nobody set it.
    pub(super) per_account: u64,
    /// Changes that are left now.
    pub(super) left: u64,
}

/// The estimate.
pub(super) fn estimate(known: Known) -> Estimate {
    let Known { rows, calls, per_minute, last_minute, accounts, per_account, left } = known;
    let pace = match last_minute {
        Some(ended) if ended > 0 => ended,
        _ => (per_minute / calls.max(1)).max(1),
    };
    let seconds = |rows: u64| (rows * 60).div_ceil(pace);
    let a_day = accounts * per_account;
    let total = if a_day == 0 || rows <= left {
        seconds(rows)
    } else {
        // What is left goes now; then a day's worth each day.
        let later = rows - left;
        let days = later.div_ceil(a_day);
        days * DAY_SECONDS + seconds(later - (days - 1) * a_day)
    };
    Estimate { seconds: total, accounts, per_account, left }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn within_the_quota_the_pace_counts_and_beyond_it_the_days() {
        let known = Known {
            rows: 3_000,
            calls: 3,
            per_minute: 90,
            accounts: 5,
            per_account: 700,
            left: 3_500,
            ..Known::default()
        };
        assert_eq!(estimate(known).seconds, 6_000);
        let used = Known { left: 1_000, ..known };
        assert_eq!(estimate(used).seconds, DAY_SECONDS + 4_000);
        assert_eq!(estimate(Known { last_minute: Some(60), ..known }).seconds, 3_000);
        assert_eq!(estimate(Known { accounts: 0, per_account: 0, left: 0, ..known }).seconds, 6_000);
    }
}
