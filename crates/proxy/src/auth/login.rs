//! Name and password: throttle, then password. An unknown name takes the same way as a known one.

use std::net::IpAddr;

use secrecy::{ExposeSecret, SecretString};

use super::password::PasswordFault;
use super::throttle::{self, Attempt};
use crate::app::App;
use crate::audit::Entry;
use crate::audit::entry::Kind as EntryKind;
use crate::http::fault::{Fault, Kind};
use crate::http::request_id::RequestId;
use crate::store::Account;

/// Longest name and password that are looked at.
const LONGEST_NAME: usize = 128;
const LONGEST_PASSWORD: usize = 1_024;
/// Stands in the record for a name that no account has: people type passwords into the wrong field.
const SOMEBODY: &str = "(unknown name)";

/// What somebody typed, and where.
pub struct Typed {
    /// Name.
    pub name: String,
    /// Password.
    pub password: SecretString,
    /// Address, when it means one machine.
    pub address: Option<IpAddr>,
}

/// Whose name and password these are, or why nobody's.
pub async fn check(app: &App, typed: Typed, id: &RequestId) -> Result<Account, Fault> {
    let unavailable = |error: &dyn std::fmt::Display| Fault::new(Kind::Busy).cause(error);
    let details = &app.words.details;
    let lengths = 1..=LONGEST_NAME;
    if !lengths.contains(&typed.name.len()) || typed.password.expose_secret().len() > LONGEST_PASSWORD {
        return Err(Fault::new(Kind::BadRequest).detail(&details.sign_in_shape));
    }
    let attempt = Attempt { name: typed.name, address: typed.address };
    let (store, rules) = (&*app.store, &app.config.sign_in);
    // Attempts for one name are looked at one after the other, so that many at once cannot slip past the throttle.
    let _turn = app
        .objects
        .lock(&format!("sign-in:{}", attempt.name), std::time::Duration::from_secs(10))
        .await
        .map_err(|_| Fault::new(Kind::Busy))?;
    let now_ms = app.clock.now_ms();
    let wait = throttle::wait_until(store, rules, &attempt, now_ms).await.map_err(|error| unavailable(&error))?;
    if let Some(until_ms) = wait {
        return Err(Fault::new(Kind::SignInThrottled).retry_at(until_ms));
    }

    let account = app.store.account(&attempt.name).await.map_err(|error| unavailable(&error))?;
    // Whom somebody else vouches for has no password here.
    let account = account.filter(|account| !account.password_hash.is_empty());
    let known = account.as_ref().map(|account| account.password_hash.as_str());
    let fits = app.passwords.fits(typed.password, known).await.map_err(|error| match error {
        PasswordFault::Busy => Fault::new(Kind::Busy),
        other => Fault::internal(&other),
    })?;
    let Some(account) = account.filter(|_| fits) else {
        throttle::failed(store, rules, &attempt, now_ms).await.map_err(|error| unavailable(&error))?;
        let actor = if known_name(app, &attempt.name).await { attempt.name.as_str() } else { SOMEBODY };
        let entry = Entry::new(EntryKind::SignInFailed, app.recorder.now(), actor, None, id.as_str());
        if let Err(error) = app.recorder.append(&entry).await {
            tracing::error!(%error, "a failed sign-in could not be recorded");
        }
        return Err(Fault::new(Kind::SignInFailed));
    };
    throttle::succeeded(store, &attempt).await.map_err(|error| unavailable(&error))?;
    Ok(account)
}

async fn known_name(app: &App, name: &str) -> bool {
    matches!(app.store.account(name).await, Ok(Some(_)))
}
