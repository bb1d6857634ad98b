//! `sco-shortcuts`, `sco-contents` and `sco-info`: the way from the account's folders to a meeting.
//! Must not show passcodes: Connect keeps them with the permissions.

use crate::connect::Server;
use crate::connect::account::DOMAIN;
use crate::connect::call::Call;
use crate::connect::errors::ConnectError;
use crate::connect::listing::select;
use crate::connect::sco::{FIELDS, Sco};
use crate::connect::seed::{SHARED_MEETINGS, USER_MEETINGS};
use crate::connect::state::State;
use crate::connect::xml::{Answer, Element};

/// Where everything begins: the shared folders, everybody's folders, one's own.
pub(in crate::connect) fn shortcuts<'s>(server: &'s mut Server, call: &Call<'_>) -> Result<Answer<'s>, ConnectError> {
    let own = server.state.people.get(call.who()?).map(|person| person.folder).ok_or_else(ConnectError::denied)?;
    let places = [("meetings", SHARED_MEETINGS), ("user-meetings", USER_MEETINGS), ("my-meetings", own)];
    let shortcuts = places.map(|(kind, id)| {
        Element::new("sco")
            .attribute("tree-id", if kind == "meetings" { SHARED_MEETINGS } else { USER_MEETINGS }.to_string())
            .attribute("sco-id", id.to_string())
            .attribute("type", kind)
            .text("domain-name", DOMAIN)
    });
    Ok(Element::around("shortcuts", shortcuts.into()).into())
}

/// What stands right in a folder.
pub(in crate::connect) fn contents<'s>(server: &'s mut Server, call: &Call<'_>) -> Result<Answer<'s>, ConnectError> {
    let state = &server.state;
    let folder = asked(state, call)?.id;
    let rows = state.scos.iter().filter(|sco| sco.folder == folder).map(Sco::row);
    Ok(Element::around("scos", select(call, rows, &FIELDS, None)?).into())
}

pub(in crate::connect) fn info<'s>(server: &'s mut Server, call: &Call<'_>) -> Result<Answer<'s>, ConnectError> {
    Ok(asked(&server.state, call)?.whole().into())
}

fn asked<'s>(state: &'s State, call: &Call<'_>) -> Result<&'s Sco, ConnectError> {
    let who = call.who()?;
    let sco = state.sco(call.parameters.id("sco-id")?).ok_or(ConnectError::NoData)?;
    if state.may_see(who, sco) { Ok(sco) } else { Err(ConnectError::denied()) }
}
