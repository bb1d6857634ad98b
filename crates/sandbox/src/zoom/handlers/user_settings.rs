//! A person's settings in all their variants.
//! Must not refuse what a lock forbids: the vendor answers that it was done, and leaves it as it was.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::named;
use super::settings::complete_policies;
use super::{authentication, licences};
use crate::merge::effective;
use crate::message::Reply;
use crate::zoom::call::Call;
use crate::zoom::errors::ZoomError;
use crate::zoom::sheet::{Holder, Sheet};
use crate::zoom::state::State;

/// `GET /users/{userId}/settings`.
pub(in crate::zoom) fn get(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let at = named::invited(state, call)?;
    let shown = if call.query("option") == Some("authentication_options") {
        let meetings = state.personal(call.shapes, at, Sheet::MeetingAuthentication);
        let recordings = state.personal(call.shapes, at, Sheet::RecordingAuthentication);
        json!({
            "authentication_options": {"meeting_authentication": meetings, "recording_authentication": recordings},
        })
    } else {
        let sheet = Sheet::of_settings(call.query("option")).ok_or(ZoomError::Parameter("option"))?;
        state.personal(call.shapes, at, sheet)
    };
    Ok(Reply::json(StatusCode::OK, &shown))
}

/// `PATCH /users/{userId}/settings`.
pub(in crate::zoom) fn update(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let at = named::invited(state, call)?;
    let sheet = Sheet::of_settings(call.query("option")).ok_or(ZoomError::Parameter("option"))?;
    if let Some(wanted) = call.body.get("feature") {
        licences::judge(state, at, wanted)?;
    }
    judge_passcode(&call.body)?;
    let mut held = state.personal(call.shapes, at, sheet);
    let (write, read) = (call.shapes.write(Holder::Person, sheet), call.shapes.read(Holder::Person, sheet));
    let mut patch = effective(&call.body, write, read);
    complete_policies(&mut patch, &held)?;
    if let Some(change) = call.body.get("authentication_option") {
        authentication::update(&mut held, change)?;
        patch["authentication_options"] = held.get("authentication_options").cloned().unwrap_or(Value::Null);
    }
    state.change_personal(call.shapes, at, sheet, &patch);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// The passcode of the personal meeting: ten characters at most, letters, digits and few signs.
fn judge_passcode(body: &Value) -> Result<(), ZoomError> {
    const SIGNS: &str = "@*_-";
    let passcode = body.pointer("/schedule_meeting/pmi_password").and_then(Value::as_str).unwrap_or_default();
    let fits = passcode.chars().all(|sign| sign.is_ascii_alphanumeric() || SIGNS.contains(sign));
    let misfit = || ZoomError::Misfit(vec!["schedule_meeting.pmi_password".to_owned()]);
    if fits && passcode.len() <= 10 { Ok(()) } else { Err(misfit()) }
}
