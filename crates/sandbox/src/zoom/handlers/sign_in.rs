//! How a person signs in: e-mail address, password, status and tokens.
//! Must not keep passwords, nor give out tokens that open anything.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::named;
use super::user_create::is_address;
use crate::clock::Timestamp;
use crate::dice::Dice;
use crate::message::Reply;
use crate::zoom::call::Call;
use crate::zoom::errors::ZoomError;
use crate::zoom::passwords;
use crate::zoom::person::{BASIC, Login, Person, Status};
use crate::zoom::rules::Rule;
use crate::zoom::state::State;

const DAY_MS: u64 = 86_400_000;
const EMAIL_CHANGES_A_DAY: usize = 3;
const LONGEST_TTL: u64 = 7_776_000;

/// `PUT /users/{userId}/email`.
pub(in crate::zoom) fn email(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let at = named::position(state, call)?;
    let email = call.text("email").unwrap_or_default().to_lowercase();
    let taken = state.find_person(&email).is_some_and(|other| other != at);
    if !is_address(&email) || taken {
        return Err(ZoomError::Misfit(vec!["email".to_owned()]));
    }
    let person = state.people.get_mut(at).ok_or_else(|| ZoomError::NoSuchUser(email.clone()))?;
    if person.is_admin() {
        return Err(Rule::OtherAdmin.into());
    }
    let changes = &mut person.edits_mut().email_changes;
    changes.retain(|then| then.plus_ms(DAY_MS) > call.now);
    if let Some(first) = changes.first().filter(|_| changes.len() >= EMAIL_CHANGES_A_DAY) {
        return Err(ZoomError::TooOften(first.plus_ms(DAY_MS)));
    }
    changes.push(call.now);
    state.readdress(at, email);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// `PUT /users/{userId}/password`.
pub(in crate::zoom) fn password(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let at = named::position(state, call)?;
    let password = call.text("password").unwrap_or_default();
    let sum = passwords::sum(state.seed, password);
    let rules = state.account.password.clone();
    let person = state.people.get_mut(at).ok_or_else(|| ZoomError::NoSuchUser(String::new()))?;
    if person.is_admin() {
        return Err(Rule::Admin.into());
    }
    if person.login() != Login::WorkEmail {
        return Err(Rule::NotWorkEmail.into());
    }
    passwords::judge(password, &rules)?;
    let former = &mut person.edits_mut().passwords;
    if former.last() == Some(&sum) {
        return Err(Rule::NotAccepted("The new password is the old one.").into());
    }
    if former.iter().rev().take(rules.remembered).any(|other| *other == sum) {
        return Err(Rule::PasswordUsed(rules.remembered).into());
    }
    former.push(sum);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// `PUT /users/{userId}/status`.
pub(in crate::zoom) fn status(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let at = named::position(state, call)?;
    let action = call.text("action").unwrap_or_default();
    let (held, kind) = {
        let (_, person) = state.person(call.parameter(0)?)?;
        if person.is_admin() && matches!(action, "activate" | "deactivate") {
            return Err(Rule::NotAllowed("An administrator cannot be activated or deactivated.").into());
        }
        (person.status, person.kind)
    };
    if action == "activate" && held == Status::Inactive {
        // Of the full account, this operation knows two codes.
        state.refuse_kind(kind).map_err(|full| if kind == BASIC { full } else { Rule::SeatsFull })?;
    }
    let person = state.people.get_mut(at).ok_or_else(|| ZoomError::NoSuchUser(String::new()))?;
    change_status(person, action)?;
    Ok(Reply::empty(StatusCode::OK))
}

/// Who is deactivated loses the licence, and does not get it back with the account.
fn change_status(person: &mut Person, action: &str) -> Result<(), Rule> {
    match (action, person.status) {
        ("activate", Status::Inactive) => person.status = Status::Active,
        ("deactivate", Status::Active) => {
            person.status = Status::Inactive;
            if person.is_licensed() {
                person.kind = BASIC;
            }
        }
        ("activate" | "clock_in" | "clock_out", Status::Active) | ("deactivate", Status::Inactive) => {}
        _ => return Err(Rule::NotAccepted("This is not possible with the person's present status.")),
    }
    Ok(())
}

/// `GET /users/{userId}/token`: of type `token` or `zak`.
pub(in crate::zoom) fn token(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let (_, person) = state.person(call.parameter(0)?)?;
    let kind = call.query("type").unwrap_or("token");
    if kind != "token" && kind != "zak" {
        return Err(ZoomError::Parameter("type"));
    }
    let ttl = call.query("ttl").map_or(Ok(7200), str::parse::<u64>).ok().filter(|ttl| *ttl <= LONGEST_TTL);
    let ttl = ttl.ok_or(ZoomError::Parameter("ttl"))?;
    Ok(shown(state.seed, person, kind, call.now.plus_ms(ttl * 1000)))
}

/// `GET /users/me/zak`: of the owner, in whose name the client speaks, for five minutes.
pub(in crate::zoom) fn zak(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let owner = state.people.first().ok_or(Rule::NobodySpeaks)?;
    Ok(shown(state.seed, owner, "zak", call.now.plus_ms(300_000)))
}

/// `DELETE /users/{userId}/token`: later tokens are others.
pub(in crate::zoom) fn revoke(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let at = named::position(state, call)?;
    if let Some(person) = state.people.get_mut(at) {
        person.edits_mut().revoked += 1;
    }
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

fn shown(seed: u64, person: &Person, kind: &str, ends: Timestamp) -> Reply {
    let revoked = person.edits().map_or(0, |edits| edits.revoked);
    let mut dice = Dice::of(seed ^ revoked, &format!("{kind} {}", person.id), ends.second());
    let text = format!("{}.{}.{}", dice.id(), dice.id(), dice.id());
    Reply::json(StatusCode::OK, &json!({"token": Value::String(text)}))
}
