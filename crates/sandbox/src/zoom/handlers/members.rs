//! Who is in a group: list, add, move or make primary, remove.
//! Must not create people: who is unknown is passed over, as the vendor does.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::listing::Listing;
use super::named;
use crate::message::Reply;
use crate::zoom::call::Call;
use crate::zoom::errors::ZoomError;
use crate::zoom::paging::Sizes;
use crate::zoom::state::State;

const SIZES: Sizes = Sizes { default: 30, maximum: 2000 };

/// `GET /groups/{groupId}/members`.
pub(in crate::zoom) fn list(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let group = state.group(call.parameter(0)?)?;
    let listing = Listing {
        rows: "members",
        shows: &["page_count", "page_number", "page_size", "total_records"],
        sizes: SIZES,
        name: &format!("members {}", group.id),
        seed: state.seed,
    };
    let people = group.members.iter().filter_map(|at| state.people.get(*at));
    listing.reply(call, group.members.len(), people, |person| {
        json!({
            "email": person.email,
            "first_name": person.first_name,
            "id": person.id,
            "last_name": person.last_name,
            "type": person.kind,
        })
    })
}

/// `POST /groups/{groupId}/members`.
pub(in crate::zoom) fn add(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let id = call.parameter(0)?;
    state.group(id)?;
    let mut added = Vec::new();
    for at in named::people(state, call, "members", ["id", "email"])? {
        if state.join(at, id)? {
            added.push(at);
        }
    }
    Ok(named::added(state, call, "added_at", &added))
}

/// `PATCH /groups/{groupId}/members/{memberId}`.
pub(in crate::zoom) fn update(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let (at, number) = member(state, call)?;
    let target = call.body.get("target_group_id").and_then(Value::as_str).filter(|id| !id.is_empty());
    let target = target.ok_or(ZoomError::Parameter("target_group_id"))?;
    let to = state.find_group(target).ok_or_else(|| ZoomError::ForeignGroup(target.to_owned()))?;
    let (to_number, to_id) = (to.number, to.id.clone());
    match call.body.get("action").and_then(Value::as_str) {
        Some("move") if to_number != number => {
            state.join(at, &to_id)?;
            let was_primary = state.people.get(at).and_then(|person| person.groups.first()) == Some(&number);
            state.leave(at, number);
            if was_primary {
                state.set_primary(at, to_number);
            }
        }
        Some("move") => {}
        Some("set_primary") => {
            let belongs = state.people.get(at).is_some_and(|person| person.groups.contains(&to_number));
            if !belongs {
                return Err(ZoomError::NoSuchMember);
            }
            state.set_primary(at, to_number);
        }
        _ => return Err(ZoomError::Parameter("action")),
    }
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// `DELETE /groups/{groupId}/members/{memberId}`.
pub(in crate::zoom) fn remove(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let (at, number) = member(state, call)?;
    state.leave(at, number);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// The person and the group of a member's path.
fn member(state: &State, call: &Call<'_>) -> Result<(usize, u32), ZoomError> {
    state.refuse_foreign(call.parameter(0)?)?;
    let group = state.group(call.parameter(0)?)?;
    let at = state.find_person(call.parameter(1)?).filter(|at| group.members.contains(at));
    Ok((at.ok_or(ZoomError::NoSuchMember)?, group.number))
}
