//! `LstsummaryUser`: people by pages that count from 1, or one by id or address. Must not show rooms or PINs.

use super::super::errors::XmlError;
use super::super::read::Element;
use super::super::write::{Answer, Content};
use super::Call;
use super::fields::Fields;
use crate::webex::person::Person;

const KNOWN: [&str; 7] = [
    "listControl/startFrom",
    "listControl/maximumNum",
    "listControl/listMethod",
    "order/orderBy",
    "order/orderAD",
    "webExId",
    "email",
];
const DEFAULT: usize = 50;
const MAXIMUM: usize = 500;

pub(super) fn answer(call: &mut Call<'_>, content: &Element) -> Result<Answer, XmlError> {
    let fields = Fields::read(content, &KNOWN, &[])?;
    let start = fields.number("listControl/startFrom")?.unwrap_or(1);
    let most = fields.number("listControl/maximumNum")?.unwrap_or(DEFAULT);
    if start == 0 {
        return Err(XmlError::Value("listControl/startFrom"));
    }
    if most == 0 || most > MAXIMUM {
        return Err(XmlError::Value("listControl/maximumNum"));
    }
    let wanted: Vec<&str> = ["webExId", "email"].into_iter().filter_map(|name| fields.one(name)).collect();
    // On this site the id is the address.
    let fits = |person: &Person| person.on_webex && wanted.iter().all(|one| person.email.eq_ignore_ascii_case(one));
    let fitting = || call.state.people.iter().enumerate().filter(|(_, person)| fits(person));
    let total = fitting().count();
    let page: Vec<(usize, &Person)> = fitting().skip(start - 1).take(most).collect();
    if page.is_empty() {
        return Err(XmlError::NoRecords);
    }
    let returned = page.len();
    let rows = page.into_iter().fold(Content::default(), |rows, (at, person)| {
        let active = call.state.licence(at).is_none_or(|licence| licence.active);
        rows.group(
            "use:user",
            Content::default()
                .text("use:firstName", &person.first_name)
                .text("use:lastName", &person.last_name)
                .text("use:email", &person.email)
                .text("use:webExId", &person.email)
                .text("use:active", if active { "ACTIVATED" } else { "DEACTIVATED" })
                .text("use:timeZoneID", "20"),
        )
    });
    let records = Content::default()
        .number("serv:total", total)
        .number("serv:returned", returned)
        .number("serv:startFrom", start);
    let content = rows.group("use:matchingRecords", records);
    Ok(Answer { kind: "use:lstsummaryUserResponse", content, subject: Some(format!("list {start}")) })
}
