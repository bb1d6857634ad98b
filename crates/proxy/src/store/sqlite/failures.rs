//! Failed sign-ins in SQLite.

use async_trait::async_trait;

use super::SqliteStore;
use crate::clock::UnixMs;
use crate::store::{Failures, SignInFailures, StoreFault};

#[async_trait]
impl SignInFailures for SqliteStore {
    async fn failures(&self, key: &str, since_ms: UnixMs) -> Result<Failures, StoreFault> {
        let (count, oldest_ms): (i64, Option<i64>) =
            sqlx::query_as("SELECT count(*), min(at_ms) FROM sign_in_failures WHERE key = ?1 AND at_ms >= ?2")
                .bind(key)
                .bind(since_ms)
                .fetch_one(&self.readers)
                .await?;
        Ok(Failures { count: u32::try_from(count).unwrap_or(u32::MAX), oldest_ms: oldest_ms.unwrap_or_default() })
    }

    async fn add_failure(&self, keys: &[String], at_ms: UnixMs, forget_before_ms: UnixMs) -> Result<(), StoreFault> {
        let mut transaction = self.begin().await?;
        sqlx::query("DELETE FROM sign_in_failures WHERE at_ms < ?1")
            .bind(forget_before_ms)
            .execute(&mut *transaction)
            .await?;
        for key in keys {
            sqlx::query("INSERT INTO sign_in_failures (key, at_ms) VALUES (?1, ?2)")
                .bind(key)
                .bind(at_ms)
                .execute(&mut *transaction)
                .await?;
        }
        Ok(transaction.commit().await?)
    }

    async fn clear_failures(&self, key: &str) -> Result<(), StoreFault> {
        let mut transaction = self.begin().await?;
        sqlx::query("DELETE FROM sign_in_failures WHERE key = ?1").bind(key).execute(&mut *transaction).await?;
        Ok(transaction.commit().await?)
    }
}
