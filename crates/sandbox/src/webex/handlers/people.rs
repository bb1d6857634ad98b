//! People: the directory with its filters, one person, and whose token it is. Must not change anybody.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::message::Reply;
use crate::webex::call::Call;
use crate::webex::errors::WebexError;
use crate::webex::paging::Page;
use crate::webex::person::Person;
use crate::webex::seed::ADMINISTRATORS;
use crate::webex::state::State;

/// How many ids one request may name.
const IDS: usize = 85;

/// `GET /people`: by ids, by the exact address, by the beginning of the name, or all. Who has no account is not there.
pub(in crate::webex) fn list(state: &mut State, call: &Call<'_>) -> Result<Reply, WebexError> {
    if let Some(ids) = call.query("id") {
        return by_ids(state, ids);
    }
    let email = call.query("email");
    let name = call.query("displayName").map(str::to_lowercase);
    let list = format!("people {} {}", email.unwrap_or("*"), name.as_deref().unwrap_or("*"));
    let page = Page::asked(call, &list, state.seed)?;
    let rows = |people: &mut dyn Iterator<Item = &Person>| -> Vec<Value> {
        people.skip(page.start).take(page.size + 1).map(|person| person.row(state.seed)).collect()
    };
    // An address is looked up: walking through everybody for it would make a long bulk job slow.
    let mut rows = match email {
        Some(email) => {
            let named = |person: &&Person| name.as_deref().is_none_or(|start| begins(person, start));
            rows(&mut state.member(email).ok().map(|(_, person)| person).filter(named).into_iter())
        }
        None => rows(
            &mut state
                .people
                .iter()
                .filter(|person| person.on_webex && name.as_deref().is_none_or(|start| begins(person, start))),
        ),
    };
    let there_is_more = rows.len() > page.size;
    rows.truncate(page.size);
    let reply = Reply::json(StatusCode::OK, &json!({"notFoundIds": null, "items": rows}));
    Ok(page.linked(reply, call, there_is_more))
}

fn by_ids(state: &State, ids: &str) -> Result<Reply, WebexError> {
    let ids: Vec<&str> = ids.split(',').map(str::trim).filter(|id| !id.is_empty()).collect();
    if ids.len() > IDS {
        return Err(WebexError::Parameter("id"));
    }
    let (mut rows, mut missing) = (Vec::new(), Vec::new());
    for id in ids {
        match state.by_id(id) {
            Some(person) => rows.push(person.row(state.seed)),
            None => missing.push(id),
        }
    }
    let missing = if missing.is_empty() { Value::Null } else { json!(missing) };
    Ok(Reply::json(StatusCode::OK, &json!({"notFoundIds": missing, "items": rows})))
}

fn begins(person: &Person, start: &str) -> bool {
    person.display_name().to_lowercase().starts_with(start)
}

/// `GET /people/me`: every token is the first administrator's.
pub(in crate::webex) fn me(state: &mut State, _: &Call<'_>) -> Result<Reply, WebexError> {
    let (_, person) = state.member(ADMINISTRATORS[0])?;
    Ok(Reply::json(StatusCode::OK, &person.row(state.seed)))
}

/// `GET /people/{personId}`.
pub(in crate::webex) fn get(state: &mut State, call: &Call<'_>) -> Result<Reply, WebexError> {
    let id = call.parameter(0);
    let person = state.by_id(id).ok_or_else(|| WebexError::NoSuchPerson(id.to_owned()))?;
    Ok(Reply::json(StatusCode::OK, &person.row(state.seed)))
}
