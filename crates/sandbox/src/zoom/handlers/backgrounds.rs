//! Virtual backgrounds of groups and people: upload and delete. They are read with the settings.
//! Must not keep the files themselves.

use axum::http::StatusCode;
use serde_json::Value;

use super::named;
use crate::message::Reply;
use crate::zoom::call::Call;
use crate::zoom::errors::ZoomError;
use crate::zoom::personal::BACKGROUNDS;
use crate::zoom::rules::Rule;
use crate::zoom::sheet::Sheet;
use crate::zoom::state::State;
use crate::zoom::uploads::{Intake, Kind, background};

const MAXIMUM: usize = 10;
const OF_GROUPS: Intake = Intake { part: "file", megabytes: 15, kinds: &[Kind::Jpeg, Kind::Png] };
const OF_PEOPLE: Intake =
    Intake { part: "file", megabytes: 15, kinds: &[Kind::Jpeg, Kind::Png, Kind::Gif, Kind::Video] };

/// `POST /groups/{groupId}/settings/virtual_backgrounds`.
pub(in crate::zoom) fn upload_for_group(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let group = call.parameter(0)?;
    // The document has this code, made for people, for groups here.
    state.group(group).map_err(|_| ZoomError::NoSuchUser(group.to_owned()))?;
    let made = made(state, call, &OF_GROUPS)?;
    keep(files_of_group(state, call)?, &made)
}

/// `DELETE /groups/{groupId}/settings/virtual_backgrounds`.
pub(in crate::zoom) fn delete_of_group(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    state.group(call.parameter(0)?)?;
    drop_files(files_of_group(state, call)?, call)
}

/// `POST /users/{userId}/settings/virtual_backgrounds`.
pub(in crate::zoom) fn upload_for_person(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    named::position(state, call)?;
    let made = made(state, call, &OF_PEOPLE)?;
    keep(files_of_person(state, call)?, &made)
}

/// `DELETE /users/{userId}/settings/virtual_backgrounds`: a person's own, not those of the group.
pub(in crate::zoom) fn delete_of_person(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    drop_files(files_of_person(state, call)?, call)
}

fn files_of_group<'a>(state: &'a mut State, call: &Call<'_>) -> Result<&'a mut Vec<Value>, ZoomError> {
    let sheet = state.sheet(call.shapes, call.parameter(0)?, Sheet::Settings)?;
    let files = sheet.pointer_mut(BACKGROUNDS).and_then(Value::as_array_mut);
    files.ok_or(ZoomError::Parameter("file_ids"))
}

fn files_of_person<'a>(state: &'a mut State, call: &Call<'_>) -> Result<&'a mut Vec<Value>, ZoomError> {
    let at = named::position(state, call)?;
    let person = state.people.get_mut(at).ok_or_else(|| ZoomError::NoSuchUser(String::new()))?;
    Ok(&mut person.edits_mut().backgrounds)
}

/// The uploaded files as they will be shown.
fn made(state: &mut State, call: &Call<'_>, intake: &Intake) -> Result<Vec<Value>, ZoomError> {
    let files = intake.files(call.parts)?;
    Ok(files.into_iter().map(|(part, kind)| background(state.new_id("background"), part, kind)).collect())
}

/// The answer has room for one file: the first.
fn keep(held: &mut Vec<Value>, made: &[Value]) -> Result<Reply, ZoomError> {
    if held.len() + made.len() > MAXIMUM {
        return Err(Rule::File("There are at most 10 backgrounds.").into());
    }
    held.extend_from_slice(made);
    Ok(Reply::json(StatusCode::CREATED, made.first().unwrap_or(&Value::Null)))
}

fn drop_files(held: &mut Vec<Value>, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let ids: Vec<&str> = call.query("file_ids").unwrap_or_default().split(',').map(str::trim).collect();
    let is = |file: &Value, id: &str| file.get("id").and_then(Value::as_str) == Some(id);
    if ids.iter().any(|id| !held.iter().any(|file| is(file, id))) {
        return Err(ZoomError::Parameter("file_ids"));
    }
    held.retain(|file| !ids.iter().any(|id| is(file, id)));
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}
