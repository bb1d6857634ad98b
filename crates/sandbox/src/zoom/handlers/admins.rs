//! A group's administrators: list, add, remove.
//! Must not ask whether an administrator is a member: the vendor does not either.

use axum::http::StatusCode;
use serde_json::json;

use super::listing::Listing;
use super::named;
use crate::message::Reply;
use crate::zoom::call::Call;
use crate::zoom::errors::ZoomError;
use crate::zoom::paging::Sizes;
use crate::zoom::state::State;

const SIZES: Sizes = Sizes { default: 30, maximum: 300 };

/// `GET /groups/{groupId}/admins`.
pub(in crate::zoom) fn list(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let group = state.group(call.parameter(0)?)?;
    let listing = Listing {
        rows: "admins",
        shows: &["page_size", "total_records"],
        sizes: SIZES,
        name: &format!("admins {}", group.id),
        seed: state.seed,
    };
    let people = group.admins.iter().filter_map(|at| state.people.get(*at));
    listing.reply(
        call,
        group.admins.len(),
        people,
        |person| json!({"email": person.email, "name": person.display_name()}),
    )
}

/// `POST /groups/{groupId}/admins`.
pub(in crate::zoom) fn add(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let id = call.parameter(0)?;
    state.group(id)?;
    let mut people = named::people(state, call, "admins", ["id", "email"])?;
    let group = state.group_mut(id)?;
    people.retain(|at| group.admins.insert(*at));
    Ok(named::added(state, call, "added_at", &people))
}

/// `DELETE /groups/{groupId}/admins/{userId}`.
pub(in crate::zoom) fn remove(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let id = call.parameter(0)?;
    state.group(id)?;
    let at = state.find_person(call.parameter(1)?);
    let group = state.group_mut(id)?;
    if at.is_some_and(|at| group.admins.remove(&at)) {
        Ok(Reply::empty(StatusCode::NO_CONTENT))
    } else {
        Err(ZoomError::NotAnAdmin(id.to_owned()))
    }
}
