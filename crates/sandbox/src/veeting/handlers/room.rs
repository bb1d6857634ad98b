//! The room of a meeting: who is in it now, and closing it. Must not let anybody in: `mutations.rs` does.

use serde_json::Value;

use crate::veeting::call::Call;
use crate::veeting::errors::VeetingError;
use crate::veeting::judge::Judge;
use crate::veeting::room::Participant;
use crate::veeting::state::State;

/// `GET /meeting/{id}/participants`.
pub(in crate::veeting) fn participants(state: &mut State, call: &Call<'_>) -> Result<Value, VeetingError> {
    let at = state.meeting(call.caller, call.parameter(0))?;
    let meeting = state.meetings.get(at).ok_or(VeetingError::NotAllowed)?;
    Ok(meeting.present(call.now).into_iter().map(Participant::whole).collect())
}

/// `POST /meeting/close`: everybody in the room is thrown out. Answers the meeting as it is then.
pub(in crate::veeting) fn close(state: &mut State, call: &Call<'_>) -> Result<Value, VeetingError> {
    call.caller.acts()?;
    let body = call.body()?;
    let mut judge = Judge::of(&body);
    let id = judge.text("meetingId");
    let id = judge.done(id)?;
    let at = state.meeting(call.caller, &id)?;
    if let Some(meeting) = state.meetings.get_mut(at) {
        meeting.close(call.now);
    }
    state.meetings.get(at).map(|meeting| meeting.whole(state, call.now)).ok_or(VeetingError::NotAllowed)
}
