//! `POST /api/jobs`: a job for a file, checked row by row in the background. The same `once` makes the same job once.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use roomkey_schema::job::{JobState, NewJob};
use roomkey_schema::wire::FieldProblem;
use roomkey_sheet::HeaderRow;

use super::super::permission::denied;
use super::{PART, find, may_make, may_run, shape, tables, unavailable};
use crate::app::App;
use crate::audit::chain::hex;
use crate::auth::session::SignedIn;
use crate::http::body;
use crate::http::fault::{Fault, Kind};
use crate::http::request_id::RequestId;
use crate::jobs::{plan, shown};
use crate::random;
use crate::store::jobs::StoredJob;

pub(super) async fn make(
    State(app): State<App>,
    id: RequestId,
    caller: SignedIn,
    body: Body,
) -> Result<Response, Fault> {
    may_run(&app, &id, &caller).await?;
    let asked: NewJob = shape(&app, body::json(&app, body).await?)?;
    let once = format!("{}:{}", caller.name, asked.once);
    if let Some(known) = app.store.jobs().job_once(&once).await.map_err(unavailable)? {
        let job = shown::job(&app, known, true).await.map_err(unavailable)?;
        return Ok((StatusCode::CREATED, Json(job)).into_response());
    }
    let words = &app.words.jobs;
    let field = |pointer: &str, detail: &str| {
        let field = FieldProblem { pointer: pointer.to_owned(), detail: detail.to_owned() };
        Fault::new(Kind::Validation).fields(vec![field])
    };
    let recipe = app.edition().await.recipe(&asked.kind);
    let recipe = recipe.ok_or_else(|| field("/kind", &words.no_kind))?;
    if !may_make(&app, recipe, caller.role) {
        return Err(denied(&app, &id, &caller, PART).await);
    }
    let table = tables::own(&app, &caller, &asked.table).await?;
    let file = app.seal.open(&table.id, &table.sealed).map_err(|error| Fault::internal(&error))?;
    let header = if asked.header { HeaderRow::Present } else { HeaderRow::Absent };
    let sheet_name = asked.sheet.clone();
    let read = move || plan::read(&file, Some(sheet_name.as_str()).filter(|name| !name.is_empty()), header);
    let sheet = tokio::task::spawn_blocking(read).await.map_err(|error| Fault::internal(&error))?;
    let sheet = sheet.map_err(|fault| Fault::new(Kind::TableUnreadable).detail(plan::sentence(words, &fault)))?;
    let faults = plan::faults(words, recipe, &asked, &sheet);
    if !faults.is_empty() {
        let fields = faults.into_iter().map(|(pointer, detail)| FieldProblem { pointer, detail }).collect();
        return Err(Fault::new(Kind::Validation).fields(fields));
    }
    let job_id = hex(&random::bytes::<16>(&*app.random).map_err(|error| Fault::internal(&error))?);
    let plain = serde_json::to_vec(&asked).map_err(|error| Fault::internal(&error))?;
    let stored = StoredJob {
        plan: app.seal.close(&job_id, &plain, &*app.random).map_err(|error| Fault::internal(&error))?,
        id: job_id,
        once: once.clone(),
        kind: asked.kind,
        file: table.name,
        actor: caller.name.clone(),
        created_ms: app.clock.now_ms(),
        started_ms: None,
        ended_ms: None,
        state: JobState::Checking,
        reason: String::new(),
        resumes_ms: None,
    };
    let is_new = app.store.jobs().insert_job(&stored).await.map_err(unavailable)?;
    let stored = if is_new {
        find(&app, &caller, &stored.id).await?
    } else {
        let known = app.store.jobs().job_once(&once).await.map_err(unavailable)?;
        known.ok_or_else(|| Fault::new(Kind::Busy))?
    };
    app.jobs.news.notify_one();
    let job = shown::job(&app, stored, true).await.map_err(unavailable)?;
    Ok((StatusCode::CREATED, Json(job)).into_response())
}
