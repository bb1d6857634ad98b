//! `report-bulk-objects` and `report-my-meetings`. Must not show passcodes: the vendor's reports do not.

use crate::clock::Timestamp;
use crate::connect::Server;
use crate::connect::account::DOMAIN;
use crate::connect::call::Call;
use crate::connect::errors::ConnectError;
use crate::connect::listing::select;
use crate::connect::sco::{BULK_FIELDS, Kind, Sco, written};
use crate::connect::xml::{Answer, Element};

const MY_FIELDS: [&str; 12] = [
    "sco-id",
    "type",
    "icon",
    "permission-id",
    "name",
    "description",
    "domain-name",
    "url-path",
    "date-begin",
    "date-end",
    "expired",
    "duration",
];

/// Everything but folders.
pub(in crate::connect) fn bulk_objects<'s>(
    server: &'s mut Server,
    call: &Call<'_>,
) -> Result<Answer<'s>, ConnectError> {
    let state = &server.state;
    let rows = state.scos.iter().filter(|sco| sco.kind != Kind::Folder).map(Sco::bulk_row);
    Ok(Element::around("report-bulk-objects", select(call, rows, &BULK_FIELDS, state.account.row_limit)?).into())
}

/// The meetings that the signed-in person hosts or is invited to.
pub(in crate::connect) fn my_meetings<'s>(server: &'s mut Server, call: &Call<'_>) -> Result<Answer<'s>, ConnectError> {
    let who = call.who()?;
    let row = |sco: &'s Sco| {
        let guest = || sco.guests.contains(&who).then_some("view");
        let permission = sco.hosts.contains(&who).then_some("host").or_else(guest)?;
        Some(meeting(sco, permission, call.now))
    };
    let rows = select(call, server.state.scos.iter().filter_map(row), &MY_FIELDS, None)?;
    Ok(Element::around("my-meetings", rows).into())
}

fn meeting<'s>(sco: &'s Sco, permission: &'static str, now: Timestamp) -> Element<'s> {
    let row = Element::new("meeting")
        .attribute("sco-id", sco.id.to_string())
        .attribute("type", "meeting")
        .attribute("icon", "meeting")
        .attribute("permission-id", permission)
        .attribute("active-participants", "0")
        .text("name", &sco.name)
        .text("description", &sco.description)
        .text("domain-name", DOMAIN)
        .text("url-path", &sco.url_path);
    let Some((begin, end)) = sco.planned else {
        return row.text("expired", "false");
    };
    let minutes = (end.second() - begin.second()) / 60;
    row.text("date-begin", written(begin))
        .text("date-end", written(end))
        .text("expired", if end < now { "true" } else { "false" })
        .text("duration", format!("{:02}:{:02}:00.000", minutes / 60, minutes % 60))
}
