//! Changes of a vendor's accounts in SQLite, counted by hour.

use async_trait::async_trait;
use sqlx::{Sqlite, Transaction};

use super::{SqliteStore, record};
use crate::audit::chain::Chain;
use crate::clock::UnixMs;
use crate::store::StoreFault;
use crate::store::jobs::{Begun, HOUR_MS, Lanes, Reserve, WINDOW_HOURS};

const fn hour_of(at_ms: UnixMs) -> i64 {
    at_ms.div_euclid(HOUR_MS)
}

/// Counts a change; false when there is none left. What no longer counts is forgotten.
pub(super) async fn reserve(
    transaction: &mut Transaction<'static, Sqlite>,
    reserve: Reserve<'_>,
) -> Result<bool, StoreFault> {
    let Reserve { vendor, lane, per_day, now_ms } = reserve;
    let hour = hour_of(now_ms);
    sqlx::query("DELETE FROM lane_use WHERE hour <= ?1").bind(hour - WINDOW_HOURS).execute(&mut **transaction).await?;
    let used: i64 = sqlx::query_scalar("SELECT COALESCE(SUM(used), 0) FROM lane_use WHERE vendor = ?1 AND lane = ?2")
        .bind(vendor)
        .bind(lane)
        .fetch_one(&mut **transaction)
        .await?;
    if per_day.is_some_and(|most| used >= i64::from(most)) {
        return Ok(false);
    }
    sqlx::query(
        "INSERT INTO lane_use (vendor, lane, hour, used) VALUES (?1, ?2, ?3, 1)
         ON CONFLICT (vendor, lane, hour) DO UPDATE SET used = used + 1",
    )
    .bind(vendor)
    .bind(lane)
    .bind(hour)
    .execute(&mut **transaction)
    .await?;
    Ok(true)
}

#[async_trait]
impl Lanes for SqliteStore {
    async fn append_reserving(&self, asked: Reserve<'_>, entry: &str, chain: &Chain) -> Result<Begun, StoreFault> {
        let mut transaction = self.begin().await?;
        if !reserve(&mut transaction, asked).await? {
            return Ok(Begun::NoneLeft);
        }
        let seq = record::append_in(&mut transaction, entry, chain).await?;
        transaction.commit().await?;
        Ok(Begun::Intent(seq))
    }

    async fn lane_used(&self, vendor: &str, lane: &str, now_ms: UnixMs) -> Result<u64, StoreFault> {
        let used: i64 = sqlx::query_scalar(
            "SELECT COALESCE(SUM(used), 0) FROM lane_use WHERE vendor = ?1 AND lane = ?2 AND hour > ?3",
        )
        .bind(vendor)
        .bind(lane)
        .bind(hour_of(now_ms) - WINDOW_HOURS)
        .fetch_one(&self.readers)
        .await?;
        super::seq_of(used)
    }

    async fn lane_oldest(&self, vendor: &str, lane: &str, now_ms: UnixMs) -> Result<Option<UnixMs>, StoreFault> {
        let hour: Option<i64> =
            sqlx::query_scalar("SELECT MIN(hour) FROM lane_use WHERE vendor = ?1 AND lane = ?2 AND hour > ?3")
                .bind(vendor)
                .bind(lane)
                .bind(hour_of(now_ms) - WINDOW_HOURS)
                .fetch_one(&self.readers)
                .await?;
        Ok(hour.map(|hour| hour * HOUR_MS))
    }

    async fn close_lane(&self, vendor: &str, lane: &str, until_ms: UnixMs) -> Result<(), StoreFault> {
        let mut transaction = self.begin().await?;
        sqlx::query(
            "INSERT INTO lanes_closed (vendor, lane, until_ms) VALUES (?1, ?2, ?3)
             ON CONFLICT (vendor, lane) DO UPDATE SET until_ms = excluded.until_ms",
        )
        .bind(vendor)
        .bind(lane)
        .bind(until_ms)
        .execute(&mut *transaction)
        .await?;
        Ok(transaction.commit().await?)
    }

    async fn lane_closed(&self, vendor: &str, lane: &str, now_ms: UnixMs) -> Result<Option<UnixMs>, StoreFault> {
        let until =
            sqlx::query_scalar("SELECT until_ms FROM lanes_closed WHERE vendor = ?1 AND lane = ?2 AND until_ms > ?3");
        Ok(until.bind(vendor).bind(lane).bind(now_ms).fetch_optional(&self.readers).await?)
    }
}
