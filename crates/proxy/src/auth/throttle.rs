//! Slows down guessing: after some failures a name or an address must wait until the window has passed. Kept in the
//! store, so that a restart does not forgive.

use std::net::IpAddr;

use crate::clock::UnixMs;
use crate::config::SignIn;
use crate::store::{Store, StoreFault};

/// Whose failures are counted.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// The name as typed.
    pub name: String,
    /// Where it comes from, when that is known and means one machine.
    pub address: Option<IpAddr>,
}

impl Attempt {
    fn name_key(&self) -> String {
        format!("name:{}", self.name)
    }

    fn address_key(&self) -> Option<String> {
        // One machine owns a whole /64 of IPv6.
        self.address.map(|address| match address {
            IpAddr::V4(address) => format!("address:{address}"),
            IpAddr::V6(address) => match address.to_ipv4_mapped() {
                Some(address) => format!("address:{address}"),
                None => format!("address:{:x?}", &address.segments()[..4]),
            },
        })
    }
}

/// Until when the attempt must wait, if it must.
pub async fn wait_until(
    store: &dyn Store,
    rules: &SignIn,
    attempt: &Attempt,
    now_ms: UnixMs,
) -> Result<Option<UnixMs>, StoreFault> {
    let window_ms = window_ms(rules);
    let mut keys = vec![(attempt.name_key(), rules.failures_per_name)];
    keys.extend(attempt.address_key().map(|key| (key, rules.failures_per_address)));
    let mut until = None;
    for (key, allowed) in keys {
        let failures = store.failures(&key, now_ms - window_ms).await?;
        if failures.count >= allowed {
            until = until.max(Some(failures.oldest_ms + window_ms));
        }
    }
    Ok(until)
}

/// Counts a failure.
pub async fn failed(store: &dyn Store, rules: &SignIn, attempt: &Attempt, now_ms: UnixMs) -> Result<(), StoreFault> {
    let mut keys = vec![attempt.name_key()];
    keys.extend(attempt.address_key());
    store.add_failure(&keys, now_ms, now_ms - window_ms(rules)).await
}

/// Forgives the name's failures after it signed in; the address's stay.
pub async fn succeeded(store: &dyn Store, attempt: &Attempt) -> Result<(), StoreFault> {
    store.clear_failures(&attempt.name_key()).await
}

fn window_ms(rules: &SignIn) -> i64 {
    i64::from(rules.window_minutes) * 60_000
}
