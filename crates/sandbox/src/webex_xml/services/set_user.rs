//! `SetUser`: changes what is sent of one person, and nothing else. Must not be careful in the client's place: it
//! changes licences as readily as a PIN.

use super::super::errors::XmlError;
use super::super::read::Element;
use super::super::write::{Answer, Content};
use super::fields::Fields;
use super::{Call, position};
use crate::webex::pin;
use crate::webex::seed::ADMINISTRATORS;
use crate::webex::site::Site;

const KNOWN: [&str; 9] = [
    "webExId",
    "firstName",
    "lastName",
    "active",
    "phones/PIN",
    "privilege/host",
    "privilege/siteAdmin",
    "personalMeetingRoom/title",
    "personalMeetingRoom/hostPIN",
];
const TYPES: &str = "meetingTypes/meetingType";
const NAME_LENGTH: usize = 64;
const TITLE_LENGTH: usize = 128;

pub(super) fn answer(call: &mut Call<'_>, content: &Element) -> Result<Answer, XmlError> {
    let fields = Fields::read(content, &KNOWN, &[TYPES])?;
    let id = fields.wanted("webExId")?;
    refuse_without_right(call, id)?;
    let at = position(call.state, id)?;
    let unknown = || XmlError::NoSuchUser(id.to_owned());

    let (mut room, _) = call.state.room(at, Site::Main).ok_or_else(unknown)?;
    if let Some(title) = text(&fields, "personalMeetingRoom/title", TITLE_LENGTH)? {
        title.clone_into(&mut room.topic);
    }
    if let Some(pin) = fields.one("personalMeetingRoom/hostPIN") {
        pin::judge(pin, Site::Main.pin_length())?;
        pin.clone_into(&mut room.host_pin);
    }

    let mut licence = call.state.licence(at).ok_or_else(unknown)?;
    if let Some(pin) = fields.one("phones/PIN") {
        pin::judge(pin, 4)?;
        pin.clone_into(&mut licence.audio_pin);
    }
    licence.host = fields.flag("privilege/host")?.unwrap_or(licence.host);
    licence.site_admin = fields.flag("privilege/siteAdmin")?.unwrap_or(licence.site_admin);
    licence.active = match fields.one("active") {
        None => licence.active,
        Some("ACTIVATED") => true,
        Some("DEACTIVATED") => false,
        Some(_) => return Err(XmlError::Value("active")),
    };
    let types = fields.all(TYPES).into_iter().map(|one| one.parse().map_err(|_| XmlError::Value(TYPES)));
    let types = types.collect::<Result<Vec<u32>, _>>()?;
    if !types.is_empty() {
        licence.meeting_types = types;
    }
    let first_name = text(&fields, "firstName", NAME_LENGTH)?;
    let last_name = text(&fields, "lastName", NAME_LENGTH)?;

    if call.effect {
        call.state.set_room(at, Site::Main, room);
        call.state.set_licence(at, licence);
        let person = call.state.people.get_mut(at).ok_or_else(unknown)?;
        if let Some(name) = first_name {
            person.first_name = name.to_owned().into();
        }
        if let Some(name) = last_name {
            person.last_name = name.to_owned().into();
        }
    }
    Ok(Answer { kind: "use:setUserResponse", content: Content::default(), subject: None })
}

/// Everybody may change their own account; others' only a site administrator.
fn refuse_without_right(call: &Call<'_>, id: &str) -> Result<(), XmlError> {
    let own = ADMINISTRATORS.get(call.administrator).ok_or(XmlError::AccessDenied)?;
    let licence = call.state.find(own).and_then(|at| call.state.licence(at));
    let allowed = own.eq_ignore_ascii_case(id) || licence.is_some_and(|licence| licence.site_admin);
    if allowed { Ok(()) } else { Err(XmlError::AccessDenied) }
}

fn text<'a>(fields: &Fields<'a>, name: &'static str, most: usize) -> Result<Option<&'a str>, XmlError> {
    match fields.one(name) {
        Some(text) if !(1..=most).contains(&text.chars().count()) => Err(XmlError::Value(name)),
        found => Ok(found),
    }
}
