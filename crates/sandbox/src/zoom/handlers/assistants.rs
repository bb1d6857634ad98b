//! Who schedules for a person (assistants), and for whom a person schedules (schedulers).
//! Must not keep two lists: it is one relation.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::named;
use crate::message::Reply;
use crate::zoom::call::Call;
use crate::zoom::errors::ZoomError;
use crate::zoom::person::Person;
use crate::zoom::rules::Rule;
use crate::zoom::state::State;

const MAXIMUM: usize = 30;

/// `GET /users/{userId}/assistants`.
pub(in crate::zoom) fn list(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let host = named::position(state, call)?;
    let pairs = state.scheduling.assistants(host).filter_map(|(at, private)| Some((state.people.get(at)?, private)));
    let rows: Vec<Value> = pairs
        .map(|(person, private)| {
            json!({"id": person.id, "email": person.email, "can_manage_host_private_event": private})
        })
        .collect();
    Ok(Reply::json(StatusCode::OK, &json!({"assistants": rows})))
}

/// `POST /users/{userId}/assistants`: all who are named, or nobody.
pub(in crate::zoom) fn add(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let host = named::position(state, call)?;
    let mut chosen = Vec::new();
    for entry in named::entries(call, "assistants")? {
        let found = named::person(state, entry, ["id", "email"]);
        let at = found.ok_or(Rule::NotAllowed("An assistant was not found."))?;
        refuse(state, host, at)?;
        chosen.push((at, entry.get("can_manage_host_private_event") == Some(&Value::Bool(true))));
    }
    if state.scheduling.assistants(host).count() + chosen.len() > MAXIMUM {
        return Err(Rule::NotAllowed("There are at most 30 assistants.").into());
    }
    for (at, private) in &chosen {
        state.scheduling.add(host, *at, *private);
    }
    let added: Vec<usize> = chosen.into_iter().map(|(at, _)| at).collect();
    Ok(named::added(state, call, "add_at", &added))
}

/// `DELETE /users/{userId}/assistants`.
pub(in crate::zoom) fn remove_all(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let host = named::position(state, call)?;
    state.scheduling.remove_host(host);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// `DELETE /users/{userId}/assistants/{assistantId}`.
pub(in crate::zoom) fn remove(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let host = named::position(state, call)?;
    end(state, call, |other| (host, other))
}

/// `GET /users/{userId}/schedulers`.
pub(in crate::zoom) fn list_hosts(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let assistant = named::position(state, call)?;
    let hosts = state.scheduling.hosts(assistant).filter_map(|host| state.people.get(host));
    let rows: Vec<Value> = hosts
        .take(MAXIMUM)
        .map(|person| json!({"id": person.id, "email": person.email, "pmi": person.pmi(state.seed)}))
        .collect();
    Ok(Reply::json(StatusCode::OK, &json!({"schedulers": rows})))
}

/// `DELETE /users/{userId}/schedulers`.
pub(in crate::zoom) fn remove_all_hosts(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let assistant = named::position(state, call)?;
    state.scheduling.remove_assistant(assistant);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// `DELETE /users/{userId}/schedulers/{schedulerId}`.
pub(in crate::zoom) fn remove_host(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let assistant = named::position(state, call)?;
    end(state, call, |other| (other, assistant))
}

/// Ends one pair; the second parameter of the path is the other end.
fn end(state: &mut State, call: &Call<'_>, pair: impl Fn(usize) -> (usize, usize)) -> Result<Reply, ZoomError> {
    let other = call.parameter(1)?;
    let (host, assistant) = pair(state.person(other)?.0);
    if state.scheduling.remove(host, assistant) {
        Ok(Reply::empty(StatusCode::NO_CONTENT))
    } else {
        Err(ZoomError::NoSuchUser(other.to_owned()))
    }
}

fn refuse(state: &State, host: usize, assistant: usize) -> Result<(), Rule> {
    let licensed = |at: usize| state.people.get(at).is_some_and(Person::is_licensed);
    if host == assistant {
        return Err(Rule::NotAllowed("Nobody is their own assistant."));
    }
    if !licensed(host) || !licensed(assistant) {
        return Err(Rule::NotAllowed("Both have to be licensed."));
    }
    if state.scheduling.has(host, assistant) {
        return Err(Rule::NotAllowed("This person is an assistant already."));
    }
    Ok(())
}
