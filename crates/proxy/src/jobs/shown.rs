//! Jobs as people see them: from what is stored, counted and configured. Must not open a sealed value.

use roomkey_schema::job::{Estimate, Job, JobRow, JobState};

use super::estimate::{Known, estimate};
use crate::app::App;
use crate::clock::{UnixMs, rfc3339};
use crate::pages::Edition;
use crate::store::StoreFault;
use crate::store::jobs::{StoredJob, StoredRow};
use crate::vendors::Call;

const MINUTE_MS: i64 = 60_000;

/// The job with its counts; the estimate only where `whole`.
pub async fn job(app: &App, stored: StoredJob, whole: bool) -> Result<Job, StoreFault> {
    let counts = app.store.jobs().counts(&stored.id).await?;
    let edition = app.edition().await;
    let recipe = edition.recipe(&stored.kind);
    let (title, vendor) = recipe.map_or_else(
        || (stored.kind.clone(), String::new()),
        |recipe| (recipe.kind.title.clone(), recipe.kind.vendor.clone()),
    );
    let ahead = matches!(stored.state, JobState::Ready | JobState::Running | JobState::Paused);
    let to_send = counts.pending + counts.intent + counts.unknown;
    let estimate =
        if whole && ahead && to_send > 0 { Some(ahead_of(app, &stored, &vendor, to_send).await?) } else { None };
    let handover = matches!(stored.state, JobState::Finished | JobState::Cancelled)
        && counts.intent + counts.unknown == 0
        && recipe.is_some_and(|recipe| recipe.kind.fields.iter().any(|field| field.secret))
        && app.store.jobs().holds_values(&stored.id).await?;
    Ok(Job {
        id: stored.id,
        kind: stored.kind,
        title,
        vendor,
        file: stored.file,
        by: stored.actor,
        created_at: rfc3339(stored.created_ms),
        started_at: stored.started_ms.map(rfc3339),
        ended_at: stored.ended_ms.map(rfc3339),
        state: stored.state,
        reason: app.words.say(&stored.reason, &|kind, key| edition.label(kind, key)),
        resumes_at: stored.resumes_ms.map(rfc3339),
        counts,
        estimate,
        handover,
    })
}

/// A row without its value.
pub fn row(app: &App, edition: &Edition, stored: StoredRow) -> JobRow {
    JobRow {
        number: stored.number,
        subject: stored.subject,
        state: stored.state,
        detail: app.words.say(&stored.detail, &|kind, key| edition.label(kind, key)),
        code: stored.code,
        tracking_id: stored.tracking_id,
        at: stored.at_ms.map(rfc3339).unwrap_or_default(),
    }
}

async fn ahead_of(app: &App, stored: &StoredJob, vendor: &str, rows: u64) -> Result<Estimate, StoreFault> {
    let now_ms = app.clock.now_ms();
    let operation = super::recipe(app, stored).ok().map(|(_, operation)| operation);
    let mut known = Known { rows, calls: 1, ..Known::default() };
    let (Some(operation), Some(adapter)) = (operation, app.vendors.get(vendor)) else { return Ok(estimate(known)) };
    // Read before, write, read back.
    known.calls = if operation.read_back.is_some() { 3 } else { 1 };
    known.per_minute = u64::from(adapter.per_minute(operation.rate));
    let call = Call::about(operation);
    for lane in adapter.lanes(&call) {
        let used = app.store.jobs().lane_used(vendor, &lane.id, now_ms).await?;
        if app.store.jobs().lane_closed(vendor, &lane.id, now_ms).await?.is_some() {
            continue;
        }
        known.accounts += 1;
        known.per_account = lane.per_day.map_or(0, u64::from);
        known.left += known.per_account.saturating_sub(used);
    }
    let ran_for_ms = stored.started_ms.map_or(0, |started_ms: UnixMs| now_ms - started_ms);
    if stored.state == JobState::Running && ran_for_ms > MINUTE_MS {
        known.last_minute = Some(app.store.jobs().ended_since(&stored.id, now_ms - MINUTE_MS).await?);
    }
    Ok(estimate(known))
}
