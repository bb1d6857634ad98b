//! `GET /api/jobs/{id}/rows?state=&after=&size=`: rows in the order of the file, without their values.

use axum::Json;
use axum::extract::{Path, Query, State};
use roomkey_schema::job::{JobRows, RowState};
use serde::Deserialize;

use super::{find, may_read, unavailable};
use crate::app::App;
use crate::auth::session::SignedIn;
use crate::http::fault::{Fault, Kind};
use crate::http::request_id::RequestId;
use crate::jobs::shown;

/// How many rows come at once, unless somebody says so.
const SIZE: u32 = 100;
/// How many at most.
const MOST: u32 = 1_000;

#[derive(Deserialize)]
pub(super) struct Which {
    state: Option<String>,
    #[serde(default)]
    after: u64,
    size: Option<u32>,
}

pub(super) async fn list(
    State(app): State<App>,
    id: RequestId,
    caller: SignedIn,
    Path(job): Path<String>,
    Query(which): Query<Which>,
) -> Result<Json<JobRows>, Fault> {
    may_read(&app, &id, &caller).await?;
    find(&app, &caller, &job).await?;
    let state = match which.state.as_deref().filter(|name| !name.is_empty()) {
        Some(name) => Some(RowState::from_name(name).ok_or_else(|| Fault::new(Kind::BadRequest))?),
        None => None,
    };
    let size = which.size.unwrap_or(SIZE).clamp(1, MOST);
    let rows = app.store.jobs().rows_of(&job, state, which.after, size).await.map_err(unavailable)?;
    let is_full = rows.len() == usize::try_from(size).unwrap_or(usize::MAX);
    let next = rows.last().filter(|_| is_full).map(|row| row.number);
    Ok(Json(JobRows { rows: rows.into_iter().map(shown::row).collect(), next }))
}
