//! The store in one SQLite file: write-ahead log, `synchronous=FULL`, one connection that writes (always with
//! `BEGIN IMMEDIATE`) and several that read. Must not be shared over a network file system.

mod accounts;
mod entries;
mod failures;
mod job_rows;
mod jobs;
mod lanes;
mod people;
mod record;
mod reveals;
mod sessions;

use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Sqlite, Transaction};

use super::entries::EntryStore;
use super::jobs::JobStore;
use super::people::PeopleStore;
use super::reveals::RevealStore;
use super::{Store, StoreFault};
use crate::audit::chain::Hash;

/// How long a statement waits for another process that writes.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a request waits for a connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);
/// Connections that read.
const READERS: u32 = 4;

/// One SQLite file.
#[derive(Debug)]
pub struct SqliteStore {
    writer: SqlitePool,
    readers: SqlitePool,
}

impl SqliteStore {
    /// Opens or creates the file and brings it up to date.
    pub async fn open(path: &Path) -> Result<Self, StoreFault> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT);
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .min_connections(1)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .connect_with(options.clone())
            .await?;
        sqlx::migrate!("src/store/migrations").run(&writer).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .connect_with(options.create_if_missing(false).pragma("query_only", "ON"))
            .await?;
        Ok(Self { writer, readers })
    }

    /// Version of the SQLite library inside.
    pub async fn library_version(&self) -> Result<String, StoreFault> {
        Ok(sqlx::query_scalar("SELECT sqlite_version()").fetch_one(&self.readers).await?)
    }

    /// Journal mode and `synchronous` of the connection that writes; 2 is FULL.
    pub async fn durability(&self) -> Result<(String, i64), StoreFault> {
        let mut writer = self.writer.acquire().await?;
        let journal = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&mut *writer).await?;
        let synchronous = sqlx::query_scalar("PRAGMA synchronous").fetch_one(&mut *writer).await?;
        Ok((journal, synchronous))
    }

    async fn begin(&self) -> Result<Transaction<'static, Sqlite>, StoreFault> {
        Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?)
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn writable(&self) -> Result<(), StoreFault> {
        let mut transaction = self.begin().await?;
        sqlx::query("UPDATE liveness SET beats = beats + 1 WHERE id = 1").execute(&mut *transaction).await?;
        Ok(transaction.commit().await?)
    }

    fn entries(&self) -> &dyn EntryStore {
        self
    }

    fn jobs(&self) -> &dyn JobStore {
        self
    }

    fn reveals(&self) -> &dyn RevealStore {
        self
    }

    fn people(&self) -> &dyn PeopleStore {
        self
    }

    async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

fn hash_of(column: &str, bytes: Vec<u8>) -> Result<Hash, StoreFault> {
    bytes.try_into().map_err(|_| StoreFault::Damaged(format!("{column} is not 32 bytes long")))
}

fn seq_of(value: i64) -> Result<u64, StoreFault> {
    u64::try_from(value).map_err(|_| StoreFault::Damaged("a sequence number is negative".to_owned()))
}

fn sql_seq(value: u64) -> Result<i64, StoreFault> {
    i64::try_from(value).map_err(|_| StoreFault::Damaged("a sequence number is too large".to_owned()))
}
