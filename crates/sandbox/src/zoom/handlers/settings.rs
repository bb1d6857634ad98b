//! A group's settings, locks and registration settings, in all their variants.
//! Must not judge bodies by shape: that was done. Here they take effect, with what follows from them.

use axum::http::StatusCode;
use serde_json::Value;

use super::authentication;
use crate::merge::{effective, leaves, merge, nested};
use crate::message::Reply;
use crate::zoom::call::Call;
use crate::zoom::errors::ZoomError;
use crate::zoom::sheet::{Holder, Sheet};
use crate::zoom::side_effects;
use crate::zoom::state::State;

/// `GET /groups/{groupId}/settings`.
pub(in crate::zoom) fn get(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    read(state, call, settings(call)?)
}

/// `PATCH /groups/{groupId}/settings`.
pub(in crate::zoom) fn update(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    write(state, call, settings(call)?)
}

/// `GET /groups/{groupId}/lock_settings`.
pub(in crate::zoom) fn get_locks(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    read(state, call, locks(call)?)
}

/// `PATCH /groups/{groupId}/lock_settings`.
pub(in crate::zoom) fn update_locks(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    write(state, call, locks(call)?)
}

/// `GET /groups/{groupId}/settings/registration`.
pub(in crate::zoom) fn get_registration(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    read(state, call, registration(call)?)
}

/// `PATCH /groups/{groupId}/settings/registration`.
pub(in crate::zoom) fn update_registration(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    write(state, call, registration(call)?)
}

fn settings(call: &Call<'_>) -> Result<Sheet, ZoomError> {
    Sheet::of_settings(call.query("option")).ok_or(ZoomError::Parameter("option"))
}

fn locks(call: &Call<'_>) -> Result<Sheet, ZoomError> {
    Sheet::of_locks(call.query("option")).ok_or(ZoomError::Parameter("option"))
}

fn registration(call: &Call<'_>) -> Result<Sheet, ZoomError> {
    Sheet::of_registration(call.query("type")).ok_or(ZoomError::Parameter("type"))
}

fn read(state: &mut State, call: &Call<'_>, sheet: Sheet) -> Result<Reply, ZoomError> {
    Ok(Reply::json(StatusCode::OK, state.sheet(call.shapes, call.parameter(0)?, sheet)?))
}

fn write(state: &mut State, call: &Call<'_>, sheet: Sheet) -> Result<Reply, ZoomError> {
    let group = call.parameter(0)?;
    let held = state.sheet(call.shapes, group, sheet)?;
    let mut patch =
        effective(&call.body, call.shapes.write(Holder::Group, sheet), call.shapes.read(Holder::Group, sheet));
    complete_policies(&mut patch, held)?;
    if let Some(change) = call.body.get("authentication_option") {
        authentication::update(held, change)?;
    }
    merge(held, &patch);
    for (sheet, pointer, value) in side_effects::following(sheet, &leaves(&patch)) {
        merge(state.sheet(call.shapes, group, sheet)?, &nested(pointer, value));
    }
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// Chat etiquette policies are written as id and status and read in full: what is held is found by its id.
pub(super) fn complete_policies(patch: &mut Value, held: &Value) -> Result<(), ZoomError> {
    for place in ["/chat/chat_etiquette_tool/policies", "/meeting_security/chat_etiquette_tool/policies"] {
        let Some(Value::Array(sent)) = patch.pointer_mut(place) else {
            continue;
        };
        let mut policies = held.pointer(place).and_then(Value::as_array).cloned().unwrap_or_default();
        for (index, change) in sent.iter().enumerate() {
            let known = policies.iter_mut().find(|policy| policy.get("id") == change.get("id"));
            let unknown = || ZoomError::Misfit(vec![format!("{}[{index}].id", place[1..].replace('/', "."))]);
            let policy = known.filter(|policy| policy.get("id").is_some()).ok_or_else(unknown)?;
            if let Some(status) = change.get("status") {
                policy["status"] = status.clone();
            }
        }
        *sent = policies;
    }
    Ok(())
}
