//! `GetSite`: what the site is and what it wants of PINs. Where the PIN's length stands is invented.
//! Must not show more than a client of rooms can use.

use super::super::errors::XmlError;
use super::super::read::Element;
use super::super::write::{Answer, Content};
use super::fields::Fields;
use crate::webex::site::Site;

pub(super) fn answer(content: &Element) -> Result<Answer, XmlError> {
    Fields::read(content, &[], &[])?;
    let nothing = Content::default;
    let site = nothing()
        .group("ns1:metaData", nothing().text("ns1:isEnterprise", "true").text("ns1:serviceType", "MeetingCenter"))
        .group("ns1:siteAdmin", nothing().text("ns1:siteURL", &format!("https://{}", Site::Main.url())))
        .group(
            "ns1:securityOptions",
            nothing()
                .flag("ns1:passwordExpires", false)
                .number("ns1:personalMeetingRoomPINLength", Site::Main.pin_length()),
        )
        .group("ns1:tools", nothing().flag("ns1:enablePersonalMeetingRoom", true));
    Ok(Answer { kind: "ns1:getSiteResponse", content: nothing().group("ns1:siteInstance", site), subject: None })
}
