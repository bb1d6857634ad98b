//! What only somebody may do who has given the password lately: an open page is no proof of who sits before it. Must not
//! ask for it: the console does, and then there is a new session.

use super::session::SignedIn;
use crate::app::App;
use crate::http::fault::{Fault, Kind};

/// Refuses whoever has not.
pub fn demand(app: &App, caller: &SignedIn) -> Result<(), Fault> {
    let lately_ms = i64::from(app.config.session.proof_seconds) * 1_000;
    if app.clock.now_ms() - caller.proven_ms <= lately_ms {
        return Ok(());
    }
    Err(Fault::new(Kind::RecentSignInRequired))
}
