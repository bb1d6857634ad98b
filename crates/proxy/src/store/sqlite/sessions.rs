//! Sessions in SQLite.

use async_trait::async_trait;
use roomkey_schema::session::Way;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use super::accounts::account_of;
use super::{SqliteStore, hash_of};
use crate::audit::chain::Hash;
use crate::clock::UnixMs;
use crate::store::{Account, SessionRow, Sessions, StoreFault};

/// What a session is read from.
pub(super) const COLUMNS: &str = "id_hash, public_id, sessions.name, created_ms, active_ms, proven_ms, way, address, \
     browser, provider_session";

/// A session's columns.
#[derive(sqlx::FromRow)]
pub(super) struct Columns {
    id_hash: Vec<u8>,
    public_id: String,
    pub(super) name: String,
    created_ms: i64,
    active_ms: i64,
    proven_ms: i64,
    way: String,
    address: Option<String>,
    browser: Option<String>,
    provider_session: Option<String>,
}

#[async_trait]
impl Sessions for SqliteStore {
    async fn insert_session(&self, session: &SessionRow) -> Result<(), StoreFault> {
        let mut transaction = self.begin().await?;
        sqlx::query(
            "INSERT INTO sessions (id_hash, public_id, name, created_ms, active_ms, proven_ms, way, address, browser,
                 provider_session)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )
        .bind(session.id_hash.as_slice())
        .bind(&session.public_id)
        .bind(&session.name)
        .bind(session.created_ms)
        .bind(session.active_ms)
        .bind(session.proven_ms)
        .bind(session.way.as_str())
        .bind(&session.address)
        .bind(&session.browser)
        .bind(&session.provider_session)
        .execute(&mut *transaction)
        .await?;
        Ok(transaction.commit().await?)
    }

    async fn session(&self, id_hash: &Hash) -> Result<Option<(SessionRow, Account)>, StoreFault> {
        let sql = format!(
            "SELECT {COLUMNS}, role, scope, password_hash
             FROM sessions JOIN accounts ON accounts.name = sessions.name WHERE id_hash = ?1"
        );
        let row: Option<SqliteRow> =
            sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id_hash.as_slice()).fetch_optional(&self.readers).await?;
        let Some(row) = row else { return Ok(None) };
        let columns = <Columns as sqlx::FromRow<SqliteRow>>::from_row(&row)?;
        let of = (columns.name.clone(), row.try_get("role")?, row.try_get("scope")?, row.try_get("password_hash")?);
        Ok(Some((row_of(columns)?, account_of(of)?)))
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

pub(super) fn row_of(columns: Columns) -> Result<SessionRow, StoreFault> {
    let Columns { id_hash, public_id, name, created_ms, active_ms, proven_ms, way, address, browser, provider_session } =
        columns;
    let way = Way::from_name(&way).ok_or_else(|| StoreFault::Damaged(format!("a session's way is {way}")))?;
    let id_hash = hash_of("sessions.id_hash", id_hash)?;
    Ok(SessionRow {
        id_hash,
        public_id,
        name,
        created_ms,
        active_ms,
        proven_ms,
        way,
        address,
        browser,
        provider_session,
    })
}
