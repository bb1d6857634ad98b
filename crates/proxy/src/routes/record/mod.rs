//! `/api/audit`: reading the record. Administrators and auditors read all of it, the help desk the history of a person or
//! an object that it names. Must not change the record; what is refused is put into it.

mod asked;

use axum::extract::{RawQuery, State};
use axum::routing::get;
use axum::{Json, Router};
use roomkey_schema::Role;
use roomkey_schema::record::Page;

use self::asked::Asked;
use crate::app::App;
use crate::audit::Entry;
use crate::audit::entry::Kind as EntryKind;
use crate::audit::shown;
use crate::auth::session::SignedIn;
use crate::http::fault::{Fault, Kind};
use crate::http::request_id::RequestId;
use crate::store::StoreFault;
use crate::words::fill;

/// Who reads the whole record.
const READERS: [Role; 2] = [Role::Admin, Role::Auditor];

/// The routes.
pub fn router() -> Router<App> {
    Router::new().route("/api/audit", get(list))
}

/// `GET /api/audit`: entries that fit, newest first.
async fn list(
    State(app): State<App>,
    id: RequestId,
    caller: SignedIn,
    RawQuery(query): RawQuery,
) -> Result<Json<Page>, Fault> {
    let mut asked = asked::read(&app, query.as_deref().unwrap_or_default(), &[])?;
    permit(&app, &id, &caller, &mut asked).await?;
    // One more than is shown says whether there are more.
    let mut found = app.store.entries().entries(&asked.search, asked.limit + 1).await.map_err(unavailable)?;
    let shown = usize::try_from(asked.limit).unwrap_or(usize::MAX);
    let is_all = found.len() <= shown;
    found.truncate(shown);
    let before = found.last().filter(|_| !is_all).map(|entry| entry.seq);
    let items = found.iter().map(|stored| shown::entry(&app, &caller, stored)).collect();
    Ok(Json(Page { items, before }))
}

/// Default deny; denials are recorded. The help desk may not find out by searching what it is not shown.
async fn permit(app: &App, id: &RequestId, caller: &SignedIn, asked: &mut Asked) -> Result<(), Fault> {
    let reads_all = READERS.contains(&caller.role);
    asked.search.in_reasons = reads_all;
    if reads_all || (caller.role == Role::Helpdesk && !asked.search.objects.is_empty()) {
        return Ok(());
    }
    let sentence = match caller.role {
        Role::Helpdesk => app.words.details.record_of_whom.clone(),
        role => fill(&app.words.details.forbidden, &[("role", role.as_str())]),
    };
    Err(denied(app, id, caller, sentence).await)
}

/// Puts it on record and says so. The denial stands even when it cannot be recorded.
async fn denied(app: &App, id: &RequestId, caller: &SignedIn, sentence: String) -> Fault {
    let mut entry = Entry::new(EntryKind::Denied, app.recorder.now(), &caller.name, Some(caller.role), id.as_str());
    entry.operation = Some("record".to_owned());
    if let Err(error) = app.recorder.append(&entry).await {
        tracing::error!(%error, request_id = entry.request_id, "a denial could not be recorded");
    }
    Fault::new(Kind::Forbidden).detail(sentence)
}

fn unavailable(error: StoreFault) -> Fault {
    Fault::new(Kind::Busy).cause(&error)
}
