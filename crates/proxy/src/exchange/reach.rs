//! Keeps people who reach only a part of the organisation to that part. Whatever is outside does not exist for them: it
//! is answered as an unknown id is, and left out of lists. Who is in which part is known to the people index.

use std::collections::{BTreeMap, BTreeSet};

use roomkey_schema::scope::Unit;
use roomkey_schema::{Operation, Scope};
use serde_json::Value;

use super::Asked;
use crate::app::App;
use crate::http::fault::{Fault, Kind};

/// Refuses what is about somebody outside, or about nobody that could be looked up.
pub(crate) async fn within(app: &App, scope: &Scope, asked: &Asked<'_>) -> Result<(), Fault> {
    if scope.is_everywhere() {
        return Ok(());
    }
    let absent = || Fault::new(Kind::NotFound);
    let reach = asked.operation.reach.as_ref().ok_or_else(absent)?;
    let named = reach.named(&asked.params, &asked.query, asked.body.as_ref()).ok_or_else(absent)?;
    let known = units(app, asked.operation, &named).await?;
    if named.iter().all(|name| is_within(scope, known.get(name))) { Ok(()) } else { Err(absent()) }
}

/// Takes out of a list what is about somebody outside.
pub(crate) async fn narrow(app: &App, scope: &Scope, operation: &Operation, answer: &mut Value) -> Result<(), Fault> {
    let Some(reach) = operation.reach.as_ref().filter(|_| !scope.is_everywhere()) else { return Ok(()) };
    let rows = reach.of_rows(answer);
    if rows.is_empty() {
        return Ok(());
    }
    let known = units(app, operation, &rows).await?;
    let within: Vec<bool> = rows.iter().map(|name| is_within(scope, known.get(name))).collect();
    reach.keep(answer, &within);
    Ok(())
}

async fn units(app: &App, operation: &Operation, names: &[String]) -> Result<BTreeMap<String, BTreeSet<Unit>>, Fault> {
    let names: Vec<String> = names.iter().filter(|name| !name.is_empty()).cloned().collect();
    if names.is_empty() {
        return Ok(BTreeMap::new());
    }
    let known = app.store.people().units_of(&operation.vendor, &names).await;
    known.map_err(|error| Fault::new(Kind::Busy).cause(&error))
}

/// Whoever is in one of the units. Whom the index does not know is in none.
fn is_within(scope: &Scope, units: Option<&BTreeSet<Unit>>) -> bool {
    units.is_some_and(|units| scope.units.iter().any(|unit| units.contains(unit)))
}
