//! The body that schedules or changes a meeting: which fields are wanted, of what kind, and what fits together.
//! Must not use the project's own validators: this is the judge that they are measured by.

use serde_json::{Map, Value};

use super::errors::VeetingError;
use super::judge::{self, Judge};
use super::meeting::{Plan, TYPES};
use super::recurrence::{Ends, Pattern, Recurrence};
use super::state::State;
use crate::clock::Timestamp;

/// A week: no meeting is longer.
const LONGEST_MINUTES: u64 = 7 * 24 * 60;
/// How many days, weeks or months may be between two occurrences.
const WIDEST_STEP: u64 = 366;
const MOST_OCCURRENCES: u64 = 9999;

/// The plan that a body asks for, or all that is wrong with it. Fields that nobody can write are passed over.
/// `id` is the meeting that it is to change: a body has to name it too.
pub(super) fn judged(body: &Map<String, Value>, id: Option<&str>, state: &State) -> Result<Plan, VeetingError> {
    let mut judge = Judge::of(body);
    if let Some(id) = id {
        judge.wanted("id", "the id of the address", |value| (value == id).then_some(()));
    }
    let topic = judge.text("topic");
    let (start, end) = (judge.instant("startTime"), judge.instant("endTime"));
    if let (Some(start), Some(end)) = (start, end)
        && end <= start
    {
        judge.fault("endTime", "later than startTime");
    }
    let minutes = judge.wanted("duration", &format!("a number of minutes from 1 to {LONGEST_MINUTES}"), |value| {
        value.as_u64().filter(|minutes| (1..=LONGEST_MINUTES).contains(minutes))
    });
    let kind = judge.choice("type", &TYPES);
    let (repeats, recorded, dial_in) =
        (judge.switch("isRecurring"), judge.switch("isRecorded"), judge.switch("isDialin"));
    let invited = judge.wanted("invitedParticipants", "a list of e-mail addresses", addresses);
    let fields = judge.wanted("recurring", "an object", Value::as_object);
    let recurrence = match (repeats, fields) {
        (Some(true), Some(fields)) => recurrence(&mut judge, fields, start).map(Some),
        (Some(false), Some(fields)) => {
            if fields.get("frequencyType").is_some_and(|value| value != "") {
                judge.fault("recurring.frequencyType", "empty when isRecurring is false");
            }
            Some(None)
        }
        _ => None,
    };
    let permission = judge.wanted("meetingPermissionId", "null or the id of a permission profile", |value| {
        let is_known = |text: &&str| state.permissions.iter().any(|one| one.id == *text);
        if value.is_null() { Some(None) } else { value.as_str().filter(is_known).map(|text| Some(text.to_owned())) }
    });
    let made = || {
        Some(Plan {
            topic: topic?,
            start: start?,
            minutes: minutes?,
            kind: kind?,
            recorded: recorded?,
            dial_in: dial_in?,
            invited: invited?,
            recurrence: recurrence?,
            permission: permission?,
        })
    };
    let made = made();
    judge.done(made)
}

fn addresses(value: &Value) -> Option<Vec<String>> {
    let is_one = |value: &Value| value.as_str().filter(|text| judge::is_email(text)).map(str::to_owned);
    value.as_array()?.iter().map(is_one).collect()
}

/// How a meeting is to repeat itself. What a pattern or an end does not need may be left out or be empty.
fn recurrence(outer: &mut Judge<'_>, fields: &Map<String, Value>, start: Option<Timestamp>) -> Option<Recurrence> {
    let mut judge = Judge::within("recurring.", fields);
    let step_rule = format!("a whole number from 1 to {WIDEST_STEP}");
    let every =
        judge.wanted("frequency", &step_rule, |value| value.as_u64().filter(|step| (1..=WIDEST_STEP).contains(step)));
    let pattern = match judge.choice("frequencyType", &["daily", "weekly", "monthly"]) {
        Some("monthly") => judge
            .choice("monthlyPattern", &["dayOfMonth", "dayOfWeek"])
            .map(|pattern| if pattern == "dayOfMonth" { Pattern::MonthlyByDay } else { Pattern::MonthlyByWeekday }),
        Some(other) => {
            let empty = |value: &Value| (value == "").then_some(());
            let pattern = if other == "daily" { Pattern::Daily } else { Pattern::Weekly };
            judge.maybe("monthlyPattern", (), "empty unless the frequency is monthly", empty).map(|()| pattern)
        }
        None => None,
    };
    let ends = match judge.choice("endsType", &["never", "on", "after"]) {
        Some("on") => {
            let last = judge.instant("endsOn");
            if let (Some(start), Some(last)) = (start, last)
                && last < start
            {
                judge.fault("endsOn", "not before startTime");
            }
            last.map(Ends::On)
        }
        Some("after") => {
            let rule = format!("a whole number from 1 to {MOST_OCCURRENCES}");
            let number = judge.wanted("endsAfter", &rule, |value| {
                value.as_u64().filter(|number| (1..=MOST_OCCURRENCES).contains(number))
            });
            number.map(Ends::After)
        }
        other => other.map(|_| Ends::Never),
    };
    outer.take_faults(judge);
    Some(Recurrence { pattern: pattern?, every: every?, ends: ends? })
}
