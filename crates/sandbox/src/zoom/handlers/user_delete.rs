//! `DELETE /users/{userId}`: lets a person go or deletes them, and hands over what they had.
//! Must not delete what belongs to others.

use axum::http::StatusCode;

use super::named;
use crate::message::Reply;
use crate::zoom::call::Call;
use crate::zoom::errors::ZoomError;
use crate::zoom::person::Person;
use crate::zoom::rules::Rule;
use crate::zoom::state::State;

const TRANSFERS: [&str; 8] = [
    "transfer_meeting",
    "transfer_webinar",
    "transfer_recording",
    "transfer_whiteboard",
    "transfer_clipfiles",
    "transfer_notes",
    "transfer_visitors",
    "transfer_docs",
];

/// `DELETE /users/{userId}`.
pub(in crate::zoom) fn delete(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let at = named::invited(state, call)?;
    let disassociate = match call.query("action").unwrap_or("disassociate") {
        "disassociate" => true,
        "delete" => false,
        _ => return Err(ZoomError::Parameter("action")),
    };
    let target = target(state, call, at)?;
    let (_, person) = state.person(call.parameter(0)?)?;
    if person.is_call_queue_manager() {
        return Err(Rule::CallQueueManager.into());
    }
    if disassociate && state.account.manages(&person.email) {
        return Err(Rule::ManagedDomain.into());
    }
    if disassociate && person.is_admin() {
        return Err(Rule::Admin.into());
    }
    if person.role_id() == "0" {
        return Err(Rule::NotAllowed("The owner of the account cannot be deleted.").into());
    }
    if let Some(target) = target
        && call.query("transfer_meeting") == Some("true")
    {
        hand_over_templates(state, at, target);
    }
    state.dismiss(at);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// Who gets what is handed over; needed when something is.
fn target(state: &State, call: &Call<'_>, at: usize) -> Result<Option<usize>, ZoomError> {
    let mut wanted = None;
    for name in TRANSFERS {
        match call.query(name) {
            None | Some("" | "false") => {}
            Some("true") => wanted = Some(name),
            Some(_) => return Err(ZoomError::Parameter(name)),
        }
    }
    let Some(email) = call.query("transfer_email").filter(|email| !email.is_empty()) else {
        return if wanted.is_some() { Err(ZoomError::Parameter("transfer_email")) } else { Ok(None) };
    };
    let (target, person) = state.person(email)?;
    if target == at {
        return Err(Rule::NotAccepted("Nobody can hand over to themselves.").into());
    }
    if call.query("transfer_webinar") == Some("true") && !person.is_licensed() {
        return Err(Rule::NotAccepted("Webinars can be handed over to licensed people only.").into());
    }
    Ok(Some(target))
}

fn hand_over_templates(state: &mut State, from: usize, to: usize) {
    let edits = state.people.get(from).and_then(Person::edits);
    let mut owners = edits.map(|edits| edits.inherited_from.clone()).unwrap_or_default();
    owners.push(from);
    if let Some(person) = state.people.get_mut(to) {
        person.edits_mut().inherited_from.extend(owners);
    }
}
