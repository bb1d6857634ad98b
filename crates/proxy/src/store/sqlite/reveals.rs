//! Reveals in SQLite: a count and the record's entry in one transaction.

use async_trait::async_trait;
use sqlx::SqliteExecutor;

use super::{SqliteStore, record};
use crate::audit::chain::Chain;
use crate::clock::UnixMs;
use crate::store::StoreFault;
use crate::store::reveals::{Allowance, Counted, RevealStore};

#[async_trait]
impl RevealStore for SqliteStore {
    async fn none_left(&self, allowance: Allowance<'_>) -> Result<Option<UnixMs>, StoreFault> {
        spent(&self.readers, allowance).await
    }

    async fn append_counting(
        &self,
        allowance: Allowance<'_>,
        entry: &str,
        chain: &Chain,
    ) -> Result<Counted, StoreFault> {
        let mut transaction = self.begin().await?;
        if let Some(oldest_ms) = spent(&mut *transaction, allowance).await? {
            return Ok(Counted::NoneLeft(oldest_ms));
        }
        sqlx::query("DELETE FROM reveals WHERE at_ms < ?1").bind(allowance.since_ms).execute(&mut *transaction).await?;
        sqlx::query("INSERT INTO reveals (name, at_ms) VALUES (?1, ?2)")
            .bind(allowance.name)
            .bind(allowance.now_ms)
            .execute(&mut *transaction)
            .await?;
        let seq = record::append_in(&mut transaction, entry, chain).await?;
        transaction.commit().await?;
        Ok(Counted::Entry(seq))
    }
}

async fn spent(from: impl SqliteExecutor<'_>, allowance: Allowance<'_>) -> Result<Option<UnixMs>, StoreFault> {
    let (count, oldest_ms): (i64, Option<i64>) =
        sqlx::query_as("SELECT count(*), min(at_ms) FROM reveals WHERE name = ?1 AND at_ms >= ?2")
            .bind(allowance.name)
            .bind(allowance.since_ms)
            .fetch_one(from)
            .await?;
    Ok(oldest_ms.filter(|_| count >= i64::from(allowance.most)))
}
