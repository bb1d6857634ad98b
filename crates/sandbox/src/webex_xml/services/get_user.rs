//! `GetUser`: one person with privileges, phones and room, as far as somebody looks at them.
//! Must not show everything that the vendor has: `docs/sandbox-differences.md` says what is left out.

use super::super::errors::XmlError;
use super::super::read::Element;
use super::super::write::{Answer, Content};
use super::fields::Fields;
use super::{Call, position};
use crate::webex::site::Site;

pub(super) fn answer(call: &mut Call<'_>, content: &Element) -> Result<Answer, XmlError> {
    let id = Fields::read(content, &["webExId"], &[])?.wanted("webExId")?;
    let unknown = || XmlError::NoSuchUser(id.to_owned());
    let at = position(call.state, id)?;
    let person = call.state.people.get(at).ok_or_else(unknown)?;
    let (room, fixed) = call.state.room(at, Site::Main).ok_or_else(unknown)?;
    let licence = call.state.licence(at).ok_or_else(unknown)?;
    let nothing = Content::default;
    let types = licence.meeting_types.iter();
    let content = nothing()
        .text("use:firstName", &person.first_name)
        .text("use:lastName", &person.last_name)
        .text("use:webExId", &person.email)
        .group(
            "use:phones",
            nothing().text("com:phone", "").text("com:mobilePhone", "").text("com:PIN", &licence.audio_pin),
        )
        .text("use:email", &person.email)
        .text("use:active", if licence.active { "ACTIVATED" } else { "DEACTIVATED" })
        .text("use:timeZoneID", "20")
        .group(
            "use:privilege",
            nothing()
                .flag("use:host", licence.host)
                .flag("use:teleConfCallOut", false)
                .flag("use:siteAdmin", licence.site_admin)
                .flag("use:labAdmin", false),
        )
        .text("use:language", "ENGLISH")
        .text("use:locale", "U.S.")
        .group("use:meetingTypes", types.fold(nothing(), |list, one| list.text("use:meetingType", &one.to_string())))
        // The same name as the room's, for another thing: whether there is one.
        .group("use:myWebEx", nothing().flag("use:isMyWebExPro", false).flag("use:personalMeetingRoom", true))
        .group(
            "use:personalMeetingRoom",
            nothing()
                .text("use:title", &room.topic)
                .text("use:personalMeetingRoomURL", &fixed.link)
                .text("use:accessCode", &fixed.access_code)
                .text("use:hostPIN", &room.host_pin),
        );
    Ok(Answer { kind: "use:getUserResponse", content, subject: Some(person.email.clone()) })
}
