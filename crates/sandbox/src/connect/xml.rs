//! Answers as the vendor writes them: `results` with a status first and the content after it.
//! Must not know what the actions answer.

use std::borrow::Cow;
use std::io;

use axum::body::Bytes;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, SET_COOKIE};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::call::session_cookie;
use super::errors::ConnectError;
use crate::message::Reply;

/// An element as it is written, and as the filters of lists look into it.
pub(super) struct Element<'a> {
    name: &'static str,
    attributes: Vec<(&'static str, Cow<'a, str>)>,
    text: Cow<'a, str>,
    children: Vec<Element<'a>>,
}

impl<'a> Element<'a> {
    pub(super) fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), text: Cow::Borrowed(""), children: Vec::new() }
    }

    /// An element with others in it.
    pub(super) fn around(name: &'static str, children: Vec<Element<'a>>) -> Self {
        Self { children, ..Self::new(name) }
    }

    #[must_use]
    pub(super) fn attribute(mut self, name: &'static str, value: impl Into<Cow<'a, str>>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// Adds an element that holds nothing but text.
    #[must_use]
    pub(super) fn text(self, name: &'static str, text: impl Into<Cow<'a, str>>) -> Self {
        self.holding(Self { text: text.into(), ..Self::new(name) })
    }

    #[must_use]
    pub(super) fn holding(mut self, child: Element<'a>) -> Self {
        self.children.push(child);
        self
    }

    /// The attribute of this name, or the text of the element of this name, here or further in.
    pub(super) fn find(&self, name: &str) -> Option<&str> {
        let attribute = self.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_ref());
        attribute.or_else(|| {
            self.children.iter().find_map(|child| {
                let is_text = child.name == name && child.children.is_empty();
                if is_text { Some(child.text.as_ref()) } else { child.find(name) }
            })
        })
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
        let attributes = self.attributes.iter().map(|(name, value)| (*name, value.as_ref()));
        let element = writer.create_element(self.name).with_attributes(attributes);
        if !self.children.is_empty() {
            element.write_inner_content(|writer| self.children.iter().try_for_each(|child| child.write(writer)))?;
        } else if self.text.is_empty() {
            element.write_empty()?;
        } else {
            element.write_text_content(BytesText::new(&self.text))?;
        }
        Ok(())
    }
}

/// What an action answers when all is well.
#[derive(Default)]
pub(super) struct Answer<'a> {
    /// What stands beside the status.
    pub(super) content: Vec<Element<'a>>,
    /// The session that is handed out with it.
    pub(super) session: Option<String>,
}

impl<'a> From<Element<'a>> for Answer<'a> {
    fn from(element: Element<'a>) -> Self {
        Self { content: vec![element], session: None }
    }
}

/// HTTP always says 200; the status is inside.
pub(super) fn reply(result: Result<Answer<'_>, ConnectError>) -> Reply {
    let written = match &result {
        Ok(answer) => document(&Element::new("status").attribute("code", "ok"), &answer.content),
        Err(refusal) => document(&refusal.status(), &[]),
    };
    let Ok(body) = written else {
        let sentence = "The sandbox could not write its answer.".to_owned();
        return Reply::text(StatusCode::INTERNAL_SERVER_ERROR, "text/plain", sentence);
    };
    let headers = vec![(CONTENT_TYPE, "text/xml;charset=utf-8".to_owned())];
    let reply = Reply { status: StatusCode::OK, headers, body: Bytes::from(body) };
    match result.ok().and_then(|answer| answer.session) {
        Some(id) => reply.with(SET_COOKIE, session_cookie(&id)),
        None => reply,
    }
}

fn document(status: &Element<'_>, content: &[Element<'_>]) -> io::Result<Vec<u8>> {
    let mut writer = Writer::new(Vec::new());
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    writer.create_element("results").write_inner_content(|writer| {
        status.write(writer)?;
        content.iter().try_for_each(|element| element.write(writer))
    })?;
    Ok(writer.into_inner())
}
