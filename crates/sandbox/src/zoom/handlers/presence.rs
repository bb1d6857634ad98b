//! What a person's client says about them: read and set, at most once a minute for each person.
//! Must not change by itself, but for the end of "do not disturb".

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::named;
use crate::clock::Timestamp;
use crate::dice::Dice;
use crate::message::Reply;
use crate::zoom::call::Call;
use crate::zoom::errors::ZoomError;
use crate::zoom::person::{Person, Presence, Status};
use crate::zoom::rules::Rule;
use crate::zoom::state::State;

const MINUTE_MS: u64 = 60_000;
const UNDISTURBED: &str = "Do_Not_Disturb";
const STATUSES: [&str; 8] =
    ["Available", "Away", "In_A_Zoom_Meeting", "On_A_Call", "Busy", "Presenting", "In_Calendar_Event", "Out_of_Office"];

/// `GET /users/{userId}/presence_status`.
pub(in crate::zoom) fn get(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let at = reachable(state, call)?;
    let held = held(state, at, call.now);
    let mut shown = json!({"status": held.status});
    // Only they themselves see how long they are not to be disturbed.
    if let Some(ends) = held.ends.filter(|_| at == 0) {
        shown["end_time"] = Value::String(ends.to_string());
        shown["remaining_time"] = ends.millis().saturating_sub(call.now.millis()).div_ceil(MINUTE_MS).into();
    }
    Ok(Reply::json(StatusCode::OK, &shown))
}

/// `PUT /users/{userId}/presence_status`.
pub(in crate::zoom) fn set(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let at = reachable(state, call)?;
    let wanted = call.text("status").unwrap_or_default();
    let known = STATUSES.iter().find(|status| **status == wanted).copied();
    let (status, ends) = match known {
        Some(status) => (status, None),
        // The document spells what is left in another way than what is read.
        None => (UNDISTURBED, Some(call.now.plus_ms(minutes(call)? * MINUTE_MS))),
    };
    let Some(person) = state.people.get_mut(at) else {
        return Err(Rule::PresenceUnknown.into());
    };
    let free_at = person.edits().and_then(|edits| edits.presence.as_ref()).map(|held| held.since.plus_ms(MINUTE_MS));
    if let Some(free_at) = free_at.filter(|free_at| call.limits && *free_at > call.now) {
        return Err(ZoomError::TooOften(free_at));
    }
    person.edits_mut().presence = Some(Presence { status, since: call.now, ends });
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

fn minutes(call: &Call<'_>) -> Result<u64, ZoomError> {
    let minutes = call.body.get("duration").map_or(Some(20), Value::as_u64);
    minutes.filter(|minutes| (1..=1440).contains(minutes)).ok_or_else(|| ZoomError::Misfit(vec!["duration".to_owned()]))
}

/// A person with a client that is signed in.
fn reachable(state: &State, call: &Call<'_>) -> Result<usize, ZoomError> {
    let at = named::position(state, call)?;
    if !state.account.presence {
        return Err(Rule::PresenceForbidden.into());
    }
    let active = state.people.get(at).is_some_and(|person: &Person| person.status == Status::Active);
    if active { Ok(at) } else { Err(Rule::PresenceUnknown.into()) }
}

fn held(state: &State, at: usize, now: Timestamp) -> Presence {
    let set = state.people.get(at).and_then(|person| person.edits()?.presence.clone());
    let planted = || {
        let mut dice = Dice::of(state.seed, "presence", u64::try_from(at).unwrap_or(0));
        Presence { status: dice.pick(&STATUSES).copied().unwrap_or("Away"), since: now, ends: None }
    };
    let held = set.unwrap_or_else(planted);
    let over = held.ends.is_some_and(|ends| ends <= now);
    if over { Presence { status: "Available", since: held.since, ends: None } } else { held }
}
