//! People whom somebody else vouches for, and the sessions of all, in SQLite.

use async_trait::async_trait;
use roomkey_schema::Role;

use super::SqliteStore;
use super::accounts::scope_text;
use super::sessions::{COLUMNS, Columns, row_of};
use crate::clock::UnixMs;
use crate::store::identities::{Ended, Identity, IdentityStore};
use crate::store::{SessionRow, StoreFault};

#[async_trait]
impl IdentityStore for SqliteStore {
    async fn put_identity(&self, identity: &Identity, now_ms: UnixMs) -> Result<String, StoreFault> {
        let mut transaction = self.begin().await?;
        let known: Option<String> =
            sqlx::query_scalar("SELECT account FROM identities WHERE issuer = ?1 AND subject = ?2")
                .bind(&identity.issuer)
                .bind(&identity.subject)
                .fetch_optional(&mut *transaction)
                .await?;
        let name = known.unwrap_or_else(|| identity.name.clone());
        sqlx::query(
            "INSERT INTO accounts (name, role, scope, password_hash) VALUES (?1, ?2, ?3, '')
             ON CONFLICT (name) DO UPDATE SET role = excluded.role, scope = excluded.scope",
        )
        .bind(&name)
        .bind(identity.role.as_str())
        .bind(scope_text(&identity.scope)?)
        .execute(&mut *transaction)
        .await?;
        sqlx::query(
            "INSERT INTO identities (issuer, subject, account, label, email, seen_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (issuer, subject) DO UPDATE
             SET label = excluded.label, email = excluded.email, seen_ms = excluded.seen_ms",
        )
        .bind(&identity.issuer)
        .bind(&identity.subject)
        .bind(&name)
        .bind(&identity.label)
        .bind(&identity.email)
        .bind(now_ms)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(name)
    }

    async fn sessions(&self, of: Option<&str>) -> Result<Vec<(SessionRow, Role)>, StoreFault> {
        let sql = format!(
            "SELECT {COLUMNS}, accounts.role FROM sessions JOIN accounts ON accounts.name = sessions.name
             WHERE ?1 IS NULL OR sessions.name = ?1 ORDER BY active_ms DESC, public_id"
        );
        let rows: Vec<Listed> = sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(of).fetch_all(&self.readers).await?;
        rows.into_iter()
            .map(|Listed(columns, role)| {
                let role = Role::from_name(&role)
                    .ok_or_else(|| StoreFault::Damaged(format!("the role of {} is {role}", columns.name)))?;
                Ok((row_of(columns)?, role))
            })
            .collect()
    }

    async fn end_session(&self, public_id: &str, of: Option<&str>) -> Result<Option<String>, StoreFault> {
        let mut transaction = self.begin().await?;
        let whose = sqlx::query_scalar(
            "DELETE FROM sessions WHERE public_id = ?1 AND (?2 IS NULL OR name = ?2) RETURNING name",
        )
        .bind(public_id)
        .bind(of)
        .fetch_optional(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(whose)
    }

    async fn end_sessions_of(&self, name: &str) -> Result<(), StoreFault> {
        let mut transaction = self.begin().await?;
        sqlx::query("DELETE FROM sessions WHERE name = ?1").bind(name).execute(&mut *transaction).await?;
        Ok(transaction.commit().await?)
    }

    async fn end_provider_sessions(&self, ended: Ended<'_>) -> Result<Vec<(String, String)>, StoreFault> {
        let mut transaction = self.begin().await?;
        let whose = sqlx::query_as(
            "DELETE FROM sessions
             WHERE way = 'provider'
               AND name IN (SELECT account FROM identities WHERE issuer = ?1 AND (?2 IS NULL OR subject = ?2))
               AND (?3 IS NULL OR provider_session = ?3)
               AND (?2 IS NOT NULL OR ?3 IS NOT NULL)
             RETURNING name, public_id",
        )
        .bind(ended.issuer)
        .bind(ended.subject)
        .bind(ended.session)
        .fetch_all(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(whose)
    }

    async fn spend(&self, key: &str, until_ms: UnixMs, now_ms: UnixMs) -> Result<bool, StoreFault> {
        let mut transaction = self.begin().await?;
        sqlx::query("DELETE FROM spent WHERE until_ms < ?1").bind(now_ms).execute(&mut *transaction).await?;
        let added = sqlx::query("INSERT INTO spent (key, until_ms) VALUES (?1, ?2) ON CONFLICT (key) DO NOTHING")
            .bind(key)
            .bind(until_ms)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(added.rows_affected() == 1)
    }
}

struct Listed(Columns, String);

impl<'r> sqlx::FromRow<'r, sqlx::sqlite::SqliteRow> for Listed {
    fn from_row(row: &'r sqlx::sqlite::SqliteRow) -> Result<Self, sqlx::Error> {
        Ok(Self(Columns::from_row(row)?, sqlx::Row::try_get(row, "role")?))
    }
}
