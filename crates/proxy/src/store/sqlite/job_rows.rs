//! Rows of jobs in SQLite. A row's intent, the account's change and the record's entry are one transaction; work of somebody
//! who no longer holds the lease changes nothing.

use async_trait::async_trait;
use roomkey_schema::job::{Counts, RowState};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, Sqlite, Transaction};

use super::{SqliteStore, lanes, record, seq_of, sql_seq};
use crate::audit::chain::Chain;
use crate::clock::UnixMs;
use crate::store::StoreFault;
use crate::store::jobs::{Begun, JobRows, Lease, Reserve, RowEnd, StoredRow};

/// A query for whole rows.
macro_rules! rows_where {
    ($rest:literal) => {
        concat!(
            "SELECT number, subject, state, sealed, tries, intent, detail, code, tracking_id, at_ms FROM job_rows ",
            $rest
        )
    };
}

#[async_trait]
impl JobRows for SqliteStore {
    async fn clear_rows(&self, lease: &Lease) -> Result<(), StoreFault> {
        let mut transaction = self.begin().await?;
        if holds(&mut transaction, lease).await? {
            sqlx::query("DELETE FROM job_rows WHERE job = ?1").bind(&lease.job).execute(&mut *transaction).await?;
        }
        Ok(transaction.commit().await?)
    }

    async fn insert_rows(&self, lease: &Lease, rows: &[StoredRow]) -> Result<(), StoreFault> {
        let mut transaction = self.begin().await?;
        if !holds(&mut transaction, lease).await? {
            return Ok(());
        }
        for row in rows {
            sqlx::query(
                "INSERT INTO job_rows (job, number, subject, state, sealed, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )
            .bind(&lease.job)
            .bind(sql_seq(row.number)?)
            .bind(&row.subject)
            .bind(row.state.as_str())
            .bind(&row.sealed)
            .bind(&row.detail)
            .execute(&mut *transaction)
            .await?;
        }
        Ok(transaction.commit().await?)
    }

    async fn counts(&self, job: &str) -> Result<Counts, StoreFault> {
        let rows: Vec<(String, i64)> =
            sqlx::query_as("SELECT state, COUNT(*) FROM job_rows WHERE job = ?1 GROUP BY state")
                .bind(job)
                .fetch_all(&self.readers)
                .await?;
        let mut counts = Counts::default();
        for (state, count) in rows {
            let place = match state_of(&state)? {
                RowState::Invalid => &mut counts.invalid,
                RowState::Pending => &mut counts.pending,
                RowState::Intent => &mut counts.intent,
                RowState::Done => &mut counts.done,
                RowState::Failed => &mut counts.failed,
                RowState::Unknown => &mut counts.unknown,
                RowState::Cancelled => &mut counts.cancelled,
            };
            *place = seq_of(count)?;
        }
        Ok(counts)
    }

    async fn ended_since(&self, job: &str, since_ms: UnixMs) -> Result<u64, StoreFault> {
        let count: i64 = sqlx::query_scalar(
            "SELECT COUNT(*) FROM job_rows WHERE job = ?1 AND state IN ('done', 'failed') AND at_ms > ?2",
        )
        .bind(job)
        .bind(since_ms)
        .fetch_one(&self.readers)
        .await?;
        seq_of(count)
    }

    async fn rows_of(
        &self,
        job: &str,
        state: Option<RowState>,
        after: u64,
        limit: u32,
    ) -> Result<Vec<StoredRow>, StoreFault> {
        let query = match state {
            Some(state) => {
                sqlx::query(rows_where!("WHERE job = ?1 AND state = ?4 AND number > ?2 ORDER BY number LIMIT ?3"))
                    .bind(job)
                    .bind(sql_seq(after)?)
                    .bind(limit)
                    .bind(state.as_str())
            }
            None => sqlx::query(rows_where!("WHERE job = ?1 AND number > ?2 ORDER BY number LIMIT ?3"))
                .bind(job)
                .bind(sql_seq(after)?)
                .bind(limit),
        };
        query.fetch_all(&self.readers).await?.iter().map(row_of).collect()
    }

    async fn holds_values(&self, job: &str) -> Result<bool, StoreFault> {
        let held: Option<i64> = sqlx::query_scalar(
            "SELECT 1 FROM job_rows WHERE job = ?1 AND state = 'done' AND sealed IS NOT NULL LIMIT 1",
        )
        .bind(job)
        .fetch_optional(&self.readers)
        .await?;
        Ok(held.is_some())
    }

    async fn destroy_values(&self, job: &str) -> Result<(), StoreFault> {
        let mut transaction = self.begin().await?;
        sqlx::query("UPDATE job_rows SET sealed = NULL WHERE job = ?1").bind(job).execute(&mut *transaction).await?;
        Ok(transaction.commit().await?)
    }

    async fn destroy_old(&self, jobs_before_ms: UnixMs, tables_before_ms: UnixMs) -> Result<(), StoreFault> {
        let mut transaction = self.begin().await?;
        sqlx::query(
            "UPDATE job_rows SET sealed = NULL
             WHERE sealed IS NOT NULL AND job IN (SELECT id FROM jobs WHERE ended_ms < ?1)",
        )
        .bind(jobs_before_ms)
        .execute(&mut *transaction)
        .await?;
        sqlx::query("DELETE FROM job_tables WHERE created_ms < ?1")
            .bind(tables_before_ms)
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }

    async fn repeat_failed(&self, job: &str) -> Result<u64, StoreFault> {
        let mut transaction = self.begin().await?;
        let done = sqlx::query(
            "UPDATE job_rows SET state = 'pending', tries = 0, detail = '', code = '', tracking_id = '', at_ms = NULL
             WHERE job = ?1 AND state = 'failed' AND sealed IS NOT NULL",
        )
        .bind(job)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(done.rows_affected())
    }

    async fn put_back(&self, lease: &Lease, number: u64) -> Result<(), StoreFault> {
        let mut transaction = self.begin().await?;
        if holds(&mut transaction, lease).await? {
            // A job that was cancelled meanwhile takes no row back.
            sqlx::query(
                "UPDATE job_rows SET state = CASE (SELECT state FROM jobs WHERE id = ?1)
                     WHEN 'cancelled' THEN 'cancelled' ELSE 'pending' END
                 WHERE job = ?1 AND number = ?2 AND state IN ('intent', 'unknown')",
            )
            .bind(&lease.job)
            .bind(sql_seq(number)?)
            .execute(&mut *transaction)
            .await?;
        }
        Ok(transaction.commit().await?)
    }

    async fn begin_row(
        &self,
        lease: &Lease,
        number: u64,
        reserve: Option<Reserve<'_>>,
        entry: &str,
        chain: &Chain,
    ) -> Result<Begun, StoreFault> {
        let mut transaction = self.begin().await?;
        let waits = sqlx::query(
            "UPDATE job_rows SET state = 'intent', tries = tries + 1 WHERE job = ?1 AND number = ?3 AND state = 'pending'
             AND EXISTS (SELECT 1 FROM jobs WHERE id = ?1 AND fence = ?2 AND state = 'running')",
        )
        .bind(&lease.job)
        .bind(sql_seq(lease.fence)?)
        .bind(sql_seq(number)?)
        .execute(&mut *transaction)
        .await?;
        if waits.rows_affected() == 0 {
            return Ok(Begun::Lost);
        }
        if let Some(reserve) = reserve
            && !lanes::reserve(&mut transaction, reserve).await?
        {
            return Ok(Begun::NoneLeft);
        }
        let seq = record::append_in(&mut transaction, entry, chain).await?;
        sqlx::query("UPDATE job_rows SET intent = ?3 WHERE job = ?1 AND number = ?2")
            .bind(&lease.job)
            .bind(sql_seq(number)?)
            .bind(sql_seq(seq)?)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(Begun::Intent(seq))
    }

    async fn end_row(&self, lease: &Lease, end: &RowEnd, entry: Option<&str>, chain: &Chain) -> Result<(), StoreFault> {
        let mut transaction = self.begin().await?;
        if let Some(entry) = entry {
            record::append_in(&mut transaction, entry, chain).await?;
        }
        if holds(&mut transaction, lease).await? {
            sqlx::query(
                // A job that was cancelled meanwhile takes no row back.
                "UPDATE job_rows SET state = CASE WHEN ?3 = 'pending' AND (SELECT state FROM jobs WHERE id = ?1) = 'cancelled'
                     THEN 'cancelled' ELSE ?3 END,
                     detail = ?4, code = ?5, tracking_id = ?6, at_ms = ?7
                 WHERE job = ?1 AND number = ?2 AND state IN ('pending', 'intent', 'unknown')",
            )
            .bind(&lease.job)
            .bind(sql_seq(end.number)?)
            .bind(end.state.as_str())
            .bind(&end.detail)
            .bind(&end.code)
            .bind(&end.tracking_id)
            .bind(end.at_ms)
            .execute(&mut *transaction)
            .await?;
        }
        Ok(transaction.commit().await?)
    }
}

async fn holds(transaction: &mut Transaction<'static, Sqlite>, lease: &Lease) -> Result<bool, StoreFault> {
    let held: Option<i64> = sqlx::query_scalar("SELECT 1 FROM jobs WHERE id = ?1 AND fence = ?2")
        .bind(&lease.job)
        .bind(sql_seq(lease.fence)?)
        .fetch_optional(&mut **transaction)
        .await?;
    Ok(held.is_some())
}

fn state_of(name: &str) -> Result<RowState, StoreFault> {
    RowState::from_name(name).ok_or_else(|| StoreFault::Damaged(format!("{name} is no state of a row")))
}

fn row_of(row: &SqliteRow) -> Result<StoredRow, StoreFault> {
    let intent: Option<i64> = row.try_get("intent")?;
    Ok(StoredRow {
        number: seq_of(row.try_get("number")?)?,
        subject: row.try_get("subject")?,
        state: state_of(row.try_get("state")?)?,
        sealed: row.try_get("sealed")?,
        tries: row.try_get("tries")?,
        intent: intent.map(seq_of).transpose()?,
        detail: row.try_get("detail")?,
        code: row.try_get("code")?,
        tracking_id: row.try_get("tracking_id")?,
        at_ms: row.try_get("at_ms")?,
    })
}
