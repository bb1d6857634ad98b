//! Who is in a contact group: list, add, remove. Members are people and whole user groups.
//! Must not pass over strangers: unlike for user groups, the vendor refuses them.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::contact_groups::{SIZES, found};
use super::listing::Listing;
use super::named;
use crate::message::Reply;
use crate::zoom::call::Call;
use crate::zoom::contact_groups::Member;
use crate::zoom::errors::ZoomError;
use crate::zoom::rules::Rule;
use crate::zoom::state::State;

const MAXIMUM_PEOPLE: usize = 50;
const MAXIMUM_GROUPS: usize = 3;
const MAXIMUM_REMOVED: usize = 20;

/// `GET /contacts/groups/{groupId}/members`.
pub(in crate::zoom) fn list(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let group = found(state, call)?;
    let (name, members) = (format!("contacts {}", group.id), group.members.clone());
    let listing = Listing { rows: "group_members", shows: &["page_size"], sizes: SIZES, name: &name, seed: state.seed };
    let contacts = members.iter().filter_map(|member| state.contact(*member));
    listing.reply(call, members.len(), contacts, |(kind, id, name)| json!({"type": kind, "id": id, "name": name}))
}

/// `POST /contacts/groups/{groupId}/members`.
pub(in crate::zoom) fn add(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    found(state, call)?;
    let requested = requested(state, call)?;
    let group = found(state, call)?;
    let mut added = Vec::new();
    for member in requested {
        if !group.members.contains(&member) {
            group.members.push(member);
            added.push(member);
        }
    }
    let ids: Vec<&str> = added.iter().filter_map(|member| Some(state.contact(*member)?.1)).collect();
    Ok(Reply::json(StatusCode::CREATED, &json!({"member_ids": ids})))
}

/// `DELETE /contacts/groups/{groupId}/members`: those in `member_ids`, at most twenty, and not all.
pub(in crate::zoom) fn remove(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let members = found(state, call)?.members.clone();
    let ids: Vec<&str> = call.query("member_ids").unwrap_or_default().split(',').map(str::trim).collect();
    if ids.iter().any(|id| id.is_empty()) {
        return Err(ZoomError::Parameter("member_ids"));
    }
    if ids.len() > MAXIMUM_REMOVED {
        return Err(Rule::NotAccepted("At most 20 members can be removed in one request.").into());
    }
    let is = |member: &Member, id: &str| state.contact(*member).is_some_and(|(_, known, _)| known == id);
    if ids.iter().any(|id| !members.iter().any(|member| is(member, id))) {
        return Err(Rule::NotAccepted("A member with this id does not exist.").into());
    }
    let left: Vec<Member> = members.iter().copied().filter(|member| !ids.iter().any(|id| is(member, id))).collect();
    if left.is_empty() {
        return Err(Rule::NotAccepted("A contact group keeps at least one member.").into());
    }
    found(state, call)?.members = left;
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// The members that a body names, within the limits of one request.
pub(super) fn requested(state: &State, call: &Call<'_>) -> Result<Vec<Member>, ZoomError> {
    let entries = named::entries(call, "group_members")?;
    let of_kind =
        |kind: u64| entries.iter().filter(move |entry| entry.get("type").and_then(Value::as_u64) == Some(kind));
    if of_kind(1).count() > MAXIMUM_PEOPLE {
        return Err(Rule::NotAccepted("At most 50 people can be added in one request.").into());
    }
    if of_kind(2).count() > MAXIMUM_GROUPS {
        return Err(Rule::NotAccepted("At most 3 groups can be added in one request.").into());
    }
    let member = |(index, entry): (usize, &Value)| {
        let id = entry.get("id").and_then(Value::as_str).unwrap_or_default();
        let found = match entry.get("type").and_then(Value::as_u64) {
            Some(1) => state.find_person(id).map(Member::Person),
            Some(2) => state.find_group(id).map(|group| Member::Group(group.number)),
            _ => return Err(ZoomError::Misfit(vec![format!("group_members[{index}].type")])),
        };
        found.ok_or_else(|| ZoomError::Misfit(vec![format!("group_members[{index}].id")]))
    };
    entries.iter().enumerate().map(member).collect()
}
