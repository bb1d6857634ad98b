//! A person's picture: upload and delete. It shows as `pic_url` in the profile.
//! Must not keep the file itself.

use axum::http::StatusCode;
use serde_json::json;

use super::named;
use crate::message::Reply;
use crate::zoom::call::Call;
use crate::zoom::errors::ZoomError;
use crate::zoom::state::State;
use crate::zoom::uploads::{Intake, Kind};

const INTAKE: Intake = Intake { part: "pic_file", megabytes: 2, kinds: &[Kind::Jpeg, Kind::Png] };

/// `POST /users/{userId}/picture`.
pub(in crate::zoom) fn upload(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let at = named::position(state, call)?;
    if !call.parts.iter().any(|part| part.name == INTAKE.part) {
        return Err(ZoomError::Misfit(vec![INTAKE.part.to_owned()]));
    }
    INTAKE.files(call.parts)?;
    let id = state.new_id("new picture");
    if let Some(person) = state.people.get_mut(at) {
        person.edits_mut().picture = Some(id);
    }
    Ok(Reply::json(StatusCode::CREATED, &json!({})))
}

/// `DELETE /users/{userId}/picture`.
pub(in crate::zoom) fn delete(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let at = named::position(state, call)?;
    if let Some(person) = state.people.get_mut(at) {
        let edits = person.edits_mut();
        edits.picture = None;
        edits.picture_removed = true;
    }
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}
