//! `permissions-info`: who may do what with a meeting or a folder. Must not change it.

use crate::connect::Server;
use crate::connect::call::Call;
use crate::connect::errors::ConnectError;
use crate::connect::listing::select;
use crate::connect::xml::{Answer, Element};

const FIELDS: [&str; 7] = ["principal-id", "is-primary", "type", "has-children", "permission-id", "name", "login"];

/// Hosts first, then guests; of a folder, its owner.
pub(in crate::connect) fn info<'s>(server: &'s mut Server, call: &Call<'_>) -> Result<Answer<'s>, ConnectError> {
    let (who, state) = (call.who()?, &server.state);
    let found = state.sco(call.parameters.id("acl-id")?).filter(|sco| state.may_manage(who, sco));
    let sco = found.ok_or_else(ConnectError::denied)?;
    let hosts = sco.hosts.iter().map(|at| (at, "host"));
    let owner = sco.owner.iter().map(|at| (at, "manage"));
    let guests = sco.guests.iter().map(|at| (at, "view"));
    let rows = hosts.chain(owner).chain(guests);
    let rows = rows.filter_map(|(at, permission)| Some(state.people.get(*at)?.permission(permission)));
    Ok(Element::around("permissions", select(call, rows, &FIELDS, None)?).into())
}
