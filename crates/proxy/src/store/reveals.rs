//! How often somebody was shown a secret: counted along with the record's entry, so that no restart forgives. Must not hold
//! what was shown.

use async_trait::async_trait;

use super::StoreFault;
use crate::audit::chain::Chain;
use crate::clock::UnixMs;

/// How often one person may be shown a secret.
#[derive(Clone, Copy, Debug)]
pub struct Allowance<'a> {
    /// Account.
    pub name: &'a str,
    /// How often, since `since_ms`.
    pub most: u32,
    /// From when on it counts.
    pub since_ms: UnixMs,
    /// Now.
    pub now_ms: UnixMs,
}

/// What has been counted.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Counted {
    /// One more, and the entry has this number.
    Entry(u64),
    /// No more: the oldest that counts was then. Nothing was written.
    NoneLeft(UnixMs),
}

/// What is kept of reveals.
#[async_trait]
pub trait RevealStore: Send + Sync {
    /// When the oldest reveal that counts was, if there were as many as may be.
    async fn none_left(&self, allowance: Allowance<'_>) -> Result<Option<UnixMs>, StoreFault>;
    /// Counts one and appends the record's entry, both or neither.
    async fn append_counting(
        &self,
        allowance: Allowance<'_>,
        entry: &str,
        chain: &Chain,
    ) -> Result<Counted, StoreFault>;
}
