//! Makes people of lines: those that can be reached over addresses are looked at together, joined anew, and written as
//! they are found. Which are one person is `people::join`'s word.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use sqlx::{Sqlite, Transaction};

use super::{execute, list};
use crate::people::fold;
use crate::people::join::{Group, Member, join};
use crate::store::StoreFault;

/// An address that more accounts have joins nothing, and is not followed.
const CROWD: i64 = 16;
/// How far addresses are followed. Beyond it nothing is joined.
const ROUNDS: usize = 32;

/// A line as far as people are made of it.
#[derive(sqlx::FromRow)]
struct Loaded {
    id: i64,
    key: String,
    vendor: String,
    kind: i64,
    lead: i64,
    name: String,
    others: String,
    email: String,
    department: String,
    host: String,
    #[sqlx(skip)]
    addresses: Vec<String>,
}

/// Lines that belong together with these now, or share an address with them.
pub(super) async fn around(
    transaction: &mut Transaction<'static, Sqlite>,
    ids: &[i64],
) -> Result<BTreeSet<i64>, StoreFault> {
    if ids.is_empty() {
        return Ok(BTreeSet::new());
    }
    let found: Vec<i64> = sqlx::query_scalar(
        "SELECT mate.id FROM people_accounts AS it JOIN people_accounts AS mate ON mate.lead = it.lead
         WHERE it.id IN (SELECT value FROM json_each(?1))
         UNION
         SELECT other.account FROM people_handles AS own JOIN people_handles AS other ON other.handle = own.handle
         WHERE own.account IN (SELECT value FROM json_each(?1)) AND own.joins = 1 AND other.joins = 1
             AND (SELECT COUNT(*) FROM (SELECT 1 FROM people_handles AS any
                  WHERE any.handle = own.handle AND any.joins = 1 LIMIT ?2)) < ?2",
    )
    .bind(list(ids)?)
    // The one that goes counts too.
    .bind(CROWD + 2)
    .fetch_all(&mut **transaction)
    .await?;
    Ok(found.into_iter().collect())
}

/// Takes people away whose leading lines these were.
pub(super) async fn forget(transaction: &mut Transaction<'static, Sqlite>, ids: &[i64]) -> Result<(), StoreFault> {
    for statement in [
        "DELETE FROM people WHERE id IN (SELECT value FROM json_each(?1))",
        "DELETE FROM people_words WHERE rowid IN (SELECT value FROM json_each(?1))",
        "DELETE FROM people_parts WHERE rowid IN (SELECT value FROM json_each(?1))",
    ] {
        execute(transaction, statement, ids).await?;
    }
    Ok(())
}

/// Makes people of these lines and of all that they can be joined with.
pub(super) async fn people(
    transaction: &mut Transaction<'static, Sqlite>,
    touched: BTreeSet<i64>,
) -> Result<(), StoreFault> {
    let (lines, crowded) = reachable(transaction, touched).await?;
    let members: Vec<Member> = lines
        .values()
        .filter(|line| line.kind == 0)
        .map(|line| Member { id: line.id, vendor: line.vendor.clone(), addresses: line.addresses.clone() })
        .collect();
    let mut groups = join(&members, &crowded);
    let meetings = lines.values().filter(|line| line.kind != 0);
    groups.extend(meetings.map(|line| Group { members: vec![line.id], ambiguous: false }));
    let (mut leads, mut moved, mut rows) = (BTreeSet::new(), Vec::new(), Vec::new());
    for group in &groups {
        let all: Vec<&Loaded> = group.members.iter().filter_map(|id| lines.get(id)).collect();
        // Who led goes on leading, so that keys stay.
        let Some(lead) = all.iter().find(|line| line.lead == line.id).or(all.first()) else { continue };
        leads.insert(lead.id);
        moved.extend(all.iter().filter(|line| line.lead != lead.id).map(|line| (line.id, lead.id)));
        rows.push(row(lead, &all, group.ambiguous));
    }
    let before = lines.values().map(|line| line.lead).filter(|lead| *lead != 0);
    let replaced: Vec<i64> = before.chain(leads.iter().copied()).collect::<BTreeSet<_>>().into_iter().collect();
    forget(transaction, &replaced).await?;
    execute(
        transaction,
        "UPDATE people_accounts SET lead = line.value ->> 1 FROM json_each(?1) AS line
         WHERE people_accounts.id = line.value ->> 0",
        &moved,
    )
    .await?;
    let rows = list(&rows)?;
    for statement in [
        "INSERT INTO people (id, key, kind, name, detail, department, vendors, ambiguous, sorted, words)
         SELECT value ->> 'id', value ->> 'key', value ->> 'kind', value ->> 'name', value ->> 'detail', value ->> 'department', value ->> 'vendors',
             value ->> 'ambiguous', value ->> 'sorted', value ->> 'words' FROM json_each(?1)",
        "INSERT INTO people_words (rowid, name, title, rest)
         SELECT value ->> 'id', iif(value ->> 'kind' = 0, value ->> 'names', ''),
             iif(value ->> 'kind' = 0, '', value ->> 'names'), value ->> 'rest' FROM json_each(?1)",
        "INSERT INTO people_parts (rowid, parts) SELECT value ->> 'id', value ->> 'parts' FROM json_each(?1)",
    ] {
        sqlx::query(statement).bind(&rows).execute(&mut **transaction).await?;
    }
    Ok(())
}

/// Everything that can be reached from these lines over addresses, and the addresses that are not followed.
async fn reachable(
    transaction: &mut Transaction<'static, Sqlite>,
    touched: BTreeSet<i64>,
) -> Result<(BTreeMap<i64, Loaded>, BTreeSet<String>), StoreFault> {
    let mut lines: BTreeMap<i64, Loaded> = BTreeMap::new();
    let (mut followed, mut crowded) = (BTreeSet::new(), BTreeSet::new());
    let mut next = touched;
    for round in 0..=ROUNDS {
        if next.is_empty() {
            break;
        }
        let ids = list(&next)?;
        let loaded: Vec<Loaded> = sqlx::query_as(
            "SELECT id, key, vendor, kind, lead, name, others, email, department, host FROM people_accounts
             WHERE id IN (SELECT value FROM json_each(?1))",
        )
        .bind(&ids)
        .fetch_all(&mut **transaction)
        .await?;
        lines.extend(loaded.into_iter().map(|line| (line.id, line)));
        let addresses: Vec<(i64, String)> = sqlx::query_as(
            "SELECT account, handle FROM people_handles
             WHERE account IN (SELECT value FROM json_each(?1)) AND joins = 1",
        )
        .bind(&ids)
        .fetch_all(&mut **transaction)
        .await?;
        let mut new = BTreeSet::new();
        for (id, address) in addresses {
            if followed.insert(address.clone()) {
                new.insert(address.clone());
            }
            if let Some(line) = lines.get_mut(&id) {
                line.addresses.push(address);
            }
        }
        let full = full(transaction, &new).await?;
        new.retain(|address| !full.contains(address));
        crowded.extend(full);
        let holders: Vec<(String, i64)> = sqlx::query_as(
            "SELECT handle, account FROM people_handles WHERE handle IN (SELECT value FROM json_each(?1)) AND joins = 1",
        )
        .bind(list(&new)?)
        .fetch_all(&mut **transaction)
        .await?;
        // Nobody may be taken out of a person without the others of the person being looked at.
        let leads: BTreeSet<i64> = lines.values().filter(|line| line.kind == 0).map(|line| line.lead).collect();
        let mates: Vec<i64> = sqlx::query_scalar(
            "SELECT id FROM people_accounts WHERE lead IN (SELECT value FROM json_each(?1)) AND lead <> 0",
        )
        .bind(list(&leads)?)
        .fetch_all(&mut **transaction)
        .await?;
        let found = holders.iter().map(|(_, id)| *id).chain(mates);
        next = found.filter(|id| !lines.contains_key(id)).collect();
        if round == ROUNDS {
            crowded.extend(holders.into_iter().filter(|(_, id)| next.contains(id)).map(|(address, _)| address));
        }
    }
    Ok((lines, crowded))
}

/// Those of the addresses that are crowded.
async fn full(
    transaction: &mut Transaction<'static, Sqlite>,
    addresses: &BTreeSet<String>,
) -> Result<BTreeSet<String>, StoreFault> {
    let full: Vec<String> = sqlx::query_scalar(
        "SELECT value FROM json_each(?1) WHERE (SELECT COUNT(*) FROM
             (SELECT 1 FROM people_handles WHERE handle = value AND joins = 1 LIMIT ?2)) = ?2",
    )
    .bind(list(addresses)?)
    .bind(CROWD + 1)
    .fetch_all(&mut **transaction)
    .await?;
    Ok(full.into_iter().collect())
}

/// A person or a meeting as it is found.
fn row(lead: &Loaded, all: &[&Loaded], ambiguous: bool) -> Value {
    // The one that leads speaks first.
    let ordered = || std::iter::once(&lead).chain(all).copied();
    let is_name = |line: &&Loaded| !line.name.contains('@');
    let name = ordered().find(is_name).unwrap_or(lead).name.as_str();
    let first = |text: fn(&Loaded) -> &str| ordered().map(text).find(|text| !text.is_empty()).unwrap_or_default();
    let detail = first(if lead.kind == 0 { |line| &line.email } else { |line| &line.host });
    let department = first(|line| &line.department);
    let vendors: BTreeSet<&str> = all.iter().map(|line| line.vendor.as_str()).collect();
    let mut names = Words::default();
    for line in all {
        names.take(&[&line.name, &line.others]);
    }
    let mut rest = Words::default();
    for line in all {
        rest.take(&[&line.department, &line.host]);
        for address in &line.addresses {
            rest.take(&[address]);
        }
    }
    let words: BTreeSet<&str> = names.0.iter().chain(&rest.0).map(String::as_str).collect();
    let joined = |words: &mut dyn Iterator<Item = &str>| words.collect::<Vec<_>>().join(" ");
    json!({
        "id": lead.id,
        "key": lead.key,
        "kind": lead.kind,
        "name": name,
        "detail": detail,
        "department": department,
        "vendors": joined(&mut vendors.into_iter()),
        "ambiguous": i64::from(ambiguous),
        "sorted": fold::fold(name),
        "names": joined(&mut names.0.iter().map(String::as_str)),
        "rest": joined(&mut rest.0.iter().map(String::as_str)),
        "parts": joined(&mut fold::parts(words.iter().copied()).into_iter()),
        "words": joined(&mut words.into_iter()),
    })
}

/// Words in the order in which they come, each once.
#[derive(Default)]
struct Words(Vec<String>);

impl Words {
    fn take(&mut self, texts: &[&str]) {
        for word in texts.iter().flat_map(|text| fold::words(text)) {
            if !self.0.contains(&word) {
                self.0.push(word);
            }
        }
    }
}
