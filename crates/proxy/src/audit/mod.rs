//! The record: what was about to be done, and how it ended, in a chain of hashes that shows every later change.
//! Must not be written after the fact: an intent is on disk before the vendor is called.

pub mod chain;
pub mod checkpoint;
pub mod entry;
pub mod key;
pub mod shown;
pub mod signer;
mod syslog;
pub(crate) mod text;
pub(crate) mod undo;
pub mod unfinished;
pub mod verification;
pub mod verify;

use std::sync::Arc;

use tokio::sync::Notify;

pub use self::entry::Entry;
use crate::clock::{Clock, rfc3339_ms};
use crate::store::{Store, StoreFault};
use chain::Chain;
use checkpoint::Checkpoints;

/// Appends entries and keeps signed checkpoints.
pub struct Recorder {
    store: Arc<dyn Store>,
    chain: Arc<Chain>,
    clock: Arc<dyn Clock>,
    checkpoints: Checkpoints,
    appended: Notify,
}

/// Why an entry could not be written.
#[derive(Debug, thiserror::Error)]
pub enum RecordFault {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// The entry has no JSON form.
    #[error("the entry could not be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl Recorder {
    /// A recorder over that store.
    pub fn new(store: Arc<dyn Store>, chain: Arc<Chain>, clock: Arc<dyn Clock>, checkpoints: Checkpoints) -> Self {
        Self { store, chain, clock, checkpoints, appended: Notify::new() }
    }

    /// Appends the entry and answers its sequence number; it is on disk then.
    pub async fn append(&self, entry: &Entry) -> Result<u64, RecordFault> {
        let content = serde_json::to_string(entry)?;
        let seq = self.store.append(&content, &self.chain).await?;
        self.appended.notify_one();
        Ok(seq)
    }

    /// Lets a checkpoint be signed after entries that were appended along with something else.
    pub fn noticed(&self) {
        self.appended.notify_one();
    }

    /// What rows are chained with.
    pub fn chain(&self) -> &Chain {
        &self.chain
    }

    /// Where the record ended at some times.
    pub fn checkpoints(&self) -> &Checkpoints {
        &self.checkpoints
    }

    /// The time as entries spell it.
    pub fn now(&self) -> String {
        rfc3339_ms(self.clock.now_ms())
    }

    /// Waits for entries and signs a checkpoint after them, at most one a second. Ends with the task it runs in.
    pub async fn keep_checkpoints(&self) {
        loop {
            self.appended.notified().await;
            self.write_checkpoint().await;
            tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        }
    }

    /// Signs where the record ends now. A checkpoint that cannot be written is told in the log; the record itself is
    /// whole without it.
    pub async fn write_checkpoint(&self) {
        match self.store.head().await {
            Ok(Some(head)) => self.checkpoints.keep(head, &self.now()).await,
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "the record's end could not be read"),
        }
    }
}
