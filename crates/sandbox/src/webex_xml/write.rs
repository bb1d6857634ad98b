//! Answers as the vendor writes them: the envelope with result and code, and one of two encodings.
//! Must not know what the services answer.

use axum::body::Bytes;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use quick_xml::escape::escape;

use super::errors::XmlError;
use crate::dice::Dice;
use crate::message::Reply;

/// What a service answers inside the envelope.
pub(super) struct Answer {
    /// The type of the content, such as `use:getUserResponse`.
    pub(super) kind: &'static str,
    pub(super) content: Content,
    /// Whom the answer is about: the seed decides by it which of two encodings is used, where both can write it.
    /// Without one it is UTF-8.
    pub(super) subject: Option<String>,
}

/// Elements one after another, as they are written.
#[derive(Default)]
pub(super) struct Content(String);

impl Content {
    #[must_use]
    pub(super) fn text(mut self, name: &str, text: &str) -> Self {
        self.element(name, &escape(text));
        self
    }

    #[must_use]
    pub(super) fn flag(self, name: &str, on: bool) -> Self {
        self.text(name, if on { "true" } else { "false" })
    }

    #[must_use]
    pub(super) fn number(self, name: &str, number: usize) -> Self {
        self.text(name, &number.to_string())
    }

    #[must_use]
    pub(super) fn group(mut self, name: &str, inner: Self) -> Self {
        self.element(name, &inner.0);
        self
    }

    fn element(&mut self, name: &str, inner: &str) {
        self.0.extend(["<", name, ">", inner, "</", name, ">"]);
    }
}

/// HTTP always says 200; result and code are inside.
pub(super) fn reply(seed: u64, result: Result<Answer, XmlError>) -> Reply {
    let (response, body, subject) = match result {
        Ok(answer) => {
            let response = Content::default().text("serv:result", "SUCCESS").text("serv:gsbStatus", "PRIMARY");
            let (kind, content) = (answer.kind, answer.content.0);
            (response, format!("<serv:bodyContent xsi:type=\"{kind}\">{content}</serv:bodyContent>"), answer.subject)
        }
        Err(failure) => {
            let response = Content::default()
                .text("serv:result", "FAILURE")
                .text("serv:reason", &failure.to_string())
                .text("serv:gsbStatus", "PRIMARY")
                .text("serv:exceptionID", failure.code());
            (response, "<serv:bodyContent/>".to_owned(), None)
        }
    };
    let text = format!(
        "<serv:message xmlns:serv=\"http://www.webex.com/schemas/2002/06/service\" \
         xmlns:com=\"http://www.webex.com/schemas/2002/06/common\" \
         xmlns:use=\"http://www.webex.com/schemas/2002/06/service/user\" \
         xmlns:ns1=\"http://www.webex.com/schemas/2002/06/service/site\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <serv:header><serv:response>{}</serv:response></serv:header><serv:body>{body}</serv:body></serv:message>",
        response.0
    );
    let latin = subject.filter(|subject| Dice::of(seed, &format!("encoding {subject}"), 0).chance(50));
    let body = latin.and_then(|_| latin1(&text)).unwrap_or_else(|| declared("UTF-8", &text).into_bytes());
    // Only the declaration says which encoding it is.
    Reply { status: StatusCode::OK, headers: vec![(CONTENT_TYPE, "text/xml".to_owned())], body: Bytes::from(body) }
}

/// None when the text has letters that ISO-8859-1 has not.
fn latin1(text: &str) -> Option<Vec<u8>> {
    declared("ISO-8859-1", text).chars().map(|letter| u8::try_from(u32::from(letter)).ok()).collect()
}

fn declared(encoding: &str, text: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"{encoding}\"?>\n{text}")
}
