//! Sessions inside frames of other pages, in SQLite.

use async_trait::async_trait;

use super::{SqliteStore, hash_of};
use crate::audit::chain::Hash;
use crate::clock::UnixMs;
use crate::store::StoreFault;
use crate::store::embeds::{EmbedCode, EmbedStore};

#[async_trait]
impl EmbedStore for SqliteStore {
    async fn insert_code(&self, code: &EmbedCode, now_ms: UnixMs) -> Result<(), StoreFault> {
        let mut transaction = self.begin().await?;
        sqlx::query("DELETE FROM embed_codes WHERE until_ms < ?1").bind(now_ms).execute(&mut *transaction).await?;
        sqlx::query("INSERT INTO embed_codes (code_hash, session_hash, challenge, until_ms) VALUES (?1, ?2, ?3, ?4)")
            .bind(code.code_hash.as_slice())
            .bind(code.session_hash.as_slice())
            .bind(code.challenge.as_slice())
            .bind(code.until_ms)
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }

    async fn take_code(&self, code_hash: &Hash) -> Result<Option<EmbedCode>, StoreFault> {
        let mut transaction = self.begin().await?;
        let row: Option<(Vec<u8>, Vec<u8>, i64)> =
            sqlx::query_as("DELETE FROM embed_codes WHERE code_hash = ?1 RETURNING session_hash, challenge, until_ms")
                .bind(code_hash.as_slice())
                .fetch_optional(&mut *transaction)
                .await?;
        transaction.commit().await?;
        let Some((session_hash, challenge, until_ms)) = row else { return Ok(None) };
        Ok(Some(EmbedCode {
            code_hash: *code_hash,
            session_hash: hash_of("embed_codes.session_hash", session_hash)?,
            challenge: hash_of("embed_codes.challenge", challenge)?,
            until_ms,
        }))
    }

    async fn insert_from(
        &self,
        id_hash: &Hash,
        public_id: &str,
        parent_hash: &Hash,
        now_ms: UnixMs,
    ) -> Result<bool, StoreFault> {
        let mut transaction = self.begin().await?;
        let begun = sqlx::query(
            "INSERT INTO sessions (id_hash, public_id, name, created_ms, active_ms, proven_ms, way, address, browser,
                 provider_session)
             SELECT ?1, ?4, name, created_ms, ?3, proven_ms, way, address, browser, provider_session
             FROM sessions WHERE id_hash = ?2",
        )
        .bind(id_hash.as_slice())
        .bind(parent_hash.as_slice())
        .bind(now_ms)
        .bind(public_id)
        .execute(&mut *transaction)
        .await?
        .rows_affected();
        if begun == 0 {
            return Ok(false);
        }
        sqlx::query("INSERT INTO embed_sessions (id_hash, parent_hash) VALUES (?1, ?2)")
            .bind(id_hash.as_slice())
            .bind(parent_hash.as_slice())
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(true)
    }
}
