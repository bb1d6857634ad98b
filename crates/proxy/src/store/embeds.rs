//! What is kept of sessions inside frames of other pages: the codes that begin them, and where each came from. Must not
//! hold a code or an id, only their hashes.

use async_trait::async_trait;

use super::StoreFault;
use crate::audit::chain::Hash;
use crate::clock::UnixMs;

/// A code as it is kept.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct EmbedCode {
    /// SHA-256 of the code.
    pub code_hash: Hash,
    /// The session that it takes into a frame. The code goes when the session ends.
    pub session_hash: Hash,
    /// SHA-256 of what only that frame knows.
    pub challenge: Hash,
    /// When it ceases to count.
    pub until_ms: UnixMs,
}

/// What is kept of sessions inside frames of other pages.
#[async_trait]
pub trait EmbedStore: Send + Sync {
    /// Keeps a new code and forgets those that no longer count.
    async fn insert_code(&self, code: &EmbedCode, now_ms: UnixMs) -> Result<(), StoreFault>;
    /// Takes a code away and answers what it was. Who comes second gets nothing.
    async fn take_code(&self, code_hash: &Hash) -> Result<Option<EmbedCode>, StoreFault>;
    /// Begins a session that came from another: of the same account, signed in when that one was, ended when that one
    /// ends. False when that one has ended.
    async fn insert_from(
        &self,
        id_hash: &Hash,
        public_id: &str,
        parent_hash: &Hash,
        now_ms: UnixMs,
    ) -> Result<bool, StoreFault>;
}
