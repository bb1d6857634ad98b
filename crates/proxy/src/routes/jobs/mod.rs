//! `/api/jobs`: what can be done to many rows, tables, jobs. Administrators make and run jobs, auditors watch; the help desk
//! makes, runs and sees its own, of kinds that set nothing but what it may set. Must not carry anything out: that is
//! `jobs`' work.

mod act;
mod export;
mod make;
mod rows;
mod tables;

use axum::Json;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::{ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use roomkey_schema::Role;
use roomkey_schema::job::{Job, JobKind};
use roomkey_schema::job_build::Recipe;
use serde_json::Value;

use super::permission::{self, denied};
use crate::app::App;
use crate::audit::Entry;
use crate::audit::entry::Kind as EntryKind;
use crate::auth::session::SignedIn;
use crate::exchange::etag;
use crate::http::fault::{Fault, Kind};
use crate::http::request_id::RequestId;
use crate::jobs::shown;
use crate::store::StoreFault;
use crate::store::jobs::StoredJob;
use crate::words::fill;

/// What the record calls it.
const PART: &str = "jobs";
/// How many jobs are listed.
const LISTED: u32 = 200;

/// The routes.
pub fn router() -> Router<App> {
    Router::new()
        .route("/api/jobs", get(list).post(make::make))
        .route("/api/jobs/kinds", get(kinds))
        .route("/api/jobs/tables", post(tables::send))
        .route("/api/jobs/tables/{id}", get(tables::read))
        .route("/api/jobs/{id}", get(one).delete(act::delete))
        .route("/api/jobs/{id}/rows", get(rows::list))
        .route("/api/jobs/{id}/start", post(act::start))
        .route("/api/jobs/{id}/pause", post(act::pause))
        .route("/api/jobs/{id}/cancel", post(act::cancel))
        .route("/api/jobs/{id}/repeat", post(act::repeat))
        .route("/api/jobs/{id}/export", get(export::results))
        .route("/api/jobs/{id}/handover", post(export::hand_over))
}

/// `GET /api/jobs/kinds`.
async fn kinds(State(app): State<App>, id: RequestId, caller: SignedIn) -> Result<Json<Vec<JobKind>>, Fault> {
    may_read(&app, &id, &caller).await?;
    let known = |recipe: &&Recipe| app.vendors.contains_key(&recipe.kind.vendor);
    // Who only watches sees the names of all kinds.
    let shown = |recipe: &&Recipe| caller.role == Role::Auditor || may_make(&app, recipe, caller.role);
    let recipes = app.edition().await.recipes().iter().filter(known).filter(shown);
    Ok(Json(recipes.map(|recipe| recipe.kind.clone()).collect()))
}

/// `GET /api/jobs`.
async fn list(State(app): State<App>, id: RequestId, caller: SignedIn) -> Result<Json<Vec<Job>>, Fault> {
    may_read(&app, &id, &caller).await?;
    let mut jobs = Vec::new();
    let all = app.store.jobs().latest_jobs(LISTED).await.map_err(unavailable)?;
    for stored in all.into_iter().filter(|stored| may_know(&caller, stored)) {
        jobs.push(shown::job(&app, stored, false).await.map_err(unavailable)?);
    }
    Ok(Json(jobs))
}

/// `GET /api/jobs/{id}`: whoever asks again and again gets an empty answer while nothing has changed.
async fn one(
    State(app): State<App>,
    id: RequestId,
    caller: SignedIn,
    Path(job): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    may_read(&app, &id, &caller).await?;
    let job = shown::job(&app, find(&app, &caller, &job).await?, true).await.map_err(unavailable)?;
    let value = serde_json::to_value(&job).map_err(|error| Fault::internal(&error))?;
    let tag = HeaderValue::from_str(&etag::of(&value)).map_err(|error| Fault::internal(&error))?;
    if headers.get(IF_NONE_MATCH) == Some(&tag) {
        return Ok((StatusCode::NOT_MODIFIED, [(ETAG, tag)]).into_response());
    }
    Ok(([(ETAG, tag)], Json(value)).into_response())
}

/// The job of that id. To whom it is none of their business, it does not exist.
async fn find(app: &App, caller: &SignedIn, id: &str) -> Result<StoredJob, Fault> {
    let stored = app.store.jobs().job(id).await.map_err(unavailable)?;
    stored.filter(|stored| may_know(caller, stored)).ok_or_else(|| Fault::new(Kind::NotFound))
}

/// Whether the caller may know of a job.
fn may_know(caller: &SignedIn, stored: &StoredJob) -> bool {
    caller.role != Role::Helpdesk || stored.actor == caller.name
}

/// Whether that role may make jobs of a kind.
fn may_make(app: &App, recipe: &Recipe, role: Role) -> bool {
    app.catalog.operation(&recipe.operation).is_some_and(|operation| recipe.is_for(operation, role))
}

/// The job as it is now.
async fn answer(app: &App, caller: &SignedIn, id: &str) -> Result<Json<Job>, Fault> {
    Ok(Json(shown::job(app, find(app, caller, id).await?, true).await.map_err(unavailable)?))
}

async fn may_read(app: &App, id: &RequestId, caller: &SignedIn) -> Result<(), Fault> {
    permit(app, id, caller, &[Role::Admin, Role::Helpdesk, Role::Auditor]).await
}

async fn may_run(app: &App, id: &RequestId, caller: &SignedIn) -> Result<(), Fault> {
    permit(app, id, caller, &[Role::Admin, Role::Helpdesk]).await
}

async fn permit(app: &App, id: &RequestId, caller: &SignedIn, roles: &[Role]) -> Result<(), Fault> {
    // Whom a row is about is known only when it is read: whoever reaches only a part does without.
    if !caller.scope.is_everywhere() {
        return Err(denied(app, id, caller, PART).await.detail(&app.words.details.jobs_in_part));
    }
    permission::permit(app, id, caller, roles, PART).await
}

fn entry(app: &App, kind: EntryKind, id: &RequestId, caller: &SignedIn) -> Entry {
    Entry::new(kind, app.recorder.now(), &caller.name, Some(caller.role), id.as_str())
}

/// Writes down what somebody does with a job. What cannot be written down is not done.
async fn record(app: &App, kind: EntryKind, id: &RequestId, caller: &SignedIn, job: &StoredJob) -> Result<(), Fault> {
    let entry = Entry { operation: Some(job.kind.clone()), job: Some(job.id.clone()), ..entry(app, kind, id, caller) };
    write(app, &entry).await
}

async fn write(app: &App, entry: &Entry) -> Result<(), Fault> {
    let written = app.recorder.append(entry).await;
    written.map(drop).map_err(|error| Fault::new(Kind::RecordUnavailable).cause(&error))
}

fn unavailable(error: StoreFault) -> Fault {
    Fault::new(Kind::Busy).cause(&error)
}

/// A body's JSON as a shape; what does not fit is named.
fn shape<T: serde::de::DeserializeOwned>(app: &App, body: Option<Value>) -> Result<T, Fault> {
    let refused = |reason: &str| {
        Fault::new(Kind::BadRequest).detail(fill(&app.words.details.body_not_json, &[("reason", reason)]))
    };
    serde_json::from_value(body.unwrap_or_default()).map_err(|error| refused(&error.to_string()))
}
