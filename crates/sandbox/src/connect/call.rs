//! A request as its handler sees it: parameters from query and form alike, in the order in which they were sent.
//! Must not be kept beyond the answer.

use axum::http::header::COOKIE;

use super::errors::{ConnectError, Subcode};
use crate::clock::Timestamp;
use crate::message::Asked;

const FORM: &str = "application/x-www-form-urlencoded";
const SESSION_COOKIE: &str = "BREEZESESSION";

pub(super) struct Call<'a> {
    pub(super) parameters: &'a Parameters,
    /// What was sent as a session, whether it holds or not.
    pub(super) session: Option<&'a str>,
    /// The position of the person that the session is of.
    pub(super) who: Option<usize>,
    /// By which name the server was asked.
    pub(super) host: &'a str,
    pub(super) now: Timestamp,
    /// Without it, a write is answered as done and changes nothing.
    pub(super) effect: bool,
}

impl Call<'_> {
    pub(super) fn who(&self) -> Result<usize, ConnectError> {
        self.who.ok_or(ConnectError::NoAccess(super::NO_LOGIN))
    }
}

/// Names may occur again and again.
pub(super) struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Those of the query come before those of the form. A body of another type has none.
    pub(super) fn read(asked: &Asked) -> Self {
        let is_form = asked.media_type().eq_ignore_ascii_case(FORM);
        let form = if is_form { asked.body.as_ref() } else { &[] };
        let query = form_urlencoded::parse(asked.query.as_bytes()).into_owned();
        Self(query.chain(form_urlencoded::parse(form).into_owned()).collect())
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Every value of a name, empty ones too.
    pub(super) fn all(&self, name: &str) -> Vec<&str> {
        self.iter().filter(|(known, _)| *known == name).map(|(_, value)| value).collect()
    }

    /// The first value of a name; one that is empty counts as left out.
    pub(super) fn one(&self, name: &str) -> Option<&str> {
        self.iter().find(|(known, _)| *known == name).map(|(_, value)| value).filter(|value| !value.is_empty())
    }

    pub(super) fn wanted(&self, name: &'static str, kind: &'static str) -> Result<&str, ConnectError> {
        self.one(name).ok_or_else(|| ConnectError::invalid(name, kind, Subcode::Missing))
    }

    pub(super) fn id(&self, name: &'static str) -> Result<u64, ConnectError> {
        id(name, self.wanted(name, "id")?)
    }
}

/// An id is a whole number.
pub(super) fn id(name: &'static str, text: &str) -> Result<u64, ConnectError> {
    text.parse().map_err(|_| ConnectError::invalid(name, "id", Subcode::Format))
}

/// The id of the session that a request carries, in the cookie or else as a parameter.
pub(super) fn session<'a>(asked: &'a Asked, parameters: &'a Parameters) -> Option<&'a str> {
    let pairs = asked.header(&COOKIE).unwrap_or_default().split(';');
    let mut cookies = pairs.filter_map(|pair| pair.trim().split_once('='));
    let cookie = cookies.find(|(name, _)| *name == SESSION_COOKIE).map(|(_, value)| value);
    cookie.or_else(|| parameters.one("session"))
}

/// The header value that hands a session out.
pub(super) fn session_cookie(id: &str) -> String {
    format!("{SESSION_COOKIE}={id}; HttpOnly; path=/")
}
