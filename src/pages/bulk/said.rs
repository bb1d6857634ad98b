//! What jobs, rows and numbers are called. Plain functions; must not show anything.

use roomkey_schema::job::{Counts, Estimate, Job, JobState, RowState};

use crate::words::{number, t, tf, tn};

/// Between things on one line.
const DOT: &str = " · ";

/// The colour of a job's state and its word.
pub(super) fn job_state(state: JobState) -> (&'static str, &'static str) {
    match state {
        JobState::Checking => ("", t("job.state.checking")),
        JobState::Unchecked => ("bad", t("job.state.unchecked")),
        JobState::Ready => ("changed", t("job.state.ready")),
        JobState::Running => ("", t("job.state.running")),
        JobState::Paused => ("changed", t("job.state.paused")),
        JobState::Cancelled => ("", t("job.state.cancelled")),
        JobState::Finished => ("ok", t("job.state.finished")),
    }
}

/// The colour of a row's state and its word.
pub(super) fn row_state(state: RowState) -> (&'static str, &'static str) {
    match state {
        RowState::Invalid => ("bad", t("row.state.invalid")),
        RowState::Pending => ("", t("row.state.pending")),
        RowState::Intent => ("", t("row.state.intent")),
        RowState::Done => ("ok", t("row.state.done")),
        RowState::Failed => ("bad", t("row.state.failed")),
        RowState::Unknown => ("changed", t("row.state.unknown")),
        RowState::Cancelled => ("", t("row.state.cancelled")),
    }
}

/// What a job is about: what is done, and to how many rows once that is known.
pub(super) fn title(job: &Job) -> String {
    match job.counts.all() {
        0 => job.title.clone(),
        all => tf("job.title", &[("title", &job.title), ("rows", &tn("job.rows", all))]),
    }
}

/// How many rows were sent, whatever came of it.
pub(super) const fn sent(counts: &Counts) -> u64 {
    counts.done + counts.failed + counts.unknown
}

/// How many rows something is wrong with.
pub(super) const fn problems(counts: &Counts) -> u64 {
    counts.invalid + counts.failed + counts.unknown
}

/// How far a job has come: `1,734 of 3,214`.
pub(super) fn progress(counts: &Counts) -> String {
    tf("job.progress", &[("n", &number(sent(counts))), ("all", &number(counts.sendable()))])
}

/// What came of the rows: `1,728 verified · 5 failed · 1 unknown`.
pub(super) fn outcome(counts: &Counts) -> String {
    let states = [
        (counts.done, RowState::Done),
        (counts.failed, RowState::Failed),
        (counts.unknown, RowState::Unknown),
        (counts.invalid, RowState::Invalid),
        (counts.cancelled, RowState::Cancelled),
    ];
    let some = states.into_iter().filter(|(n, _)| *n > 0);
    some.map(|(n, state)| format!("{} {}", number(n), row_state(state).1)).collect::<Vec<_>>().join(DOT)
}

/// What came of the dry run: `3,201 can be sent, 13 cannot`.
pub(super) fn checked(counts: &Counts) -> String {
    let can = tn("job.can", counts.sendable());
    match counts.invalid {
        0 => can,
        cannot => tf("job.cannot", &[("can", &can), ("n", &number(cannot))]),
    }
}

/// How long it is going to take and why: `about 4 h 20 min, 5 administrators take turns, 3,500 changes a day`.
pub(super) fn estimate(estimate: &Estimate) -> String {
    let mut parts = vec![duration(estimate.seconds)];
    if estimate.accounts > 1 {
        parts.push(tn("job.turns", estimate.accounts));
    }
    let per_day = estimate.accounts.max(1) * estimate.per_account;
    if per_day > 0 {
        parts.push(tn("job.per_day", per_day));
    }
    parts.join(", ")
}

/// How much of it is left: `about 2 h 40 min left · 1,766 changes left today`.
pub(super) fn left(estimate: &Estimate) -> String {
    let left = tf("job.left", &[("time", &duration(estimate.seconds))]);
    if estimate.per_account == 0 { left } else { [left, tn("job.changes_left", estimate.left)].join(DOT) }
}

/// A time as far as an estimate can be believed: the longer, the coarser.
fn duration(seconds: u64) -> String {
    const FEW: u64 = 90;
    const HOUR: u64 = 60;
    const DAY: u64 = 24 * HOUR;
    let minutes = seconds.div_ceil(60);
    match minutes {
        _ if seconds < FEW => t("job.time.short").to_owned(),
        0..HOUR => tf("job.time.minutes", &[("n", &number(minutes))]),
        _ if minutes < 2 * DAY => {
            let rounded = minutes.div_ceil(5) * 5;
            let (hours, minutes) = (number(rounded / HOUR), number(rounded % HOUR));
            tf("job.time.hours", &[("h", &hours), ("min", &minutes)])
        }
        _ => {
            let hours = minutes.div_ceil(HOUR);
            tf("job.time.days", &[("d", &number(hours / 24)), ("h", &number(hours % 24))])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_said_as_coarsely_as_they_are_known() {
        for (seconds, said) in [
            (0, "about a minute"),
            (89, "about a minute"),
            (90, "about 2 min"),
            (3_500, "about 59 min"),
            (3_600, "about 1 h 0 min"),
            (15_480, "about 4 h 20 min"),
            (172_700, "about 48 h 0 min"),
            (266_400, "about 3 d 2 h"),
        ] {
            assert_eq!(duration(seconds), said, "{seconds} s");
        }
    }

    #[test]
    fn estimate_says_who_takes_turns_and_how_much_a_day_only_where_that_counts() {
        let webex = Estimate { seconds: 15_480, accounts: 5, per_account: 700, left: 3_412 };
        assert_eq!(estimate(&webex), "about 4 h 20 min, 5 administrators take turns, 3500 changes a day");
        assert_eq!(left(&webex), "about 4 h 20 min left · 3412 changes left today");
        let zoom = Estimate { seconds: 600, ..Estimate::default() };
        assert_eq!((estimate(&zoom), left(&zoom)), ("about 10 min".into(), "about 10 min left".into()));
    }

    #[test]
    fn counts_are_said_without_what_there_is_none_of() {
        let counts = Counts { invalid: 13, pending: 1_480, done: 1_728, failed: 5, unknown: 1, ..Counts::default() };
        assert_eq!(outcome(&counts), "1728 verified · 5 failed · 1 unknown · 13 cannot be sent");
        assert_eq!(progress(&counts), "1734 of 3214");
        assert_eq!(checked(&counts), "3214 can be sent, 13 cannot");
        assert_eq!(checked(&Counts { pending: 1, ..Counts::default() }), "1 can be sent");
        assert_eq!((outcome(&Counts::default()), problems(&counts)), (String::new(), 19));
    }

    #[test]
    fn title_says_how_many_rows_once_that_is_known() {
        let job = Job { title: "Host PINs".into(), ..Job::default() };
        assert_eq!(title(&job), "Host PINs");
        assert_eq!(title(&Job { counts: Counts { done: 2, ..Counts::default() }, ..job }), "Host PINs, 2 rows");
    }
}
