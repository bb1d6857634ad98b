//! Who is in which part of the organisation: a person with all accounts, a meeting with its host. Must not guess: what
//! several people are known by is only where all of them are.

use std::collections::{BTreeMap, BTreeSet};

use roomkey_schema::scope::Unit;
use sqlx::sqlite::SqlitePool;

use super::list;
use crate::people::fold::handle;
use crate::store::StoreFault;

/// Ids of the people and meetings in any of the units; none when there is no limit.
pub(super) async fn within(readers: &SqlitePool, units: &[Unit]) -> Result<Option<String>, StoreFault> {
    if units.is_empty() {
        return Ok(None);
    }
    let ids: Vec<i64> = sqlx::query_scalar(
        "WITH persons (id) AS MATERIALIZED (
             SELECT DISTINCT it.lead FROM people_units AS own JOIN people_accounts AS it ON it.id = own.account
             WHERE own.unit IN (SELECT value FROM json_each(?1))
         )
         SELECT id FROM persons
         UNION ALL
         SELECT meeting.id FROM people_accounts AS meeting
         JOIN people_handles AS named ON named.handle = meeting.host
         JOIN people_accounts AS host ON host.id = named.account AND host.vendor = meeting.vendor AND host.kind = 0
         WHERE meeting.host <> '' GROUP BY meeting.id
         HAVING COUNT(DISTINCT host.lead) = 1 AND MIN(host.lead) IN (SELECT id FROM persons)",
    )
    .bind(list(units)?)
    .fetch_all(readers)
    .await?;
    Ok(Some(list(ids)?))
}

/// Units of the people behind ids, logins and addresses of a vendor.
pub(super) async fn units_of(
    readers: &SqlitePool,
    vendor: &str,
    ids: &[String],
) -> Result<BTreeMap<String, BTreeSet<Unit>>, StoreFault> {
    let asked: Vec<(&str, String)> = ids.iter().map(|id| (id.as_str(), handle(id))).collect();
    // An id is what the vendor says it is, letter by letter; an address is not.
    let rows: Vec<(String, i64, i64, i64, String)> = sqlx::query_as(
        "SELECT asked.value ->> 0, 1, it.kind, it.lead, it.host FROM json_each(?2) AS asked
         CROSS JOIN people_accounts AS it
             ON it.vendor = ?1 AND it.kind IN (0, 1) AND it.account = asked.value ->> 0
         UNION
         SELECT asked.value ->> 0, 0, it.kind, it.lead, it.host FROM json_each(?2) AS asked
         CROSS JOIN people_handles AS named ON named.handle = asked.value ->> 1
             AND (named.joins = 1 OR named.shown = asked.value ->> 0)
         CROSS JOIN people_accounts AS it ON it.id = named.account AND it.vendor = ?1",
    )
    .bind(vendor)
    .bind(list(&asked)?)
    .fetch_all(readers)
    .await?;
    let hosts: BTreeSet<&str> = rows.iter().filter(|row| row.2 != 0).map(|row| row.4.as_str()).collect();
    let hosts = leads_of(readers, vendor, &hosts).await?;
    let exact: BTreeSet<&str> = rows.iter().filter(|row| row.1 == 1).map(|row| row.0.as_str()).collect();
    let mut leads: BTreeMap<&str, Vec<Option<i64>>> = BTreeMap::new();
    for (asked, is_exact, kind, lead, host) in &rows {
        if *is_exact == 0 && exact.contains(asked.as_str()) {
            continue;
        }
        let lead = if *kind == 0 { Some(*lead) } else { hosts.get(host).copied() };
        leads.entry(asked).or_default().push(lead);
    }
    let all: BTreeSet<i64> = leads.values().flatten().filter_map(|lead| *lead).collect();
    let units = units_of_leads(readers, &all).await?;
    let none = BTreeSet::new();
    let common = |leads: Vec<Option<i64>>| {
        let mut sets = leads.iter().map(|lead| lead.and_then(|lead| units.get(&lead)).unwrap_or(&none));
        let first = sets.next().cloned().unwrap_or_default();
        sets.fold(first, |common, units| common.intersection(units).cloned().collect())
    };
    Ok(leads.into_iter().map(|(asked, leads)| (asked.to_owned(), common(leads))).collect())
}

/// The person whom each of these means to a vendor, where it means one.
async fn leads_of(
    readers: &SqlitePool,
    vendor: &str,
    handles: &BTreeSet<&str>,
) -> Result<BTreeMap<String, i64>, StoreFault> {
    let rows: Vec<(String, i64)> = sqlx::query_as(
        "SELECT named.handle, MIN(it.lead) FROM json_each(?2) AS asked
         CROSS JOIN people_handles AS named ON named.handle = asked.value
         CROSS JOIN people_accounts AS it ON it.id = named.account AND it.vendor = ?1 AND it.kind = 0
         GROUP BY named.handle HAVING COUNT(DISTINCT it.lead) = 1",
    )
    .bind(vendor)
    .bind(list(handles)?)
    .fetch_all(readers)
    .await?;
    Ok(rows.into_iter().collect())
}

async fn units_of_leads(
    readers: &SqlitePool,
    leads: &BTreeSet<i64>,
) -> Result<BTreeMap<i64, BTreeSet<Unit>>, StoreFault> {
    let rows: Vec<(i64, String)> = sqlx::query_as(
        "SELECT it.lead, own.unit FROM json_each(?1) AS asked
         CROSS JOIN people_accounts AS it ON it.lead = asked.value
         CROSS JOIN people_units AS own ON own.account = it.id",
    )
    .bind(list(leads)?)
    .fetch_all(readers)
    .await?;
    let mut units: BTreeMap<i64, BTreeSet<Unit>> = BTreeMap::new();
    for (lead, unit) in rows {
        let unit =
            unit.parse().map_err(|error: roomkey_schema::scope::NoUnit| StoreFault::Damaged(error.to_string()))?;
        units.entry(lead).or_default().insert(unit);
    }
    Ok(units)
}
