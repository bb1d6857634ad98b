//! `principal-list`: everybody with an account, and the groups that every account has. Must not change anybody.

use crate::connect::Server;
use crate::connect::call::Call;
use crate::connect::errors::ConnectError;
use crate::connect::listing::select;
use crate::connect::person::{FIELDS, Person, groups};
use crate::connect::xml::{Answer, Element};

pub(in crate::connect) fn list<'s>(server: &'s mut Server, call: &Call<'_>) -> Result<Answer<'s>, ConnectError> {
    let rows = groups().into_iter().chain(server.state.people.iter().map(Person::row));
    Ok(Element::around("principal-list", select(call, rows, &FIELDS, None)?).into())
}
