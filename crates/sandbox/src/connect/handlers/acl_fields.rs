//! `acl-field-update`, `acl-field-info` and `acl-field-list`: fields that are kept with a meeting's permissions, of which
//! the passcode is the one there is. Must not do half of an update.

use crate::connect::Server;
use crate::connect::call::{self, Call};
use crate::connect::errors::{ConnectError, Subcode};
use crate::connect::listing::select;
use crate::connect::passcode;
use crate::connect::sco::{Kind, Sco};
use crate::connect::state::State;
use crate::connect::xml::{Answer, Element};

const PASSCODE: &str = "meeting-passcode";
const FIELDS: [&str; 3] = ["acl-id", "field-id", "value"];

/// Any number of acl-id, field-id and value: all or none of them.
pub(in crate::connect) fn update<'s>(server: &'s mut Server, call: &Call<'_>) -> Result<Answer<'s>, ConnectError> {
    let who = call.who()?;
    let mut changes: Vec<(u64, &str)> = Vec::new();
    for (id, field, value) in trios(call)? {
        let id = judged(&server.state, who, id, field, value)?;
        if changes.iter().any(|(other, _)| *other == id) {
            return Err(ConnectError::invalid("acl-id", "id", Subcode::Duplicate));
        }
        changes.push((id, value));
    }
    for (id, value) in changes.into_iter().filter(|_| call.effect) {
        if let Some(sco) = server.state.sco_mut(id) {
            sco.passcode = Some(value.to_owned()).filter(|value| !value.is_empty());
        }
    }
    Ok(Answer::default())
}

/// The n-th of each belong together. A value may be empty, but it has to be there.
fn trios<'a>(call: &'a Call<'_>) -> Result<Vec<(&'a str, &'a str, &'a str)>, ConnectError> {
    let [ids, fields, values] = FIELDS.map(|name| call.parameters.all(name));
    let length = ids.len().max(fields.len()).max(values.len()).max(1);
    let kinds = [("acl-id", "id", &ids), ("field-id", "string", &fields), ("value", "string", &values)];
    for (name, kind, list) in kinds {
        if list.len() < length || (name != "value" && list.contains(&"")) {
            return Err(ConnectError::invalid(name, kind, Subcode::Missing));
        }
    }
    Ok(ids.into_iter().zip(fields).zip(values).map(|((id, field), value)| (id, field, value)).collect())
}

/// The id of a meeting whose field may be changed so.
fn judged(state: &State, who: usize, id: &str, field: &str, value: &str) -> Result<u64, ConnectError> {
    let id = call::id("acl-id", id)?;
    let sco = state.sco(id).filter(|sco| state.may_manage(who, sco)).ok_or_else(ConnectError::denied)?;
    refuse_other_fields(field)?;
    if sco.kind != Kind::Meeting {
        return Err(ConnectError::invalid("acl-id", "id", Subcode::IllegalOperation));
    }
    if !passcode::is_allowed(value) {
        return Err(ConnectError::invalid("value", "string", Subcode::Format));
    }
    Ok(id)
}

/// The fields of one: without a passcode, none.
pub(in crate::connect) fn info<'s>(server: &'s mut Server, call: &Call<'_>) -> Result<Answer<'s>, ConnectError> {
    let sco = server.state.sco(call.parameters.id("acl-id")?).ok_or_else(ConnectError::denied)?;
    let element = |passcode| field(Element::new("field").attribute("acl-id", sco.id.to_string()), passcode);
    let fields = sco.passcode.as_deref().map(element).into_iter();
    Ok(Answer { content: select(call, fields, &FIELDS, None)?, session: None })
}

/// Everything that has the field, with its value.
pub(in crate::connect) fn list<'s>(server: &'s mut Server, call: &Call<'_>) -> Result<Answer<'s>, ConnectError> {
    refuse_other_fields(call.parameters.wanted("field-id", "string")?)?;
    let state = &server.state;
    let row = |sco: &'s Sco| {
        let passcode = sco.passcode.as_deref()?;
        let field = field(Element::new("field"), passcode);
        Some(Element::new("acl").attribute("acl-id", sco.id.to_string()).holding(field))
    };
    let rows = select(call, state.scos.iter().filter_map(row), &FIELDS, state.account.row_limit)?;
    Ok(Element::around("acl-field-list", rows).into())
}

fn field<'s>(begun: Element<'s>, passcode: &'s str) -> Element<'s> {
    begun.attribute("field-id", PASSCODE).text("value", passcode)
}

fn refuse_other_fields(field: &str) -> Result<(), ConnectError> {
    let known = field == PASSCODE;
    if known { Ok(()) } else { Err(ConnectError::invalid("field-id", "string", Subcode::NoSuchItem)) }
}
