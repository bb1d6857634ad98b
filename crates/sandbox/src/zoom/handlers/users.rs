//! People: the list with its filters, and one profile.
//! Must not change anybody: writing users is not emulated yet.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::message::Reply;
use crate::zoom::call::Call;
use crate::zoom::errors::ZoomError;
use crate::zoom::paging::{Page, Sizes};
use crate::zoom::person::{Person, Status};
use crate::zoom::state::State;

const SIZES: Sizes = Sizes { default: 30, maximum: 2000 };

/// `GET /users`: of one status (active unless another is asked for), and of one role if asked for.
pub(in crate::zoom) fn list(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let status = Status::from_name(call.query("status").unwrap_or("active")).ok_or(ZoomError::Parameter("status"))?;
    let role = call.query("role_id");
    let list = format!("users {} {}", status.name(), role.unwrap_or("*"));
    let page = Page::asked(call, &list, state.seed, &SIZES)?;
    let fits = |person: &&Person| person.status == status && role.is_none_or(|role| role == person.role_id());
    let total = state.people.iter().filter(fits).count();
    let include: Vec<&str> = call.query("include_fields").unwrap_or_default().split(',').map(str::trim).collect();
    let rows = state.people.iter().filter(fits).skip(page.start).take(page.size);
    let users: Vec<Value> = rows.map(|person| person.row(state.seed, &state.group_ids(person), &include)).collect();
    Ok(Reply::json(
        StatusCode::OK,
        &json!({
            "next_page_token": page.next_token(total, &list, state.seed, call.now),
            "page_count": page.count(total),
            "page_number": page.number(),
            "page_size": page.size,
            "total_records": total,
            "users": users,
        }),
    ))
}

/// `GET /users/{userId}`: by id, e-mail address or, with `search_by_unique_id=true`, employee id.
pub(in crate::zoom) fn get(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let wanted = call.parameter(0)?;
    let person = if call.query("search_by_unique_id") == Some("true") {
        let found = state.people.iter().find(|person| person.employee_id() == wanted);
        found.ok_or_else(|| ZoomError::NoSuchUser(wanted.to_owned()))?
    } else {
        state.person(wanted)?.1
    };
    Ok(Reply::json(StatusCode::OK, &person.profile(state.seed, &state.group_ids(person))))
}
