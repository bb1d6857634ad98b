//! Files that jobs are made from: read to see whether they are tables, shown, and sealed for a day.

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use roomkey_schema::job::Table;
use roomkey_sheet::HeaderRow;
use serde::Deserialize;

use super::{may_run, unavailable};
use crate::app::App;
use crate::audit::chain::hex;
use crate::auth::session::SignedIn;
use crate::http::body;
use crate::http::fault::{Fault, Kind};
use crate::http::request_id::RequestId;
use crate::jobs::{TABLES_KEPT_MS, plan};
use crate::random;
use crate::store::jobs::StoredTable;

/// Longest name of a file that is kept; longer ones are cut.
const NAME_CHARS: usize = 200;

#[derive(Deserialize)]
pub(super) struct Which {
    sheet: Option<String>,
}

/// `POST /api/jobs/tables`.
pub(super) async fn send(
    State(app): State<App>,
    id: RequestId,
    caller: SignedIn,
    Query(which): Query<Which>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Fault> {
    may_run(&app, &id, &caller).await?;
    let (name, bytes) = file(&app, &headers, body).await?;
    let table_id = hex(&random::bytes::<16>(&*app.random).map_err(|error| Fault::internal(&error))?);
    let table = told(&app, &table_id, &name, bytes.clone(), which.sheet).await?;
    let sealed = app.seal.close(&table_id, &bytes, &*app.random).map_err(|error| Fault::internal(&error))?;
    let now_ms = app.clock.now_ms();
    let stored = StoredTable { id: table_id, name, actor: caller.name, created_ms: now_ms, sealed };
    app.store.jobs().put_table(&stored, now_ms - TABLES_KEPT_MS).await.map_err(unavailable)?;
    Ok((StatusCode::CREATED, Json(table)).into_response())
}

/// `GET /api/jobs/tables/{id}?sheet=`.
pub(super) async fn read(
    State(app): State<App>,
    id: RequestId,
    caller: SignedIn,
    Path(table): Path<String>,
    Query(which): Query<Which>,
) -> Result<Json<Table>, Fault> {
    may_run(&app, &id, &caller).await?;
    let stored = own(&app, &caller, &table).await?;
    let bytes = app.seal.open(&stored.id, &stored.sealed).map_err(|error| Fault::internal(&error))?;
    told(&app, &stored.id, &stored.name, bytes.into(), which.sheet).await.map(Json)
}

/// A file that the caller sent; nobody else's.
pub(super) async fn own(app: &App, caller: &SignedIn, id: &str) -> Result<StoredTable, Fault> {
    let stored = app.store.jobs().table(id).await.map_err(unavailable)?;
    let alive = |table: &StoredTable| {
        table.actor == caller.name && table.created_ms > app.clock.now_ms().saturating_sub(TABLES_KEPT_MS)
    };
    stored.filter(alive).ok_or_else(|| Fault::new(Kind::NotFound).detail(&app.words.jobs.no_table))
}

async fn told(app: &App, id: &str, name: &str, bytes: Bytes, sheet: Option<String>) -> Result<Table, Fault> {
    let reading = tokio::task::spawn_blocking(move || plan::read(&bytes, sheet.as_deref(), HeaderRow::Absent));
    match reading.await.map_err(|error| Fault::internal(&error))? {
        Ok(sheet) => Ok(plan::table(id, name, &sheet)),
        Err(fault) => {
            Err(Fault::new(Kind::TableUnreadable).detail(plan::sentence(&app.words.jobs, &fault)).cause(&fault))
        }
    }
}

/// Name and bytes of the part `file`.
async fn file(app: &App, headers: &HeaderMap, body: Body) -> Result<(String, Bytes), Fault> {
    let malformed =
        |error: multer::Error| Fault::new(Kind::BadRequest).detail(&app.words.details.files_malformed).cause(&error);
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let boundary = multer::parse_boundary(kind).map_err(|_| Fault::new(Kind::UnsupportedMediaType))?;
    let bytes = body::read(app, body, app.config.limits.upload_bytes).await?;
    let whole = futures_util::stream::iter([Ok::<_, std::convert::Infallible>(bytes)]);
    let mut parts = multer::Multipart::new(whole, boundary);
    while let Some(part) = parts.next_field().await.map_err(malformed)? {
        if part.name() == Some("file") {
            let name: String =
                part.file_name().unwrap_or_default().chars().filter(|c| !c.is_control()).take(NAME_CHARS).collect();
            return Ok((name, part.bytes().await.map_err(malformed)?));
        }
    }
    Err(Fault::new(Kind::BadRequest).detail(&app.words.details.files_malformed))
}
