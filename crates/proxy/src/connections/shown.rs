//! Connections as people see them: the last test, what is left of the vendors' grants, how old the token is. Must not ask
//! a vendor.

use std::collections::BTreeMap;

use roomkey_schema::connection::{Budget, Connection, State};

use super::Tested;
use crate::app::App;
use crate::clock::rfc3339;
use crate::exchange::faults;
use crate::http::problem;
use crate::http::request_id::RequestId;
use crate::people;
use crate::store::StoreFault;
use crate::store::jobs::{HOUR_MS, WINDOW_HOURS};
use crate::vendors::{Call, Lane, Vendor};

/// Every vendor of the configuration.
pub async fn all(app: &App, id: &RequestId) -> Result<Vec<Connection>, StoreFault> {
    let mut connections = Vec::new();
    for vendor in app.vendors.keys() {
        connections.extend(one(app, vendor, id).await?);
    }
    Ok(connections)
}

/// One of them; none when there is no such vendor.
pub async fn one(app: &App, vendor: &str, id: &RequestId) -> Result<Option<Connection>, StoreFault> {
    let Some(adapter) = app.vendors.get(vendor) else { return Ok(None) };
    let (token_since, token_until) = adapter.token_held().unzip();
    let mut connection = Connection {
        vendor: vendor.to_owned(),
        budgets: budgets(app, vendor, &**adapter).await?,
        token_since: token_since.map(rfc3339),
        token_until: token_until.map(rfc3339),
        people: people::source(app, vendor).await?,
        ..Connection::default()
    };
    let Some(Tested { at_ms, outcome }) = app.connections.last(vendor) else { return Ok(Some(connection)) };
    connection.tested_at = Some(rfc3339(at_ms));
    match outcome {
        Ok(notices) => {
            connection.state = if notices.is_empty() { State::Works } else { State::Partly };
            connection.notices = notices;
        }
        Err(fault) => {
            let mut problem = problem::problem(app, &faults::of(app, vendor, &fault), id);
            // It happened before this request.
            problem.request_id.clear();
            connection.state = State::Fails;
            connection.problem = Some(problem);
        }
    }
    Ok(Some(connection))
}

/// What is left of calls, and of changes where the vendor counts them by account.
async fn budgets(app: &App, vendor: &str, adapter: &dyn Vendor) -> Result<Vec<Budget>, StoreFault> {
    let mut budgets: Vec<Budget> = adapter
        .left()
        .into_iter()
        .map(|left| Budget {
            name: left.name.to_owned(),
            left: left.left.into(),
            of: left.of.into(),
            seconds: u64::try_from(left.window_ms / 1_000).unwrap_or_default(),
            until: left.until_ms.map(rfc3339),
        })
        .collect();
    let now_ms = app.clock.now_ms();
    for (account, per_day) in accounts(app, vendor, adapter) {
        let used = app.store.jobs().lane_used(vendor, &account, now_ms).await?;
        let closed = app.store.jobs().lane_closed(vendor, &account, now_ms).await?;
        let of = u64::from(per_day);
        let left = if closed.is_some() { 0 } else { of.saturating_sub(used) };
        let mut until_ms = closed;
        if left == 0 && closed.is_none() {
            let oldest_ms = app.store.jobs().lane_oldest(vendor, &account, now_ms).await?;
            until_ms = oldest_ms.map(|oldest_ms| oldest_ms + WINDOW_HOURS * HOUR_MS);
        }
        budgets.push(Budget { name: account, left, of, seconds: 86_400, until: until_ms.map(rfc3339) });
    }
    Ok(budgets)
}

/// Accounts that changes are counted by, with how many each may make in a day.
fn accounts(app: &App, vendor: &str, adapter: &dyn Vendor) -> BTreeMap<String, u32> {
    let writes = app.catalog.operations().iter().filter(|it| it.vendor == vendor && !it.method.is_read());
    let lanes = writes.flat_map(|operation| adapter.lanes(&Call::about(operation)));
    lanes.filter_map(|Lane { id, per_day }| Some((id, per_day?))).collect()
}
