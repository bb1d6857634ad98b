//! A store whose record can be made impossible to write, as on a full disk. Must not fail otherwise.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use roomkey_proxy::audit::chain::{Chain, Hash};
use roomkey_proxy::clock::UnixMs;
use roomkey_proxy::store::entries::EntryStore;
use roomkey_proxy::store::jobs::JobStore;
use roomkey_proxy::store::people::PeopleStore;
use roomkey_proxy::store::reveals::{Allowance, Counted, RevealStore};
use roomkey_proxy::store::{
    Account, Accounts, AuditHead, AuditRow, Failures, Record, SessionRow, Sessions, SignInFailures, Store, StoreFault,
};

/// A store whose record cannot be written while `broken` is set.
pub(crate) struct Unwritable {
    pub(crate) inner: Arc<dyn Store>,
    pub(crate) broken: Arc<AtomicBool>,
}

#[async_trait]
impl Accounts for Unwritable {
    async fn account(&self, name: &str) -> Result<Option<Account>, StoreFault> {
        self.inner.account(name).await
    }
    async fn put_account(&self, account: &Account) -> Result<(), StoreFault> {
        self.inner.put_account(account).await
    }
}

#[async_trait]
impl Sessions for Unwritable {
    async fn insert_session(&self, session: &SessionRow) -> Result<(), StoreFault> {
        self.inner.insert_session(session).await
    }
    async fn session(&self, id_hash: &Hash) -> Result<Option<(SessionRow, Account)>, StoreFault> {
        self.inner.session(id_hash).await
    }
    async fn touch_session(&self, id_hash: &Hash, active_ms: UnixMs) -> Result<(), StoreFault> {
        self.inner.touch_session(id_hash, active_ms).await
    }
    async fn delete_session(&self, id_hash: &Hash) -> Result<(), StoreFault> {
        self.inner.delete_session(id_hash).await
    }
    async fn delete_sessions_before(&self, active_ms: UnixMs, created_ms: UnixMs) -> Result<(), StoreFault> {
        self.inner.delete_sessions_before(active_ms, created_ms).await
    }
}

#[async_trait]
impl SignInFailures for Unwritable {
    async fn failures(&self, key: &str, since_ms: UnixMs) -> Result<Failures, StoreFault> {
        self.inner.failures(key, since_ms).await
    }
    async fn add_failure(&self, keys: &[String], at_ms: UnixMs, forget_before_ms: UnixMs) -> Result<(), StoreFault> {
        self.inner.add_failure(keys, at_ms, forget_before_ms).await
    }
    async fn clear_failures(&self, key: &str) -> Result<(), StoreFault> {
        self.inner.clear_failures(key).await
    }
}

#[async_trait]
impl Record for Unwritable {
    async fn append(&self, content: &str, chain: &Chain) -> Result<u64, StoreFault> {
        self.fails()?;
        self.inner.append(content, chain).await
    }
    async fn rows_after(&self, seq: u64, limit: u32) -> Result<Vec<AuditRow>, StoreFault> {
        self.inner.rows_after(seq, limit).await
    }
    async fn head(&self) -> Result<Option<AuditHead>, StoreFault> {
        self.inner.head().await
    }
}

#[async_trait]
impl Store for Unwritable {
    async fn writable(&self) -> Result<(), StoreFault> {
        self.inner.writable().await
    }
    fn entries(&self) -> &dyn EntryStore {
        self.inner.entries()
    }
    fn jobs(&self) -> &dyn JobStore {
        self.inner.jobs()
    }
    fn reveals(&self) -> &dyn RevealStore {
        self
    }
    fn people(&self) -> &dyn PeopleStore {
        self.inner.people()
    }
    async fn close(&self) {
        self.inner.close().await;
    }
}

impl Unwritable {
    fn fails(&self) -> Result<(), StoreFault> {
        if self.broken.load(Ordering::SeqCst) {
            return Err(StoreFault::Damaged("the disk is full".to_owned()));
        }
        Ok(())
    }
}

#[async_trait]
impl RevealStore for Unwritable {
    async fn none_left(&self, allowance: Allowance<'_>) -> Result<Option<UnixMs>, StoreFault> {
        self.inner.reveals().none_left(allowance).await
    }
    async fn append_counting(&self, of: Allowance<'_>, entry: &str, chain: &Chain) -> Result<Counted, StoreFault> {
        self.fails()?;
        self.inner.reveals().append_counting(of, entry, chain).await
    }
}
