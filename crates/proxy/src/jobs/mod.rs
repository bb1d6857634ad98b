//! Bulk jobs: an operation and rows. A job is checked row by row before anything is sent (`check`), then carried out row by
//! row (`run`, `row`), each value chosen and sealed beforehand, each intent on disk before its call. A job outlives the
//! process: whoever finds it without an owner goes on with it. Must not know a vendor, nor HTTP.

pub mod check;
pub mod estimate;
pub mod people;
pub mod plan;
pub mod points;
mod row;
mod run;
pub mod seal;
pub mod shown;

use std::time::Duration;

use roomkey_schema::Operation;
use roomkey_schema::job::JobState;
use roomkey_schema::job_build::Recipe;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::audit::chain::hex;
use crate::http::language::{self, Tongue};
use crate::random::bytes;
use crate::store::StoreFault;
use crate::store::jobs::{HOUR_MS, Lease, StoredJob};

/// How long a job belongs to whoever took it, unless it is kept. A test that kills hundreds of times does not wait for so
/// long each time.
const LEASE_MS: i64 = if cfg!(feature = "chaos") { 1_000 } else { 10_000 };
/// How often it is kept.
const KEEP_EVERY: Duration = Duration::from_millis(if cfg!(feature = "chaos") { 300 } else { 3_000 });
/// How often somebody looks for jobs without an owner.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// How long new values can be handed over.
const VALUES_KEPT_MS: i64 = 7 * 24 * HOUR_MS;
/// How long a file is kept.
pub const TABLES_KEPT_MS: i64 = 24 * HOUR_MS;

/// What the jobs of one process share.
#[derive(Debug, Default)]
pub struct Jobs {
    /// Somebody made or started a job.
    pub news: Notify,
    /// No further row is begun.
    pub stop: CancellationToken,
}

/// A job that can no longer be carried out.
#[derive(Debug, thiserror::Error)]
pub enum JobFault {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// A sealed value cannot be opened.
    #[error(transparent)]
    Seal(#[from] seal::SealFault),
    /// What was sealed makes no sense.
    #[error("what the job is to do cannot be read: {0}")]
    Json(#[from] serde_json::Error),
    /// No random bytes.
    #[error(transparent)]
    Random(#[from] crate::random::RandomFault),
    /// This release knows no such kind.
    #[error("there is no kind of job {0:?}")]
    Kind(String),
    /// The vendor's people could not be read; a sentence for a person.
    #[error("{0}")]
    People(String),
}

/// Carries out jobs until the process stops.
pub async fn supervise(app: App) {
    let Ok(owner) = bytes::<8>(&*app.random).map(|bytes| hex(&bytes)) else { return };
    let mut cleared_ms = i64::MIN;
    loop {
        let now_ms = app.clock.now_ms();
        if now_ms > cleared_ms.saturating_add(HOUR_MS) {
            cleared_ms = now_ms;
            let cleared = app.store.jobs().destroy_old(now_ms - VALUES_KEPT_MS, now_ms - TABLES_KEPT_MS).await;
            if let Err(error) = cleared {
                tracing::warn!(%error, "old values of jobs could not be destroyed; tried again in an hour");
            }
        }
        match app.store.jobs().idle_jobs(&[JobState::Checking, JobState::Running], now_ms).await {
            Ok(idle) => {
                for id in idle {
                    if let Ok(Some(lease)) = app.store.jobs().lease(&id, &owner, now_ms, now_ms + LEASE_MS).await {
                        // What it keeps is read by people of any language.
                        app.tasks.spawn(language::with(Tongue::Unsaid, work(app.clone(), lease)));
                    }
                }
            }
            Err(error) => tracing::warn!(%error, "waiting jobs could not be looked for"),
        }
        tokio::select! {
            () = app.jobs.stop.cancelled() => return,
            () = app.jobs.news.notified() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
}

/// Works on one job for as long as it is ours.
async fn work(app: App, lease: Lease) {
    let outcome = tokio::select! {
        outcome = go_on(&app, &lease) => outcome,
        () = keep(&app, &lease) => Ok(()),
    };
    if let Err(error) = outcome {
        tracing::error!(%error, job = lease.job, "a job stands still");
    }
    if let Err(error) = app.store.jobs().release(&lease).await {
        tracing::warn!(%error, job = lease.job, "a job could not be let go; it is free again in a few seconds");
    }
}

async fn go_on(app: &App, lease: &Lease) -> Result<(), JobFault> {
    let Some(job) = app.store.jobs().job(&lease.job).await? else { return Ok(()) };
    match job.state {
        JobState::Checking => check::check(app, lease, &job).await,
        // Of a cancelled job nothing more is sent; rows that were under way are read back.
        JobState::Running | JobState::Cancelled => run::run(app, lease, &job).await,
        _ => Ok(()),
    }
}

/// Keeps the job; returns when it is no longer ours.
async fn keep(app: &App, lease: &Lease) {
    let mut missed = 0;
    loop {
        tokio::time::sleep(KEEP_EVERY).await;
        match app.store.jobs().keep_lease(lease, app.clock.now_ms() + LEASE_MS).await {
            Ok(true) => missed = 0,
            Err(_) if missed < 2 => missed += 1,
            Ok(false) | Err(_) => return,
        }
    }
}

/// Where a row's value is sealed.
pub(crate) fn place(job: &str, number: u64) -> String {
    row::place(job, number)
}

/// How a job is carried out.
pub(crate) fn recipe<'a>(app: &'a App, job: &StoredJob) -> Result<(&'a Recipe, &'a Operation), JobFault> {
    let recipe = app.catalog.recipes().iter().find(|recipe| recipe.kind.id == job.kind);
    let operation = recipe.and_then(|recipe| app.catalog.operation(&recipe.operation));
    recipe.zip(operation).ok_or_else(|| JobFault::Kind(job.kind.clone()))
}
