//! What the index hears of writes that go through the proxy: whom they were about, as data says. Must not read anything.

use crate::app::App;
use crate::audit::entry::Result as Ended;
use crate::exchange::Asked;
use crate::exchange::settle::Outcome;

/// After a write, however sure its end is.
pub(crate) fn heard(app: &App, asked: &Asked<'_>, outcome: &Outcome) {
    if matches!(outcome.result, Ended::Refused | Ended::NotSent) {
        return;
    }
    let operation = asked.operation;
    let answer = outcome.answer.as_ref().ok().and_then(|written| written.answer.as_ref());
    for listing in app.catalog.listings().iter().filter(|listing| listing.vendor == operation.vendor) {
        if let Some(who) = listing.touched(&operation.id, &asked.params, asked.body.as_ref(), answer) {
            app.people.want(&listing.vendor, &listing.id, who);
        }
    }
}
