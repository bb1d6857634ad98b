//! Jobs in SQLite: files, states and leases. Whatever must stand or fall together is written in one transaction.

use async_trait::async_trait;
use roomkey_schema::job::JobState;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use super::{SqliteStore, seq_of, sql_seq};
use crate::clock::UnixMs;
use crate::store::StoreFault;
use crate::store::jobs::{Jobs, Lease, StoredJob, StoredTable, Turn};

/// A query for whole jobs.
macro_rules! jobs_where {
    ($rest:literal) => {
        concat!(
            "SELECT id, once, kind, file, actor, created_ms, started_ms, ended_ms, state, reason, resumes_ms, plan ",
            "FROM jobs ",
            $rest
        )
    };
}

#[async_trait]
impl Jobs for SqliteStore {
    async fn put_table(&self, table: &StoredTable, forget_before_ms: UnixMs) -> Result<(), StoreFault> {
        let mut transaction = self.begin().await?;
        sqlx::query("DELETE FROM job_tables WHERE created_ms < ?1")
            .bind(forget_before_ms)
            .execute(&mut *transaction)
            .await?;
        sqlx::query("INSERT INTO job_tables (id, name, actor, created_ms, sealed) VALUES (?1, ?2, ?3, ?4, ?5)")
            .bind(&table.id)
            .bind(&table.name)
            .bind(&table.actor)
            .bind(table.created_ms)
            .bind(&table.sealed)
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }

    async fn table(&self, id: &str) -> Result<Option<StoredTable>, StoreFault> {
        let row: Option<(String, String, String, i64, Vec<u8>)> =
            sqlx::query_as("SELECT id, name, actor, created_ms, sealed FROM job_tables WHERE id = ?1")
                .bind(id)
                .fetch_optional(&self.readers)
                .await?;
        Ok(row.map(|(id, name, actor, created_ms, sealed)| StoredTable { id, name, actor, created_ms, sealed }))
    }

    async fn insert_job(&self, job: &StoredJob) -> Result<bool, StoreFault> {
        let mut transaction = self.begin().await?;
        let done = sqlx::query(
            "INSERT INTO jobs (id, once, kind, file, actor, created_ms, state, plan)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (once) DO NOTHING",
        )
        .bind(&job.id)
        .bind(&job.once)
        .bind(&job.kind)
        .bind(&job.file)
        .bind(&job.actor)
        .bind(job.created_ms)
        .bind(job.state.as_str())
        .bind(&job.plan)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(done.rows_affected() > 0)
    }

    async fn job(&self, id: &str) -> Result<Option<StoredJob>, StoreFault> {
        let row = sqlx::query(jobs_where!("WHERE id = ?1")).bind(id).fetch_optional(&self.readers).await?;
        row.as_ref().map(job_of).transpose()
    }

    async fn job_once(&self, once: &str) -> Result<Option<StoredJob>, StoreFault> {
        let row = sqlx::query(jobs_where!("WHERE once = ?1")).bind(once).fetch_optional(&self.readers).await?;
        row.as_ref().map(job_of).transpose()
    }

    async fn latest_jobs(&self, limit: u32) -> Result<Vec<StoredJob>, StoreFault> {
        let rows = sqlx::query(jobs_where!("ORDER BY seq DESC LIMIT ?1")).bind(limit).fetch_all(&self.readers).await?;
        rows.iter().map(job_of).collect()
    }

    async fn delete_job(&self, id: &str) -> Result<(), StoreFault> {
        let mut transaction = self.begin().await?;
        sqlx::query("DELETE FROM jobs WHERE id = ?1").bind(id).execute(&mut *transaction).await?;
        Ok(transaction.commit().await?)
    }

    async fn turn_job(&self, id: &str, turn: Turn<'_>) -> Result<bool, StoreFault> {
        let mut transaction = self.begin().await?;
        let now: Option<String> = sqlx::query_scalar("SELECT state FROM jobs WHERE id = ?1")
            .bind(id)
            .fetch_optional(&mut *transaction)
            .await?;
        let may = now.as_deref().and_then(JobState::from_name).is_some_and(|now| turn.from.contains(&now));
        if !may {
            return Ok(false);
        }
        let ends = matches!(turn.to, JobState::Cancelled | JobState::Finished);
        sqlx::query(
            "UPDATE jobs SET state = ?2, reason = ?3, resumes_ms = ?4,
                 started_ms = CASE WHEN ?2 = 'running' THEN COALESCE(started_ms, ?5) ELSE started_ms END,
                 ended_ms = CASE WHEN ?6 THEN ?5 ELSE NULL END
             WHERE id = ?1",
        )
        .bind(id)
        .bind(turn.to.as_str())
        .bind(turn.reason)
        .bind(turn.resumes_ms)
        .bind(turn.now_ms)
        .bind(ends)
        .execute(&mut *transaction)
        .await?;
        if turn.to == JobState::Cancelled {
            sqlx::query("UPDATE job_rows SET state = 'cancelled', sealed = NULL WHERE job = ?1 AND state = 'pending'")
                .bind(id)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(true)
    }

    async fn note_job(&self, lease: &Lease, reason: &str, resumes_ms: Option<UnixMs>) -> Result<(), StoreFault> {
        let mut transaction = self.begin().await?;
        sqlx::query("UPDATE jobs SET reason = ?3, resumes_ms = ?4 WHERE id = ?1 AND fence = ?2 AND state = 'running'")
            .bind(&lease.job)
            .bind(sql_seq(lease.fence)?)
            .bind(reason)
            .bind(resumes_ms)
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }

    async fn idle_jobs(&self, states: &[JobState], now_ms: UnixMs) -> Result<Vec<String>, StoreFault> {
        let mut idle = Vec::new();
        for state in states {
            let ids: Vec<String> =
                sqlx::query_scalar("SELECT id FROM jobs WHERE state = ?1 AND lease_ms <= ?2 ORDER BY seq")
                    .bind(state.as_str())
                    .bind(now_ms)
                    .fetch_all(&self.readers)
                    .await?;
            idle.extend(ids);
        }
        let cancelled: Vec<String> = sqlx::query_scalar(
            "SELECT id FROM jobs WHERE state = 'cancelled' AND lease_ms <= ?1 AND EXISTS
                 (SELECT 1 FROM job_rows WHERE job = jobs.id AND job_rows.state IN ('intent', 'unknown'))",
        )
        .bind(now_ms)
        .fetch_all(&self.readers)
        .await?;
        idle.extend(cancelled);
        Ok(idle)
    }

    async fn lease(
        &self,
        id: &str,
        owner: &str,
        now_ms: UnixMs,
        until_ms: UnixMs,
    ) -> Result<Option<Lease>, StoreFault> {
        let mut transaction = self.begin().await?;
        let fence: Option<i64> = sqlx::query_scalar(
            "UPDATE jobs SET owner = ?2, lease_ms = ?4, fence = fence + 1 WHERE id = ?1 AND lease_ms <= ?3 RETURNING fence",
        )
        .bind(id)
        .bind(owner)
        .bind(now_ms)
        .bind(until_ms)
        .fetch_optional(&mut *transaction)
        .await?;
        transaction.commit().await?;
        fence.map(|fence| Ok(Lease { job: id.to_owned(), fence: seq_of(fence)? })).transpose()
    }

    async fn keep_lease(&self, lease: &Lease, until_ms: UnixMs) -> Result<bool, StoreFault> {
        let mut transaction = self.begin().await?;
        let done = sqlx::query("UPDATE jobs SET lease_ms = ?3 WHERE id = ?1 AND fence = ?2")
            .bind(&lease.job)
            .bind(sql_seq(lease.fence)?)
            .bind(until_ms)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(done.rows_affected() > 0)
    }

    async fn release(&self, lease: &Lease) -> Result<(), StoreFault> {
        self.keep_lease(lease, 0).await.map(drop)
    }
}

fn job_of(row: &SqliteRow) -> Result<StoredJob, StoreFault> {
    let state: String = row.try_get("state")?;
    Ok(StoredJob {
        id: row.try_get("id")?,
        once: row.try_get("once")?,
        kind: row.try_get("kind")?,
        file: row.try_get("file")?,
        actor: row.try_get("actor")?,
        created_ms: row.try_get("created_ms")?,
        started_ms: row.try_get("started_ms")?,
        ended_ms: row.try_get("ended_ms")?,
        state: JobState::from_name(&state)
            .ok_or_else(|| StoreFault::Damaged(format!("{state} is no state of a job")))?,
        reason: row.try_get("reason")?,
        resumes_ms: row.try_get("resumes_ms")?,
        plan: row.try_get("plan")?,
    })
}
