//! The people index in SQLite. Lines are written in small transactions, so that others that write need not wait long.

mod find;
mod lines;
mod make;
mod reach;

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use roomkey_schema::people::{Hit, Person};
use roomkey_schema::people_build::Line;
use roomkey_schema::scope::Unit;
use serde::Serialize;
use sqlx::{Sqlite, Transaction};

use super::{SqliteStore, seq_of, sql_seq};
use crate::clock::UnixMs;
use crate::people::query::Query;
use crate::store::StoreFault;
use crate::store::people::{PeopleStore, StoredSource};

/// Lines that are written in one transaction.
const AT_ONCE: usize = 100;

#[async_trait]
impl PeopleStore for SqliteStore {
    async fn sources(&self) -> Result<Vec<StoredSource>, StoreFault> {
        type Row = (String, i64, Option<String>, Option<i64>, i64, Option<String>);
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT vendor, pass, position, read_ms, lines, problem FROM people_sources ORDER BY vendor",
        )
        .fetch_all(&self.readers)
        .await?;
        let source = |(vendor, pass, position, read_ms, lines, problem): Row| {
            Ok(StoredSource { vendor, pass: seq_of(pass)?, position, read_ms, lines: seq_of(lines)?, problem })
        };
        rows.into_iter().map(source).collect()
    }

    async fn begin_reading(&self, vendor: &str, position: &str) -> Result<u64, StoreFault> {
        let mut transaction = self.begin().await?;
        let pass: i64 = sqlx::query_scalar(
            "INSERT INTO people_sources (vendor, pass, position) VALUES (?1, 1, ?2)
             ON CONFLICT (vendor) DO UPDATE SET pass = pass + 1, position = excluded.position RETURNING pass",
        )
        .bind(vendor)
        .bind(position)
        .fetch_one(&mut *transaction)
        .await?;
        transaction.commit().await?;
        seq_of(pass)
    }

    async fn put_lines(
        &self,
        vendor: &str,
        pass: u64,
        lines: &[Line],
        position: Option<&str>,
    ) -> Result<(), StoreFault> {
        let pass = sql_seq(pass)?;
        for some in lines.chunks(AT_ONCE) {
            let mut transaction = self.begin().await?;
            lines::put(&mut transaction, vendor, pass, some).await?;
            transaction.commit().await?;
        }
        let Some(position) = position else { return Ok(()) };
        let mut transaction = self.begin().await?;
        sqlx::query("UPDATE people_sources SET position = ?2 WHERE vendor = ?1 AND pass = ?3")
            .bind(vendor)
            .bind(position)
            .bind(pass)
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }

    async fn unseen(&self, vendor: &str, pass: u64, limit: u32) -> Result<Vec<(String, String)>, StoreFault> {
        let rows =
            sqlx::query_as("SELECT place, account FROM people_accounts WHERE vendor = ?1 AND pass < ?2 LIMIT ?3")
                .bind(vendor)
                .bind(sql_seq(pass)?)
                .bind(limit)
                .fetch_all(&self.readers)
                .await?;
        Ok(rows)
    }

    async fn end_reading(&self, vendor: &str, pass: u64, now_ms: UnixMs) -> Result<(), StoreFault> {
        let pass = sql_seq(pass)?;
        while self.remove_some(vendor, lines::Gone::NotSeenIn(pass)).await? {}
        let mut transaction = self.begin().await?;
        sqlx::query(
            "UPDATE people_sources SET position = NULL, read_ms = ?3, problem = NULL WHERE vendor = ?1 AND pass = ?2",
        )
        .bind(vendor)
        .bind(pass)
        .bind(now_ms)
        .execute(&mut *transaction)
        .await?;
        Ok(transaction.commit().await?)
    }

    async fn remove_lines(&self, vendor: &str, ids: &[String]) -> Result<(), StoreFault> {
        for some in ids.chunks(AT_ONCE) {
            self.remove_some(vendor, lines::Gone::Named(some)).await?;
        }
        Ok(())
    }

    async fn forget_vendor(&self, vendor: &str) -> Result<(), StoreFault> {
        while self.remove_some(vendor, lines::Gone::NotSeenIn(i64::MAX)).await? {}
        let mut transaction = self.begin().await?;
        sqlx::query("DELETE FROM people_sources WHERE vendor = ?1").bind(vendor).execute(&mut *transaction).await?;
        Ok(transaction.commit().await?)
    }

    async fn note_problem(&self, vendor: &str, problem: Option<&str>) -> Result<(), StoreFault> {
        let mut transaction = self.begin().await?;
        sqlx::query(
            "INSERT INTO people_sources (vendor, problem) VALUES (?1, ?2)
             ON CONFLICT (vendor) DO UPDATE SET problem = excluded.problem",
        )
        .bind(vendor)
        .bind(problem)
        .execute(&mut *transaction)
        .await?;
        Ok(transaction.commit().await?)
    }

    async fn search(&self, query: &Query) -> Result<(Vec<Hit>, bool), StoreFault> {
        find::search(&self.readers, query).await
    }

    async fn person(&self, key: &str, units: &[Unit]) -> Result<Option<Person>, StoreFault> {
        find::person(&self.readers, key, units).await
    }

    async fn names_of(&self, vendor: &str, ids: &[String]) -> Result<BTreeMap<String, String>, StoreFault> {
        let rows: Vec<(String, String)> = sqlx::query_as(
            "SELECT it.account, it.name FROM json_each(?2) AS asked
             CROSS JOIN people_accounts AS it
                 ON it.vendor = ?1 AND it.kind IN (0, 1) AND it.account = asked.value
             WHERE it.name <> ''",
        )
        .bind(vendor)
        .bind(list(ids)?)
        .fetch_all(&self.readers)
        .await?;
        Ok(rows.into_iter().collect())
    }

    async fn units_of(&self, vendor: &str, ids: &[String]) -> Result<BTreeMap<String, BTreeSet<Unit>>, StoreFault> {
        reach::units_of(&self.readers, vendor, ids).await
    }
}

impl SqliteStore {
    /// Removes at most so many as are written at once; whether any were.
    async fn remove_some(&self, vendor: &str, gone: lines::Gone<'_>) -> Result<bool, StoreFault> {
        let mut transaction = self.begin().await?;
        let removed = lines::remove(&mut transaction, vendor, gone, AT_ONCE).await?;
        transaction.commit().await?;
        Ok(removed)
    }
}

/// A list as a statement takes it.
fn list(of: impl Serialize) -> Result<String, StoreFault> {
    serde_json::to_string(&of).map_err(|error| StoreFault::Damaged(error.to_string()))
}

/// Executes a statement that takes one list.
async fn execute(
    transaction: &mut Transaction<'static, Sqlite>,
    statement: &'static str,
    of: impl Serialize,
) -> Result<(), StoreFault> {
    sqlx::query(statement).bind(list(of)?).execute(&mut **transaction).await?;
    Ok(())
}
