//! People whom somebody else vouches for, their sessions, and what counts only once. Must not decide who may come in.

use async_trait::async_trait;
use roomkey_schema::{Role, Scope};

use super::{SessionRow, StoreFault};
use crate::clock::UnixMs;

/// A person whom an issuer vouches for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Identity {
    /// Who vouches.
    pub issuer: String,
    /// Who it is, there.
    pub subject: String,
    /// What the account is called if there is none yet; later ones keep the name that they have.
    pub name: String,
    /// What people call the person.
    pub label: String,
    /// E-mail address, for show.
    pub email: String,
    /// What the person may do.
    pub role: Role,
    /// With whom.
    pub scope: Scope,
}

/// Whose sessions a provider ends: of a subject, one of its sessions, or both at once.
#[derive(Clone, Copy, Debug)]
pub struct Ended<'a> {
    /// The provider.
    pub issuer: &'a str,
    /// Who signed out.
    pub subject: Option<&'a str>,
    /// What the provider calls the session.
    pub session: Option<&'a str>,
}

/// What is kept of people and their sessions.
#[async_trait]
pub trait IdentityStore: Send + Sync {
    /// Keeps the person as of this sign-in; answers the account's name.
    async fn put_identity(&self, identity: &Identity, now_ms: UnixMs) -> Result<String, StoreFault>;
    /// Sessions of an account, or all, with the account's role; the latest first.
    async fn sessions(&self, of: Option<&str>) -> Result<Vec<(SessionRow, Role)>, StoreFault>;
    /// Ends the session that people know by this name, if it is of that account or of any; answers whose it was.
    async fn end_session(&self, public_id: &str, of: Option<&str>) -> Result<Option<String>, StoreFault>;
    /// Ends all sessions of an account.
    async fn end_sessions_of(&self, name: &str) -> Result<(), StoreFault>;
    /// Ends sessions that a provider says are over; answers whose they were and what people know them by.
    async fn end_provider_sessions(&self, ended: Ended<'_>) -> Result<Vec<(String, String)>, StoreFault>;
    /// Whether this is the first time, until then, that the key is spent.
    async fn spend(&self, key: &str, until_ms: UnixMs, now_ms: UnixMs) -> Result<bool, StoreFault>;
}
