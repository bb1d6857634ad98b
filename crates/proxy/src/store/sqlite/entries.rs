//! Entries of the record in SQLite: found in the index beside it (`0006_record.sql`), told from the record itself.

use async_trait::async_trait;
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row, Sqlite};

use super::record::row_of;
use super::{SqliteStore, seq_of, sql_seq};
use crate::store::StoreFault;
use crate::store::entries::{EntryStore, Search, StoredEntry};

/// An entry with the rows that it stands for.
const SELECT: &str = "SELECT began.seq, began.previous, began.hash, began.content,
        ended.seq, ended.previous, ended.hash, ended.content, found.undone
    FROM record_index AS found
    JOIN audit AS began ON began.seq = found.seq
    LEFT JOIN audit AS ended ON ended.seq = found.outcome ";

#[async_trait]
impl EntryStore for SqliteStore {
    async fn entries(&self, search: &Search, limit: u32) -> Result<Vec<StoredEntry>, StoreFault> {
        let mut query = asked(search)?;
        query.push(" ORDER BY found.seq DESC LIMIT ").push_bind(limit);
        query.build().fetch_all(&self.readers).await?.iter().map(entry_of).collect()
    }

    async fn entry(&self, seq: u64) -> Result<Option<StoredEntry>, StoreFault> {
        let mut query = QueryBuilder::<Sqlite>::new(SELECT);
        query.push("WHERE found.seq = coalesce((SELECT nullif(intent, 0) FROM record_rows WHERE seq = ");
        query.push_bind(sql_seq(seq)?).push("), ").push_bind(sql_seq(seq)?).push(")");
        query.build().fetch_optional(&self.readers).await?.as_ref().map(entry_of).transpose()
    }

    async fn misled(&self, first: u64, last: u64) -> Result<Option<u64>, StoreFault> {
        let found: Option<i64> =
            sqlx::query_scalar(MISLED).bind(sql_seq(first)?).bind(sql_seq(last)?).fetch_one(&self.readers).await?;
        found.map(seq_of).transpose()
    }
}

/// The index against what it is made of.
const MISLED: &str = "SELECT min(seq) FROM (
    SELECT said.seq FROM record_rows AS said LEFT JOIN record_index AS found ON found.seq = said.seq
    WHERE said.seq BETWEEN ?1 AND ?2 AND (said.kind <> 'outcome' OR said.intent = 0)
        AND (found.seq IS NULL OR found.at <> said.at OR found.kind <> said.kind
            OR found.actor <> said.actor COLLATE BINARY OR found.vendor <> said.vendor
            OR found.operation <> said.operation OR found.text <> said.text OR found.reason <> said.reason)
    UNION ALL
    SELECT said.seq FROM record_rows AS said LEFT JOIN record_index AS found ON found.seq = said.intent
    WHERE said.seq BETWEEN ?1 AND ?2 AND said.kind = 'outcome' AND said.intent > 0
        AND coalesce(found.outcome, 0) < said.seq
    UNION ALL
    SELECT said.seq FROM record_row_objects AS said JOIN record_index AS found ON found.seq = said.seq
    WHERE said.seq BETWEEN ?1 AND ?2 AND NOT EXISTS (
        SELECT 1 FROM record_objects AS kept
        WHERE kept.vendor = said.vendor AND kept.object = said.object AND kept.seq = said.seq)
)";

fn asked(search: &Search) -> Result<QueryBuilder<Sqlite>, StoreFault> {
    let mut query = QueryBuilder::new(SELECT);
    query.push("WHERE 1");
    let exact = [
        (" AND found.actor = ", &search.actor),
        (" AND found.operation = ", &search.operation),
        (" AND found.kind = ", &search.kind),
        (" AND found.result = ", &search.result),
        (" AND found.vendor = ", &search.vendor),
        (" AND found.at >= ", &search.from),
        (" AND found.at < ", &search.until),
    ];
    for (clause, value) in exact {
        if let Some(value) = value {
            query.push(clause).push_bind(value);
        }
    }
    if !search.objects.is_empty() {
        query.push(" AND found.seq IN (SELECT seq FROM record_objects WHERE ");
        for (index, (vendor, object)) in search.objects.iter().enumerate() {
            query.push(if index == 0 { "(vendor = " } else { " OR (vendor = " }).push_bind(vendor);
            query.push(" AND object = ").push_bind(spelled(object)).push(")");
        }
        query.push(")");
    }
    if let Some(text) = &search.text {
        query.push(" AND (instr(found.text, ").push_bind(text).push(") > 0");
        if search.in_reasons {
            query.push(" OR instr(found.reason, ").push_bind(text).push(") > 0");
        }
        query.push(")");
    }
    if let Some(before) = search.before {
        query.push(" AND found.seq < ").push_bind(sql_seq(before)?);
    }
    Ok(query)
}

/// As the index spells it.
fn spelled(object: &str) -> String {
    if object.contains('@') { object.to_ascii_lowercase() } else { object.to_owned() }
}

fn entry_of(row: &SqliteRow) -> Result<StoredEntry, StoreFault> {
    let began = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?, row.try_get(3)?);
    let ended: Option<i64> = row.try_get(4)?;
    let ended = match ended {
        Some(seq) => Some(row_of((seq, row.try_get(5)?, row.try_get(6)?, row.try_get(7)?))?),
        None => None,
    };
    let undone: Option<i64> = row.try_get(8)?;
    Ok(StoredEntry { began: row_of(began)?, ended, undone: undone.map(seq_of).transpose()? })
}
