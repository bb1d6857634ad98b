//! Starting, pausing, cancelling, repeating and throwing away. Each is written down before it is done, and refused when the
//! job is not in a state for it.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use roomkey_schema::job::{Job, JobState};

use super::{answer, find, may_run, record, unavailable};
use crate::app::App;
use crate::audit::entry::Kind as EntryKind;
use crate::auth::session::SignedIn;
use crate::http::fault::{Fault, Kind};
use crate::http::request_id::RequestId;
use crate::store::jobs::{StoredJob, Turn};

/// `POST /api/jobs/{id}/start`: the first time, or after a pause.
pub(super) async fn start(
    State(app): State<App>,
    id: RequestId,
    caller: SignedIn,
    Path(job): Path<String>,
) -> Result<Json<Job>, Fault> {
    let stored = ready(&app, &id, &caller, &job, &[JobState::Ready, JobState::Paused]).await?;
    let counts = app.store.jobs().counts(&job).await.map_err(unavailable)?;
    if counts.pending + counts.intent + counts.unknown == 0 {
        return Err(wrong_state(&app.words.jobs.nothing_to_send));
    }
    record(&app, EntryKind::JobStarted, &id, &caller, &stored).await?;
    turn(&app, &caller, &stored, &[JobState::Ready, JobState::Paused], JobState::Running).await
}

/// `POST /api/jobs/{id}/pause`.
pub(super) async fn pause(
    State(app): State<App>,
    id: RequestId,
    caller: SignedIn,
    Path(job): Path<String>,
) -> Result<Json<Job>, Fault> {
    let stored = ready(&app, &id, &caller, &job, &[JobState::Running]).await?;
    record(&app, EntryKind::JobPaused, &id, &caller, &stored).await?;
    turn(&app, &caller, &stored, &[JobState::Running], JobState::Paused).await
}

/// `POST /api/jobs/{id}/cancel`: rows that wait are never sent.
pub(super) async fn cancel(
    State(app): State<App>,
    id: RequestId,
    caller: SignedIn,
    Path(job): Path<String>,
) -> Result<Json<Job>, Fault> {
    const FROM: [JobState; 3] = [JobState::Ready, JobState::Running, JobState::Paused];
    let stored = ready(&app, &id, &caller, &job, &FROM).await?;
    record(&app, EntryKind::JobCancelled, &id, &caller, &stored).await?;
    turn(&app, &caller, &stored, &FROM, JobState::Cancelled).await
}

/// `POST /api/jobs/{id}/repeat`: the failed rows once more, with the values that they had.
pub(super) async fn repeat(
    State(app): State<App>,
    id: RequestId,
    caller: SignedIn,
    Path(job): Path<String>,
) -> Result<Json<Job>, Fault> {
    const FROM: [JobState; 2] = [JobState::Finished, JobState::Paused];
    let stored = ready(&app, &id, &caller, &job, &FROM).await?;
    record(&app, EntryKind::JobRepeated, &id, &caller, &stored).await?;
    let waiting = app.store.jobs().repeat_failed(&job).await.map_err(unavailable)?;
    if waiting == 0 {
        return Err(wrong_state(&app.words.jobs.values_gone));
    }
    turn(&app, &caller, &stored, &FROM, JobState::Running).await
}

/// `DELETE /api/jobs/{id}`: a job that never ran.
pub(super) async fn delete(
    State(app): State<App>,
    id: RequestId,
    caller: SignedIn,
    Path(job): Path<String>,
) -> Result<StatusCode, Fault> {
    let stored = ready(&app, &id, &caller, &job, &[JobState::Ready, JobState::Unchecked]).await?;
    record(&app, EntryKind::JobDeleted, &id, &caller, &stored).await?;
    app.store.jobs().delete_job(&job).await.map_err(unavailable)?;
    Ok(StatusCode::NO_CONTENT)
}

async fn ready(app: &App, id: &RequestId, caller: &SignedIn, job: &str, from: &[JobState]) -> Result<StoredJob, Fault> {
    may_run(app, id, caller).await?;
    let stored = find(app, caller, job).await?;
    if from.contains(&stored.state) { Ok(stored) } else { Err(wrong_state(&app.words.jobs.wrong_state)) }
}

async fn turn(
    app: &App,
    caller: &SignedIn,
    stored: &StoredJob,
    from: &[JobState],
    to: JobState,
) -> Result<Json<Job>, Fault> {
    let turn = Turn { from, to, reason: "", resumes_ms: None, now_ms: app.clock.now_ms() };
    if !app.store.jobs().turn_job(&stored.id, turn).await.map_err(unavailable)? {
        return Err(wrong_state(&app.words.jobs.wrong_state));
    }
    app.jobs.news.notify_one();
    answer(app, caller, &stored.id).await
}

pub(super) fn wrong_state(sentence: &str) -> Fault {
    Fault::new(Kind::JobState).detail(sentence)
}
