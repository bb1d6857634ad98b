//! Entries of the record in SQLite: found in the index beside it (`0006_record.sql`), told from the record itself.

use async_trait::async_trait;
use sqlx::{QueryBuilder, Sqlite};

use super::{SqliteStore, seq_of, sql_seq};
use crate::store::StoreFault;
use crate::store::entries::{EntryStore, Search, StoredEntry};

type Columns = (i64, String, Option<String>, Option<i64>);

/// An entry with the rows that it stands for.
const SELECT: &str = "SELECT found.seq, began.content, ended.content, found.undone
    FROM record_index AS found
    JOIN audit AS began ON began.seq = found.seq
    LEFT JOIN audit AS ended ON ended.seq = found.outcome ";

#[async_trait]
impl EntryStore for SqliteStore {
    async fn entries(&self, search: &Search, limit: u32) -> Result<Vec<StoredEntry>, StoreFault> {
        let mut query = asked(search)?;
        query.push(" ORDER BY found.seq DESC LIMIT ").push_bind(limit);
        let rows: Vec<Columns> = query.build_query_as().fetch_all(&self.readers).await?;
        rows.into_iter().map(entry_of).collect()
    }

    async fn entry(&self, seq: u64) -> Result<Option<StoredEntry>, StoreFault> {
        let mut query = QueryBuilder::<Sqlite>::new(SELECT);
        query.push("WHERE found.seq = coalesce((SELECT nullif(intent, 0) FROM record_rows WHERE seq = ");
        query.push_bind(sql_seq(seq)?).push("), ").push_bind(sql_seq(seq)?).push(")");
        let row: Option<Columns> = query.build_query_as().fetch_optional(&self.readers).await?;
        row.map(entry_of).transpose()
    }
}

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

fn entry_of((seq, content, outcome, undone): Columns) -> Result<StoredEntry, StoreFault> {
    Ok(StoredEntry { seq: seq_of(seq)?, content, outcome, undone: undone.map(seq_of).transpose()? })
}
