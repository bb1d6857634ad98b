//! Accounts in SQLite.

use async_trait::async_trait;
use roomkey_schema::{Role, Scope};

use super::SqliteStore;
use crate::store::{Account, Accounts, StoreFault};

/// Name, role, scope and password hash.
pub(super) type Columns = (String, String, String, String);

#[async_trait]
impl Accounts for SqliteStore {
    async fn account(&self, name: &str) -> Result<Option<Account>, StoreFault> {
        let row: Option<Columns> =
            sqlx::query_as("SELECT name, role, scope, password_hash FROM accounts WHERE name = ?1")
                .bind(name)
                .fetch_optional(&self.readers)
                .await?;
        row.map(account_of).transpose()
    }

    async fn put_account(&self, account: &Account) -> Result<(), StoreFault> {
        let mut transaction = self.begin().await?;
        sqlx::query(
            "INSERT INTO accounts (name, role, scope, password_hash) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (name) DO UPDATE
             SET role = excluded.role, scope = excluded.scope, password_hash = excluded.password_hash",
        )
        .bind(&account.name)
        .bind(account.role.as_str())
        .bind(scope_text(&account.scope)?)
        .bind(&account.password_hash)
        .execute(&mut *transaction)
        .await?;
        sqlx::query("DELETE FROM sessions WHERE name = ?1").bind(&account.name).execute(&mut *transaction).await?;
        Ok(transaction.commit().await?)
    }
}

pub(super) fn account_of((name, role, scope, password_hash): Columns) -> Result<Account, StoreFault> {
    let role = Role::from_name(&role).ok_or_else(|| StoreFault::Damaged(format!("the role of {name} is {role}")))?;
    let scope: Scope = serde_json::from_str(&scope)
        .map_err(|error| StoreFault::Damaged(format!("the scope of {name} cannot be read: {error}")))?;
    Ok(Account { name, role, scope, password_hash })
}

pub(super) fn scope_text(scope: &Scope) -> Result<String, StoreFault> {
    serde_json::to_string(scope).map_err(|error| StoreFault::Damaged(format!("a scope has no JSON form: {error}")))
}
