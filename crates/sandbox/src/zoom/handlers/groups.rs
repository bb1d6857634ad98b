//! Groups themselves: list, read, create, rename, delete.
//! Must not touch members, administrators or settings: they have their own files.

use axum::http::StatusCode;
use serde_json::Value;

use super::listing::Listing;
use crate::message::Reply;
use crate::zoom::call::Call;
use crate::zoom::errors::ZoomError;
use crate::zoom::paging::Sizes;
use crate::zoom::state::{Group, State};

const SIZES: Sizes = Sizes { default: 300, maximum: 300 };

/// `GET /groups`.
pub(in crate::zoom) fn list(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let listing = Listing { rows: "groups", shows: &["total_records"], sizes: SIZES, name: "groups", seed: state.seed };
    listing.reply(call, state.groups.len(), state.groups.iter(), Group::row)
}

/// `POST /groups`.
pub(in crate::zoom) fn create(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let row = state.create_group(name(call)?)?;
    Ok(Reply::json(StatusCode::CREATED, &row))
}

/// `GET /groups/{groupId}`.
pub(in crate::zoom) fn get(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    state.refuse_foreign(call.parameter(0)?)?;
    Ok(Reply::json(StatusCode::OK, &state.group(call.parameter(0)?)?.row()))
}

/// `PATCH /groups/{groupId}`.
pub(in crate::zoom) fn rename(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    state.rename_group(call.parameter(0)?, name(call)?)?;
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// `DELETE /groups/{groupId}`: its members lose it, and with it its settings.
pub(in crate::zoom) fn delete(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    state.delete_group(call.parameter(0)?)?;
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

fn name<'a>(call: &'a Call<'_>) -> Result<&'a str, ZoomError> {
    let name = call.body.get("name").and_then(Value::as_str).map(str::trim);
    name.filter(|name| !name.is_empty()).ok_or(ZoomError::Parameter("name"))
}
