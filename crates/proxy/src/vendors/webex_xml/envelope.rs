//! Requests as Webex XML wants them: who asks, for which service, with what. Values become text between tags and nothing
//! else, whatever they hold. Must not know what the services do.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use secrecy::{ExposeSecret, SecretString};

const SERVICE: &str = "http://www.webex.com/schemas/2002/06/service";
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// The services that this adapter uses.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Service {
    AuthenticateUser,
    GetUser,
    ListUsers,
    SetUser,
}

/// What an account proves itself with.
pub(super) enum Proof<'a> {
    Password(&'a SecretString),
    Ticket(&'a SecretString),
}

/// Who asks.
pub(super) struct Asker<'a> {
    pub(super) site: &'a str,
    pub(super) web_ex_id: &'a str,
    pub(super) proof: Proof<'a>,
}

/// An element of the content, by name.
pub(super) type Field<'a> = (&'static str, Content<'a>);

/// What stands in an element.
pub(super) enum Content<'a> {
    Text(&'a str),
    Fields(Vec<Field<'a>>),
}

impl Service {
    /// The type of its content.
    const fn kind(self) -> &'static str {
        match self {
            Self::AuthenticateUser => "java:com.webex.service.binding.user.AuthenticateUser",
            Self::GetUser => "java:com.webex.service.binding.user.GetUser",
            Self::ListUsers => "java:com.webex.service.binding.user.LstsummaryUser",
            Self::SetUser => "java:com.webex.service.binding.user.SetUser",
        }
    }
}

/// Whether XML can hold this text at all: most control characters have no place in it, however they are written.
pub(super) fn is_text(text: &str) -> bool {
    !text.chars().any(
        |letter| matches!(letter, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}'),
    )
}

/// The document of one request.
pub(super) fn write(asker: &Asker<'_>, service: Service, content: &[Field<'_>]) -> io::Result<Vec<u8>> {
    let (proof, secret) = match &asker.proof {
        Proof::Password(password) => ("password", password.expose_secret()),
        Proof::Ticket(ticket) => ("sessionTicket", ticket.expose_secret()),
    };
    let asked_by = [
        ("siteName", Content::Text(asker.site)),
        ("webExID", Content::Text(asker.web_ex_id)),
        (proof, Content::Text(secret)),
    ];
    let mut writer = Writer::new(Vec::new());
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root =
        writer.create_element("serv:message").with_attributes([("xmlns:serv", SERVICE), ("xmlns:xsi", INSTANCE)]);
    root.write_inner_content(|writer| {
        writer.create_element("header").write_inner_content(|writer| {
            let element = writer.create_element("securityContext");
            element.write_inner_content(|writer| write_fields(writer, &asked_by))?;
            Ok(())
        })?;
        writer.create_element("body").write_inner_content(|writer| {
            let element = writer.create_element("bodyContent").with_attribute(("xsi:type", service.kind()));
            element.write_inner_content(|writer| write_fields(writer, content))?;
            Ok(())
        })?;
        Ok(())
    })?;
    Ok(writer.into_inner())
}

fn write_fields(writer: &mut Writer<Vec<u8>>, fields: &[Field<'_>]) -> io::Result<()> {
    for (name, content) in fields {
        let element = writer.create_element(*name);
        match content {
            Content::Text(text) => element.write_text_content(BytesText::new(text))?,
            Content::Fields(fields) => element.write_inner_content(|writer| write_fields(writer, fields))?,
        };
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vendors::xml;

    #[test]
    fn hostile_values_stay_text() {
        let hostile = "</webExId><active>DEACTIVATED</active><!-- & ]]> \"'";
        let ticket = SecretString::from("<t>");
        let asker = Asker { site: "a&b", web_ex_id: hostile, proof: Proof::Ticket(&ticket) };
        let pin_alone = Content::Fields(vec![("hostPIN", Content::Text("0070"))]);
        let fields = [("webExId", Content::Text(hostile)), ("personalMeetingRoom", pin_alone)];
        let root = xml::read(&write(&asker, Service::SetUser, &fields).expect("a document")).expect("a tree");
        let content = root.at(&["body", "bodyContent"]).expect("content");
        let names: Vec<&str> = content.children.iter().map(|child| child.name.as_str()).collect();
        assert_eq!(names, ["webExId", "personalMeetingRoom"]);
        assert_eq!(content.text(&["webExId"]), Some(hostile));
        assert_eq!(content.text(&["personalMeetingRoom", "hostPIN"]), Some("0070"));
        let asked_by = root.at(&["header", "securityContext"]).expect("a context");
        assert_eq!((asked_by.text(&["siteName"]), asked_by.text(&["sessionTicket"])), (Some("a&b"), Some("<t>")));
        assert_eq!(asked_by.text(&["password"]), None);
    }

    #[test]
    fn control_characters_are_no_text() {
        assert!(is_text("Łucja\t😀"));
        assert!(["\0", "a\u{1b}", "\u{ffff}"].iter().all(|text| !is_text(text)));
    }
}
