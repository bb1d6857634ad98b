//! `PATCH /users/{userId}`: the profile.
//! Must not change addresses, passwords and statuses: they have operations of their own.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::named;
use crate::message::Reply;
use crate::zoom::call::Call;
use crate::zoom::divisions::DivisionNumber;
use crate::zoom::errors::ZoomError;
use crate::zoom::person::{LICENSED, NONE, Person, UNLICENSED};
use crate::zoom::rules::Rule;
use crate::zoom::sheet::Sheet;
use crate::zoom::state::State;

/// What is read in a profile as it was written.
const FIELDS: [&str; 17] = [
    "cms_user_id",
    "company",
    "cost_center",
    "job_title",
    "language",
    "license_info_list",
    "location",
    "manager",
    "phone_country",
    "phone_number",
    "phone_numbers",
    "plan_united_type",
    "pmi",
    "pronouns",
    "pronouns_option",
    "timezone",
    "use_pmi",
];

/// `PATCH /users/{userId}`: all of it or, when something is refused, nothing.
pub(in crate::zoom) fn update(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let at = named::invited(state, call)?;
    let kind = kind(state, at, &call.body)?;
    judge_texts(call)?;
    judge_plan(state, call)?;
    judge_vanity(state, at, kind, call)?;
    judge_pmi(state, at, kind, call)?;
    let division = division(state, call)?;
    let group = group(state, call)?;

    if let Some(id) = group {
        state.join(at, &id)?;
    }
    if let Some(phone) = call.body.pointer("/feature/zoom_phone") {
        state.set_personal(at, Sheet::Settings, &json!({"feature": {"zoom_phone": phone}}));
    }
    if let Some(person) = state.people.get_mut(at) {
        person.kind = kind;
        person.division = division.unwrap_or(person.division);
        write(person, call);
    }
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

fn write(person: &mut Person, call: &Call<'_>) {
    let text = |name: &str| call.body.get(name).and_then(Value::as_str).map(str::to_owned);
    let names = [("first_name", &mut person.first_name), ("last_name", &mut person.last_name)];
    for (name, held) in names.into_iter().chain([("dept", &mut person.department)]) {
        if let Some(sent) = text(name) {
            *held = sent.into();
        }
    }
    let attributes = call.body.get("custom_attributes").map(|sent| attributes(&person.custom_attributes(), sent));
    let edits = person.edits_mut();
    if let Some(sent) = text("display_name") {
        // An empty one falls back on the names.
        edits.display_name = Some(sent).filter(|name| !name.is_empty());
    }
    edits.host_key = text("host_key").or(edits.host_key.take());
    edits.vanity_name = text("vanity_name").or(edits.vanity_name.take()).filter(|name| !name.is_empty());
    let sent: Map<String, Value> = FIELDS
        .iter()
        .chain(&["zoom_one_type"])
        .filter_map(|name| Some(((*name).to_owned(), call.body.get(*name)?.clone())))
        .collect();
    edits.fields.extend(sent);
    edits.fields.extend(attributes.map(|list| ("custom_attributes".to_owned(), list)));
    // Taken off again, not called "none".
    edits.fields.retain(|name, value| name != "plan_united_type" || value != "none");
}

/// Attributes are known by their key; those that were not sent stay.
fn attributes(held: &Value, sent: &Value) -> Value {
    let mut list = held.as_array().cloned().unwrap_or_default();
    for attribute in sent.as_array().into_iter().flatten() {
        list.retain(|other| other.get("key") != attribute.get("key"));
        list.push(attribute.clone());
    }
    Value::Array(list)
}

/// The user type that the person will have.
fn kind(state: &State, at: usize, body: &Value) -> Result<u8, ZoomError> {
    let held = state.people.get(at).map_or(0, |person| person.kind);
    let wanted = body.get("type").and_then(Value::as_u64).and_then(|kind| u8::try_from(kind).ok()).unwrap_or(held);
    if wanted == held {
        return Ok(held);
    }
    if wanted == NONE {
        return Err(Rule::WrongKind.into());
    }
    state.refuse_kind(wanted)?;
    Ok(wanted)
}

fn judge_texts(call: &Call<'_>) -> Result<(), ZoomError> {
    let text = |name: &str| call.body.get(name).and_then(Value::as_str).unwrap_or_default();
    let about = text("about_me");
    let link = text("linkedin_url");
    let faults = [
        ("about_me", about.contains("://") || about.contains('<')),
        ("linkedin_url", !link.is_empty() && !link.contains("linkedin.com")),
        ("host_key", !text("host_key").bytes().all(|byte| byte.is_ascii_digit())),
    ];
    let fields: Vec<String> =
        faults.into_iter().filter(|(_, faulty)| *faulty).map(|(field, _)| field.to_owned()).collect();
    if fields.is_empty() { Ok(()) } else { Err(ZoomError::Misfit(fields)) }
}

fn judge_plan(state: &State, call: &Call<'_>) -> Result<(), Rule> {
    match call.body.get("zoom_one_type").and_then(Value::as_u64) {
        None => Ok(()),
        Some(0) => state.refuse_way_back(),
        Some(_) => state.refuse_workplace(),
    }
}

fn judge_vanity(state: &State, at: usize, kind: u8, call: &Call<'_>) -> Result<(), Rule> {
    let Some(name) = call.text("vanity_name") else {
        return Ok(());
    };
    if kind != LICENSED {
        return Err(Rule::NotLicensed);
    }
    let holder = state.holder_of_vanity(name);
    if holder.is_some_and(|holder| holder != at) { Err(Rule::VanityTaken) } else { Ok(()) }
}

fn judge_pmi(state: &State, at: usize, kind: u8, call: &Call<'_>) -> Result<(), ZoomError> {
    let Some(pmi) = call.body.get("pmi").and_then(Value::as_u64) else {
        return Ok(());
    };
    if kind == UNLICENSED || kind == NONE {
        return Err(Rule::NotAllowed("A person without meetings has no personal meeting ID.").into());
    }
    let taken = state.people.iter().enumerate().any(|(other, person)| other != at && person.pmi(state.seed) == pmi);
    if taken { Err(ZoomError::Misfit(vec!["pmi".to_owned()])) } else { Ok(()) }
}

fn division(state: &State, call: &Call<'_>) -> Result<Option<DivisionNumber>, ZoomError> {
    let Some(id) = call.body.pointer("/division_ids/0").and_then(Value::as_str) else {
        return Ok(None);
    };
    let found = state.division(id).map_err(|_| ZoomError::Misfit(vec!["division_ids".to_owned()]))?;
    Ok(Some(found.number))
}

fn group(state: &State, call: &Call<'_>) -> Result<Option<String>, ZoomError> {
    let Some(id) = call.text("group_id") else {
        return Ok(None);
    };
    let found = state.find_group(id).ok_or_else(|| ZoomError::Misfit(vec!["group_id".to_owned()]))?;
    Ok(Some(found.id.clone()))
}
