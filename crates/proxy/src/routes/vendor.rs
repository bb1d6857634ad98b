//! `/api/{vendor}/…`: the way of every call to a vendor, from the request to the answer, as one list. Each step is a
//! file of `exchange`. Must not know any vendor, nor what an operation means.

use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use roomkey_schema::Role;

use crate::app::App;
use crate::auth::session::SignedIn;
use crate::exchange::asked::Held;
use crate::exchange::lane::{self, Choice};
use crate::exchange::send::At;
use crate::exchange::{Asked, Record, send, settle, target};
use crate::http::fault::{Fault, Kind};
use crate::http::observe::Route;
use crate::http::request_id::RequestId;
use crate::vendors::{Call, Trouble, VendorFault};
use crate::words::fill;

/// Any method, any path below a vendor.
pub async fn call(State(app): State<App>, id: RequestId, caller: SignedIn, request: Request) -> Response {
    // A task of its own: what was begun at a vendor is brought to its end, and recorded, even when the caller goes away.
    let work = app.tasks.spawn(handle(app.clone(), id, caller, request));
    work.await.unwrap_or_else(|error| Fault::internal(&error).into_response())
}

async fn handle(app: App, id: RequestId, caller: SignedIn, request: Request) -> Response {
    let found = match target::find(&app, caller.role, &request) {
        Ok(found) => found,
        Err(fault) => return fault.into_response(),
    };
    let route = Route(found.operation.id.as_str().into());
    let result = exchange(&app, &id, &caller, found, request).await;
    let mut response = result.unwrap_or_else(IntoResponse::into_response);
    response.extensions_mut().insert(route);
    response
}

async fn exchange(
    app: &App,
    id: &RequestId,
    caller: &SignedIn,
    found: target::Found<'_>,
    request: Request,
) -> Result<Response, Fault> {
    let record = Record::new(app, id, caller, &found);
    // Role: default deny. Denials are recorded.
    target::permit(app, caller.role, &found, &record).await?;
    // Parameters and body, strictly, before anybody else sees them; of some operations a role may set only some leaves.
    let mut asked = Asked::read(app, found, caller.role, request, &record).await?;
    let vendor = send::vendor(app, asked.operation)?;

    if asked.operation.method.is_read() {
        let answer = send::send(app, vendor, &asked.call()?).await?;
        return Ok(send::read_answer(asked.operation, caller.role, answer));
    }

    let fits = |asked: &Asked<'_>, before: Option<&Held>| asked.compare(app, caller.role, before);
    write(app, id, caller.role, vendor, &mut asked, &record, fits).await
}

/// A write from its turn to its outcome. `fits` refuses what would be written over something that the caller has not seen.
pub(super) async fn write(
    app: &App,
    id: &RequestId,
    role: Role,
    vendor: At<'_>,
    asked: &mut Asked<'_>,
    record: &Record<'_>,
    fits: impl Fn(&Asked<'_>, Option<&Held>) -> Result<(), Fault>,
) -> Result<Response, Fault> {
    // One write at a time for an object, from reading the old values to reading the new ones.
    let _turn = asked.lock(app).await?;
    let before = settle::read_before(app, vendor, asked).await?;
    fits(asked, before.as_ref())?;
    asked.fill_up(before.as_ref())?;
    // Fail closed: what cannot be recorded is not done.
    let mut call = asked.call()?;
    let (lane, intent) = begin(app, vendor, asked, &call, before.as_ref(), record).await?;
    call.lane = lane;
    // Waits for the rate budget, then calls.
    let sent = send::send_raw(vendor, &call).await;
    if let (Some(lane), Err(VendorFault { trouble: Trouble::LaneClosed, .. })) = (&call.lane, &sent) {
        lane::close(app, vendor, lane).await.map_err(|error| Fault::internal(&error))?;
    }
    // Reads back; the vendor's word alone is not believed.
    let outcome = settle::settle(app, vendor, asked, sent, id).await;
    let seq = record.outcome(asked, intent, &outcome).await;
    outcome.answer(seq, asked, role)
}

/// Writes the intent down, and counts it against one of the vendor's accounts, where it counts by account.
async fn begin(
    app: &App,
    at: At<'_>,
    asked: &Asked<'_>,
    call: &Call,
    before: Option<&Held>,
    record: &Record<'_>,
) -> Result<(Option<String>, u64), Fault> {
    let busy = |sentence: &str, at_ms| {
        let detail = fill(sentence, &[("vendor", app.words.vendor_name(at.name))]);
        Fault::new(Kind::VendorRateLimited).detail(detail).retry_at(at_ms)
    };
    loop {
        let lane = match lane::choose(app, at, call).await.map_err(|error| Fault::new(Kind::Busy).cause(&error))? {
            Choice::Uncounted => None,
            Choice::Lane(lane) => Some(lane),
            Choice::UsedUp(at_ms) => return Err(busy(&app.words.jobs.used_up, at_ms)),
            Choice::Closed(at_ms) => return Err(busy(&app.words.jobs.all_closed, at_ms)),
        };
        let reserve = lane.as_ref().map(|lane| lane::reserve(app, at, lane));
        // Somebody else may have taken the account's last change meanwhile.
        if let Some(seq) = record.intent(asked, before, reserve).await? {
            return Ok((lane.map(|lane| lane.id), seq));
        }
    }
}
