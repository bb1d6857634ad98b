//! Taking a job's rows away: results without values as often as one likes; new values once, with a reason, after which they
//! are destroyed.

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use roomkey_schema::form::value_text;
use roomkey_schema::job::{JobState, RowState};
use serde::Deserialize;
use serde_json::Value;

use super::act::wrong_state;
use super::{entry, find, may_read, may_run, shape, unavailable, write};
use crate::app::App;
use crate::audit::Entry;
use crate::audit::entry::Kind as EntryKind;
use crate::auth::recent;
use crate::auth::session::SignedIn;
use crate::http::body;
use crate::http::fault::{Fault, Kind};
use crate::http::request_id::RequestId;
use crate::jobs::shown;
use crate::store::jobs::{StoredJob, StoredRow};

/// Rows that are read at once.
const BATCH: u32 = 1_000;
/// Shortest reason.
const REASON_CHARS: usize = 4;

/// What the file is.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Format {
    #[default]
    Xlsx,
    Csv,
}

#[derive(Deserialize)]
pub(super) struct Which {
    #[serde(default)]
    format: Format,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    reason: String,
    #[serde(default)]
    format: Format,
}

/// `GET /api/jobs/{id}/export?format=`.
pub(super) async fn results(
    State(app): State<App>,
    id: RequestId,
    caller: SignedIn,
    Path(job): Path<String>,
    Query(which): Query<Which>,
) -> Result<Response, Fault> {
    may_read(&app, &id, &caller).await?;
    let stored = find(&app, &caller, &job).await?;
    let words = &app.words.jobs;
    let mut lines = Vec::new();
    for row in all(&app, &stored, None).await? {
        let row = shown::row(row);
        let state = words.states.get(row.state.as_str()).cloned().unwrap_or_default();
        lines.push(vec![row.number.to_string(), row.subject, state, row.detail, row.code, row.tracking_id, row.at]);
    }
    let columns = ["number", "subject", "state", "detail", "code", "tracking_id", "at"];
    let header: Vec<&str> = columns.iter().map(|name| words.columns.get(*name).map_or(*name, String::as_str)).collect();
    file(which.format, "results", &stored, &header, &lines)
}

/// `POST /api/jobs/{id}/handover`: the values that rows were given.
pub(super) async fn hand_over(
    State(app): State<App>,
    id: RequestId,
    caller: SignedIn,
    Path(job): Path<String>,
    body: Body,
) -> Result<Response, Fault> {
    may_run(&app, &id, &caller).await?;
    recent::demand(&app, &caller)?;
    let wanted: Wanted = shape(&app, body::json(&app, body).await?)?;
    if wanted.reason.trim().chars().count() < REASON_CHARS {
        return Err(Fault::new(Kind::BadRequest).detail(&app.words.jobs.reason_missing));
    }
    let stored = find(&app, &caller, &job).await?;
    if !matches!(stored.state, JobState::Finished | JobState::Cancelled) {
        return Err(wrong_state(&app.words.jobs.wrong_state));
    }
    // Of a cancelled job some may still be read back: their values must not be destroyed before that.
    let counts = app.store.jobs().counts(&job).await.map_err(unavailable)?;
    if counts.intent + counts.unknown > 0 {
        return Err(wrong_state(&app.words.jobs.wrong_state));
    }
    if !app.store.jobs().holds_values(&job).await.map_err(unavailable)? {
        return Err(wrong_state(&app.words.jobs.values_gone));
    }
    let recipe = app.catalog.recipes().iter().find(|recipe| recipe.kind.id == stored.kind);
    let kind = recipe.map(|recipe| &recipe.kind).ok_or_else(|| Fault::new(Kind::NotFound))?;
    let secrets: Vec<_> = kind.fields.iter().filter(|field| field.secret).collect();
    let mut lines = Vec::new();
    for row in all(&app, &stored, Some(RowState::Done)).await? {
        let Some(sealed) = &row.sealed else { continue };
        let place = crate::jobs::place(&stored.id, row.number);
        let plain = app.seal.open(&place, sealed).map_err(|error| Fault::internal(&error))?;
        let value: Value = serde_json::from_slice(&plain).map_err(|error| Fault::internal(&error))?;
        let mut line = vec![row.number.to_string(), row.subject];
        line.extend(
            secrets.iter().map(|field| value.pointer(pointer_of(&field.key)).map(value_text).unwrap_or_default()),
        );
        lines.push(line);
    }
    let words = &app.words.jobs;
    let mut header: Vec<&str> =
        ["number", "subject"].iter().map(|name| words.columns.get(*name).map_or(*name, String::as_str)).collect();
    header.extend(secrets.iter().map(|field| field.label.as_str()));
    let response = file(wanted.format, "new-values", &stored, &header, &lines)?;
    // Written down first: a file that nobody knows of must not leave.
    let entry = Entry {
        operation: Some(stored.kind.clone()),
        job: Some(stored.id.clone()),
        reason: Some(wanted.reason.trim().to_owned()),
        ..entry(&app, EntryKind::HandedOver, &id, &caller)
    };
    write(&app, &entry).await?;
    app.store.jobs().destroy_values(&job).await.map_err(unavailable)?;
    Ok(response)
}

fn pointer_of(key: &str) -> &str {
    key.split_once(":/").map_or(key, |(option, _)| key.get(option.len() + 1..).unwrap_or(key))
}

async fn all(app: &App, job: &StoredJob, state: Option<RowState>) -> Result<Vec<StoredRow>, Fault> {
    let mut rows: Vec<StoredRow> = Vec::new();
    loop {
        let after = rows.last().map_or(0, |row| row.number);
        let more = app.store.jobs().rows_of(&job.id, state, after, BATCH).await.map_err(unavailable)?;
        if more.is_empty() {
            return Ok(rows);
        }
        rows.extend(more);
    }
}

fn file(
    format: Format,
    what: &str,
    job: &StoredJob,
    header: &[&str],
    lines: &[Vec<String>],
) -> Result<Response, Fault> {
    let mut bytes = Vec::new();
    let (kind, ending) = match format {
        Format::Csv => ("text/csv; charset=utf-8", "csv"),
        Format::Xlsx => ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    };
    let written = match format {
        Format::Csv => roomkey_sheet::write_csv(header, lines, &mut bytes),
        Format::Xlsx => roomkey_sheet::write_xlsx(what, header, lines, &mut bytes),
    };
    written.map_err(|error| Fault::internal(&error))?;
    // Only ours: no name that somebody chose gets into a header.
    let name = format!(
        "attachment; filename=\"{}-{what}-{}.{ending}\"",
        job.kind.replace('.', "-"),
        &job.id[..8.min(job.id.len())]
    );
    let name = HeaderValue::from_str(&name).map_err(|error| Fault::internal(&error))?;
    Ok(([(CONTENT_TYPE, HeaderValue::from_static(kind)), (CONTENT_DISPOSITION, name)], bytes).into_response())
}
