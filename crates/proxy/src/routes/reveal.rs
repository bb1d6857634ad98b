//! `POST /api/reveal`: shows somebody one secret of one object, once. The way there as one list; each step is in
//! `exchange::reveal`. Must not know any vendor.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use secrecy::ExposeSecret;
use serde_json::json;

use crate::app::App;
use crate::auth::recent;
use crate::auth::session::SignedIn;
use crate::exchange::reach;
use crate::exchange::reveal::{Reveal, Wanted};
use crate::exchange::send::{self, At};
use crate::http::fault::Fault;
use crate::http::language;
use crate::http::request_id::RequestId;
use crate::vendors::Call;

/// The answer is never stored: the layer with the headers says so of everything below `/api`.
pub async fn show(State(app): State<App>, id: RequestId, caller: SignedIn, body: Body) -> Response {
    // A task of its own: what is begun is brought to its end, and recorded, even when the caller goes away.
    let work = app.tasks.spawn(language::with(language::spoken(), handle(app.clone(), id, caller, body)));
    let ended = work.await.unwrap_or_else(|error| Err(Fault::internal(&error)));
    ended.unwrap_or_else(IntoResponse::into_response)
}

async fn handle(app: App, id: RequestId, caller: SignedIn, body: Body) -> Result<Response, Fault> {
    let wanted = Wanted::read(&app, body).await?;
    let reveal = Reveal::new(&app, &id, &caller, &wanted);
    let (vendor, call, intent) = match begin(&app, &caller, &reveal).await {
        Ok(begun) => begun,
        Err(fault) => {
            reveal.refused(&fault).await;
            return Err(fault);
        }
    };
    // Waits for the rate budget, then calls.
    let sent = send::send_raw(vendor, &call).await;
    let (ended, shown) = reveal.value(sent, vendor.name);
    // On record before it is out, and never the value.
    reveal.outcome(intent, ended, &shown).await?;
    let shown = shown?;
    let answer = Json(json!({"value": shown.value.expose_secret()})).into_response();
    Ok(send::with_tracking_id(answer, shown.tracking_id.as_deref()))
}

/// Everything that must hold before the vendor is asked, session and CSRF already being looked at.
async fn begin<'a>(app: &'a App, caller: &SignedIn, reveal: &Reveal<'a>) -> Result<(At<'a>, Call, u64), Fault> {
    // What is not in the table does not exist.
    let operation = reveal.find()?;
    // Role: may call it, and may see what is secret in it.
    reveal.permit(operation)?;
    // An open page is no proof of who sits before it.
    recent::demand(app, caller)?;
    // Ten an hour.
    reveal.some_left().await?;
    // One secret of one object, and a reason.
    let asked = reveal.asked(operation)?;
    // Of somebody within the caller's part of the organisation.
    reach::within(app, &caller.scope, &asked).await?;
    let vendor = send::vendor(app, operation)?;
    let call = asked.call()?;
    // Fail closed: what cannot be recorded is not shown. Counts against the ten, in the same transaction.
    let intent = reveal.intent().await?;
    Ok((vendor, call, intent))
}
