//! A person's room on a site, read and written as a whole. Must not judge the fields: `judge.rs` does.

use axum::http::StatusCode;
use serde_json::Value;

use crate::message::Reply;
use crate::webex::call::Call;
use crate::webex::errors::WebexError;
use crate::webex::judge;
use crate::webex::room::{Fixed, Room};
use crate::webex::seed::ADMINISTRATORS;
use crate::webex::site::Site;
use crate::webex::state::State;

const JSON: &str = "application/json";

/// `GET /meetingPreferences/personalMeetingRoom`.
pub(in crate::webex) fn get(state: &mut State, call: &Call<'_>) -> Result<Reply, WebexError> {
    let (_, _, room, fixed) = asked(state, call)?;
    Ok(Reply::json(StatusCode::OK, &room.whole(&fixed)))
}

/// `PUT /meetingPreferences/personalMeetingRoom`: answers the room as it is then.
pub(in crate::webex) fn put(state: &mut State, call: &Call<'_>) -> Result<Reply, WebexError> {
    let (at, site, held, fixed) = asked(state, call)?;
    if !call.asked.media_type().eq_ignore_ascii_case(JSON) {
        return Err(WebexError::MediaType(JSON));
    }
    let body: Value = serde_json::from_slice(&call.asked.body).map_err(|_| WebexError::Body)?;
    if !body.is_object() {
        return Err(WebexError::Body);
    }
    let room = judge::judged(&body, &held, site).map_err(WebexError::Misfit)?;
    if state.busy == Some(at) && site == Site::Main {
        state.busy = None;
        return Err(WebexError::Locked);
    }
    let reply = Reply::json(StatusCode::OK, &room.whole(&fixed));
    if call.effect {
        state.set_room(at, site, room);
    }
    Ok(reply)
}

/// Whose room on which site, and what it is now.
fn asked(state: &State, call: &Call<'_>) -> Result<(usize, Site, Room, Fixed), WebexError> {
    let email = call.query("userEmail").unwrap_or(ADMINISTRATORS[0]);
    let site = call.site()?;
    let (at, person) = state.member(email)?;
    if site == Site::Eu && !person.on_eu {
        return Err(WebexError::NotOnSite { email: email.to_owned(), site: site.url() });
    }
    let (room, fixed) = state.room(at, site).ok_or_else(|| WebexError::NoSuchPerson(email.to_owned()))?;
    Ok((at, site, room, fixed))
}
