//! Which of the vendor's accounts makes a change, where the vendor counts changes by account: the one that made the fewest,
//! of those that are open and have some left. Must not count itself: that is done along with the intent.

use crate::app::App;
use crate::clock::UnixMs;
use crate::exchange::send::At;
use crate::store::StoreFault;
use crate::store::jobs::{HOUR_MS, Reserve, WINDOW_HOURS};
use crate::vendors::{Call, Lane};

/// How long an account is left alone after the vendor refused it: longer than it was ever seen to be shut out (20 h).
const CLOSED_MS: i64 = 24 * HOUR_MS;

/// What there is to choose from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Choice {
    /// The vendor does not count by account.
    Uncounted,
    /// This one.
    Lane(Lane),
    /// Every open one has made as many changes as it may; the next is free then.
    UsedUp(UnixMs),
    /// The vendor takes no changes from any; the first opens then.
    Closed(UnixMs),
}

/// Chooses for a call.
pub(crate) async fn choose(app: &App, at: At<'_>, call: &Call) -> Result<Choice, StoreFault> {
    let lanes = at.adapter.lanes(call);
    if lanes.is_empty() {
        return Ok(Choice::Uncounted);
    }
    let now_ms = app.clock.now_ms();
    let (mut best, mut used_up, mut closed): (Option<(u64, Lane)>, Option<UnixMs>, Option<UnixMs>) = (None, None, None);
    let sooner = |known: Option<UnixMs>, at_ms| Some(known.map_or(at_ms, |known: UnixMs| known.min(at_ms)));
    for lane in lanes {
        if let Some(until_ms) = app.store.jobs().lane_closed(at.name, &lane.id, now_ms).await? {
            closed = sooner(closed, until_ms);
            continue;
        }
        let used = app.store.jobs().lane_used(at.name, &lane.id, now_ms).await?;
        if lane.per_day.is_some_and(|most| used >= u64::from(most)) {
            let oldest_ms = app.store.jobs().lane_oldest(at.name, &lane.id, now_ms).await?.unwrap_or(now_ms);
            used_up = sooner(used_up, oldest_ms + WINDOW_HOURS * HOUR_MS);
        } else if best.as_ref().is_none_or(|(fewest, _)| used < *fewest) {
            best = Some((used, lane));
        }
    }
    Ok(match (best, used_up, closed) {
        (Some((_, lane)), ..) => Choice::Lane(lane),
        (None, Some(at_ms), _) => Choice::UsedUp(at_ms),
        (None, None, closed) => Choice::Closed(closed.unwrap_or(now_ms)),
    })
}

/// What is counted for a change by that account.
pub(crate) fn reserve<'a>(app: &App, at: At<'a>, lane: &'a Lane) -> Reserve<'a> {
    Reserve { vendor: at.name, lane: &lane.id, per_day: lane.per_day, now_ms: app.clock.now_ms() }
}

/// Leaves an account alone that the vendor refused: more tries would lock it.
pub(crate) async fn close(app: &App, at: At<'_>, lane: &str) -> Result<(), StoreFault> {
    tracing::warn!(
        vendor = at.name,
        lane,
        "the vendor takes no more changes from this account; it is left alone for a day"
    );
    app.store.jobs().close_lane(at.name, lane, app.clock.now_ms() + CLOSED_MS).await
}
