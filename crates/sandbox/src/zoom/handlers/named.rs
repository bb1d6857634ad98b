//! People whom a body names by id or e-mail address, and the answer to their being added.
//! Must not add anybody.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::message::Reply;
use crate::zoom::call::Call;
use crate::zoom::errors::ZoomError;
use crate::zoom::state::State;

/// The entries of a list in the body; at least one is wanted.
pub(super) fn entries<'a>(call: &'a Call<'_>, list: &'static str) -> Result<&'a [Value], ZoomError> {
    let entries = call.body.get(list).and_then(Value::as_array).filter(|entries| !entries.is_empty());
    entries.map(Vec::as_slice).ok_or_else(|| ZoomError::Misfit(vec![list.to_owned()]))
}

/// The person whom an entry names; `id` goes before `email`.
pub(super) fn person(state: &State, entry: &Value, [id, email]: [&str; 2]) -> Option<usize> {
    let text = |name: &str| entry.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    state.find_person(text(id).or_else(|| text(email))?)
}

/// The people whom a list names; strangers are passed over, as the vendor does.
pub(super) fn people(
    state: &State,
    call: &Call<'_>,
    list: &'static str,
    names: [&str; 2],
) -> Result<Vec<usize>, ZoomError> {
    Ok(entries(call, list)?.iter().filter_map(|entry| person(state, entry, names)).collect())
}

/// Says who was added, and when, under the operation's own name for that.
pub(super) fn added(state: &State, call: &Call<'_>, when: &str, added: &[usize]) -> Reply {
    let ids: Vec<&str> = added.iter().filter_map(|at| state.people.get(*at)).map(|one| one.id.as_str()).collect();
    Reply::json(StatusCode::CREATED, &json!({when: call.now.to_string(), "ids": ids.join(",")}))
}

/// The person of the path whose invitation, if it is still one, has not ended.
pub(super) fn invited(state: &State, call: &Call<'_>) -> Result<usize, ZoomError> {
    let (at, person) = state.person(call.parameter(0)?)?;
    if person.invitation_ended(call.now) {
        return Err(crate::zoom::rules::Rule::InvitationEnded.into());
    }
    Ok(at)
}

/// The position of the path's person.
pub(super) fn position(state: &State, call: &Call<'_>) -> Result<usize, ZoomError> {
    Ok(state.person(call.parameter(0)?)?.0)
}
