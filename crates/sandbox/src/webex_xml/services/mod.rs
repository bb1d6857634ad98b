//! The services that are emulated, by the type of a request's content; one file for each.
//! Must not deal with who asks: accounts and the wall were asked before.

mod authenticate_user;
mod fields;
mod get_site;
mod get_user;
mod list_users;
mod set_user;

use super::accounts::{Accounts, Administrator};
use super::errors::XmlError;
use super::read::Element;
use super::write::Answer;
use crate::clock::Timestamp;
use crate::webex::errors::WebexError;
use crate::webex::state::State;

/// What a service works with.
pub(super) struct Call<'a> {
    pub(super) state: &'a mut State,
    pub(super) accounts: &'a mut Accounts,
    pub(super) administrator: Administrator,
    pub(super) now: Timestamp,
    /// Without it, a write is answered as done and changes nothing.
    pub(super) effect: bool,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Service {
    AuthenticateUser,
    GetUser,
    SetUser,
    ListUsers,
    GetSite,
}

impl Service {
    const ALL: [Self; 5] = [Self::AuthenticateUser, Self::GetUser, Self::SetUser, Self::ListUsers, Self::GetSite];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::AuthenticateUser => "AuthenticateUser",
            Self::GetUser => "GetUser",
            Self::SetUser => "SetUser",
            Self::ListUsers => "LstsummaryUser",
            Self::GetSite => "GetSite",
        }
    }

    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|service| service.name() == name)
    }

    /// By a type such as `java:com.webex.service.binding.user.SetUser`.
    pub(super) fn from_kind(kind: &str) -> Option<Self> {
        let (folder, name) = kind.strip_prefix("java:com.webex.service.binding.")?.split_once('.')?;
        let service = Self::from_name(name)?;
        let own = if service == Self::GetSite { "site" } else { "user" };
        (folder == own).then_some(service)
    }

    pub(super) fn answer(self, call: &mut Call<'_>, content: &Element) -> Result<Answer, XmlError> {
        match self {
            Self::AuthenticateUser => authenticate_user::answer(call, content),
            Self::GetUser => get_user::answer(call, content),
            Self::SetUser => set_user::answer(call, content),
            Self::ListUsers => list_users::answer(call, content),
            Self::GetSite => get_site::answer(content),
        }
    }
}

/// The position of somebody with an account.
fn position(state: &State, webex_id: &str) -> Result<usize, XmlError> {
    let found = state.member(webex_id).map(|(at, _)| at);
    found.map_err(|_: WebexError| XmlError::NoSuchUser(webex_id.to_owned()))
}
