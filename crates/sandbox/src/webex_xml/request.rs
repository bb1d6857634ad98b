//! The envelope: who asks, with which credential, and which service. Must not judge credentials or content.

use super::errors::XmlError;
use super::read::{Element, document};

const CONTEXT: [&str; 10] = [
    "siteName",
    "siteID",
    "partnerID",
    "webExID",
    "email",
    "password",
    "sessionTicket",
    "webExAccessToken",
    "clientInfo",
    "returnAdditionalInfo",
];

/// What an account proves itself with.
#[derive(Debug)]
pub(super) enum Credential {
    Password(String),
    Ticket(String),
    AccessToken(String),
}

#[derive(Debug)]
pub(super) struct Context {
    pub(super) site: String,
    pub(super) webex_id: String,
    /// None when there is no credential, or an empty one.
    pub(super) credential: Option<Credential>,
}

#[derive(Debug)]
pub(super) struct Request {
    pub(super) context: Context,
    /// The type of the content, which names the service.
    pub(super) kind: String,
    /// The fields that are for the service.
    pub(super) inner: Element,
}

impl Request {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, XmlError> {
        let root = document(bytes)?;
        if root.name != "message" {
            return Err(XmlError::Misplaced(root.name));
        }
        root.allow(&["header", "body"])?;
        let header = root.child("header").ok_or(XmlError::Missing("header"))?;
        header.allow(&["securityContext"])?;
        let context = Context::read(header.child("securityContext").ok_or(XmlError::Missing("securityContext"))?)?;
        let body = root.children.into_iter().find(|child| child.name == "body").ok_or(XmlError::Missing("body"))?;
        body.allow(&["bodyContent"])?;
        let inner = body.children.into_iter().next().ok_or(XmlError::Missing("bodyContent"))?;
        Ok(Self { context, kind: inner.kind.clone().unwrap_or_default(), inner })
    }

    /// The last word of the type, known or not.
    pub(super) fn service(&self) -> &str {
        self.kind.rsplit('.').next().unwrap_or_default()
    }
}

impl Context {
    fn read(element: &Element) -> Result<Self, XmlError> {
        element.allow(&CONTEXT)?;
        let text = |name: &str| element.child(name).map(|child| child.text.clone()).filter(|text| !text.is_empty());
        let mut credentials = [
            ("password", text("password").map(Credential::Password)),
            ("sessionTicket", text("sessionTicket").map(Credential::Ticket)),
            ("webExAccessToken", text("webExAccessToken").map(Credential::AccessToken)),
        ]
        .into_iter()
        .filter_map(|(name, credential)| Some((name, credential?)));
        let credential = credentials.next().map(|(_, credential)| credential);
        if let Some((name, _)) = credentials.next() {
            return Err(XmlError::Misplaced(name.to_owned()));
        }
        Ok(Self {
            site: text("siteName").unwrap_or_default(),
            webex_id: text("webExID").unwrap_or_default(),
            credential,
        })
    }
}
