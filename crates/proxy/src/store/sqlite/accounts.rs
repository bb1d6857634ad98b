//! Accounts in SQLite.

use async_trait::async_trait;
use roomkey_schema::Role;

use super::SqliteStore;
use crate::store::{Account, Accounts, StoreFault};

#[async_trait]
impl Accounts for SqliteStore {
    async fn account(&self, name: &str) -> Result<Option<Account>, StoreFault> {
        let row: Option<(String, String, String)> =
            sqlx::query_as("SELECT name, role, password_hash FROM accounts WHERE name = ?1")
                .bind(name)
                .fetch_optional(&self.readers)
                .await?;
        row.map(account_of).transpose()
    }

    async fn put_account(&self, account: &Account) -> Result<(), StoreFault> {
        let mut transaction = self.begin().await?;
        sqlx::query(
            "INSERT INTO accounts (name, role, password_hash) VALUES (?1, ?2, ?3)
             ON CONFLICT (name) DO UPDATE SET role = excluded.role, password_hash = excluded.password_hash",
        )
        .bind(&account.name)
        .bind(account.role.as_str())
        .bind(&account.password_hash)
        .execute(&mut *transaction)
        .await?;
        sqlx::query("DELETE FROM sessions WHERE name = ?1").bind(&account.name).execute(&mut *transaction).await?;
        Ok(transaction.commit().await?)
    }
}

pub(super) fn account_of((name, role, password_hash): (String, String, String)) -> Result<Account, StoreFault> {
    let role = Role::from_name(&role).ok_or_else(|| StoreFault::Damaged(format!("the role of {name} is {role}")))?;
    Ok(Account { name, role, password_hash })
}
