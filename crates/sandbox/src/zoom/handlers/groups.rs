//! Groups themselves: list, read, create, rename, delete.
//! Must not touch members, administrators or settings: they have their own files.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::message::Reply;
use crate::zoom::call::Call;
use crate::zoom::errors::ZoomError;
use crate::zoom::paging::{Page, Sizes};
use crate::zoom::state::{Group, State};

const SIZES: Sizes = Sizes { default: 300, maximum: 300 };

/// `GET /groups`.
pub(in crate::zoom) fn list(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let page = Page::asked(call, "groups", state.seed, &SIZES)?;
    let rows: Vec<Value> = state.groups.iter().skip(page.start).take(page.size).map(Group::row).collect();
    let total = state.groups.len();
    Ok(Reply::json(
        StatusCode::OK,
        &json!({
            "groups": rows,
            "next_page_token": page.next_token(total, "groups", state.seed, call.now),
            "total_records": total,
        }),
    ))
}

/// `POST /groups`.
pub(in crate::zoom) fn create(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let row = state.create_group(name(call)?)?;
    Ok(Reply::json(StatusCode::CREATED, &row))
}

/// `GET /groups/{groupId}`.
pub(in crate::zoom) fn get(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
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
