//! Sessions in SQLite.

use async_trait::async_trait;

use super::accounts::account_of;
use super::{SqliteStore, hash_of};
use crate::audit::chain::Hash;
use crate::clock::UnixMs;
use crate::store::{Account, SessionRow, Sessions, StoreFault};

#[async_trait]
impl Sessions for SqliteStore {
    async fn insert_session(&self, session: &SessionRow) -> Result<(), StoreFault> {
        let mut transaction = self.begin().await?;
        sqlx::query("INSERT INTO sessions (id_hash, name, created_ms, active_ms) VALUES (?1, ?2, ?3, ?4)")
            .bind(session.id_hash.as_slice())
            .bind(&session.name)
            .bind(session.created_ms)
            .bind(session.active_ms)
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }

    async fn session(&self, id_hash: &Hash) -> Result<Option<(SessionRow, Account)>, StoreFault> {
        type Columns = (Vec<u8>, i64, i64, String, String, String);
        let row: Option<Columns> = sqlx::query_as(
            "SELECT id_hash, created_ms, active_ms, accounts.name, role, password_hash
             FROM sessions JOIN accounts ON accounts.name = sessions.name WHERE id_hash = ?1",
        )
        .bind(id_hash.as_slice())
        .fetch_optional(&self.readers)
        .await?;
        let Some((id_hash, created_ms, active_ms, name, role, password_hash)) = row else { return Ok(None) };
        let account = account_of((name, role, password_hash))?;
        let id_hash = hash_of("sessions.id_hash", id_hash)?;
        Ok(Some((SessionRow { id_hash, name: account.name.clone(), created_ms, active_ms }, account)))
    }

    async fn touch_session(&self, id_hash: &Hash, active_ms: UnixMs) -> Result<(), StoreFault> {
        let mut transaction = self.begin().await?;
        // What is done in a frame keeps alive the session that it came from, without which it would end.
        sqlx::query(
            "UPDATE sessions SET active_ms = max(active_ms, ?2)
             WHERE id_hash = ?1 OR id_hash = (SELECT parent_hash FROM embed_sessions WHERE id_hash = ?1)",
        )
        .bind(id_hash.as_slice())
        .bind(active_ms)
        .execute(&mut *transaction)
        .await?;
        Ok(transaction.commit().await?)
    }

    async fn delete_session(&self, id_hash: &Hash) -> Result<(), StoreFault> {
        let mut transaction = self.begin().await?;
        sqlx::query("DELETE FROM sessions WHERE id_hash = ?1")
            .bind(id_hash.as_slice())
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }

    async fn delete_sessions_before(&self, active_ms: UnixMs, created_ms: UnixMs) -> Result<(), StoreFault> {
        let mut transaction = self.begin().await?;
        sqlx::query("DELETE FROM sessions WHERE active_ms < ?1 OR created_ms < ?2")
            .bind(active_ms)
            .bind(created_ms)
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }
}
