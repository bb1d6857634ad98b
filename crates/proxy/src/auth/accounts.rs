//! Making local accounts, for the command line. Must not be reachable over HTTP.

use roomkey_schema::{Role, Scope};
use secrecy::{ExposeSecret, SecretString};

use super::password::{PasswordFault, Passwords};
use crate::store::{Account, Store, StoreFault};

/// Shortest password that a person may choose.
pub const SHORTEST_PASSWORD: usize = 12;
/// Longest name.
pub const LONGEST_NAME: usize = 64;

/// Why an account could not be made.
#[derive(Debug, thiserror::Error)]
pub enum AccountFault {
    /// The name would be hard to read in the record.
    #[error(
        "the name {0:?} cannot be used: up to {LONGEST_NAME} letters, digits, dots, hyphens, underscores and @ signs"
    )]
    Name(String),
    /// The password is easy to guess.
    #[error("the password is too short: at least {SHORTEST_PASSWORD} characters are needed")]
    Password,
    /// The role is of the whole organisation.
    #[error("a scope is for the role helpdesk; what an {} does concerns the whole organisation", .0.as_str())]
    Scope(Role),
    /// Hashing failed.
    #[error(transparent)]
    Hash(#[from] PasswordFault),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

/// Creates the account, or replaces its role, scope and password and ends its sessions.
pub async fn put(
    store: &dyn Store,
    passwords: &Passwords,
    name: &str,
    role: Role,
    scope: Scope,
    password: SecretString,
) -> Result<(), AccountFault> {
    let plain = |c: char| c.is_alphanumeric() || ".-_@".contains(c);
    if name.is_empty() || name.len() > LONGEST_NAME || !name.chars().all(plain) {
        return Err(AccountFault::Name(name.to_owned()));
    }
    if password.expose_secret().chars().count() < SHORTEST_PASSWORD {
        return Err(AccountFault::Password);
    }
    if !scope.is_everywhere() && !role.may_be_limited() {
        return Err(AccountFault::Scope(role));
    }
    put_hashed(store, passwords, name, role, scope, password).await
}

/// The same for the demo, whose password may be short: it guards made-up people.
pub async fn put_unchecked(
    store: &dyn Store,
    passwords: &Passwords,
    name: &str,
    role: Role,
    password: SecretString,
) -> Result<(), AccountFault> {
    put_hashed(store, passwords, name, role, Scope::default(), password).await
}

async fn put_hashed(
    store: &dyn Store,
    passwords: &Passwords,
    name: &str,
    role: Role,
    scope: Scope,
    password: SecretString,
) -> Result<(), AccountFault> {
    let password_hash = passwords.hash(password).await?;
    Ok(store.put_account(&Account { name: name.to_owned(), role, scope, password_hash }).await?)
}
