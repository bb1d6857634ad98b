//! Meetings: those that can be seen, a new one, one of them read, changed and deleted. Must not judge fields.

use serde_json::Value;

use crate::clock::Timestamp;
use crate::veeting::call::Call;
use crate::veeting::errors::VeetingError;
use crate::veeting::meeting::{Exception, Plan};
use crate::veeting::meeting_judge;
use crate::veeting::state::State;

/// `GET /meeting`: by their start. `start` and `end` leave those in that have an occurrence between them.
pub(in crate::veeting) fn list(state: &mut State, call: &Call<'_>) -> Result<Value, VeetingError> {
    let (from, until) = (call.instant("start")?, call.instant("end")?);
    let listed = |account, organizer| call.caller.lists(account, organizer);
    let seen = state.meetings.iter().filter(|one| listed(one.account, one.organizer) && one.touches(from, until));
    let mut seen: Vec<_> = seen.collect();
    seen.sort_by_key(|meeting| (meeting.plan.start, meeting.id.as_str()));
    Ok(seen.into_iter().map(|meeting| meeting.whole(state, call.now)).collect())
}

/// `POST /meeting`.
pub(in crate::veeting) fn create(state: &mut State, call: &Call<'_>) -> Result<Value, VeetingError> {
    let organizer = call.caller.acts()?;
    let plan = meeting_judge::judged(&call.body()?, None, state)?;
    let at = state.schedule(organizer, plan, call.now);
    shown(state, at, call.now)
}

/// `GET /meeting/{id}`.
pub(in crate::veeting) fn get(state: &mut State, call: &Call<'_>) -> Result<Value, VeetingError> {
    let at = state.meeting(call.caller, call.parameter(0))?;
    shown(state, at, call.now)
}

/// `PUT /meeting/{id}/{wholeSeries}`: answers what was changed, which of a series may be a meeting of its own.
pub(in crate::veeting) fn update(state: &mut State, call: &Call<'_>) -> Result<Value, VeetingError> {
    call.caller.acts()?;
    let id = call.parameter(0);
    let whole_series = match call.parameter(1) {
        "true" => true,
        "false" => false,
        _ => return Err(VeetingError::misfit("The last part of the address is true or false.")),
    };
    let at = state.meeting(call.caller, id)?;
    let plan = meeting_judge::judged(&call.body()?, Some(id), state)?;
    let is_series = state.meetings.get(at).is_some_and(|meeting| meeting.plan.recurrence.is_some());
    if is_series && !whole_series {
        let at = change_occurrence(state, at, plan, call.now).ok_or(VeetingError::NotAllowed)?;
        return shown(state, at, call.now);
    }
    if let Some(meeting) = state.meetings.get_mut(at) {
        meeting.replan(plan);
        // The whole series is what was asked for, with all of its occurrences.
        meeting.replaced.clear();
    }
    forget_exceptions(state, id);
    let at = state.meeting(call.caller, id)?;
    shown(state, at, call.now)
}

/// `DELETE /meeting/{id}`: a series goes as a whole.
pub(in crate::veeting) fn delete(state: &mut State, call: &Call<'_>) -> Result<Value, VeetingError> {
    call.caller.acts()?;
    let id = call.parameter(0);
    let at = state.meeting(call.caller, id)?;
    state.meetings.remove(at);
    forget_exceptions(state, id);
    Ok(Value::Null)
}

/// Changes one occurrence, the one that starts nearest to what it is to become: a meeting of its own stands for it
/// from then on, and the series is left alone.
fn change_occurrence(state: &mut State, at: usize, plan: Plan, now: Timestamp) -> Option<usize> {
    let series = state.meetings.get(at)?;
    let plan = Plan { recurrence: None, ..plan };
    let exception = Exception { series: series.id.clone(), occurrence: series.nearest(plan.start) };
    let held = state.meetings.iter().position(|meeting| meeting.exception.as_ref() == Some(&exception));
    if let Some(held) = held {
        state.meetings.get_mut(held)?.replan(plan);
        return Some(held);
    }
    let is_running = series.running(now) == Some(exception.occurrence);
    let own = state.schedule(series.organizer, plan, now);
    let series = state.meetings.get_mut(at)?;
    series.replaced.insert(exception.occurrence);
    // Who is in the room stays there.
    let moved = if is_running { std::mem::take(&mut series.participants) } else { Vec::new() };
    let made = state.meetings.get_mut(own)?;
    made.exception = Some(exception);
    made.participants = moved;
    Some(own)
}

fn forget_exceptions(state: &mut State, series: &str) {
    state.meetings.retain(|meeting| meeting.exception.as_ref().is_none_or(|exception| exception.series != series));
}

fn shown(state: &State, at: usize, now: Timestamp) -> Result<Value, VeetingError> {
    state.meetings.get(at).map(|meeting| meeting.whole(state, now)).ok_or(VeetingError::NotAllowed)
}
