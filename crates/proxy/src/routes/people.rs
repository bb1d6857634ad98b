//! `/api/people`: looking for people and meetings over all vendors, one of them with its accounts, and reading the vendors
//! again now. Everybody looks, administrators refresh. Looking asks no vendor and is not recorded.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use roomkey_schema::people::{Found, Person, Source};
use roomkey_schema::{Role, Unit, Violation};

use super::permission::permit;
use crate::app::App;
use crate::auth::session::SignedIn;
use crate::exchange::asked;
use crate::http::fault::{Fault, Kind};
use crate::http::request_id::RequestId;
use crate::people;
use crate::people::query::Query;
use crate::store::StoreFault;

/// How many are found, unless somebody says so.
const LIMIT: u32 = 20;
/// How many at most.
const MOST: u32 = 100;

/// `GET /api/people?q=…&limit=…`.
pub async fn search(State(app): State<App>, caller: SignedIn, RawQuery(query): RawQuery) -> Result<Json<Found>, Fault> {
    let query = read(&app, query.as_deref().unwrap_or_default(), &caller.scope.units)?;
    let begun = std::time::Instant::now();
    let (items, more) = app.store.people().search(&query).await.map_err(unavailable)?;
    metrics::histogram!("roomkey_people_search_seconds").record(begun.elapsed());
    let sources = people::sources(&app).await.map_err(unavailable)?;
    Ok(Json(Found { items, more, sources }))
}

/// `GET /api/people/{key}`.
pub async fn one(State(app): State<App>, caller: SignedIn, Path(key): Path<String>) -> Result<Json<Person>, Fault> {
    let person = app.store.people().person(&key, &caller.scope.units).await.map_err(unavailable)?;
    person.map(Json).ok_or_else(|| Fault::new(Kind::NotFound))
}

/// `POST /api/people/refresh`: every vendor is read again; answers at once.
pub async fn refresh(
    State(app): State<App>,
    id: RequestId,
    caller: SignedIn,
) -> Result<(StatusCode, Json<Vec<Source>>), Fault> {
    permit(&app, &id, &caller, &[Role::Admin], "people.refresh").await?;
    let sources = people::sources(&app).await.map_err(unavailable)?;
    for source in &sources {
        app.people.refresh(&source.vendor);
    }
    Ok((StatusCode::ACCEPTED, Json(sources)))
}

fn read(app: &App, raw: &str, units: &[Unit]) -> Result<Query, Fault> {
    let query: BTreeMap<String, String> = asked::query(&app.words, raw)?;
    let mut faults = Vec::new();
    let mut fault =
        |pointer: &str, violation| faults.push(roomkey_schema::Fault { pointer: pointer.to_owned(), violation });
    query
        .keys()
        .filter(|name| !["q", "limit"].contains(&name.as_str()))
        .for_each(|name| fault(name, Violation::Unknown));
    if !query.contains_key("q") {
        fault("q", Violation::Missing);
    }
    let limit = match query.get("limit").map(|limit| limit.parse::<u32>()) {
        None => LIMIT,
        Some(Ok(0)) => {
            fault("limit", Violation::TooSmall(1));
            LIMIT
        }
        Some(Ok(limit)) if limit > MOST => {
            fault("limit", Violation::TooLarge(MOST.into()));
            LIMIT
        }
        Some(Ok(limit)) => limit,
        Some(Err(_)) => {
            fault("limit", Violation::WrongType("integer"));
            LIMIT
        }
    };
    if faults.is_empty() {
        return Ok(Query::new(query.get("q").map(String::as_str).unwrap_or_default(), limit, units));
    }
    Err(asked::validation(&app.words, faults))
}

fn unavailable(error: StoreFault) -> Fault {
    Fault::new(Kind::Busy).cause(&error)
}
