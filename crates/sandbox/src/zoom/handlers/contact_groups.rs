//! Contact groups themselves: list, read, create, change, delete.
//! Must not change members: they have their own file.

use axum::http::StatusCode;
use serde_json::Value;

use super::contact_members::requested;
use super::listing::Listing;
use crate::message::Reply;
use crate::zoom::call::Call;
use crate::zoom::contact_groups::{ContactGroup, Member};
use crate::zoom::errors::ZoomError;
use crate::zoom::paging::Sizes;
use crate::zoom::rules::Rule;
use crate::zoom::state::State;

pub(super) const SIZES: Sizes = Sizes { default: 10, maximum: 50 };

/// `GET /contacts/groups`.
pub(in crate::zoom) fn list(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let listing =
        Listing { rows: "groups", shows: &["page_size"], sizes: SIZES, name: "contact groups", seed: state.seed };
    listing.reply(call, state.contact_groups.len(), state.contact_groups.iter(), ContactGroup::row)
}

/// `POST /contacts/groups`.
pub(in crate::zoom) fn create(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let name = call.text("group_name").ok_or(ZoomError::Parameter("group_name"))?.to_owned();
    let mut members: Vec<Member> = Vec::new();
    if call.body.get("group_members").is_some() {
        for member in requested(state, call)? {
            if !members.contains(&member) {
                members.push(member);
            }
        }
    }
    let group = ContactGroup {
        id: format!("dir.{}", state.new_id("new contact group")),
        name,
        description: call.text("description").unwrap_or_default().to_owned(),
        privacy: call.body.get("group_privacy").and_then(Value::as_u64).unwrap_or(1),
        members,
    };
    let shown = group.shown();
    state.contact_groups.push(group);
    Ok(Reply::json(StatusCode::CREATED, &shown))
}

/// `GET /contacts/groups/{groupId}`.
pub(in crate::zoom) fn get(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    Ok(Reply::json(StatusCode::OK, &found(state, call)?.shown()))
}

/// `PATCH /contacts/groups/{groupId}`.
pub(in crate::zoom) fn update(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let group = found(state, call)?;
    if let Some(name) = call.body.get("name").and_then(Value::as_str) {
        if name.is_empty() {
            return Err(ZoomError::Parameter("name"));
        }
        name.clone_into(&mut group.name);
    }
    if let Some(privacy) = call.body.get("privacy").and_then(Value::as_u64) {
        group.privacy = privacy;
    }
    if let Some(description) = call.body.get("description").and_then(Value::as_str) {
        description.clone_into(&mut group.description);
    }
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// `DELETE /contacts/groups/{groupId}`.
pub(in crate::zoom) fn delete(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let id = found(state, call)?.id.clone();
    state.contact_groups.retain(|group| group.id != id);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// The contact group of the path. The vendor refuses an unknown one as a bad request.
pub(super) fn found<'a>(state: &'a mut State, call: &Call<'_>) -> Result<&'a mut ContactGroup, ZoomError> {
    let id = call.parameter(0)?;
    let group = state.contact_groups.iter_mut().find(|group| group.id == id);
    group.ok_or_else(|| Rule::NotAccepted("A contact group with this id does not exist.").into())
}
