//! Divisions and who is in them: list, read, create, change, delete, assign.
//! Must not leave anybody without a division: who is in no other is in the main one.

use std::collections::HashMap;

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::listing::Listing;
use super::named;
use crate::message::Reply;
use crate::zoom::call::Call;
use crate::zoom::divisions::DivisionNumber;
use crate::zoom::errors::ZoomError;
use crate::zoom::paging::Sizes;
use crate::zoom::person::{Person, Status};
use crate::zoom::rules::Rule;
use crate::zoom::state::State;

const SIZES: Sizes = Sizes { default: 30, maximum: 300 };
const SHOWS: &[&str] = &["page_size", "total_records"];

/// `GET /divisions`.
pub(in crate::zoom) fn list(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let listing = Listing { rows: "divisions", shows: SHOWS, sizes: SIZES, name: "divisions", seed: state.seed };
    let mut totals = HashMap::<DivisionNumber, usize>::new();
    for person in state.people.iter().filter(|person| person.status != Status::Gone) {
        *totals.entry(person.division).or_default() += 1;
    }
    listing.reply(call, state.divisions.len(), state.divisions.iter(), |division| {
        let mut row = division.shown();
        row["total_members"] = totals.get(&division.number).copied().unwrap_or(0).into();
        row
    })
}

/// `POST /divisions`.
pub(in crate::zoom) fn create(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let wanted = || ZoomError::DivisionMisfit(vec!["division_name".to_owned()]);
    let name = call.text("division_name").ok_or_else(wanted)?;
    let mut shown = state.create_division(name, call.text("division_description").unwrap_or_default())?.shown();
    if let Some(fields) = shown.as_object_mut() {
        fields.remove("is_main_division");
    }
    Ok(Reply::json(StatusCode::CREATED, &shown))
}

/// `GET /divisions/{divisionId}`.
pub(in crate::zoom) fn get(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    Ok(Reply::json(StatusCode::OK, &state.division(call.parameter(0)?)?.shown()))
}

/// `PATCH /divisions/{divisionId}`.
pub(in crate::zoom) fn update(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let id = call.parameter(0)?;
    state.division(id)?;
    let name = call.body.get("division_name").and_then(Value::as_str);
    if let Some(name) = name {
        if name.is_empty() {
            return Err(ZoomError::Parameter("division_name"));
        }
        state.refuse_taken_division(name, Some(id))?;
    }
    let division = state.division_mut(id)?;
    if let Some(name) = name {
        name.clone_into(&mut division.name);
    }
    if let Some(description) = call.body.get("division_description").and_then(Value::as_str) {
        description.clone_into(&mut division.description);
    }
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// `DELETE /divisions/{divisionId}`: an empty one that is not the main one.
pub(in crate::zoom) fn delete(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let division = state.division(call.parameter(0)?)?;
    let number = division.number;
    if division.is_main() {
        return Err(Rule::MainDivision.into());
    }
    if members(state, number).next().is_some() {
        return Err(Rule::DivisionInUse.into());
    }
    state.divisions.retain(|division| division.number != number);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// `GET /divisions/{divisionId}/users`.
pub(in crate::zoom) fn list_users(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let division = state.division(call.parameter(0)?)?;
    let listing = Listing {
        rows: "users",
        shows: SHOWS,
        sizes: SIZES,
        name: &format!("division {}", division.id),
        seed: state.seed,
    };
    let total = members(state, division.number).count();
    listing.reply(
        call,
        total,
        members(state, division.number),
        |person| json!({"user_id": person.id, "user_email": person.email, "user_display_name": person.display_name()}),
    )
}

/// `POST /divisions/{divisionId}/users`: whoever is named leaves the division of before.
pub(in crate::zoom) fn assign(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let number = state.division(call.parameter(0)?)?.number;
    let people = named::people(state, call, "users", ["user_id", "user_email"])?;
    for at in &people {
        if let Some(person) = state.people.get_mut(*at) {
            person.division = number;
        }
    }
    Ok(named::added(state, call, "added_at", &people))
}

fn members(state: &State, division: DivisionNumber) -> impl Iterator<Item = &Person> {
    state.people.iter().filter(move |person| person.division == division && person.status != Status::Gone)
}
