//! `/api/audit`: reading the record. Administrators and auditors read all of it, the help desk the history of a person or
//! an object that it names. Must not change the record; what is refused is put into it.

mod asked;
mod export;
mod undo;
mod verify;

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::{Path, RawQuery, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use roomkey_schema::Role;
use roomkey_schema::record::{Entry as Shown, Page};

use self::asked::Asked;
use super::permission::{self, denied};
use crate::app::App;
use crate::audit::shown;
use crate::auth::session::SignedIn;
use crate::exchange::reach;
use crate::http::fault::{Fault, Kind};
use crate::http::request_id::RequestId;
use crate::store::StoreFault;
use crate::store::entries::StoredEntry;

/// Who reads the whole record.
const READERS: [Role; 2] = [Role::Admin, Role::Auditor];

/// What the record calls itself.
const PART: &str = "record";

/// The routes.
pub fn router() -> Router<App> {
    Router::new()
        .route("/api/audit", get(list))
        .route("/api/audit/export", get(export::take))
        .route("/api/audit/verify", get(verify::look).post(verify::begin))
        .route("/api/audit/{seq}", get(one))
        .route("/api/audit/{seq}/undo", post(undo::undo))
}

/// `GET /api/audit`: entries that fit, newest first.
async fn list(
    State(app): State<App>,
    id: RequestId,
    caller: SignedIn,
    RawQuery(query): RawQuery,
) -> Result<Json<Page>, Fault> {
    let mut asked = asked::read(&app, query.as_deref().unwrap_or_default(), &[])?;
    permit(&app, &id, &caller, &mut asked).await?;
    // One more than is shown says whether there are more.
    let mut found = app.store.entries().entries(&asked.search, asked.limit + 1).await.map_err(unavailable)?;
    let shown = usize::try_from(asked.limit).unwrap_or(usize::MAX);
    let is_all = found.len() <= shown;
    found.truncate(shown);
    let before = found.last().filter(|_| !is_all).map(|entry| entry.began.seq);
    let catalog = app.edition().await.catalog();
    let mut items: Vec<Shown> = found.iter().map(|stored| shown::entry(&app, catalog, &caller, stored)).collect();
    name(&app, &mut items).await?;
    Ok(Json(Page { items, before }))
}

/// `GET /api/audit/{seq}`: the entry whose first row, or whose outcome, has that number.
async fn one(
    State(app): State<App>,
    id: RequestId,
    caller: SignedIn,
    Path(seq): Path<String>,
) -> Result<Json<Shown>, Fault> {
    permission::permit(&app, &id, &caller, &READERS, PART).await?;
    let catalog = app.edition().await.catalog();
    let mut entry = shown::entry(&app, catalog, &caller, &find(&app, &seq).await?);
    name(&app, std::slice::from_mut(&mut entry)).await?;
    Ok(Json(entry))
}

/// Says what the people index calls the objects of entries.
async fn name(app: &App, entries: &mut [Shown]) -> Result<(), Fault> {
    let mut asked: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for entry in entries.iter() {
        if let Some(vendor) = &entry.vendor {
            asked.entry(vendor.clone()).or_default().extend(entry.objects.values().cloned());
        }
    }
    for (vendor, ids) in asked {
        let ids: Vec<String> = ids.into_iter().collect();
        let names = app.store.people().names_of(&vendor, &ids).await.map_err(unavailable)?;
        for entry in entries.iter_mut().filter(|entry| entry.vendor.as_deref() == Some(vendor.as_str())) {
            let known = |(param, id): (&String, &String)| Some((param.clone(), names.get(id)?.clone()));
            entry.names = entry.objects.iter().filter_map(known).collect();
        }
    }
    Ok(())
}

/// Default deny; denials are recorded. The help desk may not find out by searching what it is not shown.
async fn permit(app: &App, id: &RequestId, caller: &SignedIn, asked: &mut Asked) -> Result<(), Fault> {
    let reads_all = READERS.contains(&caller.role);
    asked.search.in_reasons = reads_all;
    if reads_all {
        return Ok(());
    }
    if caller.role == Role::Helpdesk && !asked.search.objects.is_empty() {
        return reach::objects_within(app, &caller.scope, &mut asked.search.objects).await;
    }
    let denied = denied(app, id, caller, PART).await;
    Err(if caller.role == Role::Helpdesk { denied.detail(&app.words.details.record_of_whom) } else { denied })
}

/// The entry of that number.
async fn find(app: &App, seq: &str) -> Result<StoredEntry, Fault> {
    let absent = || Fault::new(Kind::NotFound);
    let seq = seq.parse().map_err(|_| absent())?;
    app.store.entries().entry(seq).await.map_err(unavailable)?.ok_or_else(absent)
}

fn unavailable(error: StoreFault) -> Fault {
    Fault::new(Kind::Busy).cause(&error)
}
