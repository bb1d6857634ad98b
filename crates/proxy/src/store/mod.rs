//! What must outlive the process: accounts, sessions, failed sign-ins, the record, reveals, jobs and the people
//! index. One trait a concern, and `Store` for all of them; the SQL is in the implementations. Must not know HTTP or vendors.

pub mod entries;
pub mod jobs;
pub mod people;
pub mod reveals;
pub mod sqlite;

use async_trait::async_trait;
use roomkey_schema::Role;

use crate::audit::chain::{Chain, Hash};
use crate::clock::UnixMs;

/// The store could not do what it was asked. The cause is for the log, not for the person.
#[derive(Debug, thiserror::Error)]
pub enum StoreFault {
    /// The database said no.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// The database is of a release that this one cannot read.
    #[error("the database could not be brought up to date: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// What was read makes no sense.
    #[error("the database holds a value that makes no sense: {0}")]
    Damaged(String),
}

/// A local account.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Account {
    /// What the person types.
    pub name: String,
    /// What the person may do.
    pub role: Role,
    /// Argon2id in PHC form.
    pub password_hash: String,
}

/// A session as it is kept: never with its id, only with the id's hash.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SessionRow {
    /// SHA-256 of the session id.
    pub id_hash: Hash,
    /// Account.
    pub name: String,
    /// When the person signed in.
    pub created_ms: UnixMs,
    /// When the person last did something.
    pub active_ms: UnixMs,
}

/// Failed sign-ins of one name or one address.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Failures {
    /// How many there were.
    pub count: u32,
    /// When the oldest of them was.
    pub oldest_ms: UnixMs,
}

/// A row of the record.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AuditRow {
    /// 1 for the first row, then without a gap.
    pub seq: u64,
    /// Hash of the row before; zeros before the first.
    pub previous: Hash,
    /// Hash of this row.
    pub hash: Hash,
    /// Canonical content: JSON.
    pub content: String,
}

/// Where the record ends.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct AuditHead {
    /// Sequence number of the last row.
    pub seq: u64,
    /// Hash of the last row.
    pub hash: Hash,
    /// Seal over both, made with a key that is not in the database.
    pub seal: Hash,
}

/// Local accounts.
#[async_trait]
pub trait Accounts {
    /// The account of that name.
    async fn account(&self, name: &str) -> Result<Option<Account>, StoreFault>;
    /// Creates the account, or replaces role and password; a replaced account's sessions end.
    async fn put_account(&self, account: &Account) -> Result<(), StoreFault>;
}

/// Sessions.
#[async_trait]
pub trait Sessions {
    /// Keeps a new session.
    async fn insert_session(&self, session: &SessionRow) -> Result<(), StoreFault>;
    /// The session of that hash and its account.
    async fn session(&self, id_hash: &Hash) -> Result<Option<(SessionRow, Account)>, StoreFault>;
    /// Notes that the person did something.
    async fn touch_session(&self, id_hash: &Hash, active_ms: UnixMs) -> Result<(), StoreFault>;
    /// Ends a session.
    async fn delete_session(&self, id_hash: &Hash) -> Result<(), StoreFault>;
    /// Ends sessions that were last active, or began, before these times.
    async fn delete_sessions_before(&self, active_ms: UnixMs, created_ms: UnixMs) -> Result<(), StoreFault>;
}

/// Failed sign-ins, by a key such as `name:alice`.
#[async_trait]
pub trait SignInFailures {
    /// Failures of the key since that time.
    async fn failures(&self, key: &str, since_ms: UnixMs) -> Result<Failures, StoreFault>;
    /// Notes a failure of each key and forgets those before `forget_before_ms`.
    async fn add_failure(&self, keys: &[String], at_ms: UnixMs, forget_before_ms: UnixMs) -> Result<(), StoreFault>;
    /// Forgets the failures of the key.
    async fn clear_failures(&self, key: &str) -> Result<(), StoreFault>;
}

/// The record: rows are appended, never changed.
#[async_trait]
pub trait Record {
    /// Appends a row, durably, and answers its sequence number. The row is on disk when this returns.
    async fn append(&self, content: &str, chain: &Chain) -> Result<u64, StoreFault>;
    /// Up to `limit` rows after `seq`, in order.
    async fn rows_after(&self, seq: u64, limit: u32) -> Result<Vec<AuditRow>, StoreFault>;
    /// Where the record ends, if it has begun.
    async fn head(&self) -> Result<Option<AuditHead>, StoreFault>;
}

/// The whole store.
#[async_trait]
pub trait Store: Accounts + Sessions + SignInFailures + Record + Send + Sync + 'static {
    /// Whether it can be written.
    async fn writable(&self) -> Result<(), StoreFault>;
    /// The record's entries.
    fn entries(&self) -> &dyn entries::EntryStore;
    /// What is kept of jobs.
    fn jobs(&self) -> &dyn jobs::JobStore;
    /// What is kept of reveals.
    fn reveals(&self) -> &dyn reveals::RevealStore;
    /// The people index.
    fn people(&self) -> &dyn people::PeopleStore;
    /// Finishes what is open.
    async fn close(&self);
}
