//! `POST /users`: a new person, in one of four ways.
//! Must not put anybody into a group: the vendor's document has no field for it.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::message::Reply;
use crate::zoom::call::Call;
use crate::zoom::errors::ZoomError;
use crate::zoom::passwords;
use crate::zoom::person::{Login, NONE, Person, Status};
use crate::zoom::rules::Rule;
use crate::zoom::sheet::Sheet;
use crate::zoom::state::State;

const INVITATION_MS: u64 = 30 * 86_400_000;
/// Invitations of a Business account or larger.
const INVITATIONS_A_DAY: u64 = 10_000;
/// What of the body shows in profiles as it was sent.
const FIELDS: [&str; 2] = ["license_info_list", "plan_united_type"];

/// `POST /users`.
pub(in crate::zoom) fn create(state: &mut State, call: &Call<'_>) -> Result<Reply, ZoomError> {
    let action = call.text("action").unwrap_or_default();
    let info = call.body.get("user_info").ok_or_else(|| misfit("user_info"))?;
    let text = |name: &str| info.get(name).and_then(Value::as_str).unwrap_or_default();
    let email = text("email").to_lowercase();
    if !is_address(&email) {
        return Err(misfit("user_info.email"));
    }
    if state.find_person(&email).is_some() {
        return Err(Rule::EmailInUse(email).into());
    }
    state.account.refuse_address(&email)?;
    let kind = info.get("type").and_then(Value::as_u64).and_then(|kind| u8::try_from(kind).ok()).unwrap_or(0);
    refuse_action(state, action, kind)?;
    if action == "autoCreate" && !text("password").is_empty() {
        passwords::judge(text("password"), &state.account.password).map_err(|_| ZoomError::Parameter("password"))?;
    }
    let division = division(state, info)?;
    let plan = info.pointer("/feature/zoom_one_type").filter(|plan| plan.as_u64() != Some(0));
    if plan.is_some() {
        state.refuse_workplace()?;
    }
    let phone = info.pointer("/feature/zoom_phone") == Some(&Value::Bool(true));
    let licences = state.account.phone_licences.checked_sub(usize::from(phone)).ok_or(Rule::NoPhoneLicence)?;
    state.refuse_kind(kind)?;
    count_invitation(state, call, action)?;
    state.account.phone_licences = licences;

    let number = u64::try_from(state.people.len()).unwrap_or(u64::MAX);
    let (status, login) = match action {
        "create" => (Status::Pending, Login::WorkEmail),
        "custCreate" => (Status::Active, Login::Api),
        "ssoCreate" => (Status::Active, Login::SingleSignOn),
        _ => (Status::Active, Login::WorkEmail),
    };
    let mut person = Person::new(number, state.new_id("new person"), email, kind, status);
    person.first_name = text("first_name").to_owned().into();
    person.last_name = text("last_name").to_owned().into();
    person.division = division;
    let edits = person.edits_mut();
    edits.created = Some(call.now);
    edits.login = Some(login);
    edits.picture_removed = true;
    edits.invitation_ends = Some(call.now.plus_ms(INVITATION_MS));
    edits.display_name = Some(text("display_name").to_owned()).filter(|name| !name.is_empty());
    for name in FIELDS {
        if let Some(value) = info.get(name) {
            edits.fields.insert(name.to_owned(), value.clone());
        }
    }
    if let Some(plan) = plan {
        edits.fields.insert("zoom_one_type".to_owned(), plan.clone());
    }
    let answer = json!({
        "id": person.id,
        "email": person.email,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "type": kind,
    });
    let at = state.admit(person);
    state.set_personal(at, Sheet::Settings, &json!({"feature": {"zoom_phone": phone}}));
    Ok(Reply::json(StatusCode::CREATED, &answer))
}

pub(super) fn is_address(text: &str) -> bool {
    let parts = text.split_once('@');
    parts.is_some_and(|(local, domain)| {
        !local.is_empty() && domain.contains('.') && !text.contains(char::is_whitespace) && !domain.contains('@')
    })
}

fn refuse_action(state: &State, action: &str, kind: u8) -> Result<(), Rule> {
    if action == "ssoCreate" {
        if !state.account.single_sign_on {
            return Err(Rule::NoSingleSignOn);
        }
        if !state.account.pre_provision {
            return Err(Rule::NoPreProvision);
        }
    } else if kind == NONE {
        return Err(Rule::WrongKind);
    }
    Ok(())
}

/// The division that is named first, or the main one.
fn division(state: &State, info: &Value) -> Result<u16, ZoomError> {
    match info.pointer("/division_ids/0").and_then(Value::as_str) {
        None => Ok(0),
        Some(id) => state.division(id).map(|division| division.number).map_err(|_| misfit("user_info.division_ids")),
    }
}

fn count_invitation(state: &mut State, call: &Call<'_>, action: &str) -> Result<(), ZoomError> {
    if action != "create" || !call.limits {
        return Ok(());
    }
    let (day, count) = state.invited;
    let count = if day == call.now.day() { count } else { 0 };
    if count >= INVITATIONS_A_DAY {
        return Err(ZoomError::TooOften(call.now.next_day()));
    }
    state.invited = (call.now.day(), count + 1);
    Ok(())
}

fn misfit(field: &str) -> ZoomError {
    ZoomError::Misfit(vec![field.to_owned()])
}
