//! People as they are read: the list with its filters, one profile, the counts, and whether a name is taken.
//! Must not change anybody: each way of changing has a file of its own.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::listing::Listing;
use super::named;
use crate::message::Reply;
use crate::zoom::call::Call;
use crate::zoom::errors::ZoomError;
use crate::zoom::paging::Sizes;
use crate::zoom::person::{BASIC, LICENSED, Person, Status};
use crate::zoom::rules::Rule;
use crate::zoom::state::State;

const SIZES: Sizes = Sizes { default: 30, maximum: 2000 };
/// What `license` may be.
const LICENCES: [&str; 2] = ["zoom_workforce_management", "zoom_compliance_management"];

/// `GET /users`: of one status (active unless another is asked for), of one role and with one licence if asked for.
pub(in crate::zoom) fn list(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let status = Status::from_name(call.query("status").unwrap_or("active")).ok_or(ZoomError::Parameter("status"))?;
    let role = call.query("role_id");
    let license = call.query("license").filter(|license| !license.is_empty());
    if license.is_some_and(|license| !LICENCES.contains(&license)) {
        return Err(ZoomError::Parameter("license"));
    }
    let fits = |person: &&Person| {
        person.status == status
            && role.is_none_or(|role| role == person.role_id())
            && license.is_none_or(|license| person.has_feature(license))
    };
    let include: Vec<&str> = call.query("include_fields").unwrap_or_default().split(',').map(str::trim).collect();
    let listing = Listing {
        rows: "users",
        shows: &["page_count", "page_number", "page_size", "total_records"],
        sizes: SIZES,
        name: &format!("users {} {} {}", status.name(), role.unwrap_or("*"), license.unwrap_or("*")),
        seed: state.seed,
    };
    let total = state.people.iter().filter(fits).count();
    listing.reply(call, total, state.people.iter().filter(fits), |person| {
        person.row(state.seed, &state.place(person), &include)
    })
}

/// `GET /users/{userId}`: by id, e-mail address or, with `search_by_unique_id=true`, employee id.
pub(in crate::zoom) fn get(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let wanted = call.parameter(0)?;
    let person = if call.query("search_by_unique_id") == Some("true") {
        let found = state.people.get(Person::position_of(wanted).unwrap_or(usize::MAX));
        let there = found.filter(|person| person.status != Status::Gone && person.employee_id() == wanted);
        there.ok_or_else(|| ZoomError::NoSuchUser(wanted.to_owned()))?
    } else {
        state.person(wanted)?.1
    };
    if person.invitation_ended(call.now) {
        return Err(Rule::InvitationEnded.into());
    }
    Ok(Reply::json(StatusCode::OK, &person.profile(state.seed, &state.place(person))))
}

/// `GET /users/summary`: those who wait for their activation are counted apart.
#[expect(clippy::unnecessary_wraps, reason = "a handler may refuse, and this one has nothing to refuse")]
pub(in crate::zoom) fn summary(state: &mut State, _: &Call<'_>) -> Result<Reply, ZoomError> {
    let (mut basic, mut licensed, mut unlicensed, mut pending) = (0_u64, 0_u64, 0_u64, 0_u64);
    for person in &state.people {
        match (person.status, person.kind) {
            (Status::Gone, _) => {}
            (Status::Pending, _) => pending += 1,
            (_, BASIC) => basic += 1,
            (_, LICENSED) => licensed += 1,
            _ => unlicensed += 1,
        }
    }
    Ok(Reply::json(
        StatusCode::OK,
        &json!({
            "licensed_users_count": licensed,
            "basic_users_count": basic,
            "on_prem_users_count": 0,
            "room_users_count": 0,
            "pending_users_count": pending,
            "join_only_users_count": unlicensed,
            "total_users_count": licensed + basic + unlicensed,
        }),
    ))
}

/// `GET /users/email`: whether somebody of the account has an address.
pub(in crate::zoom) fn email(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let email = call.query("email").filter(|email| !email.is_empty()).ok_or(ZoomError::Parameter("email"))?;
    let known = email.contains('@') && state.find_person(email).is_some();
    Ok(Reply::json(StatusCode::OK, &json!({"existed_email": known})))
}

/// `GET /users/vanity_name`: whether somebody has a personal link name.
pub(in crate::zoom) fn vanity_name(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let name = call.query("vanity_name").filter(|name| !name.is_empty());
    let name = name.ok_or(ZoomError::Parameter("vanity_name"))?;
    Ok(Reply::json(StatusCode::OK, &json!({"existed": state.holder_of_vanity(name).is_some()})))
}

/// `GET /users/{userId}/permissions`: by role, each role what the one below it may and more.
pub(in crate::zoom) fn permissions(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    const MEMBER: [&str; 3] = ["Meeting:Edit", "PersonalContacts:Edit", "Recording:Read"];
    const ADMIN: [&str; 5] = ["AccountSetting:Edit", "Group:Edit", "Role:Read", "User:Edit", "User:Read"];
    const OWNER: [&str; 3] = ["Account:Edit", "Branding:Edit", "Role:Edit"];
    let role = state.person(call.parameter(0)?)?.1.role_id();
    let mut permissions: Vec<&str> = MEMBER.to_vec();
    if role != "2" {
        permissions.extend(ADMIN);
    }
    if role == "0" {
        permissions.extend(OWNER);
    }
    Ok(Reply::json(StatusCode::OK, &json!({"permissions": permissions})))
}

/// `GET /users/{userId}/meeting_summary_templates`: the same for everybody.
pub(in crate::zoom) fn summary_templates(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    const TEMPLATES: [(&str, &str, &str); 4] = [
        ("9a4c1f20", "General", "What was said, what was decided, what comes next"),
        ("3be07d51", "Ward round", "One paragraph for each patient's number, with open tasks"),
        ("c17f88e2", "Seminar", "Questions, answers and the reading list"),
        ("60d2b9a3", "Committee", "Motions and votes, without names"),
    ];
    named::position(state, call)?;
    let list: Vec<Value> = TEMPLATES
        .iter()
        .map(|(id, name, description)| {
            json!({"meeting_summary_template_id": id, "name": name, "description": description})
        })
        .collect();
    Ok(Reply::json(StatusCode::OK, &Value::Array(list)))
}
