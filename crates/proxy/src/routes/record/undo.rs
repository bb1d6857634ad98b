//! `POST /api/audit/{seq}/undo`: writes back what was there before a change, through the same steps as any write. Refuses
//! when the vendor no longer holds what the change had written. Must not undo what nobody can see whole, such as a secret.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use roomkey_schema::Role;

use super::super::permission::permit;
use super::{PART, find};
use crate::app::App;
use crate::audit::{Entry, undo};
use crate::auth::session::SignedIn;
use crate::exchange::target::{self, Found};
use crate::exchange::{Asked, Record, send};
use crate::http::fault::{Fault, Kind};
use crate::http::language;
use crate::http::request_id::RequestId;
use crate::routes::vendor;
use crate::words::fill;

/// What is begun is brought to its end, and recorded, even when the caller goes away.
pub(super) async fn undo(State(app): State<App>, id: RequestId, caller: SignedIn, Path(seq): Path<String>) -> Response {
    let work = app.tasks.spawn(language::with(language::spoken(), handle(app.clone(), id, caller, seq)));
    let ended = work.await.unwrap_or_else(|error| Err(Fault::internal(&error)));
    ended.unwrap_or_else(IntoResponse::into_response)
}

async fn handle(app: App, id: RequestId, caller: SignedIn, seq: String) -> Result<Response, Fault> {
    permit(&app, &id, &caller, &[Role::Admin], PART).await?;
    let stored = find(&app, &seq).await?;
    let details = &app.words.details;
    let refused = |sentence: &str| Fault::new(Kind::UndoRefused).detail(sentence);
    let began: Entry = serde_json::from_str(&stored.began.content).map_err(|_| refused(&details.undo_no_change))?;
    let ended: Option<Entry> = stored.ended.as_ref().and_then(|row| serde_json::from_str(&row.content).ok());
    let plan = undo::plan(&app, caller.role, &began, ended.as_ref()).map_err(refused)?;
    if let Some(undone) = stored.undone {
        return Err(refused(&fill(&details.undo_done, &[("seq", &undone.to_string())])));
    }

    let params = began.objects.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
    let found = Found { operation: plan.operation, params };
    let record = Record::new(&app, &id, &caller, &found).undoing(stored.began.seq);
    target::permit(&app, caller.role, &found, &record).await?;
    let mut asked = Asked::of(&app, found.operation, found.params, began.query.clone(), Some(plan.body))?;
    let vendor = send::vendor(&app, asked.operation)?;
    let catalog = app.edition().await.catalog();
    vendor::write(&app, &id, caller.role, vendor, &mut asked, &record, |_, before| {
        let held = before.ok_or_else(|| refused(&details.undo_no_change))?;
        undo::compare(&app, catalog, &began, &held.redacted, &held.etag)
    })
    .await
}
