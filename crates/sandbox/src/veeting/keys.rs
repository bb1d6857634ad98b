//! Who asks: the level of the key, and on behalf of whom. Must not know what the operations do.

use axum::http::HeaderName;

use super::errors::VeetingError;
use super::state::State;
use crate::message::Asked;

const KEY: HeaderName = HeaderName::from_static("x-api-key");
const USER_ID: HeaderName = HeaderName::from_static("x-user-id");
const USER_EMAIL: HeaderName = HeaderName::from_static("x-user-email");

const INSTANCE_KEY: &str = "demo-instance-key";
const ACCOUNT_KEY: &str = "demo-account-key";
/// Where the account that the account key belongs to stands.
pub(super) const KEY_ACCOUNT: usize = 0;

/// How far a key reaches.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Level {
    Instance,
    Account,
}

/// Who asks, after key and person were looked at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Caller {
    level: Level,
    /// The one account that can be seen; without one, all.
    account: Option<usize>,
    /// Who acts: the person of the request, or with an account key the account's first organizer.
    organizer: Option<usize>,
}

/// The level of the request's key.
pub(super) fn level(asked: &Asked, revoked: bool) -> Result<Level, VeetingError> {
    match asked.header(&KEY) {
        Some(INSTANCE_KEY) if !revoked => Ok(Level::Instance),
        Some(ACCOUNT_KEY) if !revoked => Ok(Level::Account),
        _ => Err(VeetingError::Key),
    }
}

/// Who asks: on behalf of somebody with an instance key only, by id or by address, not by both.
pub(super) fn caller(asked: &Asked, level: Level, state: &State) -> Result<Caller, VeetingError> {
    let headers = [USER_ID, USER_EMAIL];
    let values = |name| asked.headers.get_all(name).iter().map(move |value| (name, value.to_str().unwrap_or_default()));
    let named: Vec<(&HeaderName, &str)> = headers.iter().flat_map(values).collect();
    match (level, &named[..]) {
        (Level::Account, []) => {
            let organizer = state.organizers.iter().position(|one| one.account == KEY_ACCOUNT);
            Ok(Caller { level, account: Some(KEY_ACCOUNT), organizer })
        }
        (Level::Account, _) => Err(VeetingError::NotAllowed),
        (Level::Instance, []) => Ok(Caller { level, account: None, organizer: None }),
        (Level::Instance, [(name, who)]) => {
            let is_meant = |id: &str, email: &str| {
                if **name == USER_ID { id == *who } else { email.eq_ignore_ascii_case(who) }
            };
            let found = state.organizers.iter().enumerate().find(|(_, one)| is_meant(&one.id, &one.email));
            let (at, organizer) = found.ok_or(VeetingError::NotAllowed)?;
            Ok(Caller { level, account: Some(organizer.account), organizer: Some(at) })
        }
        (Level::Instance, _) => {
            Err(VeetingError::misfit("Only one of X-USER-ID and X-USER-EMAIL may say on behalf of whom this is."))
        }
    }
}

impl Caller {
    pub(super) fn instance_only(self) -> Result<(), VeetingError> {
        if self.level == Level::Instance { Ok(()) } else { Err(VeetingError::NotAllowed) }
    }

    pub(super) fn sees(self, account: usize) -> bool {
        self.account.is_none_or(|own| own == account)
    }

    /// Whether somebody's meetings are in the list: with a person named, only theirs.
    pub(super) fn lists(self, account: usize, organizer: usize) -> bool {
        let named = self.organizer.filter(|_| self.level == Level::Instance);
        self.sees(account) && named.is_none_or(|one| one == organizer)
    }

    /// Who acts. An instance key alone is nobody.
    pub(super) fn acts(self) -> Result<usize, VeetingError> {
        let sentence = "X-USER-ID or X-USER-EMAIL is missing: an instance key acts on behalf of somebody.";
        self.organizer.ok_or_else(|| VeetingError::misfit(sentence))
    }
}

/// What the ledger keeps of these headers.
pub(super) fn told(asked: &Asked) -> Vec<(&'static str, String)> {
    let text = |name| asked.header(name).map(str::to_owned);
    let told = [
        ("x-api-key", text(&KEY).map(|_| "***".to_owned())),
        ("x-user-email", text(&USER_EMAIL)),
        ("x-user-id", text(&USER_ID)),
    ];
    told.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}
