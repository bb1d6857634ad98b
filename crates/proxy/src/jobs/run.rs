//! Carries a job out: rows whose end is not known first, then those that wait, several at once; waits as long as a vendor
//! says; pauses with a reason when it makes no sense to go on. Whatever it knows is in the store: it can be ended at any
//! place and begun anew.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::future::BoxFuture;
use roomkey_schema::Role;
use roomkey_schema::job::{JobState, RowState};

use super::JobFault;
use super::check::open_plan;
use super::row::{Next, Running, Sent};
use crate::app::App;
use crate::clock::UnixMs;
use crate::exchange::send;
use crate::store::jobs::{Lease, StoredJob, StoredRow, Turn};
use crate::words::fill;

/// Rows that are looked at in one go.
const BATCH: u32 = 64;
/// How often a vendor's trouble is waited out before the job pauses.
const PATIENCE: u32 = 8;
/// How long the first of these waits is; each further one is twice as long.
const FIRST_WAIT_MS: i64 = 2_000;
/// The longest of them.
const LONGEST_WAIT_MS: i64 = 300_000;
/// How often somebody looks whether a wait is over.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// Goes on until the job ends, pauses, or is somebody else's.
pub(super) async fn run(app: &App, lease: &Lease, job: &StoredJob) -> Result<(), JobFault> {
    let (recipe, operation) = super::recipe(app, job)?;
    let plan = open_plan(app, job)?;
    let sent = Sent { recipe, operation, plan: &plan };
    let mut troubles = 0;
    loop {
        let role = role_of(app, job, sent).await?;
        if role.is_none() && job.state == JobState::Running {
            return pause(app, job, &app.words.jobs.no_longer_allowed).await;
        }
        let running = Running { job, lease, sent, role };
        let (rows, open) = next_rows(app, &job.id).await?;
        if rows.is_empty() {
            return turn(app, job, JobState::Finished, "").await;
        }
        let (next, went_well) = batch(app, &running, &rows, open).await?;
        if went_well {
            troubles = 0;
        }
        match next {
            Next::On => app.store.jobs().note_job(lease, "", None).await?,
            Next::Stop => return Ok(()),
            Next::Pause(reason) => return pause(app, job, &reason).await,
            Next::Wait(until_ms, reason) => {
                if !wait(app, lease, job.state, until_ms, &reason).await? {
                    return Ok(());
                }
            }
            Next::Trouble(reason) => {
                troubles += 1;
                let vendor = app.words.vendor_name(&operation.vendor);
                if troubles > PATIENCE {
                    let times = troubles.to_string();
                    let values = [("vendor", vendor), ("times", times.as_str()), ("reason", reason.as_str())];
                    return pause(app, job, &fill(&app.words.jobs.vendor_gone, &values)).await;
                }
                let wait_ms = (FIRST_WAIT_MS << (troubles - 1)).min(LONGEST_WAIT_MS);
                let reason = fill(&app.words.jobs.vendor_waits, &[("vendor", vendor), ("reason", reason.as_str())]);
                if !wait(app, lease, job.state, app.clock.now_ms() + wait_ms, &reason).await? {
                    return Ok(());
                }
            }
        }
    }
}

/// Rows to look at, and whether their end is open: those come first.
async fn next_rows(app: &App, job: &str) -> Result<(Vec<StoredRow>, bool), JobFault> {
    for state in [RowState::Intent, RowState::Unknown] {
        let rows = app.store.jobs().rows_of(job, Some(state), 0, BATCH).await?;
        if !rows.is_empty() {
            return Ok((rows, true));
        }
    }
    Ok((app.store.jobs().rows_of(job, Some(RowState::Pending), 0, BATCH).await?, false))
}

/// Several rows at once; what the job does then, and whether any of them went well.
async fn batch(app: &App, running: &Running<'_>, rows: &[StoredRow], open: bool) -> Result<(Next, bool), JobFault> {
    let at_once = match send::vendor(app, running.sent.operation) {
        Ok(at) => at.adapter.at_once().max(1),
        Err(_) => 1,
    };
    let halt = AtomicBool::new(false);
    let all: Vec<BoxFuture<'_, _>> = rows.iter().map(|row| one(app, running, row, open, &halt)).collect();
    let mut done = futures_util::stream::iter(all).buffer_unordered(at_once);
    let (mut next, mut went_well) = (Next::On, false);
    while let Some(outcome) = done.next().await {
        match outcome? {
            None if next == Next::On => next = Next::Stop,
            None => {}
            Some(Next::On) => went_well = true,
            Some(other) => next = graver(next, other),
        }
    }
    Ok((next, went_well))
}

/// One row, unless another one has shown that there is no sense in it now.
fn one<'a>(
    app: &'a App,
    running: &'a Running<'_>,
    row: &'a StoredRow,
    open: bool,
    halt: &'a AtomicBool,
) -> BoxFuture<'a, Result<Option<Next>, JobFault>> {
    Box::pin(async move {
        if halt.load(Ordering::Relaxed) || app.jobs.stop.is_cancelled() {
            return Ok(None);
        }
        let next = if open { running.reconcile(app, row).await? } else { running.send(app, row).await? };
        if next != Next::On {
            halt.store(true, Ordering::Relaxed);
        }
        Ok(Some(next))
    })
}

/// Of two outcomes, the one that counts.
fn graver(one: Next, other: Next) -> Next {
    let weight = |next: &Next| match next {
        Next::On => 0,
        Next::Trouble(_) => 1,
        Next::Wait(..) => 2,
        Next::Pause(_) => 3,
        Next::Stop => 4,
    };
    if weight(&other) >= weight(&one) { other } else { one }
}

/// Waits; false when the job is no longer in that state, or the process stops.
async fn wait(app: &App, lease: &Lease, state: JobState, until_ms: UnixMs, reason: &str) -> Result<bool, JobFault> {
    app.store.jobs().note_job(lease, reason, Some(until_ms)).await?;
    loop {
        if app.jobs.stop.is_cancelled() {
            return Ok(false);
        }
        let stays = app.store.jobs().job(&lease.job).await?.is_some_and(|job| job.state == state);
        if !stays {
            return Ok(false);
        }
        if app.clock.now_ms() >= until_ms {
            app.store.jobs().note_job(lease, "", None).await?;
            return Ok(true);
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// What the person who made the job may do now; none when it is no longer enough.
async fn role_of(app: &App, job: &StoredJob, sent: Sent<'_>) -> Result<Option<Role>, JobFault> {
    let account = app.store.account(&job.actor).await?;
    Ok(account.map(|account| account.role).filter(|role| sent.recipe.is_for(sent.operation, *role)))
}

async fn pause(app: &App, job: &StoredJob, reason: &str) -> Result<(), JobFault> {
    turn(app, job, JobState::Paused, reason).await
}

async fn turn(app: &App, job: &StoredJob, to: JobState, reason: &str) -> Result<(), JobFault> {
    let turn = Turn { from: &[JobState::Running], to, reason, resumes_ms: None, now_ms: app.clock.now_ms() };
    app.store.jobs().turn_job(&job.id, turn).await?;
    Ok(())
}
