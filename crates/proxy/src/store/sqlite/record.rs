//! The record in SQLite: a row and the head that names it are written in one transaction.

use async_trait::async_trait;
use sqlx::{Sqlite, Transaction};

use super::{SqliteStore, hash_of, seq_of, sql_seq};
use crate::audit::chain::{Chain, GENESIS};
use crate::store::{AuditHead, AuditRow, Record, StoreFault};

type RowColumns = (i64, Vec<u8>, Vec<u8>, String);
type HeadColumns = (i64, Vec<u8>, Vec<u8>);

#[async_trait]
impl Record for SqliteStore {
    async fn append(&self, content: &str, chain: &Chain) -> Result<u64, StoreFault> {
        let mut transaction = self.begin().await?;
        let seq = append_in(&mut transaction, content, chain).await?;
        transaction.commit().await?;
        Ok(seq)
    }

    async fn rows_after(&self, seq: u64, limit: u32) -> Result<Vec<AuditRow>, StoreFault> {
        let rows: Vec<RowColumns> =
            sqlx::query_as("SELECT seq, previous, hash, content FROM audit WHERE seq > ?1 ORDER BY seq LIMIT ?2")
                .bind(sql_seq(seq)?)
                .bind(limit)
                .fetch_all(&self.readers)
                .await?;
        rows.into_iter().map(row_of).collect()
    }

    async fn head(&self) -> Result<Option<AuditHead>, StoreFault> {
        let head: Option<HeadColumns> =
            sqlx::query_as("SELECT seq, hash, seal FROM audit_head WHERE id = 1").fetch_optional(&self.readers).await?;
        head.map(head_of).transpose()
    }
}

/// Appends a row in a transaction that somebody else commits.
pub(super) async fn append_in(
    transaction: &mut Transaction<'static, Sqlite>,
    content: &str,
    chain: &Chain,
) -> Result<u64, StoreFault> {
    let head: Option<HeadColumns> = sqlx::query_as("SELECT seq, hash, seal FROM audit_head WHERE id = 1")
        .fetch_optional(&mut **transaction)
        .await?;
    let (last, previous) = match head.map(head_of).transpose()? {
        Some(head) => (head.seq, head.hash),
        None => (0, GENESIS),
    };
    let seq = last + 1;
    let hash = chain.link(seq, &previous, content);
    let seal = chain.seal(seq, &hash);
    sqlx::query("INSERT INTO audit (seq, previous, hash, content) VALUES (?1, ?2, ?3, ?4)")
        .bind(sql_seq(seq)?)
        .bind(previous.as_slice())
        .bind(hash.as_slice())
        .bind(content)
        .execute(&mut **transaction)
        .await?;
    sqlx::query(
        "INSERT INTO audit_head (id, seq, hash, seal) VALUES (1, ?1, ?2, ?3)
         ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, seal = excluded.seal",
    )
    .bind(sql_seq(seq)?)
    .bind(hash.as_slice())
    .bind(seal.as_slice())
    .execute(&mut **transaction)
    .await?;
    Ok(seq)
}

pub(super) fn row_of((seq, previous, hash, content): RowColumns) -> Result<AuditRow, StoreFault> {
    Ok(AuditRow {
        seq: seq_of(seq)?,
        previous: hash_of("audit.previous", previous)?,
        hash: hash_of("audit.hash", hash)?,
        content,
    })
}

fn head_of((seq, hash, seal): HeadColumns) -> Result<AuditHead, StoreFault> {
    Ok(AuditHead {
        seq: seq_of(seq)?,
        hash: hash_of("audit_head.hash", hash)?,
        seal: hash_of("audit_head.seal", seal)?,
    })
}
