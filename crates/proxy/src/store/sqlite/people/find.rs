//! Finds people and meetings: first what is named exactly so, then by the beginnings of names, then of other words, then
//! by any part. Each step reads no more than it has to.

use std::collections::BTreeSet;

use roomkey_schema::path::PathParams;
use roomkey_schema::people::{Account, Hit, Person};
use roomkey_schema::scope::Unit;
use sqlx::sqlite::SqlitePool;

use super::lines::kind_of;
use super::{list, reach};
use crate::people::fold;
use crate::people::query::Query;
use crate::store::StoreFault;

/// Others of the same address that are told.
const OTHERS: i64 = 20;
/// People whose names begin so are looked through, in the order of their names, as far as this.
const LOOKED_THROUGH: i64 = 500;

/// A row of what is found.
#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    key: String,
    kind: i64,
    name: String,
    detail: String,
    department: String,
    vendors: String,
    ambiguous: bool,
    sorted: String,
}

/// One way of looking.
enum Step {
    /// What is known by exactly this.
    Exactly,
    /// What is called so from the beginning: people, or meetings.
    Begins(i64),
    /// All words begin words of these columns.
    Words(&'static str),
    /// All words stand somewhere.
    Parts,
}

const STEPS: [Step; 7] = [
    Step::Exactly,
    Step::Begins(0),
    Step::Words("{name}"),
    Step::Begins(1),
    Step::Words("{title}"),
    Step::Words("{name title rest}"),
    Step::Parts,
];

/// A statement for whole rows; the ids in `?1` limit it where there are any.
macro_rules! rows {
    ($from:literal) => {
        concat!("SELECT p.id, p.key, p.kind, p.name, p.detail, p.department, p.vendors, p.ambiguous, p.sorted ", $from)
    };
}

/// The best hits, and whether there are more.
pub(super) async fn search(readers: &SqlitePool, query: &Query) -> Result<(Vec<Hit>, bool), StoreFault> {
    if query.words.is_empty() {
        return Ok((Vec::new(), false));
    }
    let within = reach::within(readers, &query.units).await?;
    let wanted = usize::try_from(query.limit).unwrap_or(usize::MAX).saturating_add(1);
    let mut found: Vec<Row> = Vec::new();
    let mut ids = BTreeSet::new();
    for (index, step) in STEPS.iter().enumerate() {
        // Who types a whole address means whoever has it, which is what is looked for first.
        let is_told = index == 1 && !found.is_empty() && query.handle.contains('@');
        if is_told || found.len() >= wanted {
            break;
        }
        // What was found before may be found again.
        let limit = i64::try_from(wanted.saturating_add(ids.len())).unwrap_or(i64::MAX);
        let mut rows = step.rows(readers, query, within.as_deref(), limit).await?;
        rows.retain(|row| ids.insert(row.id));
        rows.sort_by(|one, other| one.sorted.cmp(&other.sorted));
        found.append(&mut rows);
    }
    let more = found.len() >= wanted;
    found.truncate(wanted - 1);
    Ok((found.into_iter().map(Row::hit).collect(), more))
}

impl Step {
    async fn rows(
        &self,
        readers: &SqlitePool,
        query: &Query,
        within: Option<&str>,
        limit: i64,
    ) -> Result<Vec<Row>, StoreFault> {
        let rows = match self {
            Self::Exactly => {
                sqlx::query_as(rows!(
                    "FROM people_handles AS h CROSS JOIN people_accounts AS a ON a.id = h.account
                 CROSS JOIN people AS p ON p.id = a.lead
                 WHERE h.handle = ?2 AND (?1 IS NULL OR p.id IN (SELECT value FROM json_each(?1))) LIMIT ?3"
                ))
                .bind(within)
                .bind(&query.handle)
                .bind(limit)
                .fetch_all(readers)
                .await?
            }
            Self::Begins(kind) => {
                sqlx::query_as(rows!(
                    "FROM (SELECT * FROM people WHERE kind = ?2 AND sorted >= ?3 AND sorted < ?3 || char(1114111)
                       ORDER BY sorted LIMIT ?5) AS p
                 WHERE ?1 IS NULL OR p.id IN (SELECT value FROM json_each(?1)) LIMIT ?4"
                ))
                .bind(within)
                .bind(kind)
                .bind(&query.whole)
                .bind(limit)
                .bind(LOOKED_THROUGH.max(limit))
                .fetch_all(readers)
                .await?
            }
            Self::Words(columns) => {
                let words: Vec<String> = query.words.iter().map(|word| format!("\"{word}\" *")).collect();
                let matching = format!("{columns} : ({})", words.join(" AND "));
                sqlx::query_as(rows!(
                    "FROM people_words AS f CROSS JOIN people AS p ON p.id = f.rowid
                     WHERE f.people_words MATCH ?2 AND (?1 IS NULL OR +f.rowid IN (SELECT value FROM json_each(?1)))
                     LIMIT ?3"
                ))
                .bind(within)
                .bind(matching)
                .bind(limit)
                .fetch_all(readers)
                .await?
            }
            Self::Parts => {
                let clues: BTreeSet<&str> = query.words.iter().flat_map(|word| fold::clues(word)).collect();
                let clues: Vec<String> = clues.into_iter().map(|clue| format!("\"{clue}\"")).collect();
                let long: Vec<&String> = query.words.iter().filter(|word| word.chars().count() > 3).collect();
                sqlx::query_as(rows!(
                    "FROM people_parts AS f CROSS JOIN people AS p ON p.id = f.rowid
                     WHERE f.people_parts MATCH ?2 AND (?1 IS NULL OR +f.rowid IN (SELECT value FROM json_each(?1)))
                         AND NOT EXISTS (SELECT 1 FROM json_each(?4) WHERE instr(p.words, value) = 0) LIMIT ?3"
                ))
                .bind(within)
                .bind(clues.join(" AND "))
                .bind(limit)
                .bind(list(&long)?)
                .fetch_all(readers)
                .await?
            }
        };
        Ok(rows)
    }
}

/// The person or meeting of a key.
pub(super) async fn person(readers: &SqlitePool, key: &str, units: &[Unit]) -> Result<Option<Person>, StoreFault> {
    let within = reach::within(readers, units).await?;
    let row: Option<Row> = sqlx::query_as(rows!(
        "FROM people_keys AS k JOIN people_accounts AS a ON a.id = k.account JOIN people AS p ON p.id = a.lead
         WHERE k.key = ?2 AND (?1 IS NULL OR p.id IN (SELECT value FROM json_each(?1)))"
    ))
    .bind(within.as_deref())
    .bind(key)
    .fetch_optional(readers)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let accounts: Vec<(String, String, String, String, String)> = sqlx::query_as(
        "SELECT vendor, place, params, name, email FROM people_accounts WHERE lead = ?1 ORDER BY vendor, id",
    )
    .bind(row.id)
    .fetch_all(readers)
    .await?;
    let account = |(vendor, place, params, name, email): (String, String, String, String, String)| {
        let params: PathParams =
            serde_json::from_str(&params).map_err(|error| StoreFault::Damaged(error.to_string()))?;
        Ok(Account { vendor, place, params, name, email })
    };
    let accounts = accounts.into_iter().map(account).collect::<Result<_, StoreFault>>()?;
    let emails: Vec<String> = sqlx::query_scalar(
        "SELECT MIN(h.shown) FROM people_accounts AS a JOIN people_handles AS h ON h.account = a.id
         WHERE a.lead = ?1 AND h.joins = 1 GROUP BY h.handle ORDER BY h.handle",
    )
    .bind(row.id)
    .fetch_all(readers)
    .await?;
    let others = if row.ambiguous { others(readers, row.id, within.as_deref()).await? } else { Vec::new() };
    Ok(Some(Person { hit: row.hit(), emails, accounts, others }))
}

/// Whoever else has an address of that person.
async fn others(readers: &SqlitePool, id: i64, within: Option<&str>) -> Result<Vec<Hit>, StoreFault> {
    let rows: Vec<Row> = sqlx::query_as(rows!(
        "FROM people AS p
         WHERE p.id IN (
             SELECT other.lead FROM people_accounts AS own
             JOIN people_handles AS mine ON mine.account = own.id AND mine.joins = 1
             JOIN people_handles AS theirs ON theirs.handle = mine.handle AND theirs.joins = 1
             JOIN people_accounts AS other ON other.id = theirs.account
             WHERE own.lead = ?2 AND other.lead <> ?2
         ) AND (?1 IS NULL OR p.id IN (SELECT value FROM json_each(?1)))
         ORDER BY p.sorted, p.id LIMIT ?3"
    ))
    .bind(within)
    .bind(id)
    .bind(OTHERS)
    .fetch_all(readers)
    .await?;
    Ok(rows.into_iter().map(Row::hit).collect())
}

impl Row {
    fn hit(self) -> Hit {
        Hit {
            key: self.key,
            kind: kind_of(self.kind),
            name: self.name,
            detail: self.detail,
            department: self.department,
            vendors: self.vendors.split(' ').map(str::to_owned).collect(),
            ambiguous: self.ambiguous,
        }
    }
}
