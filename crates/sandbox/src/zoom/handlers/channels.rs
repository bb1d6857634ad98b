//! A group's chat channels: read only, made up from the seed.
//! Must not change with the group's members: the vendor's document has no operation for it.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::dice::Dice;
use crate::message::Reply;
use crate::zoom::call::Call;
use crate::zoom::errors::ZoomError;
use crate::zoom::state::State;

const NAMES: [&str; 3] = ["Announcements", "Questions", "Rota"];

/// `GET /groups/{groupId}/channels`.
pub(in crate::zoom) fn list(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let group = state.group(call.parameter(0)?)?;
    let mut dice = Dice::of(state.seed, "channels", u64::from(group.number));
    // A group that was made later has no channels yet.
    let count = if group.pattern == "account" { 0 } else { 1 + dice.index(NAMES.len()) };
    let channels: Vec<Value> = NAMES
        .iter()
        .take(count)
        .map(|name| {
            json!({
                "channel_id": format!("{:016x}{:016x}", dice.throw(), dice.throw()),
                "channel_name": format!("{}: {name}", group.name),
                "member_count": group.members.len(),
            })
        })
        .collect();
    Ok(Reply::json(StatusCode::OK, &json!({"group_id": group.id, "channels": channels})))
}
