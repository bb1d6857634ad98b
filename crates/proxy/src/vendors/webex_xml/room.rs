//! A person's Personal Meeting Room: read with GetUser, its host PIN set with SetUser. Must not send anything of a person
//! but the PIN: SetUser changes licences as readily.

use serde_json::{Map, Value, json};

use super::envelope::{Content, Field, Service};
use super::site::Request;
use crate::vendors::xml::Element;
use crate::vendors::{Call, Trouble, VendorFault};

/// Asks for one person.
pub(super) fn get_user(web_ex_id: &str) -> [Field<'_>; 1] {
    [("webExId", Content::Text(web_ex_id))]
}

/// Sets a person's host PIN and nothing else.
pub(super) fn set_user<'a>(web_ex_id: &'a str, pin: &'a str) -> [Field<'a>; 2] {
    let room = Content::Fields(vec![("hostPIN", Content::Text(pin))]);
    [("webExId", Content::Text(web_ex_id)), ("personalMeetingRoom", room)]
}

/// A request of what `get_user` and `set_user` make.
pub(super) fn request<'a>(content: &'a [Field<'a>], pin: Option<&'a str>) -> Request<'a> {
    Request { service: if pin.is_some() { Service::SetUser } else { Service::GetUser }, content, pin }
}

/// The room as far as GetUser shows it; none when that is nobody. A member `personalMeetingRoom` stands inside `myWebEx`
/// too, for whether there is one.
pub(super) fn room(user: &Element) -> Option<Value> {
    user.text(&["webExId"])?;
    let mut room = Map::new();
    for (name, element) in [
        ("topic", "title"),
        ("hostPin", "hostPIN"),
        ("personalMeetingRoomLink", "personalMeetingRoomURL"),
        ("sipAddress", "sipURL"),
    ] {
        let text = user.text(&["personalMeetingRoom", element]);
        room.extend(text.map(|text| (name.to_owned(), Value::from(text))));
    }
    if let Some(code) = user.text(&["personalMeetingRoom", "accessCode"]) {
        room.insert("telephony".to_owned(), json!({"accessCode": code}));
    }
    Some(Value::Object(room))
}

/// The PIN that a call sets; a fault when it would set anything else.
pub(super) fn pin(call: &Call) -> Result<&str, VendorFault> {
    let refused = |pointer: String| {
        let said = "Only hostPin can be set here, as a text.".to_owned();
        VendorFault::new(Trouble::Refused { message: None, fields: vec![(pointer, said)], absent: false })
    };
    let body = call.body.as_ref().and_then(Value::as_object).ok_or_else(|| refused(String::new()))?;
    if let Some(other) = body.keys().find(|name| *name != "hostPin") {
        return Err(refused(roomkey_schema::json::child("", other)));
    }
    body.get("hostPin").and_then(Value::as_str).ok_or_else(|| refused("/hostPin".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vendors::xml;

    #[test]
    fn a_room_is_read_by_its_path() {
        let text = "<u:c xmlns:u='u'><u:webExId>a</u:webExId><u:myWebEx><u:personalMeetingRoom>true</u:personalMeetingRoom>\
                    </u:myWebEx><u:phones><u:PIN>1</u:PIN></u:phones><u:personalMeetingRoom><u:title>T</u:title>\
                    <u:hostPIN>0070</u:hostPIN><u:accessCode>5</u:accessCode></u:personalMeetingRoom></u:c>";
        let user = xml::read(text.as_bytes()).expect("a tree");
        let expect = json!({"topic": "T", "hostPin": "0070", "telephony": {"accessCode": "5"}});
        assert_eq!(room(&user), Some(expect));
        let empty = xml::read(b"<c><webExId>a</webExId></c>").expect("a tree");
        assert_eq!(room(&empty), Some(json!({})));
        assert_eq!(room(&xml::read(b"<c/>").expect("a tree")), None);
    }
}
