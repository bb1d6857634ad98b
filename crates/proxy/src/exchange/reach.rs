//! Keeps people who reach only a part of the organisation to that part. Whatever is outside does not exist for them: it
//! is answered as an unknown id is, and left out of lists. Who is in which part is known to the people index; whose a thing
//! is that the index knows nobody for, the vendor is asked.

use std::collections::{BTreeMap, BTreeSet};

use roomkey_schema::reach::{Ask, Reach};
use roomkey_schema::scope::Unit;
use roomkey_schema::{PathParams, Scope};
use serde_json::Value;

use super::{Asked, send};
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
    if let Some(kind) = &reach.unit {
        let vendor = &asked.operation.vendor;
        let is_own =
            |id: &String| scope.units.iter().any(|unit| (&unit.vendor, &unit.kind, &unit.id) == (vendor, kind, id));
        return if named.iter().all(is_own) { Ok(()) } else { Err(absent()) };
    }
    let known = units(app, &asked.operation.vendor, &named).await?;
    for name in &named {
        let is_in = match (known.get(name).filter(|units| !units.is_empty()), &reach.ask) {
            (None, Some(ask)) => is_of_somebody_within(app, scope, ask, name).await?,
            (units, _) => is_within(scope, units),
        };
        if !is_in {
            return Err(absent());
        }
    }
    Ok(())
}

/// Leaves only objects within, each with its vendor; there must be one.
pub(crate) async fn objects_within(app: &App, scope: &Scope, objects: &mut Vec<(String, String)>) -> Result<(), Fault> {
    if scope.is_everywhere() {
        return Ok(());
    }
    let mut within = Vec::new();
    for (vendor, name) in objects.drain(..) {
        let known = units(app, &vendor, std::slice::from_ref(&name)).await?;
        if is_within(scope, known.get(&name)) {
            within.push((vendor, name));
        }
    }
    *objects = within;
    if objects.is_empty() { Err(Fault::new(Kind::NotFound)) } else { Ok(()) }
}

/// Takes out of a list what is about somebody outside.
pub(crate) async fn narrow(app: &App, scope: &Scope, asked: &Asked<'_>, answer: &mut Value) -> Result<(), Fault> {
    let is_everybodys = |reach: &&Reach| !reach.is_of_somebody(&asked.params, &asked.query);
    let Some(reach) = asked.operation.reach.as_ref().filter(is_everybodys) else { return Ok(()) };
    let rows = if scope.is_everywhere() { Vec::new() } else { reach.of_rows(answer) };
    if rows.is_empty() {
        return Ok(());
    }
    let known = units(app, &asked.operation.vendor, &rows).await?;
    let within: Vec<bool> = rows.iter().map(|name| is_within(scope, known.get(name))).collect();
    reach.keep(answer, &within);
    Ok(())
}

/// Whether one of those whose it is, is within.
async fn is_of_somebody_within(app: &App, scope: &Scope, ask: &Ask, name: &str) -> Result<bool, Fault> {
    let operation = app.catalog.operation(&ask.read);
    let operation = operation.ok_or_else(|| Fault::internal(&format_args!("no operation {}", ask.read)))?;
    let params = PathParams::from_iter([(ask.param.clone(), name.to_owned())]);
    let call = Asked::of(app, operation, params, BTreeMap::new(), None)?.call()?;
    let answer = send::send(app, send::vendor(app, operation)?, &call).await?;
    let answer = answer.body.unwrap_or_default();
    let whose = roomkey_schema::json::all(&answer, &ask.whose);
    let whose: Vec<String> = whose.into_iter().filter_map(|value| value.as_str().map(str::to_owned)).collect();
    let known = units(app, &operation.vendor, &whose).await?;
    Ok(whose.iter().any(|name| is_within(scope, known.get(name))))
}

async fn units(app: &App, vendor: &str, names: &[String]) -> Result<BTreeMap<String, BTreeSet<Unit>>, Fault> {
    let names: Vec<String> = names.iter().filter(|name| !name.is_empty()).cloned().collect();
    if names.is_empty() {
        return Ok(BTreeMap::new());
    }
    let known = app.store.people().units_of(vendor, &names).await;
    known.map_err(|error| Fault::new(Kind::Busy).cause(&error))
}

/// Whoever is in one of the units. Whom the index does not know is in none.
fn is_within(scope: &Scope, units: Option<&BTreeSet<Unit>>) -> bool {
    units.is_some_and(|units| scope.units.iter().any(|unit| units.contains(unit)))
}
