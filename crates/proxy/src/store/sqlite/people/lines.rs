//! Lines as the vendors list them: kept, compared with what is known, removed. Making people of them is `make`'s work.

use std::collections::{BTreeMap, BTreeSet};

use roomkey_schema::people::Kind;
use roomkey_schema::people_build::Line;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::{Sqlite, Transaction};

use super::{execute, list, make};
use crate::audit::chain::hex;
use crate::people::fold::handle;
use crate::store::StoreFault;

/// Bytes of a key: too many to guess one.
const KEY_BYTES: usize = 12;

/// What is to be removed.
#[derive(Clone, Copy)]
pub(super) enum Gone<'a> {
    /// What that reading, and every later one, has not shown.
    NotSeenIn(i64),
    /// What has one of these ids at the vendor.
    Named(&'a [String]),
}

/// How a kind is kept.
pub(super) const fn kind_number(kind: Kind) -> i64 {
    match kind {
        Kind::Person => 0,
        Kind::Meeting => 1,
    }
}

/// The kind that is kept so.
pub(super) const fn kind_of(number: i64) -> Kind {
    if number == 0 { Kind::Person } else { Kind::Meeting }
}

/// Keeps lines. One that is as it was is only noted as seen.
pub(super) async fn put(
    transaction: &mut Transaction<'static, Sqlite>,
    vendor: &str,
    pass: i64,
    lines: &[Line],
) -> Result<(), StoreFault> {
    let named = lines.iter().map(|line| ((kind_number(line.kind), line.id.as_str()), line));
    // A list that shifts while it is read may show somebody twice.
    let lines: BTreeMap<(i64, &str), &Line> = named.collect();
    let known = known(transaction, vendor, &lines).await?;
    let mut same = Vec::new();
    let mut changed = Vec::new();
    let mut written = Vec::new();
    let mut new: u32 = 0;
    for (name, line) in &lines {
        let digest = digest(line);
        match known.get(&(name.0, name.1.to_owned())) {
            Some((id, before)) if *before == digest => {
                same.push(*id);
                continue;
            }
            Some((id, _)) => changed.push(*id),
            None => new += 1,
        }
        written.push((*line, digest));
    }
    sqlx::query("UPDATE people_accounts SET pass = ?2 WHERE id IN (SELECT value FROM json_each(?1))")
        .bind(list(&same)?)
        .bind(pass)
        .execute(&mut **transaction)
        .await?;
    if written.is_empty() {
        return Ok(());
    }
    let mut touched = make::around(transaction, &changed).await?;
    touched.extend(write(transaction, vendor, pass, &written, &changed).await?);
    make::people(transaction, touched).await?;
    count(transaction, vendor, i64::from(new)).await
}

/// Removes at most so many lines; whether there were any.
pub(super) async fn remove(
    transaction: &mut Transaction<'static, Sqlite>,
    vendor: &str,
    gone: Gone<'_>,
    limit: usize,
) -> Result<bool, StoreFault> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let ids: Vec<i64> = match gone {
        Gone::NotSeenIn(pass) => {
            sqlx::query_scalar("SELECT id FROM people_accounts WHERE vendor = ?1 AND pass < ?2 LIMIT ?3")
                .bind(vendor)
                .bind(pass)
                .bind(limit)
                .fetch_all(&mut **transaction)
                .await?
        }
        Gone::Named(names) => {
            sqlx::query_scalar(
                "SELECT id FROM people_accounts
                 WHERE vendor = ?1 AND kind IN (0, 1) AND account IN (SELECT value FROM json_each(?2)) LIMIT ?3",
            )
            .bind(vendor)
            .bind(list(names)?)
            .bind(limit)
            .fetch_all(&mut **transaction)
            .await?
        }
    };
    if ids.is_empty() {
        return Ok(false);
    }
    let mut left = make::around(transaction, &ids).await?;
    left.retain(|id| !ids.contains(id));
    make::forget(transaction, &ids).await?;
    // A key that was given out goes on leading to the person, as long as anything of the person is left.
    execute(
        transaction,
        "UPDATE people_keys SET account = mate.id
         FROM people_accounts AS gone, people_accounts AS mate
         WHERE people_keys.account = gone.id AND mate.lead = gone.lead
             AND gone.id IN (SELECT value FROM json_each(?1)) AND mate.id NOT IN (SELECT value FROM json_each(?1))",
        &ids,
    )
    .await?;
    execute(transaction, "DELETE FROM people_accounts WHERE id IN (SELECT value FROM json_each(?1))", &ids).await?;
    make::people(transaction, left).await?;
    count(transaction, vendor, -i64::try_from(ids.len()).unwrap_or_default()).await?;
    Ok(true)
}

type Known = BTreeMap<(i64, String), (i64, Vec<u8>)>;

async fn known(
    transaction: &mut Transaction<'static, Sqlite>,
    vendor: &str,
    lines: &BTreeMap<(i64, &str), &Line>,
) -> Result<Known, StoreFault> {
    let rows: Vec<(i64, String, i64, Vec<u8>)> = sqlx::query_as(
        "SELECT known.kind, known.account, known.id, known.digest FROM json_each(?2) AS line
         CROSS JOIN people_accounts AS known
             ON known.vendor = ?1 AND known.kind = line.value ->> 0 AND known.account = line.value ->> 1",
    )
    .bind(vendor)
    .bind(list(lines.keys().collect::<Vec<_>>())?)
    .fetch_all(&mut **transaction)
    .await?;
    Ok(rows.into_iter().map(|(kind, account, id, digest)| ((kind, account), (id, digest))).collect())
}

/// Writes lines with all that belongs to them; their ids.
async fn write(
    transaction: &mut Transaction<'static, Sqlite>,
    vendor: &str,
    pass: i64,
    written: &[(&Line, Vec<u8>)],
    changed: &[i64],
) -> Result<BTreeSet<i64>, StoreFault> {
    let salt: Vec<u8> =
        sqlx::query_scalar("SELECT salt FROM people_salt WHERE id = 1").fetch_one(&mut **transaction).await?;
    let key = |line: &Line| key(&salt, vendor, kind_number(line.kind), &line.id);
    let account = |(line, digest): &(&Line, Vec<u8>)| account(vendor, pass, line, digest, &key(line));
    let accounts: Vec<Value> = written.iter().map(account).collect();
    let rows: Vec<(i64, i64, String)> = sqlx::query_as(
        "INSERT INTO people_accounts
             (vendor, kind, account, key, digest, pass, lead, name, others, email, department, host, place, params)
         SELECT value ->> 'vendor', value ->> 'kind', value ->> 'account', value ->> 'key', unhex(value ->> 'digest'), value ->> 'pass',
             0, value ->> 'name', value ->> 'others', value ->> 'email', value ->> 'department', value ->> 'host',
             value ->> 'place', value ->> 'params'
         FROM json_each(?1) WHERE true
         ON CONFLICT (vendor, kind, account) DO UPDATE SET digest = excluded.digest, pass = excluded.pass,
             name = excluded.name, others = excluded.others, email = excluded.email,
             department = excluded.department, host = excluded.host, place = excluded.place, params = excluded.params
         RETURNING id, kind, account",
    )
    .bind(list(&accounts)?)
    .fetch_all(&mut **transaction)
    .await?;
    let ids: BTreeMap<(i64, String), i64> = rows.into_iter().map(|(id, kind, account)| ((kind, account), id)).collect();
    let (mut handles, mut units, mut keys) = (Vec::new(), Vec::new(), Vec::new());
    for (line, _) in written {
        let Some(id) = ids.get(&(kind_number(line.kind), line.id.clone())) else { continue };
        keys.push((key(line), id));
        units.extend(line.units.iter().map(|unit| (unit.to_string(), id)));
        handles.extend(line.emails.iter().map(|email| (handle(email), id, 1, email)));
        handles.extend(line.ids.iter().chain([&line.id]).map(|named| (handle(named), id, 0, named)));
    }
    for statement in [
        "DELETE FROM people_handles WHERE account IN (SELECT value FROM json_each(?1))",
        "DELETE FROM people_units WHERE account IN (SELECT value FROM json_each(?1))",
    ] {
        execute(transaction, statement, changed).await?;
    }
    execute(
        transaction,
        // What is an address and an id at once is an address: those come first.
        "INSERT INTO people_handles (handle, account, joins, shown)
         SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?1) WHERE true
         ON CONFLICT (handle, account) DO NOTHING",
        &handles,
    )
    .await?;
    execute(
        transaction,
        "INSERT INTO people_units (unit, account) SELECT value ->> 0, value ->> 1 FROM json_each(?1) WHERE true
         ON CONFLICT (unit, account) DO NOTHING",
        &units,
    )
    .await?;
    execute(
        transaction,
        "INSERT INTO people_keys (key, account) SELECT value ->> 0, value ->> 1 FROM json_each(?1) WHERE true
         ON CONFLICT (key) DO UPDATE SET account = excluded.account",
        &keys,
    )
    .await?;
    Ok(ids.into_values().collect())
}

fn account(vendor: &str, pass: i64, line: &Line, digest: &[u8], key: &str) -> Value {
    json!({
        "vendor": vendor,
        "kind": kind_number(line.kind),
        "account": line.id,
        "key": key,
        "digest": hex(digest),
        "pass": pass,
        "name": line.name,
        "others": line.other_names.join(" "),
        "email": line.emails.first().map(String::as_str).unwrap_or_default(),
        "department": line.department,
        "host": handle(&line.host),
        "place": line.place,
        "params": serde_json::to_string(&line.params).unwrap_or_default(),
    })
}

/// What a line says, in short.
fn digest(line: &Line) -> Vec<u8> {
    let units: Vec<String> = line.units.iter().map(ToString::to_string).collect();
    let all = json!([
        line.name,
        line.other_names,
        line.emails,
        line.ids,
        line.department,
        units,
        line.host,
        line.place,
        line.params
    ]);
    Sha256::digest(all.to_string()).iter().take(16).copied().collect()
}

/// The same for a line whenever it is read, and nothing that tells whom it is about.
fn key(salt: &[u8], vendor: &str, kind: i64, account: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(salt);
    hash.update(json!([vendor, kind, account]).to_string());
    hex(&hash.finalize()[..KEY_BYTES])
}

async fn count(transaction: &mut Transaction<'static, Sqlite>, vendor: &str, more: i64) -> Result<(), StoreFault> {
    sqlx::query("UPDATE people_sources SET lines = lines + ?2 WHERE vendor = ?1")
        .bind(vendor)
        .bind(more)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}
