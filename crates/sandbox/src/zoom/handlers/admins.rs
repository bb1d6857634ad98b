//! A group's administrators: list, add, remove.
//! Must not ask whether an administrator is a member: the vendor does not either.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::members::people;
use crate::message::Reply;
use crate::zoom::call::Call;
use crate::zoom::errors::ZoomError;
use crate::zoom::paging::{Page, Sizes};
use crate::zoom::state::State;

const SIZES: Sizes = Sizes { default: 30, maximum: 300 };

/// `GET /groups/{groupId}/admins`.
pub(in crate::zoom) fn list(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let group = state.group(call.parameter(0)?)?;
    let list = format!("admins {}", group.id);
    let page = Page::asked(call, &list, state.seed, &SIZES)?;
    let people = group.admins.iter().filter_map(|at| state.people.get(*at)).skip(page.start).take(page.size);
    let rows: Vec<Value> = people.map(|person| json!({"email": person.email, "name": person.display_name()})).collect();
    let total = group.admins.len();
    Ok(Reply::json(
        StatusCode::OK,
        &json!({
            "admins": rows,
            "next_page_token": page.next_token(total, &list, state.seed, call.now),
            "page_size": page.size,
            "total_records": total,
        }),
    ))
}

/// `POST /groups/{groupId}/admins`.
pub(in crate::zoom) fn add(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let id = call.parameter(0)?;
    state.group(id)?;
    let mut added = Vec::new();
    for at in people(state, call, "admins")? {
        if state.group_mut(id)?.admins.insert(at) {
            added.extend(state.people.get(at).map(|person| person.id.clone()));
        }
    }
    Ok(Reply::json(StatusCode::CREATED, &json!({"added_at": call.now.to_string(), "ids": added.join(",")})))
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
